package beamyard.ui.desktop.sheets;

import beamyard.ui.desktop.yard.Selection;
import beamyard.ui.desktop.yard.Selection.Subject;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.input.KeyEvent;

/** The keys of a sheet: up and down go from row to row of those that can be selected, Enter selects the one that is marked. */
final class SheetKeys {
  private static final Subject NONE = new Selection.Nothing();

  private final Supplier<List<Subject>> rows;
  private final Consumer<Subject> marker;
  private final Consumer<Subject> chooser;
  private Subject marked = NONE;

  /**
   * @param rows what can be selected, from top to bottom
   * @param marker shows which row is marked; none for {@link Selection.Nothing}
   * @param chooser selects it
   */
  SheetKeys(Supplier<List<Subject>> rows, Consumer<Subject> marker, Consumer<Subject> chooser) {
    this.rows = rows;
    this.marker = marker;
    this.chooser = chooser;
  }

  Subject marked() {
    return marked;
  }

  void press(KeyEvent event) {
    switch (event.getCode()) {
      case DOWN -> go(event, 1);
      case UP -> go(event, -1);
      case ENTER -> {
        if (rows.get().contains(marked)) {
          event.consume();
          chooser.accept(marked);
        }
      }
      default -> {} // the others scroll
    }
  }

  private void go(KeyEvent event, int steps) {
    List<Subject> all = rows.get();
    if (all.isEmpty()) {
      return;
    }
    int before = all.indexOf(marked);
    int next = before < 0 ? (steps > 0 ? 0 : all.size() - 1) : before + steps;
    marked = all.get(Math.clamp(next, 0, all.size() - 1));
    marker.accept(marked);
    event.consume();
  }

  /** Nothing is marked any more. */
  void clear() {
    marked = NONE;
    marker.accept(NONE);
  }
}
