package beamyard.ui.desktop.learning;

import beamyard.exercises.Exercise;
import beamyard.exercises.Grader;
import beamyard.exercises.Playback;
import beamyard.exercises.Report;
import beamyard.exercises.Report.Result;
import beamyard.lessons.elixir.formatter.FormatOptions;
import beamyard.lessons.elixir.formatter.Formatter;
import beamyard.lessons.elixir.formatter.Formatter.Formatted;
import beamyard.lessons.elixir.syntax.Source;
import beamyard.lessons.elixir.syntax.SyntaxProblem;
import beamyard.lessons.shell.ProjectCode.SourceFile;
import beamyard.ui.desktop.drawing.CodeText;
import beamyard.ui.desktop.run.TrialRun;
import beamyard.ui.desktop.yard.YardModel;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The exercise that is open, what the learner wrote, and what became of the last check of it. Of the JavaFX thread. */
public final class ExerciseModel {
  private static final long STACK_BYTES = 64L << 20;

  private final YardModel yard;
  private final Library library;
  private final ReadOnlyObjectWrapper<@Nullable Exercise> exercise =
      new ReadOnlyObjectWrapper<>(this, "exercise");
  private final StringProperty code = new SimpleStringProperty(this, "code", "");
  private final ReadOnlyObjectWrapper<Language> language =
      new ReadOnlyObjectWrapper<>(this, "language", Language.ELIXIR);

  /** What was written in the language that is not chosen. */
  private final Map<Language, String> aside = new EnumMap<>(Language.class);

  private final ReadOnlyObjectWrapper<State> state =
      new ReadOnlyObjectWrapper<>(this, "state", State.WRITING);
  private final ReadOnlyStringWrapper verdict = new ReadOnlyStringWrapper(this, "verdict", "");
  private final ReadOnlyIntegerWrapper runs = new ReadOnlyIntegerWrapper(this, "runs", 0);
  private final ObservableList<Result> results = FXCollections.observableArrayList();
  private final ObservableList<Result> shownResults =
      FXCollections.unmodifiableObservableList(results);
  private AtomicBoolean cancelled = new AtomicBoolean();
  private SourceFile judged = new SourceFile("solution.ex", "");
  private long playedFrom;

  /** What a solution is written in. */
  public enum Language {
    ELIXIR("Elixir", "solution.ex", CodeText.Grammar.ELIXIR),
    JAVA("Java", "Solution.java", CodeText.Grammar.JAVA);

    private final String title;
    private final String file;
    private final CodeText.Grammar grammar;

    Language(String title, String file, CodeText.Grammar grammar) {
      this.title = title;
      this.file = file;
      this.grammar = grammar;
    }

    /** What has colours in it. */
    CodeText.Grammar grammar() {
      return grammar;
    }

    String title() {
      return title;
    }

    private static Language of(SourceFile source) {
      return source.name().endsWith(".java") ? JAVA : ELIXIR;
    }
  }

  /** What is going on. */
  public enum State {
    WRITING,
    CHECKING,
    PASSED,
    FAILED
  }

  public ExerciseModel(YardModel yard, Library library) {
    this.yard = yard;
    this.library = library;
  }

  /** The exercise that is open; null if none is. */
  public ReadOnlyObjectProperty<@Nullable Exercise> exerciseProperty() {
    return exercise.getReadOnlyProperty();
  }

  /** What the learner has written. */
  public StringProperty codeProperty() {
    return code;
  }

  /** The language of the solution in the editor. */
  public ReadOnlyObjectProperty<Language> languageProperty() {
    return language.getReadOnlyProperty();
  }

  /** Whether a check runs, and how it ended. */
  public ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** The verdict on all of it in a sentence; empty before there is one. */
  public ReadOnlyStringProperty verdictProperty() {
    return verdict.getReadOnlyProperty();
  }

  /** How many runs of the cluster the check has had so far. */
  public ReadOnlyIntegerProperty runsProperty() {
    return runs.getReadOnlyProperty();
  }

  /** What became of the checks, each as soon as it is known. */
  public ObservableList<Result> results() {
    return shownResults;
  }

  // Commands.

  /** Opens an exercise as it begins. */
  public void open(Exercise chosen) {
    begin(chosen, Language.ELIXIR);
    code.set(chosen.starter().text());
    exercise.set(chosen);
  }

  private void begin(Exercise chosen, Language its) {
    cancel();
    results.clear();
    verdict.set("");
    state.set(State.WRITING);
    aside.clear();
    aside.put(Language.ELIXIR, chosen.starter().text());
    chosen.javaStarter().ifPresent(starter -> aside.put(Language.JAVA, starter.text()));
    language.set(its);
  }

  /** Opens an exercise with a solution that failed a check, and the run in which it did, where it failed. */
  public void open(Exercise chosen, SourceFile solution, Result failed, TrialRun played) {
    begin(chosen, Language.of(solution));
    code.set(solution.text());
    exercise.set(chosen);
    judged = solution;
    results.add(failed);
    verdict.set("It fails this check.");
    state.set(State.FAILED);
    show(played);
  }

