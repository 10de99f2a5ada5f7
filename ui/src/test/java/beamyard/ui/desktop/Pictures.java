package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;

/** Pictures of windows, as files to be looked at. */
final class Pictures {
  /** Where pictures go: {@code -Dbeamyard.pictures=docs} for those of the tour. */
  private static final Path PICTURES =
      Path.of(System.getProperty("beamyard.pictures", "target/pictures"));

  private Pictures() {}

  /** A picture of a scene, kept as a file. */
  static BufferedImage of(Scene scene, String name) throws Exception {
    BufferedImage picture = onJavaFx(() -> copy(scene.snapshot(null)));
    write(picture, PICTURES.resolve(name + ".png"));
    return picture;
  }

  /** A picture of a part of a scene, kept as a file. */
  static BufferedImage of(Node part, String name) throws Exception {
    BufferedImage picture = onJavaFx(() -> copy(part.snapshot(null, null)));
    write(picture, PICTURES.resolve(name + ".png"));
    return picture;
  }

  /** A picture of a scene in the very turn in which something is so: what moves would have gone on by the next. */
  static BufferedImage when(Scene scene, String name, BooleanSupplier condition) throws Exception {
    var shot = new AtomicReference<BufferedImage>();
    await(
        () -> {
          if (condition.getAsBoolean()) {
            shot.set(copy(scene.snapshot(null)));
          }
          return shot.get() != null;
        },
        "what " + name + " shows is so");
    write(shot.get(), PICTURES.resolve(name + ".png"));
    return shot.get();
  }

  static void write(BufferedImage picture, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    ImageIO.write(picture, "png", file.toFile());
  }

  private static BufferedImage copy(WritableImage shot) {
    int width = (int) shot.getWidth();
    int height = (int) shot.getHeight();
    var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(x, y, shot.getPixelReader().getArgb(x, y));
      }
    }
    return picture;
  }
}
