package beamyard.ui.desktop.learning;

import beamyard.lessons.script.Blank;
import beamyard.lessons.script.Lesson.Block;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.ui.desktop.drawing.Prosaic;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextFlow;

/** What was learnt, with gaps to fill: each says at once whether what is filled in fits. */
final class GapsPane extends VBox {
  private static final PseudoClass RIGHT = PseudoClass.getPseudoClass("success");
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("danger");
  private static final int MOST_COLUMNS = 18;

  /** For the space beside a gap. */
  private static final double ROOM = 5;

  private int gaps;

  GapsPane(Frame frame) {
    getStyleClass().addAll("frame", "summary-frame");
    getChildren()
        .add(
            Prosaic.label(
                frame.attributes().getOrDefault("title", "In short: fill the gaps"),
                "frame-title"));
    for (Block block : frame.blocks()) {
      if (block instanceof Prose prose) {
        for (String paragraph : prose.markdown().strip().split("\n\\s*\n|\n(?=\\s*[-*] )")) {
          getChildren().add(paragraph(paragraph));
        }
      }
    }
  }

  private TextFlow paragraph(String text) {
    Blank blank =
        Blank.of(
            text.strip()
                .replace("`", "")
                .replaceFirst("^[-*] ", "• ")
                .replaceAll("\\s*\n\\s*", " "));
    var flow = new TextFlow();
    flow.getStyleClass().add("prose");
    for (int i = 0; i < blank.parts().size(); i++) {
      flow.getChildren()
          .addAll(Prosaic.flow(blank.parts().get(i)).getChildren().toArray(Node[]::new));
      if (i < blank.answers().size()) {
        String after = i + 1 < blank.parts().size() ? blank.parts().get(i + 1) : "";
        var around = new StackPane(gap(blank, i));
        around.setPadding(
            new Insets(
                0,
                after.startsWith(" ") ? ROOM : 1,
                0,
                blank.parts().get(i).endsWith(" ") ? ROOM : 1));
        flow.getChildren().add(around);
      }
    }
    return flow;
  }

  private TextField gap(Blank blank, int index) {
    String answer = blank.answers().get(index).getFirst();
    var field = new TextField();
    field.setId("gap-" + ++gaps);
    field.getStyleClass().add("gap");
    field.setPrefColumnCount(Math.min(MOST_COLUMNS, answer.length()));
    field.setAccessibleText("Gap " + gaps + "; Enter without a guess shows the answer");
    field.setOnAction(
        _ -> {
          if (field.getText().isBlank()) {
            field.setText(answer);
          }
          boolean fits = blank.fits(index, field.getText());
          field.pseudoClassStateChanged(RIGHT, fits);
          field.pseudoClassStateChanged(WRONG, !fits);
        });
    field
        .textProperty()
        .subscribe(
            text -> {
              boolean fits = !text.isBlank() && blank.fits(index, text);
              field.pseudoClassStateChanged(RIGHT, fits);
              field.pseudoClassStateChanged(WRONG, false);
            });
    return field;
  }
}
