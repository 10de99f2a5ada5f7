package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.drawing.Inks.Ink;
import beamyard.ui.desktop.drawing.Look;
import beamyard.ui.desktop.drawing.Look.Palette;
import beamyard.ui.desktop.drawing.Look.Shade;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.Background;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Contrast as WCAG 2.1 asks for it at level AA: 4.5 for text, 3 for signs. */
class PaletteTest {
  private static final double TEXT = 4.5;
  private static final double SIGN = 3;

  /** Texts of labels, and the style classes of what may be behind them. */
  private static final Map<String, List<String>> LABELS =
      Map.of(
          "hint", List.of("page", "frame summary-frame", "frame question-frame", "frame callout"),
          "tone-good", List.of("page"),
          "tone-warning", List.of("page"),
          "tone-disputed", List.of("page"),
          "story-message", List.of("story-pane page", "frame check-failed"),
          "check-holds", List.of("frame task-frame"),
          "topic-faults", List.of("page"),
          "topic-inputs", List.of("page"),
          "prompt", List.of("input-row page"),
          "problem", List.of("page"));

  private static final List<String> CODE =
      List.of("comment", "string", "atom", "module", "number", "keyword", "error", "prompt");

  @BeforeAll
  static void begin() throws Exception {
    JavaFx.start();
  }

  static Stream<Arguments> looks() {
    return Stream.of(Shade.values())
        .flatMap(shade -> Stream.of(Palette.values()).map(palette -> Arguments.of(shade, palette)));
  }

  private static void dress(Pane root, Shade shade, Palette palette) {
    var look = new Look();
    look.setShade(shade);
    look.setPalette(palette);
    look.dress(new Scene(root));
    root.applyCss();
    root.layout();
  }

  @ParameterizedTest
  @MethodSource("looks")
  void whatIsDrawnStandsOutFromTheGround(Shade shade, Palette palette) throws Exception {
    List<String> weak =
        onJavaFx(
            () -> {
              var inks = new Inks();
              dress(new Pane(inks), shade, palette);
              var found = new ArrayList<String>();
              for (Ink ground : List.of(Ink.GROUND, Ink.NODE_FILL)) {
                for (Ink ink : List.of(Ink.TEXT, Ink.QUIET, Ink.ACCENT, Ink.WARNING, Ink.DANGER)) {
                  check(found, ink + " on " + ground, inks.get(ink), inks.get(ground), TEXT);
                }
                for (Ink ink : List.of(Ink.MESSAGE, Ink.SIGNAL, Ink.HANDSHAKE)) {
                  check(found, ink + " on " + ground, inks.get(ink), inks.get(ground), TEXT);
                }
                for (Ink ink :
                    List.of(Ink.LINK, Ink.TICK, Ink.GOOD, Ink.SIDE_A, Ink.SIDE_B, Ink.SIDE_C)) {
                  check(found, ink + " on " + ground, inks.get(ink), inks.get(ground), SIGN);
                }
              }
              check(found, "on accent", inks.get(Ink.ON_ACCENT), inks.get(Ink.ACCENT), TEXT);
              return found;
            });
    assertThat(weak).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("looks")
  void whatIsReadStandsOutFromWhatIsBehindIt(Shade shade, Palette palette) throws Exception {
    List<String> weak =
        onJavaFx(
            () -> {
              var found = new ArrayList<String>();
              LABELS.forEach(
                  (style, grounds) ->
                      grounds.forEach(
                          ground -> {
                            var label = new Label("read");
                            label.getStyleClass().add(style);
                            Pane behind = behind(ground);
                            behind.getChildren().add(label);
                            Pane page = behind("page");
                            page.getChildren().add(behind);
                            dress(new VBox(page), shade, palette);
                            Color own = over(label, over(behind, over(page, Color.WHITE)));
                            check(
                                found,
                                style + " on " + ground,
                                (Color) label.getTextFill(),
                                own,
                                TEXT);
                          }));
              for (String kind : CODE) {
                for (String ground : List.of("code", "page")) {
                  var text = new Text("read");
                  text.getStyleClass().add("code-" + kind);
                  Pane behind = behind(ground);
                  behind.getChildren().add(text);
                  dress(new VBox(behind), shade, palette);
                  Color back = over(behind, Color.WHITE);
                  check(
                      found, "code-" + kind + " on " + ground, (Color) text.getFill(), back, TEXT);
                }
              }
              return found;
            });
    assertThat(weak).isEmpty();
  }

  private static Pane behind(String classes) {
    var pane = new Pane();
    pane.getStyleClass().addAll(classes.split(" "));
    return pane;
  }

  /** What is seen of a region and what is behind it: in the dark some grounds are transparent. */
  private static Color over(Region region, Color behind) {
    Background background = region.getBackground();
    if (background == null || background.getFills().isEmpty()) {
      return behind;
    }
    var own = (Color) background.getFills().getLast().getFill();
    return behind.interpolate(
        Color.color(own.getRed(), own.getGreen(), own.getBlue()), own.getOpacity());
  }

  private static void check(List<String> found, String what, Color one, Color other, double least) {
    double contrast = contrast(one, other);
    if (contrast < least) {
      found.add("%s: %.2f of %.1f".formatted(what, contrast, least));
    }
  }

  /** As WCAG defines it, from 1 to 21. */
  private static double contrast(Color one, Color other) {
    double lighter = Math.max(luminance(one), luminance(other));
    double darker = Math.min(luminance(one), luminance(other));
    return (lighter + 0.05) / (darker + 0.05);
  }

  private static double luminance(Color color) {
    return 0.2126 * linear(color.getRed())
        + 0.7152 * linear(color.getGreen())
        + 0.0722 * linear(color.getBlue());
  }

  private static double linear(double part) {
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }
}
