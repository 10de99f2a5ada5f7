package beamyard.ui.desktop.yard;

import beamyard.ui.desktop.run.Happening;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** What is selected, in all views alike. */
public final class Selection {
  private final ReadOnlyObjectWrapper<Subject> subject =
      new ReadOnlyObjectWrapper<>(this, "subject", new Nothing());

  /** Something that can be selected. */
  public sealed interface Subject {}

  /** Nothing is selected. */
  public record Nothing() implements Subject {}

  /** A node, by the label that the map shows. */
  public record OfNode(String label) implements Subject {}

  /** Several nodes, in the order in which they were selected. */
  public record OfNodes(List<String> labels) implements Subject {}

  /** A process of a node. */
  public record OfProcess(String node, String pid) implements Subject {}

  /** The link between two nodes. */
  public record OfLink(String from, String to) implements Subject {}

  /** Something that happened: a packet, a fault, an event of a node. */
  public record OfHappening(Happening happening) implements Subject {}

  /** What is selected; never null. */
  public ReadOnlyObjectProperty<Subject> subjectProperty() {
    return subject.getReadOnlyProperty();
  }

  public Subject get() {
    return subject.get();
  }

  /** Selects this, in every view. */
  public void select(Subject chosen) {
    subject.set(chosen);
  }

  /** Selects nothing. */
  public void clear() {
    subject.set(new Nothing());
  }

  /** The nodes that are selected. */
  public List<String> nodes() {
    return switch (subject.get()) {
      case OfNode(String label) -> List.of(label);
      case OfNodes(List<String> labels) -> labels;
      case OfProcess(String node, _) -> List.of(node);
      case OfLink(String from, String to) -> List.of(from, to);
      case OfHappening _, Nothing _ -> List.of();
    };
  }

  /** Selects a node besides those selected, or no longer. */
  public void toggle(String label) {
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
