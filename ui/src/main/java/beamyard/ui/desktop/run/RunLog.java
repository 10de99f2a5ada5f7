package beamyard.ui.desktop.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** What has happened in the run that is shown, for all views. Of the JavaFX thread. */
public final class RunLog {
  private final ArrayList<Happening> happenings = new ArrayList<>();
  private final List<Consumer<Change>> listeners = new ArrayList<>();

  /** What became of the log. */
  public sealed interface Change {
    /** More happened. */
    record More(List<Happening> happenings) implements Change {}

    /** Another run is shown: all of its happenings. */
    record Anew(List<Happening> happenings) implements Change {}
  }

  /** All that is kept, in order; grows as the run goes on. */
  public List<Happening> all() {
    return Collections.unmodifiableList(happenings);
  }

  /** How many happened in all, those included that are no longer kept. */
  public long count() {
    return happenings.isEmpty() ? 0 : happenings.getLast().number() + 1;
  }

  /** How many of them are not after a place. */
  public int countUntil(Position place) {
    int low = 0;
    int high = happenings.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (happenings.get(middle).place().isAfter(place)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Tells a listener of every change from now on, and at once of all there is. */
  public void listen(Consumer<Change> listener) {
    listeners.add(listener);
    listener.accept(new Change.Anew(List.copyOf(happenings)));
  }

  /** Adds what has happened since. */
  public void add(List<Happening> more) {
    if (more.isEmpty()) {
      return;
    }
    happenings.addAll(more);
    if (happenings.size() > Chronicle.MOST) {
      happenings.subList(0, happenings.size() - Chronicle.MOST * 3 / 4).clear();
    }
    listeners.forEach(listener -> listener.accept(new Change.More(more)));
  }

  /** Forgets what it had: another run, or another instant of it, is shown. */
  public void beginAnew(List<Happening> all) {
    happenings.clear();
    happenings.addAll(all);
    listeners.forEach(listener -> listener.accept(new Change.Anew(all)));
  }
}
