package beamyard.simulator.process;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;

/**
 * One event for the logger of a node.
 *
 * @param level {@code error}, {@code warning}, {@code notice}, {@code info} or {@code debug}
 * @param source the process it is about
 * @param kind what sort of report: {@code process_crash}, {@code disallowed_node}, {@code overlap_disconnect}, ...
 * @param details what belongs to that kind, as a term
 * @param message the text and its metadata as the reporting process has worded them; empty if the logger is to word the report
 */
public record LogReport(Atom level, Pid source, Atom kind, Term details, Optional<Term> message) {
  /** The kind whose details are a format and the list of its arguments, as {@code io:format} takes them. */
  public static final Atom FORMAT = Atom.of("format");

  /** A report that the logger words. */
  public LogReport(Atom level, Pid source, Atom kind, Term details) {
    this(level, source, kind, details, Optional.empty());
  }

  /** A report in words, with the directives of {@code io:format}. */
  public static LogReport format(Atom level, Pid source, String format, Term... arguments) {
    return new LogReport(level, source, FORMAT, Tuple.of(Bits.of(format), ListTerm.of(arguments)));
  }
}
