package beamyard.ui.desktop.learning;

import beamyard.ui.desktop.drawing.CodeText;
import beamyard.ui.desktop.drawing.CodeText.Grammar;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Skin;
import javafx.scene.control.TextArea;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Path;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/**
 * A place to write code in, which has colours. The text of the area itself, which keys and mouse change, is transparent; the same
 * text with colours lies over it.
 */
final class CodeEditor extends TextArea {
  private final TextFlow colours = new TextFlow();
  private final Path caret = new Path();
  private final Pane layer = new Pane(colours, caret);
  private final Rectangle clip = new Rectangle();
  private Grammar grammar = Grammar.ELIXIR;

  CodeEditor() {
    getStyleClass().addAll("code-editor", "coloured");
    layer.setMouseTransparent(true);
    layer.setManaged(false);
    layer.setClip(clip);
    colours.setMinWidth(Region.USE_PREF_SIZE);
    caret.getStyleClass().add("code-caret");
    caret.setManaged(false);
    caret.visibleProperty().bind(focusedProperty());
    textProperty().subscribe(this::colour);
    caretPositionProperty().subscribe(_ -> requestLayout());
    scrollTopProperty().subscribe(_ -> place());
    scrollLeftProperty().subscribe(_ -> place());
  }

  /** Whose words are coloured. */
  void setGrammar(Grammar its) {
    grammar = its;
    colour();
  }

  private void colour() {
    List<Text> pieces = new ArrayList<>();
    String text = getText() == null ? "" : getText();
    for (String line : text.split("\n", -1)) {
      if (!pieces.isEmpty()) {
        pieces.add(CodeText.piece("\n", "plain"));
      }
      pieces.addAll(
          line.isEmpty() ? List.of(CodeText.piece("", "plain")) : CodeText.line(line, grammar));
    }
    colours.getChildren().setAll(pieces);
    requestLayout();
  }

  @Override
  protected Skin<?> createDefaultSkin() {
    Skin<?> skin = super.createDefaultSkin();
    getChildren().add(layer);
    return skin;
  }

  @Override
  protected void layoutChildren() {
    super.layoutChildren();
    place();
  }

  /** Puts the coloured text where the transparent one is. */
  private void place() {
    if (!(lookup(".content") instanceof Region content) || lookup(".viewport") == null) {
      return;
    }
    Node viewport = lookup(".viewport");
    Bounds seen = sceneToLocal(viewport.localToScene(viewport.getLayoutBounds()));
    layer.resizeRelocate(0, 0, getWidth(), getHeight());
    clip.setX(seen.getMinX());
    clip.setY(seen.getMinY());
    clip.setWidth(seen.getWidth());
    clip.setHeight(seen.getHeight());
    Point2D at =
        sceneToLocal(content.localToScene(content.snappedLeftInset(), content.snappedTopInset()));
    colours.autosize();
    colours.relocate(at.getX(), at.getY());
    colours.layout();
    caret.getElements().setAll(colours.getCaretShape(getCaretPosition(), true));
    caret.setLayoutX(at.getX());
    caret.setLayoutY(at.getY());
  }
}
