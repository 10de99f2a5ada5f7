package beamyard.ui.desktop;

import beamyard.ui.desktop.Actions.Action;
import beamyard.ui.desktop.map.ClusterMap;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** The keys of the window. A key is for what has the focus; plain letters are the window's unless somebody types. */
final class Keyboard {
  private final Scene scene;
  private final List<Action> actions;
  private final Overlay overlay;
  private final ClusterMap map;
  private final ViewsPane views;

  Keyboard(Scene scene, List<Action> actions, Overlay overlay, ClusterMap map, ViewsPane views) {
    this.scene = scene;
    this.actions = actions;
    this.overlay = overlay;
    this.map = map;
    this.views = views;
  }

  void press(KeyEvent event) {
    if (overlay.isVisible()) {
      return;
    }
    if (event.getCode() == KeyCode.ESCAPE) {
      map.setCutting(false);
      views.focusFront();
      return;
    }
    boolean plain = !event.isShortcutDown() && !event.getCode().isFunctionKey();
    boolean taken =
        plain
            && (scene.getFocusOwner() instanceof TextInputControl || isOfTheFocus(event.getCode()));
    if (taken) {
      return;
    }
    for (Action action : actions) {
      for (KeyCombination keys : action.keys()) {
        if (keys.match(event)) {
          action.deed().run();
          event.consume();
          return;
        }
      }
    }
  }

  /** A slider or a list moves by keys; a button that was reached by keys is pressed by the space bar. */
  private boolean isOfTheFocus(KeyCode key) {
    Node focus = scene.getFocusOwner();
    return switch (key) {
      case SPACE -> focus instanceof ButtonBase && focus.isFocusVisible();
      case HOME, END -> focus instanceof Slider || focus instanceof ListView<?>;
      default -> false;
    };
  }
}
