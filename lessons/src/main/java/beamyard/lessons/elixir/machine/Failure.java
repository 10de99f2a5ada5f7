package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/** What is raised when no clause matches. */
enum Failure {
  BADMATCH,
  CASE_CLAUSE,
  WITH_CLAUSE,
  TRY_CLAUSE,
  COND_CLAUSE,
  BAD_AND,
  BAD_OR,
  BADARG;

  static Failure of(Core.NoClause kind) {
    return switch (kind) {
      case CASE_CLAUSE -> CASE_CLAUSE;
      case WITH_CLAUSE -> WITH_CLAUSE;
      case BAD_BOOLEAN_AND -> BAD_AND;
      case BAD_BOOLEAN_OR -> BAD_OR;
      case COND_CLAUSE -> COND_CLAUSE;
      case TRY_CLAUSE -> TRY_CLAUSE;
      case BADARG -> BADARG;
    };
  }

  Raise raise(Term value) {
    return switch (this) {
      case BADMATCH -> Raise.error("badmatch", value);
      case CASE_CLAUSE -> Raise.error("case_clause", value);
      case WITH_CLAUSE -> Raise.error("with_clause", value);
      case TRY_CLAUSE -> Raise.error("try_clause", value);
      case COND_CLAUSE -> Raise.error(Atom.of("cond_clause"));
      case BAD_AND -> Raise.error(Tuple.of(Atom.of("badbool"), Atom.of("and"), value));
      case BAD_OR -> Raise.error(Tuple.of(Atom.of("badbool"), Atom.of("or"), value));
      case BADARG -> Raise.badarg();
    };
  }
}
