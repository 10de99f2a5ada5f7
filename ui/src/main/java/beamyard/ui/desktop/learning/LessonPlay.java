package beamyard.ui.desktop.learning;

import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Prompt;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Section;
import beamyard.lessons.script.LessonPlayer;
import beamyard.lessons.script.LessonPlayer.Result;
import beamyard.lessons.script.LessonPlayer.Verdict;
import beamyard.lessons.script.LessonRun;
import beamyard.lessons.script.LessonStep;
import beamyard.lessons.script.Task;
import beamyard.ui.desktop.yard.YardStage;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A page being played on a thread of its own, which waits before every step until it may go on: at a question until it is
 * answered, at a task until its checks hold. Nodes are there as soon as a section begins.
 */
final class LessonPlay {
  private static final long STACK_BYTES = 16L << 20;
  private static final long BETWEEN_CHECKS_MILLIS = 300;

  private final Lesson lesson;
  private final Supplier<YardStage> stages;
  private final Listener listener;
  private final int from;
  private final Thread thread;
  private final Object gate = new Object();
  private volatile @Nullable YardStage stage;
  private volatile List<LessonStep> steps = List.of();
  private volatile int position;
  private long allowed;
  private boolean left;
  private boolean solving;

  /** The step to go back to; negative for none. */
  private int wanted = -1;

  /** The learner went back. */
  private static final class Returned extends RuntimeException {
    private static final long serialVersionUID = 1;

    Returned() {
      super(null, null, false, false);
    }
  }

  /** Told of the play, on its thread. */
  interface Listener {
    /** So many steps of the page are done. */
    void reached(int step, int steps);

    /** The learner went back to the step of a line: what comes after is not done any more. */
    void returned(int line);

    /** The nodes of a section are being started. */
    void sets(String section, List<String> nodes);

    /** A step of a line waits for its turn. */
    void awaits(int line);

    /** A question of a line waits for an answer, or for its turn. */
    void asks(int line);

    /** The answer to a question may be seen. */
    void reveals(int line);

    /** A task of a line waits until its checks hold, or for its turn. */
    void works(int line);

    /** Which checks of a task hold now. */
    void checks(int line, List<Boolean> holding);

    void runs(int line);

    /** A step has run; {@code lines} is how many lines of the page it has. */
    void finished(int line, int lines, Verdict verdict, List<String> printed, String note);

    void ended(Result result);

    void failed(String why);
  }

