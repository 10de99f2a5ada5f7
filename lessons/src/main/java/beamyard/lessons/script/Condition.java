package beamyard.lessons.script;

/** How a stage asks a shell whether an expression is truthy without leaving a trace on its terminal. */
public final class Condition {
  private static final String MARK = "@@holds@@";

  private Condition() {}

  /**
   * What a terminal printed, read.
   *
   * @param rest what else it printed, for the next to ask
   */
  public record Answer(boolean holds, String rest) {}

  /** The input to type. An exception counts as false. */
  public static String question(String expression) {
    return "IO.puts(\""
        + MARK
        + "\" <> to_string(try do\n!!("
        + expression
        + "\n)\nrescue _ -> false\ncatch _, _ -> false end)); IEx.dont_display_result()";
  }

  /** Reads what was printed after the question was typed. */
  public static Answer read(String printed) {
    return new Answer(
        printed.contains(MARK + "true\n"),
        printed.replace(MARK + "true\n", "").replace(MARK + "false\n", ""));
  }
}
