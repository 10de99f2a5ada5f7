package beamyard.ui.desktop.sheets;

import beamyard.ui.desktop.sheets.Sheet.Cell;
import beamyard.ui.desktop.sheets.Sheet.Extent;
import beamyard.ui.desktop.sheets.Sheet.Part;
import beamyard.ui.desktop.sheets.Sheet.Row;
import beamyard.ui.desktop.sheets.Sheet.Tone;
import beamyard.ui.desktop.yard.Selection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Shows a {@link Sheet}. A new sheet changes only the labels whose text is another: a sheet of hundreds is made anew every moment. */
public final class SheetPane extends ScrollPane {
  /** So many rows of a table are shown. */
  private static final int MOST_ROWS = 200;

  private static final PseudoClass MARKED = PseudoClass.getPseudoClass("marked");

  private final VBox parts = new VBox();
  private final List<PartPane> shown = new ArrayList<>();
  private final Consumer<Selection.Subject> chooser;
  private final SheetKeys keys;

  /** The titles of those folded parts that somebody opened. */
  private final Set<String> unfolded = new HashSet<>();

  /**
   * @param chooser takes what is clicked on
   */
  public SheetPane(ObservableValue<Sheet> sheet, Consumer<Selection.Subject> chooser) {
    this.chooser = chooser;
    getStyleClass().add("sheet");
    parts.getStyleClass().add("sheet-parts");
    setContent(parts);
    setFitToWidth(true);
    setFocusTraversable(true); // its keys scroll
    keys = new SheetKeys(this::choices, this::mark, chooser);
    addEventFilter(KeyEvent.KEY_PRESSED, this::press);
    sheet.subscribe(this::show);
  }

  // Its keys.

  /** Those of what is in it, such as a button, are not for the sheet. */
  private void press(KeyEvent event) {
    if (isFocused()) {
      keys.press(event);
    }
  }

  private List<Selection.Subject> choices() {
    return shown.stream().flatMap(PartPane::cells).map(cell -> cell.subject).distinct().toList();
  }

  private void mark(Selection.Subject subject) {
    Optional<CellLabel> first =
        shown.stream().flatMap(PartPane::cells).filter(cell -> cell.mark(subject)).findFirst();
    shown.stream().flatMap(PartPane::cells).forEach(cell -> cell.mark(subject));
    first.ifPresent(this::reveal);
  }

  private void reveal(Node cell) {
    double top = parts.sceneToLocal(cell.localToScene(0, 0)).getY();
    double high = getViewportBounds().getHeight();
    double spare = parts.getHeight() - high;
    double seen = getVvalue() * spare;
    if (spare > 0 && (top < seen || top > seen + high - 30)) {
      setVvalue(Math.clamp((top - high / 2) / spare, 0, 1));
    }
  }

  private void show(Sheet sheet) {
    int count = sheet.parts().size();
    while (shown.size() > count) {
      parts.getChildren().remove(shown.removeLast());
    }
    for (int i = 0; i < count; i++) {
      if (i == shown.size()) {
        shown.add(new PartPane());
        parts.getChildren().add(shown.getLast());
      }
      shown.get(i).show(sheet.parts().get(i));
    }
  }

  /** One table with its title; a click on that of a folded one shows its rows, another hides them. */
  private final class PartPane extends VBox {
    private final Label title = label("sheet-title");
    private final Button fold = new Button();
    private final Label note = label("hint");
    private final GridPane grid = new GridPane();
    private final List<List<CellLabel>> rows = new ArrayList<>();

    PartPane() {
      getStyleClass().add("sheet-part");
      grid.getStyleClass().add("sheet-grid");
      fold.getStyleClass().addAll("flat", "sheet-title", "sheet-fold");
      getChildren().setAll(title, fold, note, grid);
    }

    private void show(Part part) {
      boolean folds = part.extent() == Extent.FOLDED && !part.rows().isEmpty();
      boolean open = !folds || unfolded.contains(part.title());
      show(title, folds ? "" : part.title());
      fold.setVisible(folds);
      fold.setManaged(folds);
      fold.setText((open ? "▾  " : "▸  ") + part.title() + ", " + part.rows().size());
      fold.setOnAction(
          _ -> {
            if (!unfolded.remove(part.title())) {
              unfolded.add(part.title());
            }
            show(part);
          });
      show(note, part.note());
      List<Row> wanted = open ? atMost(part.rows()) : new ArrayList<>();
      if (open && !part.columns().isEmpty()) {
        wanted.addFirst(
            new Row(new Selection.Nothing(), part.columns().stream().map(Cell::plain).toList()));
      }
      while (rows.size() > wanted.size()) {
        grid.getChildren().removeAll(rows.removeLast());
      }
      for (int y = 0; y < wanted.size(); y++) {
        if (y == rows.size()) {
          rows.add(new ArrayList<>());
        }
        boolean heads = y == 0 && !part.columns().isEmpty();
        show(y, rows.get(y), wanted.get(y), heads);
      }
      grid.setVisible(!wanted.isEmpty());
      grid.setManaged(!wanted.isEmpty());
    }

