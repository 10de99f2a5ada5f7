package beamyard.simulator;

import beamyard.simulator.process.Language;

/** What is installed on every node of a simulation: the language its processes run, and what is started when it is up. */
public interface NodeSoftware {
  /** Makes routines of calls; has no state of its own, so that nodes and copies share it. */
  Language language();

  /**
   * Starts what runs on a node when it is up: gives it what it owns by {@link Node#own} and spawns its first processes. Called
   * after {@code net_kernel}, if the node has a name, and before anything else happens.
   */
  void boot(Node node);

  /** Shows what the emulator of a node says on its terminal as it ends with a crash dump; nobody's terminal by default. */
  default void aborted(Node node, String slogan) {}
}
