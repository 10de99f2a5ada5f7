package beamyard.lessons.elixir.stdlib;

import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The calendar of the yard, whose virtual time begins on the first day of 2025. */
final class SimulatedCalendar {
  /** 2025-01-01 00:00:00 UTC. */
  private static final long START_SECONDS = 1_735_689_600;

  private SimulatedCalendar() {}

  /** Erlang's monotonic time: since the start of the simulation, as far as the machine's clock is right. */
  static long monotonicNanos(ProcessContext self) {
    return self.now() + self.clock().erlangAheadNanos(self.now());
  }

  /** Erlang's system time. */
  static long systemNanos(ProcessContext self) {
    return START_SECONDS * 1_000_000_000 + monotonicNanos(self);
  }

  /** What the machine's clock shows. */
  static long machineNanos(ProcessContext self) {
    return START_SECONDS * 1_000_000_000 + self.now() + self.clock().skewNanos();
  }

  private static LocalDateTime dateTime(ProcessContext self) {
    long nanos = machineNanos(self);
    return LocalDateTime.ofEpochSecond(
        nanos / 1_000_000_000, (int) (nanos % 1_000_000_000), ZoneOffset.UTC);
  }

  static Term date(ProcessContext self) {
    LocalDateTime now = dateTime(self);
    return Tuple.of(
        SmallInt.of(now.getYear()),
        SmallInt.of(now.getMonthValue()),
        SmallInt.of(now.getDayOfMonth()));
  }

  static Term time(ProcessContext self) {
    LocalDateTime now = dateTime(self);
    return Tuple.of(
        SmallInt.of(now.getHour()), SmallInt.of(now.getMinute()), SmallInt.of(now.getSecond()));
  }
}
