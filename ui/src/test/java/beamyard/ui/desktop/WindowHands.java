package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;

import beamyard.ui.desktop.yard.YardModel;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.scene.input.ScrollEvent;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.Window;

/**
 * Uses a window with the mouse and the keys of a robot. What is clicked on is looked for, laid out and pressed in one turn of
 * JavaFX: between two turns output may come and something else lie there.
 */
class WindowHands extends WindowEyes {
  private final Robot robot;

  /** The scenes whose first drawing is awaited, and those that were drawn. */
  private final Set<Scene> awaited = Collections.newSetFromMap(new WeakHashMap<>());

  private final Set<Scene> drawn = Collections.newSetFromMap(new WeakHashMap<>());

  WindowHands(Stage stage, YardModel yard, Robot robot) {
    super(stage, yard);
    this.robot = robot;
  }

  // The mouse.

  void click(String id) throws Exception {
    click(() -> lookupNow(id), id);
  }

  void click(Node node) throws Exception {
    click(() -> node, String.valueOf(node));
  }

  /** Clicks on what is found as soon as it is there, is shown and can be used. */
  void click(Supplier<Node> finder, String what) throws Exception {
    await(
        () -> {
          layOut();
          Node node = finder.get();
          if (node == null || node.isDisabled() || !isShown(node) || !isDrawn(node)) {
            return false;
          }
          press(middleOf(node), MouseButton.PRIMARY);
          return true;
        },
        what + " is clicked on");
  }

  /** A window finds its place and its size when it is drawn for the first time. */
  private boolean isDrawn(Node node) {
    Scene scene = node.getScene();
    if (awaited.add(scene)) {
      scene.addPostLayoutPulseListener(
          new Runnable() {
            @Override
            public void run() {
              drawn.add(scene);
              scene.removePostLayoutPulseListener(this);
            }
          });
      Platform.requestNextPulse();
    }
    return drawn.contains(scene);
  }

  /** Scrolls to something on a page or a sheet, and clicks on it. */
  void scrollAndClick(String id) throws Exception {
    scrollAndClick(() -> lookupNow(id), id);
  }

  void scrollAndClick(Node node) throws Exception {
    scrollAndClick(() -> node, String.valueOf(node));
  }

  void scrollAndClick(Supplier<Node> finder, String what) throws Exception {
    click(
        () -> {
          Node node = finder.get();
          if (node != null && node.getScene() != null) {
            scrollTo(node);
          }
          return node;
        },
        what);
  }

  /** Scrolls to a label of a part of the window with a text in it, and clicks on it. */
  void clickOnText(String part, String text) throws Exception {
    scrollAndClick(() -> labelNow(part, text), text);
  }

  private static void scrollTo(Node node) {
    Node each = node;
    while (!(each instanceof ScrollPane scroll)) {
      each = each.getParent();
    }
    Node page = scroll.getContent();
    double top = page.sceneToLocal(node.localToScene(0, 0)).getY();
    double spare = page.getLayoutBounds().getHeight() - scroll.getViewportBounds().getHeight();
    scroll.setVvalue(Math.clamp((top - 120) / Math.max(1, spare), 0, 1));
    layOut();
  }

  void click(Point2D at, MouseButton button) throws Exception {
    clickAt(() -> at, button);
  }

  /** Clicks where something is at this moment. */
  void clickAt(Supplier<Point2D> where, MouseButton button) throws Exception {
    onJavaFx(
        () -> {
          layOut();
          press(where.get(), button);
          return where;
        });
  }

  private void press(Point2D at, MouseButton button) {
    robot.mouseMove(at);
    robot.mousePress(button);
    robot.mouseRelease(button);
  }

  /** Clicks twice in one turn; to be called on the JavaFX thread. */
  void twice(Point2D at) {
    press(at, MouseButton.PRIMARY);
    press(at, MouseButton.PRIMARY);
  }

  void moveTo(Point2D at) throws Exception {
    onJavaFx(
        () -> {
          robot.mouseMove(at);
          return at;
        });
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
      moveTo(point);
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

  /** Clicks on a place of the map with Shift held: the keys of a headless robot do not reach its mouse. */
  void clickWithShift(Point2D at) {
    Node map = map();
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

  // The keys.

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
            typeNow(focused(), each);
            return each;
          });
    }
  }

  private static void typeNow(Node focused, char each) {
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
  }

  /** Replaces what stands in a field. */
  void retype(TextField field, String text) throws Exception {
    retype(() -> field, field.getId(), text);
  }

  /** The same for the field of an id, as soon as it is there. */
  void retype(String id, String text) throws Exception {
    retype(() -> lookupNow(id), id, text);
  }

  /** In one turn: what comes up meanwhile may take the focus. */
  private static void retype(Supplier<Node> finder, String what, String text) throws Exception {
    await(
        () -> {
          layOut();
          if (!(finder.get() instanceof TextInputControl field)
              || field.isDisabled()
              || !isShown(field)) {
            return false;
          }
          field.requestFocus();
          field.selectAll();
          for (char each : text.toCharArray()) {
            typeNow(field, each);
          }
          return true;
        },
        what + " is typed into");
  }

  private static Node focused() {
    Node focused = JavaFx.focused();
    if (focused == null) {
      throw new AssertionError("nothing has the focus");
    }
    return focused;
  }
}
