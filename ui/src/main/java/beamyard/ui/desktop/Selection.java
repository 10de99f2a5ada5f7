package beamyard.ui.desktop;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** What is selected, in all views alike. */
final class Selection {
  private final ReadOnlyObjectWrapper<Subject> subject =
      new ReadOnlyObjectWrapper<>(this, "subject", new Nothing());

  /** Something that can be selected. */
  sealed interface Subject {}

  record Nothing() implements Subject {}

  record OfNode(String label) implements Subject {}

  /** Several nodes, in the order in which they were selected. */
  record OfNodes(List<String> labels) implements Subject {}

  record OfProcess(String node, String pid) implements Subject {}

  record OfLink(String from, String to) implements Subject {}

  record OfHappening(Happening happening) implements Subject {}

  ReadOnlyObjectProperty<Subject> subjectProperty() {
    return subject.getReadOnlyProperty();
  }

  Subject get() {
    return subject.get();
  }

  void select(Subject chosen) {
    subject.set(chosen);
  }

  void clear() {
    subject.set(new Nothing());
  }

  /** The nodes that are selected. */
  List<String> nodes() {
    return switch (subject.get()) {
      case OfNode(String label) -> List.of(label);
      case OfNodes(List<String> labels) -> labels;
      case OfProcess(String node, _) -> List.of(node);
      case OfLink(String from, String to) -> List.of(from, to);
      case OfHappening _, Nothing _ -> List.of();
    };
  }

  /** Selects a node besides those selected, or no longer. */
  void toggle(String label) {
    var labels = new ArrayList<>(nodes());
    if (!labels.remove(label)) {
      labels.add(label);
    }
    subject.set(
        switch (labels.size()) {
          case 0 -> new Nothing();
          case 1 -> new OfNode(labels.getFirst());
          default -> new OfNodes(List.copyOf(labels));
        });
  }
}
