package beamyard.ui.desktop.learning;

import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.LessonPlayer.Result;
import beamyard.lessons.script.LessonPlayer.Verdict;
import beamyard.lessons.script.LessonReader;
import beamyard.lessons.script.Stage.Answer;
import beamyard.ui.desktop.learning.PageMarks.Outcome;
import beamyard.ui.desktop.yard.Errands;
import beamyard.ui.desktop.yard.YardModel;
import beamyard.ui.desktop.yard.YardStage;
import beamyard.ui.desktop.yard.YardThread;
import beamyard.ui.terminal.Progress;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** The page that is open, which of its steps is next, and what became of those that ran. Of the JavaFX thread. */
public final class LessonModel {
  private static final long SEED = 1;
  private static final long TRY_LIMIT_MILLIS = 10_000;

  private final YardModel yard;
  private final ReadOnlyObjectWrapper<@Nullable Lesson> lesson =
      new ReadOnlyObjectWrapper<>(this, "lesson");
  private final ReadOnlyObjectWrapper<State> state =
      new ReadOnlyObjectWrapper<>(this, "state", State.CLOSED);
  private final ReadOnlyIntegerWrapper line = new ReadOnlyIntegerWrapper(this, "line", 0);
  private final ReadOnlyStringWrapper section = new ReadOnlyStringWrapper(this, "section", "");
  private final PageMarks marks = new PageMarks();
  private final ReadOnlyIntegerWrapper returns = new ReadOnlyIntegerWrapper(this, "returns", 0);
  private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(this, "progress", 0);
  private final BiConsumer<String, Progress.Mark> keeper;
  private @Nullable LessonPlay play;
  private @Nullable Told told;
  private @Nullable Opened opened;
  private boolean all;

  /** What the page is doing. */
  public enum State {
    CLOSED,
    /** The nodes of a section start. */
    SETTING_UP,
    /** A step waits for its turn. */
    READY,
    /** A question waits for an answer. */
    ASKING,
    /** A task waits to be done. */
    WORKING,
    RUNNING,
    ENDED
  }

  private record Opened(String name, String text) {}

  /**
   * @param keeper told how far a page of a name has come
   */
  public LessonModel(YardModel yard, BiConsumer<String, Progress.Mark> keeper) {
    this.yard = yard;
    this.keeper = keeper;
  }

  /** The lesson that is open; null if none is. */
  public ReadOnlyObjectProperty<@Nullable Lesson> lessonProperty() {
    return lesson.getReadOnlyProperty();
  }

  /** How far the lesson is. */
  public ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** The line of the page whose step is next, or runs; 0 if there is none. */
  public ReadOnlyIntegerProperty lineProperty() {
    return line.getReadOnlyProperty();
  }

  /** What became of the steps so far. */
  public PageMarks marks() {
    return marks;
  }

  /** How often the learner went back: then steps that were done are not any more. */
  ReadOnlyIntegerProperty returnsProperty() {
    return returns.getReadOnlyProperty();
  }

  /** The section that is being played. */
  ReadOnlyStringProperty sectionProperty() {
    return section.getReadOnlyProperty();
  }

  /** How much of the page is done, from 0 to 1. */
  ReadOnlyDoubleProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /** The nodes that code can be tried at. */
  List<String> nodes() {
    return yard.labels();
  }

  // Commands.

  /** Answers the question of a line, whatever the answer: what it was about is shown, and the page goes on. */
  void answer(int at) {
    LessonPlay current = play;
    if (current != null && state.get() == State.ASKING && line.get() == at) {
      current.allow(1);
    } else {
      marks.reveal(at);
    }
  }

  /** Types code of the learner's own at a node, and tells what it printed. */
  void tryOut(String node, String code, Consumer<String> answer) {
    if (state.get() == State.RUNNING || state.get() == State.SETTING_UP) {
      yard.tell("A step of the page runs. Try it when the step is over.");
      return;
    }
    yard.pausedProperty().set(false);
    yard.thread()
        .undertake(
            new Errands.Typing(
                node, code, TRY_LIMIT_MILLIS, Errands.Terminal.SHOWN, YardThread.Haste.AS_SHOWN))
        .whenComplete(
            (result, problem) ->
                Platform.runLater(
                    () -> {
                      if (problem != null) {
                        yard.tell(problem.getMessage());
                      } else {
                        answer.accept(told(node, result));
                      }
                    }));
  }

  private String told(String node, Answer result) {
    return switch (result.ending()) {
      case DONE -> result.printed();
      case DIED -> result.printed() + "(" + node + " is not running)";
      case TIMED_OUT -> result.printed() + "(it still runs)";
      case UNAVAILABLE -> "(that cannot be done here)";
      case INCOMPLETE -> {
        yard.type(node, "#iex:break");
        yield "(the expression is not complete)";
      }
    };
  }

  /** Opens a page; its nodes start, its first step waits. */
  public void open(String name, String text) {
    open(name, text, 0);
  }