  /**
   * @param from the step to begin with; those before it are done unseen
   * @param stages gives a fresh stage for each section
   */
  LessonPlay(Lesson lesson, int from, Supplier<YardStage> stages, Listener listener) {
    this.lesson = lesson;
    this.from = from;
    this.stages = stages;
    this.listener = listener;
    thread = new Thread(null, this::play, "lesson", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }

  /** Lets so many more steps run; a question gives its answer away, a task is done as the page does it. */
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

  /** Goes back to the last step at which one could stop. */
  void goBack() {
    int target = position - 1;
    while (target > 0 && !isStop(steps.get(target))) {
      target--;
    }
    goBackToStep(target);
  }

  /** Goes back to the step of a line; without effect if it is not done. */
  void goBackTo(int line) {
    for (int i = 0; i < Math.min(position, steps.size()); i++) {
      if (steps.get(i).line() == line) {
        goBackToStep(i);
        return;
      }
    }
  }

  private void goBackToStep(int target) {
    if (target < 0) {
      return;
    }
    YardStage current = stage; // the one that is left, not the one that follows it
    synchronized (gate) {
      wanted = target;
      allowed = 0;
      gate.notifyAll();
    }
    if (current != null) {
      current.leave();
    }
  }

  /** Whether one waits for the learner at a step. */
  private static boolean isStop(LessonStep step) {
    return switch (step) {
      case LessonStep.Input _, LessonStep.Expression _, LessonStep.Ask _, LessonStep.Work _ -> true;
      case LessonStep.Text _,
          LessonStep.Commands _,
          LessonStep.Definition _,
          LessonStep.Configuration _,
          LessonStep.Recall _ ->
          false;
    };
  }

  private void play() {
    try {
      var run = new LessonRun(lesson, this::nextStage, new Marker());
      steps = run.steps();
      int target = from > 0 && from < steps.size() ? from : 0;
      steps.subList(0, target).forEach(this::tellDone);
      boolean isFresh = true;
      while (true) {
        try {
          if (target > 0 || !isFresh) {
            isFresh = false;
            run.goTo(target);
          }
          isFresh = false;
          playOn(run);
        } catch (Returned | CancellationException _) {
          target = takeWanted();
          listener.returned(steps.get(target).line());
          solving = false;
        }
      }
    } catch (CancellationException _) {
      return; // the page was left
    } catch (RuntimeException | AssertionError e) {
      listener.failed(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  /** A question or a task that was done before the page was opened. */
  private void tellDone(LessonStep step) {
    switch (step) {
      case LessonStep.Ask ask -> listener.reveals(ask.line());
      case LessonStep.Work work ->
          listener.checks(work.line(), work.task().checks().stream().map(_ -> true).toList());
      default -> {}
    }
  }

  /** Where to go back to; {@link CancellationException} if the page was left. */
  private int takeWanted() {
    synchronized (gate) {
      if (left || wanted < 0) {
        throw new CancellationException();
      }
      int target = wanted;
      wanted = -1;
      return target;
    }
  }

  /** Plays to the end, and waits there for somebody to go back. */
  private void playOn(LessonRun run) {
    while (!run.atEnd()) {
      reach(run);
      step(run);
    }
    reach(run);
    listener.ended(run.result());
    while (true) {
      awaitTurn();
    }
  }

  private void reach(LessonRun run) {
    position = run.position();
    listener.reached(position, steps.size());
  }

  private void step(LessonRun run) {
    switch (run.next()) {
      case LessonStep.Ask ask -> {
        listener.asks(ask.line());
        awaitTurn();
        listener.reveals(ask.line());
        run.perform();
      }
      case LessonStep.Work work -> work(run, work);
      case LessonStep.Text _,
          LessonStep.Commands _,
          LessonStep.Input _,
          LessonStep.Expression _,
          LessonStep.Definition _,
          LessonStep.Configuration _,
          LessonStep.Recall _ ->
          run.perform();
    }
  }

  private void work(LessonRun run, LessonStep.Work work) {
    run.prepare();
    YardStage current = stage;
    if (current != null) {
      current.play();
    }
    Task task = work.task();
    listener.works(work.line());
    while (!isTurn(BETWEEN_CHECKS_MILLIS)) {
      List<Task.Check> missing = run.missing(task);
      List<Boolean> holding =
          task.checks().stream().map(check -> !missing.contains(check)).toList();
      listener.checks(work.line(), holding);
      if (!holding.isEmpty() && !holding.contains(false)) {
        run.skip();
        return;
      }
    }
    solving = true;
    listener.reveals(work.line());
    run.perform();
    solving = false;
    listener.checks(work.line(), task.checks().stream().map(_ -> true).toList());
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
    if (!solving) {
      isTurn(0);
    }
  }

  /** Waits until a step may run, or for some time; 0 for ever. Whether one may. */
  private boolean isTurn(long millis) {
    synchronized (gate) {
      try {
        while (allowed == 0 && !left && wanted < 0) {
          gate.wait(millis);
          if (millis > 0) {
            break;
          }
        }
      } catch (InterruptedException _) {
        left = true;
      }
      if (left) {
        throw new CancellationException();
      }
      if (wanted >= 0) {
        throw new Returned();
      }
      if (allowed == 0) {
        return false;
      }
      allowed--;
      return true;
    }
  }

  private final class Marker implements LessonPlayer.Audience {
    @Override
    public void next(int line) {
      if (!solving) {
        listener.awaits(line);
      }
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
