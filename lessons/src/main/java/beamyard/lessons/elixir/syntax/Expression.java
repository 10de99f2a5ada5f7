package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.Term;

/** A quoted expression and what the grammar may do with it. */
record Expression(Term term, Shape shape) {
  /** The kinds of expressions that Elixir's grammar tells apart. */
  enum Shape {
    /** A literal, container, alias or the like: {@code [key]} may follow. */
    ACCESS,
    /** A call with parentheses; {@code [key]} may follow. */
    PARENS_CALL,
    /** A name alone, also after a dot. */
    NAME,
    /** A call without parentheses of one unproblematic argument. */
    NO_PARENS_ONE,
    /** Any other expression without a {@code do} block at its surface. */
    MATCHED,
    /** An expression with a {@code do} block. */
    UNMATCHED,
    /** A call without parentheses of many arguments, or around one such: may not stand in every place. */
    NO_PARENS;

    boolean mayBeIndexed() {
      return this == ACCESS || this == PARENS_CALL;
    }

    boolean takesDot() {
      return this != UNMATCHED && this != NO_PARENS;
    }

    /** Whether an entry of a map may be this alone, for macros to replace. */
    boolean mayBeMapEntry() {
      return this == NAME || this == NO_PARENS_ONE || this == PARENS_CALL;
    }

    /** The shape of an operation on this. */
    Shape operand() {
      return this == UNMATCHED || this == NO_PARENS ? this : MATCHED;
    }
  }
}
