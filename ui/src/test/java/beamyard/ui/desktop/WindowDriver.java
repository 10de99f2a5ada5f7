package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;

import beamyard.simulator.Node.State;
import beamyard.ui.desktop.map.ClusterMap;
import beamyard.ui.desktop.shells.ShellsPane;
import beamyard.ui.desktop.yard.ShellModel;
import beamyard.ui.desktop.yard.YardModel;
import beamyard.ui.desktop.yard.YardThread;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.scene.input.ScrollEvent;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.Window;

/** Drives a real, headless window with the mouse and the keys of a robot. */
final class WindowDriver implements AutoCloseable {
  private final Stage stage;
  private final YardModel yard;
  private final BeamyardWindow window;
  private final Robot robot;

  private WindowDriver(Stage stage, YardModel yard, BeamyardWindow window, Robot robot) {
    this.stage = stage;
    this.yard = yard;
    this.window = window;
    this.robot = robot;
  }

  private static final Path SETTINGS = Path.of("target", "desktop.properties");

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

  Stage stage() {
    return stage;
  }

  YardModel yard() {
    return yard;
  }

  BeamyardWindow window() {
    return window;
  }

  @Override
  public void close() throws Exception {
    onJavaFx(
        () -> {
          Window.getWindows().stream().filter(each -> each != stage).toList().forEach(Window::hide);
          stage.hide();
          return stage;
        });
  }

  // Finding.

  /** The node of an id in the newest window that has one. */
  Node find(String id) throws Exception {
    var found = new AtomicReference<Node>();
    await(
        () -> {
          layOut();
          found.set(lookup(id));
          return found.get() != null;
        },
        "there is " + id);
    return found.get();
  }

  /**
   * Does what the next frame would do. What has only just been shown lies nowhere yet and has no skin: on a slow machine a click
   * would go to what is beside it, and what is typed nowhere.
   */
  private static void layOut() {
    for (Window each : Window.getWindows()) {
      if (each.isShowing()) {
        each.getScene().getRoot().applyCss();
        each.getScene().getRoot().layout();
      }
    }
  }

  private static Node lookup(String id) {
    Node found = null;
    for (Window each : Window.getWindows()) {
      if (each.isShowing()) {
        Node node = each.getScene().getRoot().lookup("#" + id);
        if (node != null && node.getScene() == each.getScene() && isShown(node)) {
          found = node;
        }
      }
    }
    return found;
  }

  private static boolean isShown(Node node) {
    for (Node each = node; each != null; each = each.getParent()) {
      if (!each.isVisible()) {
        return false;
      }
    }
    return true;
  }

  // Doing.

  void click(String id) throws Exception {
    click(find(id));
  }

  void click(Node node) throws Exception {
    await(() -> !node.isDisabled() && node.getScene() != null, "can be clicked: " + node);
    // in one turn: what lies where it did a moment ago is another's place when output comes between
    onJavaFx(
        () -> {
          press(middleOf(node), MouseButton.PRIMARY);
          return node;
        });
  }

  /** Scrolls to something on a page or a sheet, and clicks on it. */
  void scrollAndClick(Node button) throws Exception {
    onJavaFx(
        () -> {
          Node each = button;
          while (!(each instanceof ScrollPane)) {
            each = each.getParent();
          }
          var scroll = (ScrollPane) each;
          scroll.getScene().getRoot().applyCss();
          scroll.getScene().getRoot().layout();
          Node page = scroll.getContent();
          double top = page.sceneToLocal(button.localToScene(0, 0)).getY();
          double spare =
              page.getLayoutBounds().getHeight() - scroll.getViewportBounds().getHeight();
          scroll.setVvalue(Math.clamp((top - 120) / Math.max(1, spare), 0, 1));
          return page;
        });
    click(button);
  }

  static Point2D middle(Node node) throws Exception {
    return onJavaFx(() -> middleOf(node));
  }

  private static Point2D middleOf(Node node) {
    // what has only just been shown lies nowhere yet: on a slow machine the click would go to what
    // is there
    node.getScene().getRoot().applyCss();
    node.getScene().getRoot().layout();
    Bounds bounds = node.localToScreen(node.getLayoutBounds());
    return new Point2D(bounds.getCenterX(), bounds.getCenterY());
  }

  void click(Point2D at, MouseButton button) throws Exception {
    onJavaFx(
        () -> {
          press(at, button);
          return at;
        });
  }

