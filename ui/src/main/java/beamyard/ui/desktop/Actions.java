package beamyard.ui.desktop;

import java.util.List;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** What the window can be told to do, by button, key or name. */
interface Actions {
  /** Asks for a node to add. */
  void addNode();

  void addThreeNodes();

  /** Asks which nodes to connect. */
  void connectNodes();

  void openFirstLesson();

  /** Asks for a page to open. */
  void openPage();

  /** Everything that can be done, with its key. */
  List<Action> all();

  /** The action of a name, which must be there. */
  default Action named(String name) {
    return all().stream()
        .filter(action -> action.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no action called " + name));
  }

  /**
   * One thing that can be done.
   *
   * @param group what it belongs to
   * @param keys what to press; none if it has no key
   */
  record Action(String group, String name, List<KeyCombination> keys, Runnable deed) {
    static Action of(String group, String name, Runnable deed) {
      return new Action(group, name, List.of(), deed);
    }

    static Action of(
        String group,
        String name,
        KeyCode key,
        Runnable deed,
        KeyCombination.Modifier... modifiers) {
      return new Action(group, name, List.of(new KeyCodeCombination(key, modifiers)), deed);
    }

    /** The key as people write it; empty if there is none. */
    String keyText() {
      return keys.isEmpty() ? "" : keys.getFirst().getDisplayText();
    }
  }
}
