package beamyard.ui.desktop.drawing;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import atlantafx.base.theme.Theme;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.Scene;
import javafx.scene.control.Dialog;
import javafx.scene.text.Font;

/** Theme, typefaces and size of text, the same for the window and its dialogs. */
public final class Look {
  private static final String STYLE_SHEET = "beamyard.css";
  private static final String DARK = "dark";
  private static final String FOR_ALL_EYES = "for-all-eyes";
  private static final int USUAL = 13;
  private static final int SMALLEST = 10;
  private static final int LARGEST = 22;
  private static final List<String> CODE_FACES =
      List.of(
          "JetBrains Mono",
          "Cascadia Mono",
          "SF Mono",
          "Menlo",
          "Consolas",
          "DejaVu Sans Mono",
          "Noto Sans Mono",
          "Liberation Mono");

  private final List<Scene> scenes = new ArrayList<>();
  private Shade shade = Shade.LIGHT;
  private Palette palette = Palette.USUAL;
  private int textSize = USUAL;

  /** The two themes. */
  public enum Shade {
    LIGHT,
    DARK
  }

  /** Which colours tell good from bad, and sides apart. */
  public enum Palette {
    USUAL,
    /** Blue and orange in place of green and red: all eyes tell them apart. */
    FOR_ALL_EYES
  }

  public Palette palette() {
    return palette;
  }

  /** Changes to the colours for all eyes, or back. */
  public void togglePalette() {
    setPalette(palette == Palette.USUAL ? Palette.FOR_ALL_EYES : Palette.USUAL);
  }

  public void setPalette(Palette chosen) {
    palette = chosen;
    scenes.forEach(this::apply);
  }

  public Shade shade() {
    return shade;
  }

  public int textSize() {
    return textSize;
  }

  /** Changes from light to dark, or back. */
  public void toggleTheme() {
    setShade(shade == Shade.LIGHT ? Shade.DARK : Shade.LIGHT);
  }

  public void setShade(Shade chosen) {
    shade = chosen;
    scenes.forEach(this::apply);
  }

  /** Makes all text a pixel larger. */
  public void larger() {
    setTextSize(textSize + 1);
  }

  /** Makes all text a pixel smaller. */
  public void smaller() {
    setTextSize(textSize - 1);
  }

  /** Sets the size of text in pixels; kept between the smallest and the largest that still work. */
  public void setTextSize(int pixels) {
    textSize = Math.clamp(pixels, SMALLEST, LARGEST);
    scenes.forEach(this::apply);
  }

  /** Gives a scene this look, now and when it changes. */
  public void dress(Scene scene) {
    scenes.add(scene);
    apply(scene);
  }

  /** Gives a dialog this look. */
  public void dress(Dialog<?> dialog) {
    apply(dialog.getDialogPane().getScene());
  }

  private void apply(Scene scene) {
    Theme theme =
        switch (shade) {
          case LIGHT -> new PrimerLight();
          case DARK -> new PrimerDark();
        };
    scene.setUserAgentStylesheet(theme.getUserAgentStylesheet());
    scene
        .getStylesheets()
        .setAll(
            Objects.requireNonNull(Look.class.getResource(STYLE_SHEET)).toExternalForm(), own());
    scene.getRoot().getStyleClass().removeAll(DARK, FOR_ALL_EYES);
    if (palette == Palette.FOR_ALL_EYES) {
      scene.getRoot().getStyleClass().add(FOR_ALL_EYES);
    }
    if (shade == Shade.DARK) {
      scene.getRoot().getStyleClass().add(DARK);
    }
    // at once: a cell of a list that is made before the next frame looks its colours up at the root
    scene.getRoot().applyCss();
  }

  /** What depends on the machine's typefaces and the chosen size. */
  private String own() {
    List<String> families = Font.getFamilies();
    String face = CODE_FACES.stream().filter(families::contains).findFirst().orElse("monospace");
    double grown = (double) textSize / USUAL;
    String css =
        ".root{-fx-font-size:"
            + textSize
            + "px;}.icon{-fx-scale-x:"
            + grown
            + ";-fx-scale-y:"
            + grown
            + ";}.button,.menu-button{-fx-graphic-text-gap:"
            + Math.round(6 + 14 * (grown - 1))
            + "px;}.mono,.code-text,.prose-code,.input,.prompt,.terminal,.candidates,.code-editor,.code-editor .content{-fx-font-family:\""
            + face
            + "\";}";
    return "data:text/css," + URLEncoder.encode(css, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