  private void press(Point2D at, MouseButton button) {
    robot.mouseMove(at);
    robot.mousePress(button);
    robot.mouseRelease(button);
  }

  /** Drags with the primary button along some points of the screen. */
  void drag(Point2D... points) throws Exception {
    hold(points);
    letGo();
  }

  /** The same, and the button is still held. */
  void hold(Point2D... points) throws Exception {
    onJavaFx(
        () -> {
          robot.mouseMove(points[0]);
          robot.mousePress(MouseButton.PRIMARY);
          return points;
        });
    for (Point2D point : points) {
      onJavaFx(
          () -> {
            robot.mouseMove(point);
            return point;
          });
    }
  }

  void letGo() throws Exception {
    onJavaFx(
        () -> {
          robot.mouseRelease(MouseButton.PRIMARY);
          return robot;
        });
  }

  /** Turns the mouse's wheel over a point of the map; the headless robot would turn it elsewhere. */
  void wheel(Point2D at, double pixels) throws Exception {
    onJavaFx(
        () -> {
          Point2D inScene = map().localToScene(map().screenToLocal(at));
          var there = new PickResult(map(), inScene.getX(), inScene.getY());
          Event.fireEvent(
              map(),
              new ScrollEvent(
                  ScrollEvent.SCROLL,
                  inScene.getX(),
                  inScene.getY(),
                  at.getX(),
                  at.getY(),
                  false,
                  false,
                  false,
                  false,
                  false,
                  false,
                  0,
                  pixels,
                  0,
                  pixels,
                  ScrollEvent.HorizontalTextScrollUnits.NONE,
                  0,
                  ScrollEvent.VerticalTextScrollUnits.NONE,
                  0,
                  0,
                  there));
          return at;
        });
  }

  /** Presses keys together, the last one last. */
  void press(KeyCode... keys) throws Exception {
    onJavaFx(
        () -> {
          for (KeyCode key : keys) {
            robot.keyPress(key);
          }
          for (int i = keys.length - 1; i >= 0; i--) {
            robot.keyRelease(keys[i]);
          }
          return keys;
        });
  }

  /** Types text into what has the focus. */
  void type(String text) throws Exception {
    for (char each : text.toCharArray()) {
      onJavaFx(
          () -> {
            Node focused = focused();
            Event.fireEvent(
                focused,
                new KeyEvent(
                    KeyEvent.KEY_TYPED,
                    String.valueOf(each),
                    "",
                    KeyCode.UNDEFINED,
                    false,
                    false,
                    false,
                    false));
            return focused;
          });
    }
  }

  /** Replaces what stands in a field. */
  void retype(TextField field, String text) throws Exception {
    onJavaFx(
        () -> {
          field.requestFocus();
          field.selectAll();
          return field;
        });
    type(text);
  }

  private static Node focused() {
    Node focused = JavaFx.focused();
    if (focused == null) {
      throw new AssertionError("nothing has the focus");
    }
    return focused;
  }

  /** Types a line at a node's shell, by its input. */
  void typeAtShell(String node, String code) throws Exception {
    onJavaFx(
        () -> {
          ((ShellsPane) stage.getScene().getRoot().lookup(".shells")).show(node);
          return node;
        });
    Node line = find("line-" + node);
    await(() -> !line.isDisabled(), "the shell of " + node + " can be typed at");
    click(line);
    await(line::isFocused, "the shell of " + node + " has the focus");
    type(code);
    press(KeyCode.ENTER);
  }

  // The yard.

  YardThread yardThread() {
    return yard.thread();
  }

  /** An instant before all that is done next: what is typed within the same frame would have the same one. */
  long instant() throws Exception {
    long then = onJavaFx(() -> yard.update().end().atNanos());
    await(() -> yard.update().end().atNanos() > then, "time goes on");
    return then;
  }

  /** Leads the time cursor to an instant, where it stands still. */
  void seek(long atNanos) throws Exception {
    onJavaFx(
        () -> {
          yard.pausedProperty().set(true);
          yard.thread().seek(atNanos);
          return atNanos;
        });
  }

  ClusterMap map() {
    return (ClusterMap) stage.getScene().getRoot().lookup(".cluster-map");
  }

  /** Starts nodes that are connected, by the yard's own command. */
  void startNodes(String... labels) throws Exception {
    onJavaFx(
        () -> {
          yard.addConnected(List.of(labels));
          return labels;
        });
    await(
        () ->
            yard.labels().size() == labels.length
                && yard.update().observation().nodes().stream()
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
        () -> yard.node(label).stream().anyMatch(node -> node.state() == state),
        label + " is " + state);
  }

