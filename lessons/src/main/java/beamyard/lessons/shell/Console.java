package beamyard.lessons.shell;

import java.util.ArrayDeque;
import java.util.Deque;

/** The terminal of one node: what it shows, and what was typed and not read yet. */
public final class Console {
  private final StringBuilder printed;
  private final Deque<String> typed;
  private Prompt prompt;
  private String promptText;

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

  /** An independent copy. */
  Console copy() {
    return new Console(new StringBuilder(printed), new ArrayDeque<>(typed), prompt, promptText);
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

  /** What was printed since this was last called. */
  public String takePrinted() {
    String text = printed.toString();
    printed.setLength(0);
    return text;
  }
}
