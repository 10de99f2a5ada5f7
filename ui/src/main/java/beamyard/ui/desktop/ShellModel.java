package beamyard.ui.desktop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** The shell of one node: what its terminal shows, what was typed, and typing. */
final class ShellModel {
  private static final int MOST_CHARACTERS = 200_000;

  private final String node;
  private final Consumer<String> input;
  private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper(this, "text", "");
  private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper(this, "ready", false);
  private final List<String> history = new ArrayList<>();
  private int recalled;

  /**
   * @param input takes what the learner typed
   */
  ShellModel(String node, Consumer<String> input) {
    this.node = node;
    this.input = input;
  }

  String node() {
    return node;
  }

  ReadOnlyStringProperty textProperty() {
    return text.getReadOnlyProperty();
  }

  /** Whether the shell waits for input. */
  ReadOnlyBooleanProperty readyProperty() {
    return ready.getReadOnlyProperty();
  }

  /** Shows what the terminal printed; the oldest text is dropped when there is too much. */
  void printed(String more) {
    if (!more.isEmpty()) {
      String all = text.get() + more;
      text.set(
          all.length() > MOST_CHARACTERS ? all.substring(all.length() - MOST_CHARACTERS) : all);
    }
  }

  void atPrompt(boolean waiting) {
    ready.set(waiting);
  }

  void type(String code) {
    if (!code.isBlank() && (history.isEmpty() || !history.getLast().equals(code))) {
      history.add(code);
    }
    recalled = history.size();
    input.accept(code);
  }

  /** The input before the one recalled last; the oldest again at the end. */
  String earlier() {
    recalled = Math.max(0, recalled - 1);
    return history.isEmpty() ? "" : history.get(recalled);
  }

  /** The input after the one recalled last; empty after the newest. */
  String later() {
    recalled = Math.min(history.size(), recalled + 1);
    return recalled == history.size() ? "" : history.get(recalled);
  }
}
