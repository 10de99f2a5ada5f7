package beamyard.ui.desktop.run;

import beamyard.simulator.Simulation;
import beamyard.simulator.exploration.Candidate;
import beamyard.simulator.exploration.ScheduledRun;
import beamyard.simulator.exploration.SteppedRun;
import beamyard.simulator.process.ProcessEvent;
import beamyard.simulator.process.Signal;
import beamyard.simulator.trace.Fact;
import beamyard.simulator.trace.Trace;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What happens next in a run: the event that is due first or, as long as a schedule chooses every step, what that says.
 *
 * <p>Times are the window's. They are virtual times but for this: virtual time stands still while steps are chosen, so each of
 * them is given some time here, or there would be nothing to see.
 */
final class Motion {
  /** What a chosen step takes in the window. */
  static final long STEP_NANOS = 50_000_000L;

  private static final Predicate<Signal> NONE = _ -> false;

  private final Simulation simulation;
  private final Ahead ahead;
  private @Nullable ScheduledRun order;

  /** Time that went by since the last chosen step. */
  private long waited;

  /** The window's time against virtual time, and a trace in the former. */
  private static final class Ahead implements Trace {
    private final Trace trace;
    private long nanos;

    Ahead(Trace trace, long nanos) {
      this.trace = trace;
      this.nanos = nanos;
    }

    @Override
    public boolean isOn() {
      return trace.isOn();
    }

    @Override
    public void record(long atNanos, Fact fact) {
      trace.record(atNanos + nanos, fact);
    }
  }

  private Motion(Simulation simulation, Ahead ahead, @Nullable ScheduledRun order) {
    this.simulation = simulation;
    this.ahead = ahead;
    this.order = order;
  }

  /** A run that goes on by itself. */
  static Motion free(Trace trace, Function<Trace, Simulation> beginning) {
    return new Motion(beginning.apply(trace), new Ahead(trace, 0), null);
  }

  /** A run that happens as a schedule says, and goes on by itself from there. */
  static Motion chosen(Trace trace, Function<Trace, ScheduledRun> beginning) {
    var ahead = new Ahead(trace, 0);
    ScheduledRun order = beginning.apply(ahead);
    return new Motion(order.run().simulation(), ahead, order);
  }

  /** An independent copy that tells another trace. */
  Motion copy(Trace trace) {
    ScheduledRun its = order;
    var itsAhead = new Ahead(trace, ahead.nanos);
    if (its == null) {
      Trace told = ahead.nanos == 0 ? trace : itsAhead;
      return new Motion(simulation.copy(told), itsAhead, null);
    }
    ScheduledRun copied = its.copy(itsAhead);
    var copy = new Motion(copied.run().simulation(), itsAhead, copied);
    copy.waited = waited;
    return copy;
  }

  Simulation simulation() {
    return simulation;
  }

  /** Whether a schedule says what happens next. */
  boolean isChosen() {
    return order != null;
  }

  /** Which signals were sent and have still to be chosen to arrive. */
  Predicate<Signal> underWay() {
    ScheduledRun its = order;
    return its == null ? NONE : its.run()::isUnderWay;
  }

  /** The signal whose arrival is what happens next. */
  Optional<Signal> arriving() {
    return next()
        .map(Candidate::event)
        .filter(ProcessEvent.Arrival.class::isInstance)
        .map(event -> ((ProcessEvent.Arrival) event).signal());
  }

  private Optional<Candidate> next() {
    ScheduledRun its = order;
    return its == null ? Optional.empty() : its.next().map(ScheduledRun.Next::chosen);
  }

  long now() {
    return simulation.now() + ahead.nanos + waited;
  }

  /** When something happens next; {@link Long#MAX_VALUE} if nothing ever does by itself. */
  long nextEventTime() {
    Optional<Candidate> next = next();
    if (next.isPresent()) {
      long due = next.get().timer() ? next.get().atNanos() : 0;
      return Math.max(simulation.now(), due) + ahead.nanos + STEP_NANOS;
    }
    long due = simulation.nextEventTime();
    return due == Long.MAX_VALUE ? due : Math.max(now(), due + ahead.nanos);
  }

  /** Lets it happen. */
  void step() {
    ScheduledRun its = order;
    if (its == null) {
      simulation.step();
      return;
    }
    ahead.nanos += STEP_NANOS;
    waited = 0;
    its.take();
    if (its.next().isEmpty()) {
      letGo();
    }
  }

  /** Lets time pass up to an instant before the next event. */
  void pass(long untilNanos) {
    if (order == null) {
      simulation.runUntil(untilNanos - ahead.nanos);
    } else {
      waited += Math.max(0, untilNanos - now());
    }
  }

  /** From here on it goes on by itself. */
  void letGo() {
    ScheduledRun its = order;
    if (its != null) {
      SteppedRun run = its.run();
      run.letGo();
      order = null;
      ahead.nanos += waited;
      waited = 0;
    }
  }
}
