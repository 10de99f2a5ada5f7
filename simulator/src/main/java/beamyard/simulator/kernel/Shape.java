package beamyard.simulator.kernel;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/**
 * What a message or argument must look like. One that does not is the sender's mistake: the process that reads it
 * fails with {@code {badmatch, Term}}, as its clauses in OTP would.
 */
final class Shape {
  private Shape() {}

  /** A term is not what it must be. */
  static final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Term term;

    private Mismatch(Term term) {
      super("no match: " + term, null, false, false);
      this.term = term;
    }

    Term reason() {
      return Tuple.of(Atom.of("badmatch"), term);
    }
  }

  static Atom atom(Term term) {
    if (term instanceof Atom atom) {
      return atom;
    }
    throw new Mismatch(term);
  }

  static Pid pid(Term term) {
    if (term instanceof Pid pid) {
      return pid;
    }
    throw new Mismatch(term);
  }

  static ListTerm list(Term term) {
    if (term instanceof ListTerm list && list.isProper()) {
      return list;
    }
    throw new Mismatch(term);
  }

  static Tuple tuple(Term term, int size) {
    if (term instanceof Tuple tuple && tuple.size() == size) {
      return tuple;
    }
    throw new Mismatch(term);
  }
}
