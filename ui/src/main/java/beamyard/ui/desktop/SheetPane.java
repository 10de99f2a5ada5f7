package beamyard.ui.desktop;

import beamyard.ui.desktop.Sheet.Cell;
import beamyard.ui.desktop.Sheet.Part;
import beamyard.ui.desktop.Sheet.Row;
import beamyard.ui.desktop.Sheet.Tone;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Shows a {@link Sheet}. */
final class SheetPane extends ScrollPane {
  private final VBox parts = new VBox();
  private final Consumer<Selection.Subject> chooser;

  /**
   * @param chooser takes what is clicked on
   */
  SheetPane(ObservableValue<Sheet> sheet, Consumer<Selection.Subject> chooser) {
    this.chooser = chooser;
    getStyleClass().add("sheet");
    parts.getStyleClass().add("sheet-parts");
    setContent(parts);
    setFitToWidth(true);
    sheet.subscribe(this::show);
  }

  private void show(Sheet sheet) {
    parts.getChildren().setAll(sheet.parts().stream().map(this::part).toList());
  }

  private Node part(Part part) {
    var box = new VBox();
    box.getStyleClass().add("sheet-part");
    if (!part.title().isEmpty()) {
      box.getChildren().add(label(part.title(), "sheet-title"));
    }
    if (!part.note().isEmpty()) {
      box.getChildren().add(label(part.note(), "hint"));
    }
    var grid = new GridPane();
    grid.getStyleClass().add("sheet-grid");
    int y = 0;
    if (!part.columns().isEmpty()) {
      for (int x = 0; x < part.columns().size(); x++) {
        Label head = label(part.columns().get(x), "sheet-head");
        keepOnOneLine(head);
        grid.add(head, x, y);
      }
      y++;
    }
    for (Row row : part.rows()) {
      List<Cell> cells = row.cells();
      for (int x = 0; x < cells.size(); x++) {
        Label cell = cell(cells.get(x));
        if (!(row.subject() instanceof Selection.Nothing)) {
          cell.getStyleClass().add("sheet-choice");
          cell.setOnMouseClicked(_ -> chooser.accept(row.subject()));
        }
        if (x == cells.size() - 1) {
          GridPane.setHgrow(cell, Priority.ALWAYS);
        } else {
          keepOnOneLine(cell);
        }
        grid.add(cell, x, y);
      }
      y++;
    }
    if (y > 0) {
      box.getChildren().add(grid);
    }
    return box;
  }

  private static void keepOnOneLine(Label label) {
    label.setWrapText(false);
    label.setMinWidth(Region.USE_PREF_SIZE);
  }

  private static Label cell(Cell cell) {
    String sign = cell.tone() == Tone.DISPUTED ? "≠ " : "";
    Label label = label(sign + cell.text(), "sheet-cell");
    label.getStyleClass().add("tone-" + cell.tone().name().toLowerCase(Locale.ROOT));
    return label;
  }

  private static Label label(String text, String styleClass) {
    var label = new Label(text);
    label.getStyleClass().add(styleClass);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.setMaxWidth(Double.MAX_VALUE);
    return label;
  }
}
