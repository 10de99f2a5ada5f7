package beamyard.ui.desktop.drawing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;

/**
 * The colours and typefaces of what is drawn on canvases. Colours stand in the style sheet as the backgrounds of invisible
 * swatches, and an invisible label has the size of the text around: so both change with the window's look.
 */
public final class Inks extends Pane {
  /** The size of text, in pixels, for which what is drawn was designed. */
  private static final double USUAL_SIZE = 13;

  private final Map<Ink, Region> swatches = new EnumMap<>(Ink.class);
  private final Map<Ink, Color> colours = new EnumMap<>(Ink.class);
  private final Map<Double, Font> plain = new HashMap<>();
  private final Map<Double, Font> bold = new HashMap<>();
  private final Label text = new Label();
  private final List<Runnable> listeners = new ArrayList<>();
  private double scale = 1;

  /** What a colour is for; {@code ink-node-fill} in the style sheet. */
  public enum Ink {
    GROUND,
    GRID,
    NODE_FILL,
    NODE_EDGE,
    NODE_DOWN,
    TEXT,
    QUIET,
    FAINT,
    ACCENT,
    ACCENT_SOFT,
    ON_ACCENT,
    GOOD,
    WARNING,
    DANGER,
    LINK,
    MESSAGE,
    SIGNAL,
    HANDSHAKE,
    TICK,
    SIDE_A,
    SIDE_B,
    SIDE_C
  }

  public Inks() {
    setManaged(false);
    setVisible(false);
    for (Ink ink : Ink.values()) {
      var swatch = new Region();
      swatch.getStyleClass().add("ink-" + ink.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      swatches.put(ink, swatch);
      getChildren().add(swatch);
    }
    getChildren().add(text);
    text.fontProperty().subscribe(face -> measure(face.getSize()));
    // one rule of the style sheet after the other changes; the last swatch changes last
    swatches.values().forEach(swatch -> swatch.backgroundProperty().subscribe(_ -> read()));
  }

  private void measure(double size) {
    double now = size / USUAL_SIZE;
    if (now != scale) {
      scale = now;
      plain.clear();
      bold.clear();
      listeners.forEach(Runnable::run);
    }
  }

  /** How much larger than usual the text of the window is: all that is drawn with text in it grows likewise. */
  public double scale() {
    return scale;
  }

  /** The typeface of the window, of a size that is in pixels while text has its usual one. */
  public Font font(double size) {
    return plain.computeIfAbsent(size, each -> Font.font(each * scale));
  }

  /** The bold font of this size, scaled as the window's text is. */
  public Font bold(double size) {
    return bold.computeIfAbsent(size, each -> Font.font(null, FontWeight.BOLD, each * scale));
  }

  /** Calls back whenever the look gave other colours or another size of text. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private void read() {
    swatches.forEach(
        (ink, swatch) -> {
          if (swatch.getBackground() != null
              && !swatch.getBackground().getFills().isEmpty()
              && swatch.getBackground().getFills().getFirst().getFill() instanceof Color color) {
            colours.put(ink, color);
          }
        });
    listeners.forEach(Runnable::run);
  }

  /** A colour; black before the style sheet was applied. */
  public Color get(Ink ink) {
    return colours.getOrDefault(ink, Color.BLACK);
  }

  /** The colour of an ink at an opacity of 0 to 1. */
  public Color get(Ink ink, double opacity) {
    Color color = get(ink);
    return new Color(
        color.getRed(), color.getGreen(), color.getBlue(), color.getOpacity() * opacity);
  }
}
