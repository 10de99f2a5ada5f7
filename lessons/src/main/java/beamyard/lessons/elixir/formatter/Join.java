package beamyard.lessons.elixir.formatter;

/** What stands between the elements of a container or the arguments of a call. */
enum Join {
  /** A line end. */
  LINE,
  /** A space, or line ends between all if they do not fit. */
  BREAK,
  /** A space, or a line end where the next one does not fit. */
  FLEX_BREAK
}
