package beamyard.lessons.elixir.formatter;

/** When a call has parentheses around its arguments. */
enum Parens {
  /** None, unless the call is itself one of several arguments. */
  UNLESS_ARGUMENT,
  /** None if a {@code do} block is its only argument. */
  UNLESS_ONLY_BLOCK,
  /** None if it has a {@code do} block. */
  UNLESS_BLOCK,
  ALWAYS
}
