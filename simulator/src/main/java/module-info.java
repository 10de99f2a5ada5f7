/** The simulated BEAM cluster: nodes, network, processes, distribution and kernel services. */
module beamyard.simulator {
  requires static transitive org.jspecify;
  requires static net.jqwik.api; // for testing only
  requires static org.junit.jupiter.api;
  requires static java.compiler; // the test of the README compiles its program

  exports beamyard.simulator;
  exports beamyard.simulator.cluster;
  exports beamyard.simulator.distribution;
  exports beamyard.simulator.engine;
  exports beamyard.simulator.exploration;
  exports beamyard.simulator.kernel;
  exports beamyard.simulator.network;
  exports beamyard.simulator.process;
  exports beamyard.simulator.term;
  exports beamyard.simulator.testing;
  exports beamyard.simulator.trace;
}
