package beamyard.lessons.script;

import beamyard.lessons.script.Lesson.Block;
import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Prompt;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Section;
import beamyard.lessons.script.Lesson.Session;
import beamyard.lessons.script.Snippet.Expression;
import beamyard.lessons.script.Stage.Answer;
import beamyard.lessons.script.Stage.Ending;
import beamyard.lessons.script.Stage.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays a lesson page from top to bottom, a fresh stage for each section, and compares what its prompts show.
 *
 * <p>Modules that the page defined in earlier sections are project code of every node.
 */
public final class LessonPlayer {
  private static final long LIMIT_MILLIS = 10_000;
  private static final List<Pattern> MODULES_CALLED =
      List.of(
          Pattern.compile("(?<![\\w.:@%])([A-Z]\\w*(?:\\.[A-Z]\\w*)*)\\.[a-z_]\\w*[!?]?"),
          Pattern.compile("\\b(?:start|start_link)\\(\\s*([A-Z][\\w.]*)\\s*[,)]"),
          Pattern.compile(":e?rpc\\.\\w+\\([^,]+,\\s*([A-Z][\\w.]*)"));
  private static final Pattern UNDEFINED =
      Pattern.compile("\\*\\* \\(CompileError\\) .*?(undefined (?:function|variable) \\S+)");

  private final Lesson lesson;
  private final Supplier<Stage> stages;
  private final Audience audience;
  private final List<String> project = new ArrayList<>();
  private int passed;
  private int failed;
  private int commentsPassed;
  private int commentsFailed;
  private int notRun;

  /** What became of a page. Prompts and comments are counted apart. */
  public record Result(
      int passed, int failed, int commentsPassed, int commentsFailed, int notRun) {}

  /** Who watches a lesson being played. */
  public interface Audience {
    /** The step of a line of the page is about to run; the player goes on when this returns. */
    default void next(int line) {}

    void section(Section section, List<String> nodes);

    void prose(Prose prose);

    void frame(Frame frame);

    /** Code that is shown, not run. */
    void shown(Code code);

    void defined(int line, String code, List<String> problems);

    /** A prompt of the page and what it printed. */
    void prompt(String node, Prompt prompt, List<String> printed, Verdict verdict);

    /** An expression of a snippet and what it printed. */
    void expression(
        String node, int line, String code, List<String> printed, Verdict verdict, String note);
  }

  /** Whether what was printed is what the page shows. */
  public enum Verdict {
    MATCHES,
    DIFFERS,
    /** The page does not say what it prints. */
    NOT_COMPARED,
    NOT_RUN
  }

  private LessonPlayer(Lesson lesson, Supplier<Stage> stages, Audience audience) {
    this.lesson = lesson;
    this.stages = stages;
    this.audience = audience;
  }

  public static Result play(Lesson lesson, Supplier<Stage> stages, Audience audience) {
    var player = new LessonPlayer(lesson, stages, audience);
    lesson.sections().forEach(player::play);
    return new Result(
        player.passed, player.failed, player.commentsPassed, player.commentsFailed, player.notRun);
  }

  private void play(Section section) {
    if (!hasCode(section.blocks())) {
      audience.section(section, List.of());
      section.blocks().forEach(this::show);
      return;
    }
    Staging staging = Staging.of(section, lesson);
    List<String> nodes = staging.nodes().stream().map(Start::handle).toList();
    audience.section(section, nodes);
    Stage stage = stages.get();
    stage.install(lesson.dependencies());
    stage.start(staging.nodes());
    for (String module : project) {
      nodes.forEach(node -> stage.type(node, module, LIMIT_MILLIS));
    }
    if (staging.connected()) {
      nodes.stream()
          .skip(1)
          .forEach(
              node ->
                  stage.holds(nodes.getFirst(), "Node.connect(:\"" + node + "\")", LIMIT_MILLIS));
      nodes.forEach(node -> stage.holds(node, ":global.sync()", LIMIT_MILLIS));
    }
    play(section.blocks(), stage, nodes);
  }

  private void play(List<Block> blocks, Stage stage, List<String> nodes) {
    for (Block block : blocks) {
      switch (block) {
        case Session session -> session.prompts().forEach(prompt -> play(prompt, stage, nodes));
        case Code code when code.language().equals("elixir") -> play(code, stage, nodes);
        case Frame frame -> {
          audience.frame(frame);
          play(frame.blocks(), stage, nodes);
        }
        case Code _, Prose _ -> show(block);
      }
    }
  }