  /** Opens a page and goes on at a step. */
  public void open(String name, String text, int from) {
    close();
    opened = new Opened(name, text);
    Lesson page = LessonReader.read(name, text);
    if (!page.problems().isEmpty()) {
      yard.tell(String.join("\n", page.problems()));
    } else {
      yard.dismissProblem();
    }
    lesson.set(page);
    begin(page, from);
  }

  private void begin(Lesson page, int from) {
    marks.clear();
    progress.set(0);
    line.set(0);
    all = false;
    state.set(State.SETTING_UP);
    yard.selection().clear();
    var listener = new Told();
    told = listener;
    play =
        new LessonPlay(
            page,
            from,
            () -> {
              yard.thread().begin(SEED);
              return new YardStage(yard.thread());
            },
            listener);
  }

  /** The name of the page that is open; empty if none is. */
  public String name() {
    Opened page = opened;
    return page == null ? "" : page.name();
  }

  /** Runs the step that is next, and waits again. */
  public void runNext() {
    LessonPlay current = play;
    if (current != null && state.get() != State.ENDED) {
      yard.pausedProperty().set(false);
      current.allow(1);
    }
  }

  /** Runs all steps to the end of the page, or until {@link #hold}. */
  public void runAll() {
    LessonPlay current = play;
    if (current != null && state.get() != State.ENDED) {
      yard.pausedProperty().set(false);
      all = true;
      current.allow(Integer.MAX_VALUE);
    }
  }

  /** Lets the step that runs be the last for now. */
  void hold() {
    LessonPlay current = play;
    if (current != null) {
      all = false;
      current.hold();
    }
  }

  /** Whether steps run one after the other. */
  boolean isRunningAll() {
    return all;
  }

  /** Goes back to the step before the one that is next; its section is done again up to there, unseen. */
  public void goBack() {
    LessonPlay current = play;
    if (current != null) {
      all = false;
      yard.pausedProperty().set(false);
      current.goBack();
    }
  }

  /** Goes back to the step of a line; without effect if it is not done yet. */
  public void goBackTo(int to) {
    LessonPlay current = play;
    if (current != null) {
      all = false;
      yard.pausedProperty().set(false);
      current.goBackTo(to);
    }
  }

  /** Begins the page anew. */
  public void restart() {
    Opened page = opened;
    if (page != null) {
      open(page.name(), page.text());
    }
  }

  /** Leaves the page; its nodes stay. */
  public void close() {
    LessonPlay current = play;
    if (current != null) {
      current.leave();
      play = null;
      told = null;
    }
    opened = null;
    lesson.set(null);
    state.set(State.CLOSED);
    line.set(0);
    marks.clear();
  }

  /** What the play tells, brought to the JavaFX thread; what an earlier play still says is not heard. */
  private final class Told implements LessonPlay.Listener {
    private void later(Runnable work) {
      Platform.runLater(
          () -> {
            if (told == this) {
              work.run();
            }
          });
    }

    @Override
    public void sets(String title, List<String> nodes) {
      later(
          () -> {
            section.set(title);
            line.set(0);
            state.set(State.SETTING_UP);
          });
    }

    @Override
    public void reached(int step, int steps) {
      later(
          () -> {
            progress.set((double) step / Math.max(1, steps));
            Opened page = opened;
            if (page != null) {
              keeper.accept(page.name(), new Progress.Mark(step, steps));
            }
          });
    }

    @Override
    public void returned(int to) {
      later(
          () -> {
            marks.forgetFrom(to);
            line.set(to);
            state.set(State.SETTING_UP);
            returns.set(returns.get() + 1);
          });
    }

    @Override
    public void asks(int asked) {
      wait(State.ASKING, asked);
    }

    @Override
    public void works(int task) {
      wait(State.WORKING, task);
    }

    private void wait(State how, int at) {
      later(
          () -> {
            line.set(at);
            state.set(how);
          });
    }

    @Override
    public void reveals(int at) {
      later(() -> marks.reveal(at));
    }

    @Override
    public void checks(int task, List<Boolean> holding) {
      later(() -> marks.check(task, holding));
    }

    @Override
    public void awaits(int next) {
      later(
          () -> {
            line.set(next);
            state.set(State.READY);
          });
    }

    @Override
    public void runs(int running) {
      later(
          () -> {
            line.set(running);
            state.set(State.RUNNING);
          });
    }

    @Override
    public void finished(int at, int lines, Verdict verdict, List<String> printed, String note) {
      later(() -> marks.add(at, new Outcome(lines, verdict, printed, note)));
    }

    @Override
    public void ended(Result result) {
      later(
          () -> {
            all = false;
            line.set(0);
            state.set(State.ENDED);
          });
    }

    @Override
    public void failed(String why) {
      later(
          () -> {
            yard.tell(why);
            all = false;
            state.set(State.ENDED);
          });
    }
  }
}
