package beamyard.lessons.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The terminal of one node: what it shows, and what was typed and not read yet. */
public final class Console {
  private final StringBuilder printed;
  private final List<Aside> asides = new ArrayList<>();
  private final Deque<String> typed;
  private Prompt prompt;
  private String promptText;
  private boolean inputEnded;

  /** What the terminal waits for. */
  public enum Prompt {
    /** Something runs. */
    NONE,
    /** The shell waits for an expression. */
    EXPRESSION,
    /** The shell waits for the rest of one. */
    CONTINUATION,
    /** A program asked for a line. */
    LINE
  }

  Console() {
    this(new StringBuilder(), new ArrayDeque<>(), Prompt.NONE, "");
  }

  private Console(StringBuilder printed, Deque<String> typed, Prompt prompt, String promptText) {
    this.printed = printed;
    this.typed = typed;
    this.prompt = prompt;
    this.promptText = promptText;
  }

  /**
   * A warning of the compiler or what goes to standard error: a program that reads standard output does not see it.
   *
   * @param at after so many characters of what was printed
   */
  private record Aside(int at, String text) {}

  /** An independent copy. */
  Console copy() {
    var copy = new Console(new StringBuilder(printed), new ArrayDeque<>(typed), prompt, promptText);
    copy.asides.addAll(asides);
    copy.inputEnded = inputEnded;
    return copy;
  }

  /** Shows a warning of the compiler, or other text on standard error. */
  void warn(String text) {
    asides.add(new Aside(printed.length(), text));
  }

  void print(String text) {
    printed.append(text);
  }

  /** How many characters were printed since they were last taken. */
  int unread() {
    return printed.length();
  }

  void type(String text) {
    typed.add(text);
  }

  /** A program that reads a line finds the end of the input; the shell goes on. */
  public void endInput() {
    inputEnded = true;
  }

  boolean inputEnded() {
    return inputEnded;
  }

  boolean hasTyped() {
    return !typed.isEmpty();
  }

  String nextTyped() {
    return typed.remove();
  }

  void waitsFor(Prompt what, String shown) {
    prompt = what;
    promptText = shown;
  }

  public Prompt prompt() {
    return prompt;
  }

  /** What stands before the place to type, {@code iex(alice@localhost)1> }; empty while something runs. */
  public String promptText() {
    return promptText;
  }

  /** Whether everything typed has been read and the next prompt is there. */
  public boolean isIdle() {
    return prompt != Prompt.NONE && typed.isEmpty();
  }

  /** What was printed since it was last taken, without warnings: standard output, as the oracle records it. */
  public String takePrinted() {
    return take().printed();
  }

  /** What the terminal has shown since that was last taken, with the warnings where they came. */
  public String takeShown() {
    return take().shown();
  }

  /**
   * What a terminal has shown.
   *
   * @param printed without the compiler's warnings and what else went to standard error
   * @param shown with them
   */
  public record Text(String printed, String shown) {}

  /** What was shown since it was last taken. */
  public Text take() {
    String text = printed.toString();
    var shown = new StringBuilder();
    int done = 0;
    for (Aside aside : asides) {
      shown.append(text, done, aside.at()).append(aside.text());
      done = aside.at();
    }
    shown.append(text, done, text.length());
    printed.setLength(0);
    asides.clear();
    return new Text(text, shown.toString());
  }
}
