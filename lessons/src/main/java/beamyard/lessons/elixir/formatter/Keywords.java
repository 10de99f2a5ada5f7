package beamyard.lessons.elixir.formatter;

/** Whether a keyword list that is the last argument loses its brackets. */
enum Keywords {
  WITHOUT_BRACKETS,
  AS_WRITTEN
}
