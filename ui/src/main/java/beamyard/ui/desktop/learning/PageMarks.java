package beamyard.ui.desktop.learning;

import beamyard.lessons.script.LessonPlayer.Verdict;
import java.util.List;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;
import javafx.collections.ObservableSet;

/** What became of the steps of a page, by their lines, with the count of it. Of the JavaFX thread. */
public final class PageMarks {
  private final ReadOnlyIntegerWrapper matched = new ReadOnlyIntegerWrapper(this, "matched", 0);
  private final ReadOnlyIntegerWrapper differing = new ReadOnlyIntegerWrapper(this, "differing", 0);
  private final ReadOnlyIntegerWrapper notRun = new ReadOnlyIntegerWrapper(this, "notRun", 0);
  private final ObservableMap<Integer, Outcome> outcomes = FXCollections.observableHashMap();
  private final ObservableMap<Integer, Outcome> shownOutcomes =
      FXCollections.unmodifiableObservableMap(outcomes);
  private final ObservableSet<Integer> revealed = FXCollections.observableSet();
  private final ObservableSet<Integer> shownRevealed =
      FXCollections.unmodifiableObservableSet(revealed);
  private final ObservableMap<Integer, List<Boolean>> checks = FXCollections.observableHashMap();
  private final ObservableMap<Integer, List<Boolean>> shownChecks =
      FXCollections.unmodifiableObservableMap(checks);

  /** What became of a step; {@code lines} is how many lines of the page it has. */
  record Outcome(int lines, Verdict verdict, List<String> printed, String note) {}

  /** How many steps printed what the page shows. */
  public ReadOnlyIntegerProperty matchedProperty() {
    return matched.getReadOnlyProperty();
  }

  /** How many prompts gave something else than the page says. */
  public ReadOnlyIntegerProperty differingProperty() {
    return differing.getReadOnlyProperty();
  }

  /** How many steps could not run. */
  ReadOnlyIntegerProperty notRunProperty() {
    return notRun.getReadOnlyProperty();
  }

  /** What became of each step that ran. */
  public ObservableMap<Integer, Outcome> outcomes() {
    return shownOutcomes;
  }

  /** The questions and tasks whose answers are to be seen. */
  ObservableSet<Integer> revealed() {
    return shownRevealed;
  }

  /** Which checks of each task that was begun hold. */
  public ObservableMap<Integer, List<Boolean>> checks() {
    return shownChecks;
  }

  void add(int line, Outcome outcome) {
    outcomes.put(line, outcome);
    count();
  }

  void reveal(int line) {
    revealed.add(line);
  }

  void check(int line, List<Boolean> holding) {
    checks.put(line, holding);
  }

  void clear() {
    forgetFrom(0);
  }

  /** Forgets what became of a line and all after it. */
  void forgetFrom(int line) {
    outcomes.keySet().removeIf(each -> each >= line);
    revealed.removeIf(each -> each >= line);
    checks.keySet().removeIf(each -> each >= line);
    count();
  }

  private void count() {
    matched.set(count(Verdict.MATCHES));
    differing.set(count(Verdict.DIFFERS));
    notRun.set(count(Verdict.NOT_RUN));
  }

  private int count(Verdict verdict) {
    return (int) outcomes.values().stream().filter(outcome -> outcome.verdict() == verdict).count();
  }
}
