package beamyard.lessons.script;

import beamyard.lessons.script.Lesson.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a transcript of a shell: prompts as IEx prints them, with or without a node and a number, and what follows each. */
final class SessionReader {
  private static final Pattern PROMPT = Pattern.compile("^\\s*iex(?:\\(([^)]*)\\))?\\d*> ?(.*)$");
  private static final Pattern CONTINUED =
      Pattern.compile("^\\s*\\.\\.\\.(?:\\([^)]*\\))?\\d*> ?(.*)$");
  private static final Pattern FENCE = Pattern.compile("^\\s*(```+|~~~+)\\s*\\w*\\s*$");
  private static final Pattern NUMBER = Pattern.compile("\\d*");
  private static final Pattern FULL_NAME = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final Pattern SHORT_NAME = Pattern.compile("[a-z_]\\w*");

  private final BiConsumer<Integer, String> problem;
  private final List<Prompt> prompts = new ArrayList<>();
  private Optional<String> node = Optional.empty();
  private @Nullable StringBuilder code;
  private final List<String> expected = new ArrayList<>();
  private int line;

  private SessionReader(BiConsumer<Integer, String> problem) {
    this.problem = problem;
  }

  static boolean isPrompt(String line) {
    return PROMPT.matcher(line).matches();
  }

  /**
   * @param firstLine the number of the first line of the text
   */
  static List<Prompt> read(int firstLine, List<String> text, BiConsumer<Integer, String> problem) {
    var reader = new SessionReader(problem);
    for (int i = 0; i < text.size(); i++) {
      reader.add(firstLine + i, text.get(i));
    }
    reader.end();
    return List.copyOf(reader.prompts);
  }

  private void add(int number, String text) {
    Matcher prompt = PROMPT.matcher(text);
    Matcher continued = CONTINUED.matcher(text);
    StringBuilder current = code;
    if (prompt.matches()) {
      end();
      node = node(number, prompt.group(1));
      code = new StringBuilder(prompt.group(2));
      line = number;
    } else if (current != null && continued.matches() && expected.isEmpty()) {
      current.append('\n').append(continued.group(1));
    } else if (FENCE.matcher(text).matches()) {
      return; // a fence that only colours the transcript
    } else if (current != null) {
      expected.add(text);
    } else if (!text.isBlank() && !text.stripLeading().startsWith("#")) {
      problem.accept(number, "expected a prompt such as iex(alice@localhost)> before any output");
    }
  }

  private Optional<String> node(int number, @Nullable String name) {
    if (name == null || NUMBER.matcher(name).matches()) {
      return Optional.empty();
    }
    if (FULL_NAME.matcher(name).matches()) {
      return Optional.of(name);
    }
    if (SHORT_NAME.matcher(name).matches()) {
      return Optional.of(name + "@localhost");
    }
    problem.accept(
        number, "the prompt of '" + name + "' names no node: write iex(alice@localhost)> or iex>");
    return Optional.empty();
  }

  private void end() {
    if (code == null) {
      return;
    }
    while (!expected.isEmpty() && expected.getLast().isBlank()) {
      expected.removeLast();
    }
    prompts.add(new Prompt(line, node, code.toString(), List.copyOf(expected)));
    code = null;
    expected.clear();
  }
}
