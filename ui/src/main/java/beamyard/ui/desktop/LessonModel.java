package beamyard.ui.desktop;

import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.LessonPlayer.Result;
import beamyard.lessons.script.LessonPlayer.Verdict;
import beamyard.lessons.script.LessonReader;
import java.util.List;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;

/** The page that is open, which of its steps is next, and what became of those that ran. Of the JavaFX thread. */
final class LessonModel {
  private static final long SEED = 1;

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
    RUNNING,
    ENDED
  }

  /** What became of a step; {@code lines} is how many lines of the page it has. */
  record Outcome(int lines, Verdict verdict, List<String> printed, String note) {}

  private record Opened(String name, String text) {}

  LessonModel(YardModel yard) {
    this.yard = yard;
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

  // Commands.

  /** Opens a page; its nodes start, its first step waits. */
  void open(String name, String text) {
    close();
    opened = new Opened(name, text);
    Lesson page = LessonReader.read(name, text);
    if (!page.problems().isEmpty()) {
      yard.tell(String.join("\n", page.problems()));
    } else {
      yard.dismissProblem();
    }
    lesson.set(page);
    begin(page);
  }

  private void begin(Lesson page) {
    outcomes.clear();
    matched.set(0);
    differing.set(0);
    notRun.set(0);
    line.set(0);
    all = false;
    state.set(State.SETTING_UP);
    yard.selection().clear();
    var listener = new Told();
    told = listener;
    play =
        new LessonPlay(
            page,
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
