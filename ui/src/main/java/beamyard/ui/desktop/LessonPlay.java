package beamyard.ui.desktop;

import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Prompt;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Section;
import beamyard.lessons.script.LessonPlayer;
import beamyard.lessons.script.LessonPlayer.Result;
import beamyard.lessons.script.LessonPlayer.Verdict;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A page being played on a thread of its own, which waits before every step until it may go on. Nodes are there as soon as a
 * section begins.
 */
final class LessonPlay {
  private static final long STACK_BYTES = 16L << 20;

  private final Lesson lesson;
  private final Supplier<YardStage> stages;
  private final Listener listener;
  private final Thread thread;
  private final Object gate = new Object();
  private volatile @Nullable YardStage stage;
  private long allowed;
  private boolean left;

  /** Told of the play, on its thread. */
  interface Listener {
    /** The nodes of a section are being started. */
    void sets(String section, List<String> nodes);

    /** A step of a line waits for its turn. */
    void awaits(int line);

    void runs(int line);

    /** A step has run; {@code lines} is how many lines of the page it has. */
    void finished(int line, int lines, Verdict verdict, List<String> printed, String note);

    void ended(Result result);

    void failed(String why);
  }

  /**
   * @param stages gives a fresh stage for each section
   */
  LessonPlay(Lesson lesson, Supplier<YardStage> stages, Listener listener) {
    this.lesson = lesson;
    this.stages = stages;
    this.listener = listener;
    thread = new Thread(null, this::play, "lesson", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }

  /** Lets so many more steps run. */
  void allow(long steps) {
    synchronized (gate) {
      allowed = Math.min(Integer.MAX_VALUE, allowed + steps);
      gate.notifyAll();
    }
  }

  /** Lets no further step run than the one that runs. */
  void hold() {
    synchronized (gate) {
      allowed = 0;
    }
  }

  /** Ends the play where it is. */
  void leave() {
    synchronized (gate) {
      left = true;
      gate.notifyAll();
    }
    YardStage current = stage;
    if (current != null) {
      current.leave();
    }
  }

  private void play() {
    try {
      Result result = LessonPlayer.play(lesson, this::nextStage, new Marker());
      listener.ended(result);
    } catch (CancellationException _) {
      return; // the page was left
    } catch (RuntimeException | AssertionError e) {
      listener.failed(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private YardStage nextStage() {
    YardStage next = stages.get();
    stage = next;
    synchronized (gate) {
      if (left) {
        throw new CancellationException();
      }
    }
    return next;
  }

  private void awaitTurn() {
    synchronized (gate) {
      while (allowed == 0 && !left) {
        try {
          gate.wait();
        } catch (InterruptedException _) {
          left = true;
        }
      }
      if (left) {
        throw new CancellationException();
      }
      allowed--;
    }
  }

  private final class Marker implements LessonPlayer.Audience {
    @Override
    public void next(int line) {
      listener.awaits(line);
      awaitTurn();
      YardStage current = stage;
      if (current != null) {
        current.play();
      }
      listener.runs(line);
    }

    @Override
    public void section(Section section, List<String> nodes) {
      listener.sets(section.title(), nodes);
    }

    @Override
    public void prose(Prose prose) {}

    @Override
    public void frame(Frame frame) {}

    @Override
    public void shown(Code code) {}

    @Override
    public void defined(int line, String code, List<String> problems) {
      listener.finished(
          line,
          linesOf(code),
          problems.isEmpty() ? Verdict.NOT_COMPARED : Verdict.DIFFERS,
          problems,
          problems.isEmpty() ? "defined on every node" : "");
    }

    @Override
    public void prompt(String node, Prompt prompt, List<String> printed, Verdict verdict) {
      listener.finished(prompt.line(), linesOf(prompt.code()), verdict, printed, "");
    }

    @Override
    public void expression(
        String node, int line, String code, List<String> printed, Verdict verdict, String note) {
      listener.finished(line, linesOf(code), verdict, printed, note);
    }

    private static int linesOf(String code) {
      return (int) code.lines().count();
    }
  }
}
