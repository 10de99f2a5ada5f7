package beamyard.ui.desktop.time;

import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Happening.Kind;
import beamyard.ui.desktop.run.Happening.Moment;
import beamyard.ui.desktop.run.Happening.Sent;
import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.run.RunLog;
import beamyard.ui.desktop.run.Times;
import beamyard.ui.desktop.run.YardFile;
import beamyard.ui.desktop.yard.Until;
import beamyard.ui.desktop.yard.Update;
import beamyard.ui.desktop.yard.Update.Branch;
import beamyard.ui.desktop.yard.YardModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The run along its time: where the cursor is, what was broken when, bookmarks, branches. Of the JavaFX thread. */
public final class TimeModel {
  private static final int MOST_MARKS = 2_000;

  private final YardModel yard;
  private final ObservableList<Bookmark> bookmarks = FXCollections.observableArrayList();
  private final ObservableList<Bookmark> shownBookmarks =
      FXCollections.unmodifiableObservableList(bookmarks);
  private final List<Mark> marks = new ArrayList<>();
  private final List<Span> cuts = new ArrayList<>();
  private final ReadOnlyStringWrapper running = new ReadOnlyStringWrapper(this, "running", "");
  private CompletableFuture<Boolean> search = CompletableFuture.completedFuture(true);

  /** What is to be marked as soon as another run than this is shown. */
  private List<YardFile.Bookmark> awaited = List.of();

  private long leftRun;
  private long openCut = -1;
  private long messages;

  /** A moment to come back to. */
  record Bookmark(String name, long run, Position place) {}

  /** A moment that stands out. */
  record Mark(Sort sort, long atNanos, String text) {}

  /** Sorts of marks. */
  enum Sort {
    FAULT,
    NODE_GONE,
    NODE_UP,
    INPUT
  }

  /** A time in which something was cut; {@code toNanos} is the end of time while it still is. */
  record Span(long fromNanos, long toNanos) {}

  public TimeModel(YardModel yard) {
    this.yard = yard;
    yard.updateProperty().subscribe(this::keepWhatIsThere);
    yard.pausedProperty()
        .subscribe(
            paused -> {
              if (paused) {
                endRun();
              }
            });
    yard.log()
        .listen(
            change -> {
              switch (change) {
                case RunLog.Change.Anew(List<Happening> all) -> {
                  marks.clear();
                  cuts.clear();
                  openCut = -1;
                  messages = 0;
                  all.forEach(this::take);
                }
                case RunLog.Change.More(List<Happening> more) -> more.forEach(this::take);
              }
            });
  }

  private void take(Happening happening) {
    if (happening.what() instanceof Sent) {
      messages++;
    }
    if (!(happening.what() instanceof Moment(Kind kind, String node, String text, _))) {
      return;
    }
    long at = happening.atNanos();
    switch (kind) {
      case FAULT -> add(Sort.FAULT, at, text);
      case CUT -> {
        openCut = openCut < 0 ? at : openCut;
        add(Sort.FAULT, at, text);
      }
      case HEALED -> {
        if (openCut >= 0) {
          cuts.add(new Span(openCut, at));
          openCut = -1;
        }
        add(Sort.FAULT, at, text);
      }
      case NODE -> {
        if (text.equals("is up")) {
          add(Sort.NODE_UP, at, node + " " + text);
        } else if (text.equals("was killed")
            || text.equals("has ended")
            || text.equals("was paused")) {
          add(Sort.NODE_GONE, at, node + " " + text);
        }
      }
      case INPUT -> add(Sort.INPUT, at, node + ": " + text);
      case CONNECTION, PROCESS, NAME, LOG -> {}
    }
  }

  private void add(Sort sort, long at, String text) {
    if (marks.size() < MOST_MARKS) {
      marks.add(new Mark(sort, at, text));
    }
  }

  List<Mark> marks() {
    return marks;
  }

  /** When something was cut, the cut that lasts included. */
  List<Span> cuts() {
    if (openCut < 0) {
      return cuts;
    }
    var all = new ArrayList<>(cuts);
    all.add(new Span(openCut, Long.MAX_VALUE));
    return all;
  }

  /** How many packets were sent so far. */
  long messages() {
    return messages;
  }

  ObservableList<Bookmark> bookmarks() {
    return shownBookmarks;
  }

  // Commands.

  /** Sets a bookmark at the instant that is shown. */
  public void bookmark() {
    Update now = yard.update();
    bookmarks.add(
        new Bookmark(
            "bookmark " + (bookmarks.size() + 1) + " at " + Times.instant(now.cursor().atNanos()),
            now.run(),
            now.cursor()));
  }

