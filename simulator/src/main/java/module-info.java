/** The simulated BEAM cluster: nodes, network, processes, distribution and kernel services. */
module beamyard.simulator {
  requires static transitive org.jspecify;

  exports beamyard.simulator.term;
}
