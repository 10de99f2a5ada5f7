package beamyard.lessons.script;

import beamyard.lessons.script.Lesson.Block;
import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Kind;
import beamyard.lessons.script.Lesson.Prose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Something to do in the cluster: a {@code task} frame. It is done when all of its checks hold. They are expressions in its
 * {@code check} blocks, evaluated at a node; they look at the cluster, not at what was printed.
 *
 * @param blocks what is to be done, to read
 * @param hints from a nudge to nearly the answer, in Markdown
 * @param solution what does it; empty if the page gives none
 */
public record Task(
    int line,
    String title,
    List<Block> blocks,
    List<Check> checks,
    List<String> hints,
    List<Block> solution) {
  private static final Pattern NAMES_NODE = Pattern.compile("#+\\s*(?:[Oo]n|[Aa]t) \\S+");

  /**
   * A condition on the cluster.
   *
   * @param node where it is evaluated; empty: at the section's first node
   * @param says the comment above it, for the learner; may be empty
   */
  public record Check(int line, Optional<String> node, String code, String says) {}

  /** Reads a frame of the kind {@link Kind#TASK}. */
  public static Task of(Frame frame, List<String> nodes) {
    var blocks = new ArrayList<Block>();
    var checks = new ArrayList<Check>();
    var hints = new ArrayList<String>();
    var solution = new ArrayList<Block>();
    for (Block block : frame.blocks()) {
      switch (block) {
        case Code code when code.language().equals(CodeLanguage.CHECK) ->
            Snippet.expressions(code.line(), code.text(), nodes).stream()
                .map(
                    expression ->
                        new Check(
                            expression.line(),
                            expression.node(),
                            expression.code(),
                            saidAbove(code, expression.line())))
                .forEach(checks::add);
        case Frame inner when inner.kind() == Kind.HINT -> hints.add(markdown(inner.blocks()));
        case Frame inner when inner.kind() == Kind.SOLUTION -> solution.addAll(inner.blocks());
        default -> blocks.add(block);
      }
    }
    return new Task(
        frame.line(),
        frame.attributes().getOrDefault("title", ""),
        List.copyOf(blocks),
        List.copyOf(checks),
        List.copyOf(hints),
        List.copyOf(solution));
  }

  /** The nearest comment above an expression, but one that only names a node. */
  private static String saidAbove(Code code, int line) {
    List<String> lines = code.text().lines().toList();
    for (int above = line - code.line() - 1; above >= 0; above--) {
      String text = lines.get(above).strip();
      if (!text.startsWith("#")) {
        return "";
      }
      if (!NAMES_NODE.matcher(text).matches()) {
        return text.replaceFirst("^#+\\s*", "");
      }
    }
    return "";
  }

  private static String markdown(List<Block> blocks) {
    return blocks.stream()
        .map(
            block ->
                switch (block) {
                  case Prose prose -> prose.markdown();
                  case Code code -> code.text().indent(4).stripTrailing();
                  case Lesson.Session session ->
                      session.prompts().stream()
                          .map(
                              prompt ->
                                  "    iex("
                                      + prompt.node().orElse("")
                                      + ")> "
                                      + prompt.code().replace("\n", "\n    "))
                          .collect(Collectors.joining("\n"));
                  case Frame inner -> markdown(inner.blocks());
                })
        .collect(Collectors.joining("\n\n"));
  }
}
