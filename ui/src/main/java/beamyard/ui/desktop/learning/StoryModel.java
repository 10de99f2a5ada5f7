package beamyard.ui.desktop.learning;

import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.run.StoryRun;
import beamyard.ui.desktop.run.StoryRun.Line;
import beamyard.ui.desktop.run.StoryRun.Story;
import beamyard.ui.desktop.yard.YardModel;
import java.util.List;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** The counterexample that is open, and which line of its story the time cursor has come to. Of the JavaFX thread. */
public final class StoryModel {
  private final YardModel yard;
  private final ReadOnlyObjectWrapper<@Nullable Story> story =
      new ReadOnlyObjectWrapper<>(this, "story");
  private final ReadOnlyIntegerWrapper line = new ReadOnlyIntegerWrapper(this, "line", -1);

  public StoryModel(YardModel yard) {
    this.yard = yard;
    yard.updateProperty().subscribe(update -> follow(update.cursor()));
  }

  /** The counterexample that is open; null if none is. */
  public ReadOnlyObjectProperty<@Nullable Story> storyProperty() {
    return story.getReadOnlyProperty();
  }

  /** The index of the last line that has happened at the time cursor; -1 if none has. */
  public ReadOnlyIntegerProperty lineProperty() {
    return line.getReadOnlyProperty();
  }

  private void follow(Position cursor) {
    Story open = story.get();
    List<Line> lines = open == null ? List.of() : open.lines();
    int reached = -1;
    for (int i = 0; i < lines.size() && !lines.get(i).place().isAfter(cursor); i++) {
      reached = i;
    }
    line.set(reached);
  }

  // Commands.

  /** Shows a counterexample where something is violated; the yard stands still there. */
  public void open(StoryRun found) {
    yard.selection().clear();
    yard.pausedProperty().set(true);
    yard.thread().adopt(found.run());
    story.set(found.story());
  }

  /** Closes the counterexample; the yard stays as it is. */
  public void close() {
    story.set(null);
  }

  /** Goes to where a line has happened. */
  public void goTo(Line there) {
    yard.pausedProperty().set(true);
    yard.thread().seek(there.place());
  }

  /** Goes on from the moment that is shown, by itself. */
  void branch() {
    yard.thread().branch();
    yard.pausedProperty().set(false);
  }
}
