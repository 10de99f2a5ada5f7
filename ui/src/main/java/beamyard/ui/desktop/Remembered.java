package beamyard.ui.desktop;

import beamyard.ui.desktop.WindowFrame.Folding;
import beamyard.ui.desktop.WindowFrame.Shares;
import beamyard.ui.desktop.drawing.Look.Palette;
import beamyard.ui.desktop.drawing.Look.Shade;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * How the window was when it was last closed.
 *
 * @param width of the window, in pixels
 * @param textSize in pixels
 * @param shares how its parts lay
 */
record Remembered(
    double width, double height, Shade shade, Palette palette, int textSize, Shares shares) {
  static final Remembered FIRST_TIME =
      new Remembered(1280, 820, Shade.LIGHT, Palette.USUAL, 13, Shares.USUAL);

  /** Where it is kept: in {@code beamyard.home}, if that property is given, else among the user's settings. */
  static Path file() {
    String home = System.getProperty("beamyard.home");
    return home != null
        ? Path.of(home, "desktop.properties")
        : Path.of(System.getProperty("user.home"), ".config", "beamyard", "desktop.properties");
  }

  /** What a file says; what it does not say, or says wrongly, is as the first time. */
  static Remembered read(Path file) {
    var values = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      values.load(reader);
    } catch (IOException | IllegalArgumentException _) {
      return FIRST_TIME;
    }
    return new Remembered(
        number(values, "width", 500, 10_000).orElse(FIRST_TIME.width),
        number(values, "height", 400, 10_000).orElse(FIRST_TIME.height),
        "dark".equals(values.getProperty("theme")) ? Shade.DARK : Shade.LIGHT,
        "for-all-eyes".equals(values.getProperty("colours")) ? Palette.FOR_ALL_EYES : Palette.USUAL,
        number(values, "text", 10, 22).map(Double::intValue).orElse(FIRST_TIME.textSize),
        new Shares(
            share(values, "page").orElse(Shares.USUAL.page()),
            share(values, "views").orElse(Shares.USUAL.views()),
            share(values, "upper").orElse(Shares.USUAL.upper()),
            "folded".equals(values.getProperty("shells")) ? Folding.FOLDED : Folding.OPEN));
  }

  private static Optional<Double> share(Properties values, String key) {
    return number(values, key, 0.05, 0.95);
  }

  private static Optional<Double> number(Properties values, String key, double least, double most) {
    try {
      double number = Double.parseDouble(values.getProperty(key, ""));
      return number >= least && number <= most ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** Writes it; a place that cannot be written to is no reason to trouble anybody. */
  void write(Path file) {
    var values = new Properties();
    values.setProperty("width", String.valueOf(width));
    values.setProperty("height", String.valueOf(height));
    values.setProperty("theme", shade.name().toLowerCase(Locale.ROOT));
    values.setProperty("colours", palette.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    values.setProperty("text", String.valueOf(textSize));
    values.setProperty("page", String.valueOf(shares.page()));
    values.setProperty("views", String.valueOf(shares.views()));
    values.setProperty("upper", String.valueOf(shares.upper()));
    values.setProperty("shells", shares.shells().name().toLowerCase(Locale.ROOT));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (Writer writer = Files.newBufferedWriter(file)) {
        values.store(writer, "Beamyard's window");
      }
    } catch (IOException _) {
      return; // the window opens as the first time, then
    }
  }
}
