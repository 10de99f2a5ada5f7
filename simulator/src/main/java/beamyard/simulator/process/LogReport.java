package beamyard.simulator.process;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;

/**
 * One event for the logger of a node.
 *
 * @param level {@code error}, {@code warning}, {@code notice}, {@code info} or {@code debug}
 * @param source the process it is about
 * @param kind what sort of report: {@code process_crash}, {@code disallowed_node}, {@code overlap_disconnect}, ...
 * @param details what belongs to that kind, as a term
 */
public record LogReport(Atom level, Pid source, Atom kind, Term details) {}
