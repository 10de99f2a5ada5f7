package beamyard.lessons.script;

import beamyard.lessons.script.Lesson.Block;
import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Session;
import beamyard.lessons.script.Stage.Start;
import java.util.ArrayList;
import java.util.List;

/** Puts what is on a page into the order in which it is played. */
final class LessonSteps {
  private final int section;
  private final List<String> nodes;
  private final List<LessonStep> steps = new ArrayList<>();

  private LessonSteps(int section, List<String> nodes) {
    this.section = section;
    this.nodes = nodes;
  }

  static List<LessonStep> of(int section, List<Block> blocks, Staging staging) {
    var steps = new LessonSteps(section, staging.nodes().stream().map(Start::handle).toList());
    blocks.forEach(steps::add);
    return List.copyOf(steps.steps);
  }

  private void add(Block block) {
    switch (block) {
      case Prose prose -> steps.add(new LessonStep.Text(section, prose.line(), prose));
      case Session session ->
          session.prompts().forEach(prompt -> steps.add(new LessonStep.Input(section, prompt)));
      case Code code -> add(code);
      case Frame frame -> add(frame);
    }
  }

  private void add(Code code) {
    switch (code.language()) {
      case CodeLanguage.SHELL -> steps.add(new LessonStep.Commands(section, code.line(), code));
      case CodeLanguage.ELIXIR ->
          Snippet.expressions(code.line(), code.text(), nodes).forEach(this::add);
      default -> steps.add(new LessonStep.Text(section, code.line(), code));
    }
  }

  private void add(Snippet.Expression expression) {
    int line = expression.line();
    String code = expression.code();
    steps.add(
        switch (expression.kind()) {
          case MODULE -> new LessonStep.Definition(section, line, code);
          case CONFIGURATION -> new LessonStep.Configuration(section, line, code);
          case EXPRESSION ->
              new LessonStep.Expression(
                  section, line, code, expression.node(), expression.promised());
        });
  }

  private void add(Frame frame) {
    switch (frame.kind()) {
      case CONCEPT, CALLOUT, COMPARE, EXERCISE, REVEAL, HINT, SOLUTION -> {
        steps.add(new LessonStep.Text(section, frame.line(), frame));
        frame.blocks().forEach(this::add);
      }
      case QUESTION -> {
        Question question = Question.of(frame);
        steps.add(new LessonStep.Ask(section, question));
        question.revealed().forEach(this::add);
      }
      case TASK -> {
        Task task = Task.of(frame, nodes);
        var solution = new LessonSteps(section, nodes);
        task.solution().forEach(solution::add);
        steps.add(new LessonStep.Work(section, task, List.copyOf(solution.steps)));
      }
      case SUMMARY -> steps.add(new LessonStep.Recall(section, frame.line(), frame));
    }
  }

  /** Whether any of the steps needs nodes. */
  static boolean needNodes(List<LessonStep> steps) {
    return steps.stream().anyMatch(LessonSteps::needNodes);
  }

  /** Whether a step needs nodes. */
  static boolean needNodes(LessonStep step) {
    return switch (step) {
      case LessonStep.Text _, LessonStep.Commands _, LessonStep.Ask _, LessonStep.Recall _ -> false;
      case LessonStep.Input _,
          LessonStep.Expression _,
          LessonStep.Definition _,
          LessonStep.Configuration _,
          LessonStep.Work _ ->
          true;
    };
  }

  /** The text of a frame, for those that are shown as one. */
  static String markdown(Frame frame) {
    var text = new StringBuilder();
    for (Block block : frame.blocks()) {
      if (block instanceof Prose prose) {
        text.append(text.isEmpty() ? "" : "\n\n").append(prose.markdown());
      }
    }
    return text.toString();
  }
}
