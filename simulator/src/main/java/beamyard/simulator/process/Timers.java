package beamyard.simulator.process;

import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.Footprint.Thing;
import beamyard.simulator.process.ProcessEvent.TimerFired;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * The timers of a runtime that have not fired.
 *
 * @see <a href="https://www.erlang.org/doc/man/erlang.html#start_timer-4">erlang:start_timer/4</a>
 */
final class Timers {
  private final ProcessTable table;
  private final LinkedHashMap<Reference, Timer> timers = new LinkedHashMap<>();

  private record Timer(long ticket, long atNanos, Pid starter, Address to, Term message) {}

  Timers(ProcessTable table) {
    this.table = table;
  }

  /** Takes over those of the runtime that this one is a copy of. */
  void copyFrom(Timers original) {
    timers.putAll(original.timers);
  }

  void start(Reference reference, long delayNanos, Pid starter, Address to, Term message) {
    long at = table.now() + Math.max(0, delayNanos);
    long ticket =
        table.engine.schedule(
            at, ProcessTable.SIGNAL_PRIORITY, new TimerFired(table.vm, reference));
    timers.put(reference, new Timer(ticket, at, starter, to, message));
  }

  /** Nanoseconds that were left; empty if it has fired or is unknown. */
  Optional<Long> cancel(Reference reference) {
    table.use(Access.WRITE, new Thing.Shared(reference));
    Timer timer = timers.remove(reference);
    if (timer == null) {
      return Optional.empty();
    }
    table.engine.cancel(timer.ticket());
    return Optional.of(Math.max(0, timer.atNanos() - table.now()));
  }

  Optional<Long> read(Reference reference) {
    return Optional.ofNullable(timers.get(reference))
        .map(timer -> Math.max(0, timer.atNanos() - table.now()));
  }

  void fire(Reference reference) {
    table.use(Access.WRITE, new Thing.Shared(reference));
    Timer timer = timers.remove(reference);
    if (timer != null) { // else cancelled while the runtime was paused
      table.delivery.arrive(timer.to(), new Signal.Message(timer.starter(), timer.message()));
    }
  }

  void cancelAll() {
    timers.values().forEach(timer -> table.engine.cancel(timer.ticket()));
    timers.clear();
  }
}