  private void show(Block block) {
    switch (block) {
      case Prose prose -> audience.prose(prose);
      case Code code -> audience.shown(code);
      case Frame frame -> {
        audience.frame(frame);
        frame.blocks().forEach(this::show);
      }
      case Session _ -> throw new AssertionError("a session is played, not shown");
    }
  }

  private static boolean hasCode(List<Block> blocks) {
    return blocks.stream()
        .anyMatch(
            block ->
                switch (block) {
                  case Session _ -> true;
                  case Code code -> code.language().equals("elixir");
                  case Frame frame -> hasCode(frame.blocks());
                  case Prose _ -> false;
                });
  }

  private void play(Prompt prompt, Stage stage, List<String> nodes) {
    String node = prompt.node().orElse(nodes.getFirst());
    audience.next(prompt.line());
    Answer answer = stage.type(node, prompt.code(), LIMIT_MILLIS);
    List<String> printed = lines(answer);
    boolean matches =
        answer.ending() == Ending.DONE && LooseMatch.matches(prompt.expected(), printed);
    if (matches) {
      passed++;
    } else {
      failed++;
    }
    audience.prompt(node, prompt, printed, matches ? Verdict.MATCHES : Verdict.DIFFERS);
  }

  private void play(Code code, Stage stage, List<String> nodes) {
    for (Expression expression : Snippet.expressions(code.line(), code.text())) {
      audience.next(expression.line());
      switch (expression.kind()) {
        case MODULE -> define(expression, stage, nodes);
        case CONFIGURATION -> {
          String configuring = Snippet.configuring(expression.code());
          nodes.forEach(node -> stage.type(node, configuring, LIMIT_MILLIS));
          audience.defined(expression.line(), expression.code(), List.of());
        }
        case EXPRESSION -> run(expression, stage, nodes);
      }
    }
  }

  private void define(Expression module, Stage stage, List<String> nodes) {
    var problems = new ArrayList<String>();
    for (String node : nodes) {
      Answer answer = stage.type(node, module.code(), LIMIT_MILLIS);
      if (problems.isEmpty() && answer.printed().contains("** (")) {
        problems.addAll(lines(answer));
      }
    }
    if (problems.isEmpty()) {
      project.add(module.code());
    } else {
      failed++;
    }
    audience.defined(module.line(), module.code(), problems);
  }

  private void run(Expression expression, Stage stage, List<String> nodes) {
    String node = expression.node().filter(nodes::contains).orElse(nodes.getFirst());
    Optional<String> missing = missingModule(expression.code(), stage, node);
    if (missing.isPresent()) {
      notRun(node, expression, "module " + missing.get() + " is not on this page");
      return;
    }
    Answer answer = stage.type(node, expression.code(), LIMIT_MILLIS);
    List<String> printed = lines(answer);
    Matcher undefined = UNDEFINED.matcher(answer.printed());
    if (undefined.find()) {
      notRun(node, expression, undefined.group(1));
      return;
    }
    Verdict verdict = Verdict.NOT_COMPARED;
    if (expression.promised().isPresent()) {
      boolean matches = LooseMatch.matches(List.of(expression.promised().get()), result(printed));
      verdict = matches ? Verdict.MATCHES : Verdict.DIFFERS;
      if (matches) {
        commentsPassed++;
      } else {
        commentsFailed++;
      }
    }
    String note =
        answer.ending() == Ending.TIMED_OUT ? "still waiting after " + LIMIT_MILLIS + " ms" : "";
    audience.expression(node, expression.line(), expression.code(), printed, verdict, note);
  }

  private void notRun(String node, Expression expression, String why) {
    notRun++;
    audience.expression(
        node, expression.line(), expression.code(), List.of(), Verdict.NOT_RUN, "not run: " + why);
  }

  private static Optional<String> missingModule(String code, Stage stage, String node) {
    for (Pattern pattern : MODULES_CALLED) {
      Matcher matcher = pattern.matcher(code);
      while (matcher.find()) {
        if (!stage.holds(node, "Code.ensure_loaded?(" + matcher.group(1) + ")", LIMIT_MILLIS)) {
          return Optional.of(matcher.group(1));
        }
      }
    }
    return Optional.empty();
  }

  /** What comes after all that the code itself printed; a result of several lines begins where its first bracket does. */
  private static List<String> result(List<String> printed) {
    for (int i = printed.size() - 1; i >= 0; i--) {
      boolean inside = printed.get(i).startsWith(" ") || printed.get(i).matches("[\\]})>].*");
      if (!inside) {
        return printed.subList(i, printed.size());
      }
    }
    return printed;
  }

  private static List<String> lines(Answer answer) {
    return answer.printed().stripTrailing().lines().toList();
  }
}
