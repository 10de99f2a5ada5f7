package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;

import beamyard.ui.desktop.map.ClusterMap;
import beamyard.ui.desktop.yard.ShellModel;
import beamyard.ui.desktop.yard.YardModel;
import java.awt.image.BufferedImage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuItem;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Sees what a window shows: finds what is in it, and reads it. */
class WindowEyes {
  private final Stage stage;
  private final YardModel yard;

  WindowEyes(Stage stage, YardModel yard) {
    this.stage = stage;
    this.yard = yard;
  }

  Stage stage() {
    return stage;
  }

  YardModel yard() {
    return yard;
  }

  ClusterMap map() {
    return (ClusterMap) stage.getScene().getRoot().lookup(".cluster-map");
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

  /** The same as it is now, or null. */
  static @Nullable Node lookupNow(String id) {
    return JavaFx.read(() -> lookup(id));
  }

  private static @Nullable Node lookup(String id) {
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

  /** Whether it can be seen, as far as that depends on what it is in. */
  static boolean isShown(Node node) {
    for (Node each = node; each != null; each = each.getParent()) {
      if (!each.isVisible()) {
        return false;
      }
    }
    return node.getScene() != null;
  }

  /**
   * Does what the next frame would do. What has only just been shown lies nowhere yet and has no skin: on a slow machine a click
   * would go to what is beside it, and what is typed nowhere.
   */
  static void layOut() {
    for (Window each : Window.getWindows()) {
      if (each.isShowing()) {
        each.getScene().getRoot().applyCss();
        each.getScene().getRoot().layout();
      }
    }
  }

  static Point2D middle(Node node) throws Exception {
    return onJavaFx(() -> middleOf(node));
  }

  /** To be called on the JavaFX thread. */
  static Point2D middleOf(Node node) {
    layOut();
    Bounds bounds = node.localToScreen(node.getLayoutBounds());
    return new Point2D(bounds.getCenterX(), bounds.getCenterY());
  }

  /** Where the middle of a node's card is at this moment. */
  Point2D onScreen(String label) throws Exception {
    return onJavaFx(() -> map().onScreen(label));
  }

  static @Nullable MenuItem menuItem(String text) {
    return Window.getWindows().stream()
        .filter(ContextMenu.class::isInstance)
        .flatMap(menu -> ((ContextMenu) menu).getItems().stream())
        .filter(item -> text.equals(item.getText()))
        .findFirst()
        .orElse(null);
  }

  // Reading.

  /** The labels in a part of the window, from top to bottom. */
  private Stream<Labeled> labels(String part) {
    Node root =
        switch (part) {
          case "inspector", "deeds", "keys" -> lookup(part);
          default -> stage.getScene().getRoot().lookup(".views");
        };
    return root == null
        ? Stream.empty()
        : root.lookupAll(".label").stream()
            .filter(Labeled.class::isInstance)
            .map(Labeled.class::cast);
  }

  /** All text in a part of the window. */
  String texts(String part) {
    return JavaFx.read(
        () -> labels(part).map(label -> label.getText() + "\n").collect(Collectors.joining()));
  }

  /** The first label of a part of the window with a text in it, as it is now; null if there is none. */
  @Nullable Node labelNow(String part, String text) {
    return JavaFx.read(
        () ->
            labels(part).filter(label -> label.getText().contains(text)).findFirst().orElse(null));
  }

  /** What the banner says; empty without one. */
  String banner() {
    return JavaFx.read(() -> lookup("banner-text") instanceof Label label ? label.getText() : "");
  }

  /** What a terminal shows. */
  String terminal(String node) {
    return JavaFx.read(
        () ->
            yard.shells().stream()
                .filter(shell -> shell.node().equals(node))
                .map(ShellModel::text)
                .findFirst()
                .orElse(""));
  }

  void awaitTerminal(String node, String text) throws Exception {
    await(
        () -> terminal(node).contains(text),
        () ->
            "the terminal of %s shows %s, not %s at %s"
                .formatted(node, text, terminal(node), yard.update().end()));
  }

  void awaitText(String part, String text) throws Exception {
    await(
        () -> texts(part).contains(text),
        () -> "the %s says %s, not %s".formatted(part, text, texts(part)));
  }

  void awaitBanner(String text) throws Exception {
    await(
        () -> banner().contains(text),
        () -> "the banner says %s, not %s".formatted(text, banner()));
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

  /** A picture of the window. */
  BufferedImage picture(String name) throws Exception {
    return Pictures.of(stage.getScene(), name);
  }
}
