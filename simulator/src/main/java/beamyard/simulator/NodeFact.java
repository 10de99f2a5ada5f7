package beamyard.simulator;

import beamyard.simulator.trace.Fact;

/** What happened to a node as a whole. */
public sealed interface NodeFact extends Fact {
  String node();

  record NodeBooting(String node) implements NodeFact {}

  record NodeStarted(String node) implements NodeFact {}

  /** The host has a node of that name already. */
  record NodeNotStarted(String node) implements NodeFact {}

  record NodeStopping(String node) implements NodeFact {}

  /** The operating system process ended by itself. */
  record NodeExited(String node) implements NodeFact {}

  /** The emulator could not go on, and ends with a crash dump that says why. */
  record NodeAborted(String node, String slogan) implements NodeFact {}

  record NodeKilled(String node) implements NodeFact {}

  record NodePaused(String node) implements NodeFact {}

  record NodeResumed(String node) implements NodeFact {}

  /** All computing takes so many times as long from now on. */
  record NodeSlowed(String node, double times) implements NodeFact {}

  /** The clock of its machine was set. */
  record ClockSkewed(String node, long nanos) implements NodeFact {}
}
