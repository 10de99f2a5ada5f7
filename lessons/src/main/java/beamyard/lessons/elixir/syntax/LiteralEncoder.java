package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/** What becomes of atoms, numbers, texts, lists and pairs, which in quoted forms have no metadata of their own. */
public interface LiteralEncoder {
  /** They stand for themselves. */
  LiteralEncoder NONE = (literal, _) -> literal;

  /** {@code {:__block__, meta, [literal]}}, as Elixir's formatter wants them. */
  LiteralEncoder BLOCKS = (literal, meta) -> Tuple.of(Forms.BLOCK, meta, ListTerm.of(literal));

  Term encode(Term literal, ListTerm meta);
}
