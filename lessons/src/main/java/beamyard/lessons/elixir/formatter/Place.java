package beamyard.lessons.elixir.formatter;

/** What an expression is a part of, which decides about parentheses. */
enum Place {
  /** One of several expressions. */
  BLOCK,
  /** Of an operation that stands in a block. */
  OPERAND,
  NO_PARENS_ARGUMENT,
  /** The only argument of a call without parentheses. */
  NO_PARENS_ONLY_ARGUMENT,
  PARENS_ARGUMENT,
  PARENS_ONLY_ARGUMENT;

  /** The place of a part of an operation that stands here; {@code other} if this says nothing of it. */
  Place of(Place other) {
    return switch (this) {
      case NO_PARENS_ONLY_ARGUMENT, NO_PARENS_ARGUMENT -> NO_PARENS_ARGUMENT;
      case PARENS_ONLY_ARGUMENT, PARENS_ARGUMENT -> PARENS_ARGUMENT;
      case BLOCK, OPERAND -> other;
    };
  }

  Place left() {
    return of(PARENS_ARGUMENT);
  }

  Place right() {
    return of(OPERAND);
  }

  boolean isNoParensArgument() {
    return this == NO_PARENS_ARGUMENT || this == NO_PARENS_ONLY_ARGUMENT;
  }
}