    /** What nobody reads would only be laid out again and again. */
    private static List<Row> atMost(List<Row> rows) {
      var some = new ArrayList<>(rows.subList(0, Math.min(MOST_ROWS, rows.size())));
      if (rows.size() > MOST_ROWS) {
        some.add(Row.of("and " + (rows.size() - MOST_ROWS) + " more", ""));
      }
      return some;
    }

    /** Those of rows that can be selected. */
    private Stream<CellLabel> cells() {
      return rows.stream()
          .flatMap(List::stream)
          .filter(cell -> !(cell.subject instanceof Selection.Nothing));
    }

    private static void show(Label label, String text) {
      label.setText(text);
      label.setVisible(!text.isEmpty());
      label.setManaged(!text.isEmpty());
    }

    private void show(int y, List<CellLabel> labels, Row row, boolean heads) {
      List<Cell> cells = row.cells();
      while (labels.size() > cells.size()) {
        grid.getChildren().remove(labels.removeLast());
      }
      for (int x = 0; x < cells.size(); x++) {
        if (x == labels.size()) {
          labels.add(new CellLabel());
          grid.add(labels.getLast(), x, y);
        }
        CellLabel label = labels.get(x);
        if (heads) {
          label.showHead(cells.get(x).text());
        } else {
          label.show(cells.get(x), row.subject());
        }
        label.take(!heads && x == cells.size() - 1 ? Room.THE_REST : Room.WHAT_IT_NEEDS);
      }
    }
  }

  /** A cell, which can become another. */
  private final class CellLabel extends Label {
    private String look = "";
    private Room room = Room.NOT_LAID_OUT;
    private Selection.Subject subject = new Selection.Nothing();

    CellLabel() {
      setMaxWidth(Double.MAX_VALUE);
      setMinHeight(Region.USE_PREF_SIZE);
      GridPane.setValignment(this, VPos.TOP);
      setOnMouseClicked(
          _ -> {
            if (!(subject instanceof Selection.Nothing)) {
              chooser.accept(subject);
            }
          });
    }

    /** Shows whether its row is the marked one; whether it is. */
    private boolean mark(Selection.Subject marked) {
      boolean is = subject.equals(marked) && !(marked instanceof Selection.Nothing);
      pseudoClassStateChanged(MARKED, is);
      return is;
    }

    private void showHead(String text) {
      setText(text);
      subject = new Selection.Nothing();
      dress("sheet-head");
    }

    private void show(Cell cell, Selection.Subject chosen) {
      subject = chosen;
      setText((cell.tone() == Tone.DISPUTED ? "≠ " : "") + cell.text());
      String tone = "sheet-cell tone-" + cell.tone().name().toLowerCase(Locale.ROOT);
      dress(chosen instanceof Selection.Nothing ? tone : tone + " sheet-choice");
      mark(keys.marked());
    }

    private void dress(String classes) {
      if (!classes.equals(look)) {
        look = classes;
        var all = new ArrayList<>(List.of(classes.split(" ")));
        all.addFirst("label");
        getStyleClass().setAll(all);
      }
    }

    /** The last cell of a row takes the room that is left. Said again it would have everything laid out anew. */
    private void take(Room wanted) {
      if (wanted == room) {
        return;
      }
      room = wanted;
      boolean rest = wanted == Room.THE_REST;
      setWrapText(rest);
      setMinWidth(rest ? 0 : Region.USE_PREF_SIZE);
      GridPane.setHgrow(this, rest ? Priority.ALWAYS : null);
      GridPane.setFillWidth(this, false); // a colour behind it ends with it
    }
  }

  /** How wide a cell is. */
  private enum Room {
    NOT_LAID_OUT,
    WHAT_IT_NEEDS,
    THE_REST
  }

  private static Label label(String styleClass) {
    var label = new Label();
    label.getStyleClass().add(styleClass);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.setMaxWidth(Double.MAX_VALUE);
    return label;
  }
}
