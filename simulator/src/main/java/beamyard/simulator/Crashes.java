package beamyard.simulator;

import beamyard.simulator.process.LogReport;
import beamyard.simulator.process.LogSink;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The processes of a node of a {@link Cluster} that ended by an exception, as its log has them. */
final class Crashes implements LogSink {
  private static final Atom PROCESS_CRASH = Atom.of("process_crash");

  private final ArrayList<Crash> crashes = new ArrayList<>();

  Crashes copy() {
    var copy = new Crashes();
    copy.crashes.addAll(crashes);
    return copy;
  }

  List<Crash> all() {
    return crashes;
  }

  /** A crash has {@code {Reason, StackTrace}} for its details. */
  @Override
  public List<Post> log(LogReport report, Pid groupLeader, long atNanos) {
    if (report.kind() == PROCESS_CRASH && report.details() instanceof Tuple exit) {
      crashes.add(new Crash(Duration.ofNanos(atNanos), report.source(), exit.get(0)));
    }
    return List.of();
  }
}
