package beamyard.ui.desktop;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/**
 * The colours of what is drawn on canvases. They stand in the style sheet as the backgrounds of invisible swatches, so that
 * they change with the theme.
 */
final class Inks extends Pane {
  private final Map<Ink, Region> swatches = new EnumMap<>(Ink.class);
  private final Map<Ink, Color> colours = new EnumMap<>(Ink.class);
  private final List<Runnable> listeners = new ArrayList<>();

  /** What a colour is for; {@code ink-node-fill} in the style sheet. */
  enum Ink {
    GROUND,
    NODE_FILL,
    NODE_EDGE,
    NODE_DOWN,
    TEXT,
    QUIET,
    FAINT,
    ACCENT,
    ACCENT_SOFT,
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

  Inks() {
    setManaged(false);
    setVisible(false);
    for (Ink ink : Ink.values()) {
      var swatch = new Region();
      swatch.getStyleClass().add("ink-" + ink.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      swatches.put(ink, swatch);
      getChildren().add(swatch);
    }
    // one rule of the style sheet after the other changes; the last swatch changes last
    swatches.values().forEach(swatch -> swatch.backgroundProperty().subscribe(_ -> read()));
  }

  /** Calls back whenever the theme gave other colours. */
  void onChange(Runnable listener) {
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
  Color get(Ink ink) {
    return colours.getOrDefault(ink, Color.BLACK);
  }

  Color get(Ink ink, double opacity) {
    Color color = get(ink);
    return new Color(
        color.getRed(), color.getGreen(), color.getBlue(), color.getOpacity() * opacity);
  }
}
