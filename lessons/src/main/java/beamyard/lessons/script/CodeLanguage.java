package beamyard.lessons.script;

/** The names of the languages of code blocks that are more than shown, however a page spells them. */
final class CodeLanguage {
  /** Project code, or expressions to run at a node. */
  static final String ELIXIR = "elixir";

  /** Commands that start nodes. */
  static final String SHELL = "bash";

  /** Conditions on the cluster that a task must fulfil. */
  static final String CHECK = "check";

  private CodeLanguage() {}

  static String named(String language) {
    return switch (language) {
      case "elixir", "ex", "exs" -> ELIXIR;
      case "bash", "sh", "shell", "console", "zsh", "terminal", "shell-session" -> SHELL;
      default -> language;
    };
  }
}
