package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;

import beamyard.simulator.Node.State;
import beamyard.ui.desktop.shells.ShellsPane;
import beamyard.ui.desktop.yard.YardModel;
import beamyard.ui.desktop.yard.YardThread;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.Window;

/** A real, headless window over a yard, and what people do with it again and again. */
final class WindowDriver extends WindowHands implements AutoCloseable {
  private static final Path SETTINGS = Path.of("target", "desktop.properties");

  private final BeamyardWindow window;

  private WindowDriver(Stage stage, YardModel yard, BeamyardWindow window, Robot robot) {
    super(stage, yard, robot);
    this.window = window;
  }

  /** Opens a window over an empty yard, as the first time. */
  static WindowDriver open() throws Exception {
    Files.deleteIfExists(SETTINGS);
    return openAgain();
  }

  /** Opens a window over an empty yard, as the last one was left. */
  static WindowDriver openAgain() throws Exception {
    JavaFx.start();
    return onJavaFx(
        () -> {
          var stage = new Stage();
          var yard = new YardModel();
          var window = new BeamyardWindow(stage, yard, SETTINGS);
          window.show();
          yard.open();
          return new WindowDriver(stage, yard, window, new Robot());
        });
  }

  BeamyardWindow window() {
    return window;
  }

  @Override
  public void close() throws Exception {
    onJavaFx(
        () -> {
          Window.getWindows().stream()
              .filter(each -> each != stage())
              .toList()
              .forEach(Window::hide);
          stage().hide();
          return window;
        });
  }

  /** Does something that the window can do, found by its name in the palette. */
  void perform(String action) throws Exception {
    press(KeyCode.ESCAPE);
    press(KeyCode.CONTROL, KeyCode.K);
    retype("palette", action);
    press(KeyCode.ENTER);
  }

  /** Opens a file as the dialog or a drop would. */
  void open(Path file) throws Exception {
    onJavaFx(
        () -> {
          window.opener().open(file);
          return file;
        });
  }

  // Shells.

  /** Types a line at a node's shell, by its input. */
  void typeAtShell(String node, String code) throws Exception {
    onJavaFx(
        () -> {
          ((ShellsPane) stage().getScene().getRoot().lookup(".shells")).show(node);
          return node;
        });
    click("line-" + node);
    Node line = find("line-" + node);
    await(line::isFocused, "the shell of " + node + " has the focus");
    retype((TextField) line, code);
    press(KeyCode.ENTER);
  }

  // Time.

  YardThread yardThread() {
    return yard().thread();
  }

  /** An instant before all that is done next: what is typed within the same frame would have the same one. */
  long instant() throws Exception {
    long then = onJavaFx(() -> yard().update().end().atNanos());
    await(() -> yard().update().end().atNanos() > then, "time goes on");
    return then;
  }

  /** Leads the time cursor to an instant, where it stands still. */
  void seek(long atNanos) throws Exception {
    onJavaFx(
        () -> {
          yard().pausedProperty().set(true);
          yard().thread().seek(atNanos);
          return atNanos;
        });
  }

  /** Makes time stand still by its key. */
  void stopTime() throws Exception {
    press(KeyCode.ESCAPE);
    press(KeyCode.SPACE);
    await(() -> yard().pausedProperty().get(), "time stands still");
    settle();
  }

  // Nodes.

  /** Starts nodes that are connected, by the yard's own command. */
  void startNodes(String... labels) throws Exception {
    onJavaFx(
        () -> {
          yard().addConnected(List.of(labels));
          return labels;
        });
    await(
        () ->
            yard().labels().size() == labels.length
                && yard().update().observation().nodes().stream()
                    .allMatch(
                        node ->
                            node.peers().stream().filter(peer -> peer.up()).count()
                                == labels.length - 1),
        "all are connected");
    awaitTerminal(labels[0], "Node.connect(:" + labels[labels.length - 1] + ")\ntrue");
    settle();
  }

  void awaitState(String label, State state) throws Exception {
    await(
        () -> yard().node(label).stream().anyMatch(node -> node.state() == state),
        label + " is " + state);
  }

  void clickNode(String label, KeyCode... modifiers) throws Exception {
    settle();
    if (modifiers.length == 0) {
      clickAt(() -> map().onScreen(label), MouseButton.PRIMARY);
    } else {
      onJavaFx(
          () -> {
            clickWithShift(map().onScreen(label));
            return label;
          });
    }
    await(() -> yard().selection().nodes().contains(label), label + " is selected");
  }

  /** A picture of the window as soon as something is so. */
  BufferedImage pictureWhen(String name, BooleanSupplier condition) throws Exception {
    return Pictures.when(stage().getScene(), name, condition);
  }

  /** A picture of the window on a large screen, which a screen without a display is not; afterwards all is as large as before. */
  void pictureOnALargeScreen(String name) throws Exception {
    Parent root = stage().getScene().getRoot();
    resize(root, 1920, 1080);
    Pictures.of(root, name + "-large");
    resize(root, stage().getScene().getWidth(), stage().getScene().getHeight());
  }

  /** Lays out what is in the window for so much room, and lets it come to rest. */
  void resize(Parent root, double width, double height) throws Exception {
    onJavaFx(
        () -> {
          root.resize(width, height);
          root.applyCss();
          root.layout();
          return root;
        });
    settle();
  }

  /** A picture of the window with the dark theme; afterwards it is light again. */
  void pictureInTheDark(String name) throws Exception {
    press(KeyCode.CONTROL, KeyCode.D);
    settle();
    picture(name + "-dark");
    press(KeyCode.CONTROL, KeyCode.D);
    settle();
  }
}
