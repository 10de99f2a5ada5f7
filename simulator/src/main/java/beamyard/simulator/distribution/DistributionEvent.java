package beamyard.simulator.distribution;

import beamyard.simulator.engine.Event;

/** Something that a node's distribution does at its time. */
public sealed interface DistributionEvent extends Event {
  /** The number of the incarnation of a node. */
  int vm();

  /** A set-up process has done what there is to do for one packet, or for its next step. */
  record StepDue(int vm, long attempt) implements DistributionEvent {}

  /** A set-up process has waited for {@code net_setuptime}. */
  record SetupTimeout(int vm, long attempt) implements DistributionEvent {}

  /** Time to look at all connections: send ticks where nothing was sent, give up where nothing came. */
  record TickDue(int vm) implements DistributionEvent {}

  /** One extra tick while the tick time changes. */
  record ExtraTickDue(int vm, int remaining, long intervalNanos) implements DistributionEvent {}

  /** Distribution is turned off. */
  record StopDue(int vm) implements DistributionEvent {}
}