  void goTo(Bookmark bookmark) {
    if (bookmark.run() != yard.update().run()) {
      yard.thread().switchTo(bookmark.run());
    }
    yard.pausedProperty().set(true);
    yard.thread().seek(bookmark.place());
  }

  void forgetBookmarks() {
    bookmarks.clear();
  }

  /** What the last bookmark is called, if there is one. */
  public Optional<String> lastBookmark() {
    return bookmarks.isEmpty() ? Optional.empty() : Optional.of(bookmarks.getLast().name());
  }

  /** Gives the last bookmark another name; without effect if that is blank, or there is none. */
  public void nameBookmark(String name) {
    if (!bookmarks.isEmpty() && !name.isBlank()) {
      Bookmark last = bookmarks.getLast();
      bookmarks.set(bookmarks.size() - 1, new Bookmark(name.strip(), last.run(), last.place()));
    }
  }

  /** What is marked in the run that is shown, in its order. */
  public List<YardFile.Bookmark> bookmarksOfThisRun() {
    return bookmarks.stream()
        .filter(bookmark -> bookmark.run() == yard.update().run())
        .map(bookmark -> new YardFile.Bookmark(bookmark.place(), bookmark.name()))
        .toList();
  }

  /** Marks these moments in the run that is shown next. */
  public void awaitBookmarks(List<YardFile.Bookmark> marked) {
    awaited = marked;
    leftRun = yard.update().run();
  }

  /** What was marked in a run that was left for another cannot be come back to. */
  private void keepWhatIsThere(Update update) {
    if (!awaited.isEmpty() && update.run() != leftRun) {
      awaited.forEach(each -> bookmarks.add(new Bookmark(each.name(), update.run(), each.at())));
      awaited = List.of();
    }
    if (!bookmarks.isEmpty()) {
      Set<Long> runs = update.branches().stream().map(Branch::run).collect(Collectors.toSet());
      bookmarks.removeIf(bookmark -> !runs.contains(bookmark.run()));
    }
  }

  /** Shows the yard as it was at an instant, and stands still there. */
  void seek(long atNanos) {
    yard.pausedProperty().set(true);
    yard.thread().seek(atNanos);
  }

  /** Shows the first instant. */
  public void toStart() {
    seek(0);
  }

  /** Shows what is happening now. */
  public void goLive() {
    yard.thread().goLive();
    yard.pausedProperty().set(false);
  }

  /** Holds the yard, or lets it go on. */
  public void togglePause() {
    yard.pausedProperty().set(!yard.pausedProperty().get());
  }

  /** Goes on by one event. */
  public void stepForward() {
    yard.pausedProperty().set(true);
    yard.thread().stepForward();
  }

  /** Goes back by one event. */
  public void stepBack() {
    yard.pausedProperty().set(true);
    yard.thread().stepBack();
  }

  /** Skips the time in which nothing happens. */
  public void skip() {
    yard.thread().skip();
  }

  /** Goes on from the instant that is shown, in a branch of its own. */
  public void branch() {
    yard.thread().branch();
    yard.pausedProperty().set(false);
  }

  /** Gives the branch that is shown another name; without effect if it is empty. */
  public void rename(String name) {
    if (!name.isBlank()) {
      yard.thread().rename(yard.update().run(), name.strip());
    }
  }

  /** Lets time pass as fast as it can until something is so, and stands still there; whoever pauses ends it. */
  public void runUntil(Until until) {
    endRun();
    yard.thread().goLive();
    yard.pausedProperty().set(false);
    CompletableFuture<Boolean> its = yard.thread().undertake(until);
    search = its;
    running.set("Running until " + until.told());
    its.whenComplete(
        (reached, problem) ->
            Platform.runLater(
                () -> {
                  if (search != its || its.isCancelled()) {
                    return;
                  }
                  running.set("");
                  yard.pausedProperty().set(true);
                  if (problem != null) {
                    yard.tell(problem.getMessage());
                  } else if (!reached) {
                    yard.tell(
                        "It did not come about in " + Times.duration(Until.LIMIT_NANOS) + ".");
                  }
                }));
  }

  /** Until what time is let pass as fast as it can, as a sentence; empty if it is not. */
  public ReadOnlyStringProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /** Ends running until something is so, wherever it is. */
  private void endRun() {
    running.set("");
    search.cancel(false);
  }

  void show(Branch branch) {
    if (branch.run() != yard.update().run()) {
      yard.thread().switchTo(branch.run());
    }
  }
}
