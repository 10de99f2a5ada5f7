package beamyard.lessons.script;

import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Prompt;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Section;
import java.util.List;
import java.util.function.Supplier;

/** Plays a lesson page from top to bottom and compares what its prompts show. */
public final class LessonPlayer {
  private LessonPlayer() {}

  /**
   * What became of a page. Comments are counted apart from prompts and checks.
   *
   * @param notCompared prompts for which the page shows nothing, and steps that the nodes at hand cannot do
   */
  public record Result(
      int passed, int failed, int commentsPassed, int commentsFailed, int notRun, int notCompared) {
    /** Whether nothing was otherwise than the page says. */
    public boolean isWell() {
      return failed + commentsFailed == 0;
    }
  }

  /** Who watches a lesson being played. */
  public interface Audience {
    /** Watches nothing. */
    Audience NOBODY = new SilentAudience();

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

    /** Commands of the page started nodes in the course of a section. */
    default void started(int line, List<String> nodes) {}

    /** A node that the page describes cannot be started. */
    default void cannotStart(String node, String why) {}

    /** A question; what it was about is told next. */
    default void question(Question question) {}

    /** A task, before it is done. */
    default void task(Task task) {}

    /** A check of a task that was done. */
    default void checked(String node, Task.Check check, Verdict verdict) {}

    /** What was learnt, with blanks. */
    default void summary(Frame frame, Blank text) {}
  }

  /** Whether what was printed is what the page shows. */
  public enum Verdict {
    MATCHES,
    DIFFERS,
    /** The page does not say what it prints, or it cannot print that here. */
    NOT_COMPARED,
    NOT_RUN
  }

  public static Result play(Lesson lesson, Supplier<Stage> stages, Audience audience) {
    var run = new LessonRun(lesson, stages, audience);
    while (!run.atEnd()) {
      run.perform();
    }
    return run.result();
  }

  private static final class SilentAudience implements Audience {
    @Override
    public void section(Section section, List<String> nodes) {}

    @Override
    public void prose(Prose prose) {}

    @Override
    public void frame(Frame frame) {}

    @Override
    public void shown(Code code) {}

    @Override
    public void defined(int line, String code, List<String> problems) {}

    @Override
    public void prompt(String node, Prompt prompt, List<String> printed, Verdict verdict) {}

    @Override
    public void expression(
        String node, int line, String code, List<String> printed, Verdict verdict, String note) {}
  }
}
