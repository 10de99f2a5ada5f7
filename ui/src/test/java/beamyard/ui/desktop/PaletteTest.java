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
import java.util.stream.IntStream;
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
import org.junit.jupiter.params.provider.EnumSource;
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

  /**
   * How those see linear red, green and blue who lack one kind of cone: Machado, Oliveira and Fernandes, "A Physiologically-based
   * Model for Simulation of Color Vision Deficiency", 2009.
   */
  private static final Map<String, double[]> EYES =
      Map.of(
          "protanopia",
          new double[] {
            0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
            1.051998
          },
          "deuteranopia",
          new double[] {
            0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940,
            0.968881
          },
          "tritanopia",
          new double[] {
            1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
            0.303900
          });

  /** Inks of which two mean different things at the same place. */
  private static final List<List<Ink>> APART =
      List.of(
          List.of(Ink.GOOD, Ink.WARNING, Ink.DANGER, Ink.QUIET),
          List.of(Ink.MESSAGE, Ink.SIGNAL, Ink.DANGER),
          List.of(Ink.SIDE_A, Ink.SIDE_B, Ink.SIDE_C));

  /** Of CIE 1976: two colours side by side are told apart without effort. */
  private static final double APART_AT_LEAST = 12;

  @ParameterizedTest
  @EnumSource(Shade.class)
  void whoeverSeesFewerColoursTellsTheSignsApart(Shade shade) throws Exception {
    List<String> alike =
        onJavaFx(
            () -> {
              var inks = new Inks();
              dress(new Pane(inks), shade, Palette.FOR_ALL_EYES);
              var found = new ArrayList<String>();
              EYES.forEach(
                  (eyes, matrix) -> {
                    for (List<Ink> group : APART) {
                      for (Ink one : group) {
                        for (Ink other : group.subList(group.indexOf(one) + 1, group.size())) {
                          double apart =
                              distance(lab(inks.get(one), matrix), lab(inks.get(other), matrix));
                          if (apart < APART_AT_LEAST) {
                            found.add("%s, %s and %s: %.1f".formatted(eyes, one, other, apart));
                          }
                        }
                      }
                    }
                  });
              return found;
            });
    assertThat(String.join("; ", alike)).isEmpty();
  }

  private static double distance(double[] one, double[] other) {
    return Math.sqrt(IntStream.range(0, 3).mapToDouble(i -> Math.pow(one[i] - other[i], 2)).sum());
  }

  /** A colour as some eyes see it, in CIE L*a*b* under D65. */
  private static double[] lab(Color colour, double[] eyes) {
    double[] rgb = {linear(colour.getRed()), linear(colour.getGreen()), linear(colour.getBlue())};
    double[] seen = times(eyes, rgb);
    for (int i = 0; i < 3; i++) {
      seen[i] = Math.clamp(seen[i], 0, 1);
    }
    double[] xyz =
        times(
            new double[] {
              0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.0721750, 0.0193339,
              0.1191920, 0.9503041
            },
            seen);
    double x = bent(xyz[0] / 0.95047);
    double y = bent(xyz[1]);
    double z = bent(xyz[2] / 1.08883);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double bent(double part) {
    return part > 216.0 / 24389 ? Math.cbrt(part) : (24389.0 / 27 * part + 16) / 116;
  }

  private static double[] times(double[] matrix, double[] column) {
    var product = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        product[i] += matrix[3 * i + j] * column[j];
      }
    }
    return product;
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
