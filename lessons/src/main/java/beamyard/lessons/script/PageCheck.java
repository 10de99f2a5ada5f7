package beamyard.lessons.script;

import beamyard.lessons.elixir.syntax.ParseOptions;
import beamyard.lessons.elixir.syntax.Parsed;
import beamyard.lessons.elixir.syntax.Parser;
import beamyard.lessons.elixir.syntax.Source;
import beamyard.lessons.elixir.syntax.SyntaxProblem;
import beamyard.lessons.script.Lesson.Block;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.FrontMatter;
import beamyard.lessons.script.Lesson.Kind;
import beamyard.lessons.script.Lesson.Section;
import beamyard.simulator.BadSetup;
import beamyard.simulator.KernelParameters;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Looks for what a page says that cannot be meant: wrong values in its front matter, checks that are no Elixir. */
final class PageCheck {
  /** What a page may depend on in the yard. */
  private static final List<String> LIBRARIES = List.of("libcluster");

  private final List<String> lines;
  private final BiConsumer<Integer, String> problem;

  PageCheck(List<String> lines, BiConsumer<Integer, String> problem) {
    this.lines = lines;
    this.problem = problem;
  }

  void front(FrontMatter front) {
    Map<String, Object> values = front.values();
    for (String name :
        List.of("nodes", "absent", "deps", "goals", "tags", "prerequisites", "hexdocsLinks")) {
      if (values.containsKey(name) && !(values.get(name) instanceof List<?>)) {
        problem.accept(line(name), name + " must be a list: write " + name + ": [first, second]");
      }
    }
    if (values.get("hexdocsLinks") instanceof List<?> links
        && links.size() > front.links().size()) {
      problem.accept(
          line("hexdocsLinks"),
          "a link in hexdocsLinks needs a title and a url: - title: \"Node\", and below it, url: \"https://...\"");
    }
    for (String name : List.of("nodes", "absent")) {
      front.texts(name).stream()
          .filter(node -> !Staging.isName(node))
          .forEach(
              node ->
                  problem.accept(
                      line(name),
                      "'" + node + "' is no node name: write alice@localhost, or alice"));
    }
    front.texts("deps").stream()
        .filter(name -> !LIBRARIES.contains(name))
        .forEach(
            name ->
                problem.accept(
                    line("deps"),
                    "the yard has no library '"
                        + name
                        + "': it has "
                        + String.join(", ", LIBRARIES)));
    front
        .text("start_pg")
        .filter(value -> !List.of("true", "false").contains(value))
        .ifPresent(
            value ->
                problem.accept(
                    line("start_pg"), "start_pg must be true or false, not '" + value + "'"));
    front
        .text("stage")
        .filter(stage -> !stage.equals("continue") && !stage.equals("fresh"))
        .ifPresent(
            stage ->
                problem.accept(
                    line("stage"), "stage must be 'continue' or 'fresh', not '" + stage + "'"));
    front
        .text("timeout")
        .filter(timeout -> !timeout.matches("\\d{1,9}\\s*(ms|s|)"))
        .ifPresent(
            timeout ->
                problem.accept(
                    line("timeout"), "timeout must be like 30s or 500ms, not '" + timeout + "'"));
    if (values.containsKey("kernel")) {
      kernel(values.get("kernel"));
    }
  }

  private void kernel(Object value) {
    if (!(value instanceof Map<?, ?> parameters)) {
      problem.accept(
          line("kernel"), "kernel must be 'name: value' lines, such as {net_ticktime: 4}");
      return;
    }
    parameters.forEach(
        (name, setting) -> {
          try {
            KernelParameters.DEFAULT.with(String.valueOf(name), String.valueOf(setting));
          } catch (BadSetup e) {
            problem.accept(lineOf(String.valueOf(name)), e.getMessage());
          }
        });
  }

  /** The line of a parameter; that of all of them if they stand on one. */
  private int lineOf(String parameter) {
    int its = line(parameter);
    return its > 1 ? its : line("kernel");
  }

  /** The line of a name in the front matter. */
  private int line(String name) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().startsWith(name + ":")) {
        return i + 1;
      }
    }
    return 1;
  }

  void sections(List<Section> sections) {
    sections.forEach(section -> blocks(section.blocks()));
  }

  private void blocks(List<Block> blocks) {
    for (Block block : blocks) {
      if (block instanceof Frame frame) {
        if (frame.kind() == Kind.TASK) {
          task(Task.of(frame, List.of()));
        }
        if (frame.kind() == Kind.QUESTION) {
          question(Question.of(frame));
        }
        blocks(frame.blocks());
      }
    }
  }

  private void question(Question question) {
    boolean answered =
        question.choices().isEmpty()
            || question.choices().stream()
                .anyMatch(choice -> choice.truth() == Question.Truth.RIGHT);
    if (!answered) {
      problem.accept(question.line(), "no choice of this question is right: tick one, - [x]");
    }
  }

  private void task(Task task) {
    if (task.checks().isEmpty()) {
      problem.accept(
          task.line(), "this task has no check: add a block ```check with what must be true");
    }
    for (Task.Check check : task.checks()) {
      Parsed parsed =
          Parser.parse(new Source("check", check.code() + "\n", 1, 1), ParseOptions.LINES);
      switch (parsed) {
        case Parsed.Quoted _ -> {}
        case Parsed.Failed(SyntaxProblem wrong) -> wrong(check, wrong);
        case Parsed.Incomplete(SyntaxProblem wrong) -> wrong(check, wrong);
      }
    }
  }

  private void wrong(Task.Check check, SyntaxProblem wrong) {
    problem.accept(
        check.line() + Math.max(0, wrong.line() - 1),
        "this check is no Elixir expression: "
            + wrong.description().lines().findFirst().orElse("")
            + "; write one that is true when the task is done");
  }
}
