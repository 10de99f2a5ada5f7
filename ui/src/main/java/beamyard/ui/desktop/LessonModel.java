package beamyard.ui.desktop;

import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.LessonPlayer.Result;
import beamyard.lessons.script.LessonPlayer.Verdict;
import beamyard.lessons.script.LessonReader;
import beamyard.lessons.script.Stage.Answer;
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
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;
import javafx.collections.ObservableSet;
import org.jspecify.annotations.Nullable;

/** The page that is open, which of its steps is next, and what became of those that ran. Of the JavaFX thread. */
final class LessonModel {
  private static final long SEED = 1;
  private static final long TRY_LIMIT_MILLIS = 10_000;

  private final YardModel yard;
  private final ReadOnlyObjectWrapper<@Nullable Lesson> lesson =
      new ReadOnlyObjectWrapper<>(this, "lesson");
  private final ReadOnlyObjectWrapper<State> state =
      new ReadOnlyObjectWrapper<>(this, "state", State.CLOSED);
  private final ReadOnlyIntegerWrapper line = new ReadOnlyIntegerWrapper(this, "line", 0);
  private final ReadOnlyIntegerWrapper matched = new ReadOnlyIntegerWrapper(this, "matched", 0);
  private final ReadOnlyIntegerWrapper differing = new ReadOnlyIntegerWrapper(this, "differing", 0);
  private final ReadOnlyIntegerWrapper notRun = new ReadOnlyIntegerWrapper(this, "notRun", 0);
  private final ReadOnlyStringWrapper section = new ReadOnlyStringWrapper(this, "section", "");
  private final ObservableMap<Integer, Outcome> outcomes = FXCollections.observableHashMap();
  private final ObservableMap<Integer, Outcome> shownOutcomes =
      FXCollections.unmodifiableObservableMap(outcomes);
  private final ObservableSet<Integer> revealed = FXCollections.observableSet();
  private final ObservableSet<Integer> shownRevealed =
      FXCollections.unmodifiableObservableSet(revealed);
  private final ObservableMap<Integer, List<Boolean>> checks = FXCollections.observableHashMap();
  private final ObservableMap<Integer, List<Boolean>> shownChecks =
      FXCollections.unmodifiableObservableMap(checks);
  private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(this, "progress", 0);
  private final BiConsumer<String, Progress.Mark> keeper;
  private @Nullable LessonPlay play;
  private @Nullable Told told;
  private @Nullable Opened opened;
  private boolean all;

  /** What the page is doing. */
  enum State {
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

  /** What became of a step; {@code lines} is how many lines of the page it has. */
  record Outcome(int lines, Verdict verdict, List<String> printed, String note) {}

  private record Opened(String name, String text) {}

  /**
   * @param keeper told how far a page of a name has come
   */
  LessonModel(YardModel yard, BiConsumer<String, Progress.Mark> keeper) {
    this.yard = yard;
    this.keeper = keeper;
  }

  ReadOnlyObjectProperty<@Nullable Lesson> lessonProperty() {
    return lesson.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** The line of the page whose step is next, or runs; 0 if there is none. */
  ReadOnlyIntegerProperty lineProperty() {
    return line.getReadOnlyProperty();
  }

  /** How many steps printed what the page shows. */
  ReadOnlyIntegerProperty matchedProperty() {
    return matched.getReadOnlyProperty();
  }

  ReadOnlyIntegerProperty differingProperty() {
    return differing.getReadOnlyProperty();
  }

  /** How many steps could not run. */
  ReadOnlyIntegerProperty notRunProperty() {
    return notRun.getReadOnlyProperty();
  }

  /** The section that is being played. */
  ReadOnlyStringProperty sectionProperty() {
    return section.getReadOnlyProperty();
  }

  /** What became of each step that ran, by its line. */
  ObservableMap<Integer, Outcome> outcomes() {
    return shownOutcomes;
  }

  /** The lines of the questions and tasks whose answers are to be seen. */
  ObservableSet<Integer> revealed() {
    return shownRevealed;
  }

  /** Which checks of each task that was begun hold, by its line. */
  ObservableMap<Integer, List<Boolean>> checks() {
    return shownChecks;
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
      revealed.add(at);
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
  void open(String name, String text) {
    open(name, text, 0);
  }

  /** Opens a page and goes on at a step. */
  void open(String name, String text, int from) {
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
    outcomes.clear();
    matched.set(0);
    differing.set(0);
    notRun.set(0);
    revealed.clear();
    checks.clear();
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

  /** Runs the step that is next, and waits again. */
  void runNext() {
    LessonPlay current = play;
    if (current != null && state.get() != State.ENDED) {
      yard.pausedProperty().set(false);
      current.allow(1);
    }
  }

  /** Runs all steps to the end of the page, or until {@link #hold}. */
  void runAll() {
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

  /** Begins the page anew. */
  void restart() {
    Opened page = opened;
    if (page != null) {
      open(page.name(), page.text());
    }
  }

  /** Leaves the page; its nodes stay. */
  void close() {
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
    outcomes.clear();
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
      later(() -> revealed.add(at));
    }

    @Override
    public void checks(int task, List<Boolean> holding) {
      later(() -> checks.put(task, holding));
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
      later(
          () -> {
            outcomes.put(at, new Outcome(lines, verdict, printed, note));
            ReadOnlyIntegerWrapper count =
                switch (verdict) {
                  case MATCHES -> matched;
                  case DIFFERS -> differing;
                  case NOT_RUN -> notRun;
                  case NOT_COMPARED -> null;
                };
            if (count != null) {
              count.set(count.get() + 1);
            }
          });
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
