package beamyard.lessons.script;

import beamyard.lessons.script.Lesson.Block;
import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Prompt;
import java.util.List;
import java.util.Optional;

/** One step of a page in the order in which it is read. Steps of one section share their nodes. */
public sealed interface LessonStep {
  /** The index of the section it belongs to. */
  int section();

  /** The line of the page at which it begins. */
  int line();

  /** Something to read: prose, code that is not run, the heading of a {@link Frame}. */
  record Text(int section, int line, Block block) implements LessonStep {}

  /** Commands of the operating system's shell. Nodes that they start are started, unless they are up already. */
  record Commands(int section, int line, Code code) implements LessonStep {}

  /** An input at a prompt of the page. */
  record Input(int section, Prompt prompt) implements LessonStep {
    @Override
    public int line() {
      return prompt.line();
    }
  }

  /**
   * An expression of a block of code.
   *
   * @param node where it runs; empty: at the section's first node
   * @param promised what a comment says it gives
   */
  record Expression(
      int section, int line, String code, Optional<String> node, Optional<String> promised)
      implements LessonStep {}

  /** A module of the page: project code of every node. */
  record Definition(int section, int line, String code) implements LessonStep {}

  /** A line of configuration, for every node. */
  record Configuration(int section, int line, String code) implements LessonStep {}

  /** A question to think about before reading on; what it is about follows as steps of their own. */
  record Ask(int section, Question question) implements LessonStep {
    @Override
    public int line() {
      return question.line();
    }
  }

  /**
   * Something to do. Played without a learner, its solution is typed and its checks are made.
   *
   * @param solution the steps of one way to do it
   */
  record Work(int section, Task task, List<LessonStep> solution) implements LessonStep {
    @Override
    public int line() {
      return task.line();
    }
  }

  /** Sentences with blanks for the learner to fill. */
  record Recall(int section, int line, Frame frame) implements LessonStep {}
}