  /** Where the card of a node is, once it stands still. */
  Point2D onScreen(String label) throws Exception {
    return onJavaFx(
        () -> {
          ClusterMap map = map();
          return map.localToScreen(map.toPane(map.model().placeOf(label)));
        });
  }

  void clickNode(String label, KeyCode... modifiers) throws Exception {
    settle();
    Point2D at = onScreen(label);
    if (modifiers.length == 0) {
      click(at, MouseButton.PRIMARY);
    } else {
      clickWithShift(at); // the keys of a headless robot do not reach its mouse
    }
    await(() -> yard.selection().nodes().contains(label), label + " is selected");
  }

  private void clickWithShift(Point2D at) throws Exception {
    onJavaFx(
        () -> {
          ClusterMap map = map();
          Point2D local = map.localToScene(map.screenToLocal(at));
          for (var type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
            Event.fireEvent(
                map,
                new MouseEvent(
                    type,
                    local.getX(),
                    local.getY(),
                    at.getX(),
                    at.getY(),
                    MouseButton.PRIMARY,
                    1,
                    true,
                    false,
                    false,
                    false,
                    true,
                    false,
                    false,
                    true,
                    false,
                    true,
                    null));
          }
          return at;
        });
  }

  /** Chooses an entry of the menu that is open. */
  void chooseFromMenu(String text) throws Exception {
    await(() -> menuItem(text) != null, "the menu has " + text);
    onJavaFx(
        () -> {
          menuItem(text).fire();
          Window.getWindows().stream()
              .filter(ContextMenu.class::isInstance)
              .toList()
              .forEach(Window::hide);
          return text;
        });
  }

  private static MenuItem menuItem(String text) {
    return Window.getWindows().stream()
        .filter(ContextMenu.class::isInstance)
        .flatMap(menu -> ((ContextMenu) menu).getItems().stream())
        .filter(item -> text.equals(item.getText()))
        .findFirst()
        .orElse(null);
  }

  /** Lets what moves in the window come to rest. */
  void settle() throws Exception {
    var still =
        new Object() {
          long version = -1;
          int times;
        };
    await(
        () -> {
          boolean same = map() == null || map().model().version() == still.version;
          still.times = same ? still.times + 1 : 0;
          still.version = map() == null ? 0 : map().model().version();
          return still.times >= 4;
        },
        "the map stands still");
  }

  /** All text in a part of the window. */
  String texts(String part) {
    Node root =
        switch (part) {
          case "inspector", "deeds" -> lookup(part);
          default -> stage.getScene().getRoot().lookup(".views");
        };
    if (root == null) {
      return "";
    }
    var text = new StringBuilder();
    root.lookupAll(".label")
        .forEach(
            label -> {
              if (label instanceof Labeled labeled) {
                text.append(labeled.getText()).append('\n');
              }
            });
    return text.toString();
  }

  Node lookupNow(String id) {
    return lookup(id);
  }

  /** What a terminal shows; to be called on the JavaFX thread. */
  String terminalNow(String node) {
    return yard.shells().stream()
        .filter(shell -> shell.node().equals(node))
        .map(ShellModel::text)
        .findFirst()
        .orElse("");
  }

  // Looking.

  String terminal(String node) throws Exception {
    return onJavaFx(() -> terminalNow(node));
  }

  void awaitTerminal(String node, String text) throws Exception {
    await(
        () -> terminalNow(node).contains(text),
        () ->
            "the terminal of %s shows %s, not %s at %s"
                .formatted(node, text, terminalNow(node), yard.update().end()));
  }

  /** A picture of the window. */
  BufferedImage picture(String name) throws Exception {
    return Pictures.of(stage.getScene(), name);
  }

  /** A picture of the window as soon as something is so. */
  BufferedImage pictureWhen(String name, BooleanSupplier condition) throws Exception {
    return Pictures.when(stage.getScene(), name, condition);
  }

  /** A picture of the window on a large screen, which a screen without a display is not; afterwards all is as large as before. */
  void pictureOnALargeScreen(String name) throws Exception {
    Parent root = stage.getScene().getRoot();
    resize(root, 1920, 1080);
    Pictures.of(root, name + "-large");
    resize(root, stage.getScene().getWidth(), stage.getScene().getHeight());
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
