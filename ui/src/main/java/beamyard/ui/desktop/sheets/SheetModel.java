package beamyard.ui.desktop.sheets;

import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.yard.Update;
import beamyard.ui.desktop.yard.YardModel;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** A view that is a sheet of facts, made anew from the yard's updates while somebody looks at it. Of the JavaFX thread. */
public abstract class SheetModel {
  private static final long BETWEEN_NANOS = 500_000_000L;

  private final ReadOnlyObjectWrapper<Sheet> sheet =
      new ReadOnlyObjectWrapper<>(this, "sheet", Sheet.EMPTY);
  private final YardModel yard;
  private boolean looked;
  private long lastMade;
  private long lastRun;
  private Position lastCursor = Position.START;

  SheetModel(YardModel yard) {
    this.yard = yard;
    yard.updateProperty().subscribe(this::follow);
  }

  YardModel yard() {
    return yard;
  }

  /** The sheet as it is now. */
  public ReadOnlyObjectProperty<Sheet> sheetProperty() {
    return sheet.getReadOnlyProperty();
  }

  /** Somebody looks, or no longer. */
  public void setLookedAt(boolean is) {
    looked = is;
    if (is) {
      refresh();
    }
  }

  boolean isLookedAt() {
    return looked;
  }

  private void follow(Update update) {
    long now = System.nanoTime();
    boolean jumped =
        update.run() != lastRun || lastCursor.isAfter(update.cursor()) || update.isPast();
    lastCursor = update.cursor();
    lastRun = update.run();
    if (looked && (jumped || now - lastMade >= BETWEEN_NANOS)) {
      refresh();
    }
  }

  /** Makes the sheet anew; the property changes only if the sheet is another. */
  void refresh() {
    lastMade = System.nanoTime();
    Sheet made = make(yard.update());
    if (!made.equals(sheet.get())) {
      sheet.set(made);
    }
  }

  /** The sheet of an instant. */
  abstract Sheet make(Update update);
}
