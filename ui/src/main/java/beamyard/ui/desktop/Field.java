package beamyard.ui.desktop;

import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** A line of text that somebody fills in, with what is wrong with it. */
final class Field {
  private final String title;
  private final StringProperty text = new SimpleStringProperty(this, "text", "");
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
  private final UnaryOperator<String> check;

  /**
   * @param check says what is wrong with a text, without space around it; empty if nothing is
   */
  Field(String title, String text, UnaryOperator<String> check) {
    this.title = title;
    this.check = check;
    this.text.set(text);
    this.text.subscribe(this::check);
  }

  String title() {
    return title;
  }

  StringProperty textProperty() {
    return text;
  }

  /** What stands there, without space around it. */
  String text() {
    return text.get().strip();
  }

  /** What is wrong with the text; empty if nothing is. */
  ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  boolean isGood() {
    return problem.get().isEmpty();
  }

  /** Looks at the text again: what is right may depend on other fields. */
  void check() {
    problem.set(check.apply(text()));
  }

  /** Something that only a whole node shows to be wrong. */
  void refuse(String why) {
    problem.set(why);
  }
}