  /** Goes on in another language; what was written in this one is kept. */
  public void write(Language wanted) {
    if (wanted != language.get() && aside.containsKey(wanted)) {
      aside.put(language.get(), code.get());
      language.set(wanted);
      code.set(aside.getOrDefault(wanted, ""));
    }
  }

  /** Closes the exercise; what was written is kept. */
  public void close() {
    cancel();
    exercise.set(null);
  }

  /** Begins with what the exercise begins with. */
  void restart() {
    Exercise current = exercise.get();
    if (current != null) {
      Language its = language.get();
      open(current);
      write(its);
    }
  }

  /** Shows a good solution in place of what was written. */
  void giveUp() {
    Exercise current = exercise.get();
    if (current != null) {
      current.solutions().stream()
          .filter(solution -> Language.of(solution) == language.get())
          .findFirst()
          .ifPresent(solution -> code.set(solution.text()));
    }
  }

  /** Lays out what was written as {@code mix format} does; what is no Elixir stays, and is told. */
  public void format() {
    if (exercise.get() == null || language.get() != Language.ELIXIR) {
      return;
    }
    String file = language.get().file;
    switch (Formatter.format(new Source(file, code.get(), 1, 1), FormatOptions.USUAL)) {
      case Formatted.Text(String text) -> code.set(text + "\n");
      case Formatted.Failed(SyntaxProblem problem) ->
          yard.tell(
              file
                  + ":"
                  + problem.line()
                  + ": "
                  + problem.description().lines().findFirst().orElse(""));
    }
  }

  /** Judges what was written, beside the window. */
  public void check() {
    Exercise current = exercise.get();
    if (current == null || state.get() == State.CHECKING) {
      return;
    }
    results.clear();
    verdict.set("");
    runs.set(0);
    state.set(State.CHECKING);
    var solution = new SourceFile(language.get().file, code.get());
    judged = solution;
    var stop = new AtomicBoolean();
    cancelled = stop;
    beside(
        stop,
        () -> {
          Report report = Grader.grade(current, solution, telling(stop), stop::get);
          later(stop, () -> judge(current, report));
        });
  }

  private Grader.Listener telling(AtomicBoolean stop) {
    var newest = new AtomicInteger();
    return new Grader.Listener() {
      @Override
      public void judged(Result result) {
        later(stop, () -> results.add(result));
      }

      @Override
      public void ran(int count) {
        if (newest.getAndSet(count) == 0) {
          later(stop, () -> runs.set(newest.getAndSet(0)));
        }
      }
    };
  }

  private void judge(Exercise current, Report report) {
    if (report.refusal().isPresent()) {
      verdict.set("Not judged: " + report.refusal().get());
      state.set(State.FAILED);
      return;
    }
    verdict.set(
        report.points()
            + " of "
            + report.pointsMax()
            + " points, after "
            + report.runs()
            + " runs of the cluster");
    state.set(report.passed() ? State.PASSED : State.FAILED);
    library.keep(current, report.points(), report.pointsMax());
  }

  /** Ends a check; what it has found so far stays. */
  void cancel() {
    cancelled.set(true);
    if (state.get() == State.CHECKING) {
      state.set(State.WRITING);
      verdict.set("Cancelled.");
    }
  }

  // The counterexample, played.

  /** Plays the run in which a check failed, and stands at its beginning. */
  void play(Result failed) {
    Exercise current = exercise.get();
    if (current == null || failed.counterexample().isEmpty()) {
      return;
    }
    SourceFile solution = judged;
    beside(
        new AtomicBoolean(),
        () -> {
          TrialRun played = TrialRun.of(current, solution, failed);
          Platform.runLater(
              () -> {
                show(played);
                yard.thread().seek(played.fromNanos());
              });
        });
  }

  private void show(TrialRun played) {
    playedFrom = played.fromNanos();
    yard.selection().clear();
    yard.pausedProperty().set(true);
    yard.thread().adopt(played.run());
  }

  /** Goes to where a line of the story is in the run that is played. */
  void goTo(String line) {
    yard.pausedProperty().set(true);
    yard.thread().seek(playedFrom + Playback.nanosOf(line));
  }

  // Beside the window.

  private static void later(AtomicBoolean stop, Runnable work) {
    Platform.runLater(
        () -> {
          if (!stop.get()) {
            work.run();
          }
        });
  }

  private void beside(AtomicBoolean stop, Runnable work) {
    var thread =
        new Thread(
            null,
            () -> {
              try {
                work.run();
              } catch (CancellationException _) {
                return; // nobody waits for it
              } catch (RuntimeException | AssertionError e) {
                String why = Optional.ofNullable(e.getMessage()).orElse(e.toString());
                later(
                    stop,
                    () -> {
                      yard.tell(why);
                      state.set(State.WRITING);
                    });
              }
            },
            "grader",
            STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }
}
