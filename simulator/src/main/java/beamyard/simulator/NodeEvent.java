package beamyard.simulator;

import beamyard.simulator.engine.Event;

/** Something that happens to a node as a whole; {@code incarnation} is that of {@link Node#incarnation}. */
sealed interface NodeEvent extends Event {
  int incarnation();

  record BootDue(int incarnation) implements NodeEvent {}

  record ExitDue(int incarnation) implements NodeEvent {}

  record KillDue(int incarnation) implements NodeEvent {}

  record AbortDue(int incarnation, String slogan) implements NodeEvent {}

  /** A node that was paused takes the next of what came meanwhile. */
  record CatchUpDue(int incarnation) implements NodeEvent {}
}
