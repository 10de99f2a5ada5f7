package beamyard.simulator.exploration;

import beamyard.simulator.Fault;
import beamyard.simulator.engine.Engine;
import beamyard.simulator.engine.Event;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.ProcessEvent;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that may happen next: a pending event, or a fault.
 *
 * @param ticket the event's, the same in every copy of the state it is pending in; of a fault a number below 0, the same
 *     wherever it is possible
 * @param atNanos when it is due
 * @param timer whether it waits for that time
 * @param vm of the runtime it happens in; 0 for a fault
 * @param target the number of the process that a signal is for; -1 for what has none
 * @param kernel whether a signal is from the runtime's own {@code net_kernel}
 */
public record Candidate(
    long ticket,
    long atNanos,
    boolean timer,
    @Nullable Event event,
    Optional<Fault> fault,
    int vm,
    long target,
    boolean kernel) {
  static Candidate of(Fault fault, long number) {
    return new Candidate(number, 0, false, null, Optional.of(fault), 0, -1, false);
  }

  /** Whether it is one. */
  public boolean isFault() {
    return ticket < 0;
  }

  /** The number of an event in the order of planning. */
  public long order() {
    return isFault() ? Long.MAX_VALUE : Engine.order(ticket);
  }

  /** Whether another process may get to be the target. */
  boolean mayMove() {
    return event instanceof ProcessEvent.Arrival arrival
        && !(arrival.to() instanceof Address.OfProcess);
  }

  /** The node that a signal comes from; {@code null} for what is none. */
  private @Nullable Atom origin() {
    return event instanceof ProcessEvent.Arrival arrival ? arrival.signal().from().node() : null;
  }

  private static @Nullable Pid sender(@Nullable Event event) {
    return event instanceof ProcessEvent.Arrival(_, _, Signal signal) ? signal.from() : null;
  }

  /**
   * Whether this, planned before another, has to happen before it: signals from one process to another keep their order, what
   * came through a connection comes before its end, and what {@code net_kernel} tells of connections keeps its place
   * among what comes through them.
   */
  boolean precedes(Candidate later) {
    if (vm != later.vm || isFault() || later.isFault()) {
      return false;
    }
    if (event instanceof ProcessEvent.NodeLost(_, Atom lost)) {
      return later.event instanceof ProcessEvent.NodeLost || later.origin() == lost || later.kernel;
    }
    if (later.event instanceof ProcessEvent.NodeLost(_, Atom lost)) {
      return origin() == lost;
    }
    Pid from = sender(event);
    Pid laterFrom = sender(later.event);
    if (from == null || laterFrom == null || target != later.target) {
      return false;
    }
    return from.equals(laterFrom)
        || kernel && laterFrom.node() != from.node()
        || later.kernel && laterFrom.node() != from.node();
  }

  /** Whether the order of two is fixed whatever else happens. */
  boolean isOfOneSender(Candidate later) {
    Pid from = sender(event);
    return from != null && from.equals(sender(later.event));
  }
}
