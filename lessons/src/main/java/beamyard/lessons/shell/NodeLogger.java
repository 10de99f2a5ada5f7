package beamyard.lessons.shell;

import beamyard.simulator.LoggerLevel;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.LogReport;
import beamyard.simulator.process.LogSink;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * The first stage of a node's logger: lets a report pass or not by its level, and hands it to the processes which word and print
 * it. What a process logs whose group leader is on another node goes to both nodes, as in OTP.
 *
 * @see <a href="https://www.erlang.org/doc/apps/kernel/logger_chapter.html">Logging</a>
 */
final class NodeLogger implements LogSink {
  /** The process that words what the runtime itself reports, and takes what other nodes send. */
  static final Atom WORDING = Atom.of("logger");

  /** The process that prints. */
  static final Atom PRINTING = Atom.of("Elixir.Logger");

  private static final Atom WORDED = Atom.of("worded");
  private static final Atom REPORT = Atom.of("report");

  /** Reports that Elixir's Logger shows only with {@code handle_sasl_reports}, which is off by default. */
  private static final List<Atom> SASL = List.of(Atom.of("proc_lib_crash"), Atom.of("supervisor"));

  private static final long NANOS_A_MICRO = 1000;

  private LoggerLevel level;

  NodeLogger(LoggerLevel level) {
    this.level = level;
  }

  NodeLogger copy() {
    return new NodeLogger(level);
  }

  LoggerLevel level() {
    return level;
  }

  void setLevel(LoggerLevel changed) {
    level = changed;
  }

  @Override
  public List<Post> log(LogReport report, Pid groupLeader, long atNanos) {
    boolean passes =
        !SASL.contains(report.kind())
            && LoggerLevel.named(report.level().name()).filter(level::allows).isPresent();
    if (!passes) {
      return List.of();
    }
    Atom node = report.source().node();
    Term at = SmallInt.of(atNanos / NANOS_A_MICRO);
    Term event =
        report
            .message()
            .<Term>map(message -> Tuple.of(WORDED, report.level(), at, message))
            .orElseGet(
                () ->
                    Tuple.of(
                        REPORT,
                        report.level(),
                        at,
                        report.source(),
                        report.kind(),
                        report.details()));
    var posts = new ArrayList<Post>();
    Atom here = report.message().isPresent() ? PRINTING : WORDING;
    posts.add(new Post(new Address.OfName(here, node), event));
    if (groupLeader.node() != node) {
      posts.add(new Post(new Address.OfName(WORDING, groupLeader.node()), event));
    }
    return posts;
  }
}
