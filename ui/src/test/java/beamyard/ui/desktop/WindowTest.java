package beamyard.ui.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.script.Stage.Visibility;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javafx.application.Platform;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowTest {
  private static final long PATIENCE_SECONDS = 90;

  @BeforeAll
  static void startJavaFx() throws Exception {
    var started = new CompletableFuture<Void>();
    Platform.startup(() -> started.complete(null));
    Platform.setImplicitExit(false);
    started.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @AfterAll
  static void endJavaFx() {
    Platform.exit();
  }

  @Test
  void showsWhatIsTypedAtANodeThatIsConnectedToAnother() throws Exception {
    Stage stage = onJavaFx(Stage::new);
    YardModel model = onJavaFx(YardModel::new);
    onJavaFx(
        () -> {
          new BeamyardWindow(stage, model).show();
          return model;
        });
    model.open();
    model.addNode("alice", "localhost", "yard", Visibility.VISIBLE);
    model.addNode("bob", "localhost", "yard", Visibility.VISIBLE);
    await(() -> model.shells().size() == 2);
    model.connect("alice@localhost", "bob@localhost");
    await(() -> text(model, 0).contains("true\n"));
    model.type("alice@localhost", "Node.list()");
    await(() -> text(model, 0).contains("[:bob@localhost]"));
    await(() -> model.frameProperty().get().links().size() == 1);
    TabPane tabs = onJavaFx(() -> (TabPane) stage.getScene().getRoot().lookup(".tab-pane"));
    assertThat(tabs.getTabs())
        .extracting(Tab::getText)
        .containsExactly("alice@localhost", "bob@localhost");
    BufferedImage picture = onJavaFx(() -> copy(stage.getScene().snapshot(null)));
    onJavaFx(
        () -> {
          stage.hide();
          return stage;
        });
    write(picture);
    long colours =
        IntStream.range(0, picture.getWidth() * picture.getHeight())
            .map(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()))
            .distinct()
            .count();
    assertThat(colours).isGreaterThan(20);
    assertThat(onJavaFx(() -> model.problemProperty().get())).isEmpty();
  }

  @Test
  void marksTheStepsOfAnOpenPageAsTheyArePlayed(@TempDir Path directory) throws Exception {
    Path page = directory.resolve("first-steps.md");
    try (InputStream course =
        WindowTest.class.getResourceAsStream("/beamyard/lessons/course/first-steps.md")) {
      Files.copy(course, page);
    }
    Stage stage = onJavaFx(Stage::new);
    YardModel model = onJavaFx(YardModel::new);
    onJavaFx(
        () -> {
          new BeamyardWindow(stage, model).show();
          return model;
        });
    model.open();
    model.openPage(page);
    await(
        () ->
            stage.getScene().getRoot().lookupAll(".matches").size() >= 2
                && model.shells().size() == 2);
    BufferedImage picture = onJavaFx(() -> copy(stage.getScene().snapshot(null)));
    onJavaFx(
        () -> {
          stage.hide();
          return stage;
        });
    ImageIO.write(picture, "png", Path.of("target", "page.png").toFile());
    assertThat(onJavaFx(() -> stage.getScene().getRoot().lookupAll(".differs"))).isEmpty();
    assertThat(onJavaFx(() -> model.problemProperty().get())).isEmpty();
  }

  private static String text(YardModel model, int shell) {
    return model.shells().get(shell).textProperty().get();
  }

  private static void write(BufferedImage picture) throws IOException {
    Path file = Path.of("target", "window.png");
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

  private static void await(BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!onJavaFx(condition::getAsBoolean)) {
      assertThat(System.nanoTime()).as("time to wait").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private static <T> T onJavaFx(Supplier<T> work) throws Exception {
    var done = new CompletableFuture<T>();
    Platform.runLater(
        () -> {
          try {
            done.complete(work.get());
          } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
          }
        });
    return done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
