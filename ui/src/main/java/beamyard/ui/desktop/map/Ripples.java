package beamyard.ui.desktop.map;

import beamyard.ui.desktop.drawing.Inks.Ink;
import beamyard.ui.desktop.map.MapModel.NodeMark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Nodes that have just come up, gone down, or been paused: for a moment a ring spreads around each, so that it is seen where something
 * happened. Times are the wall's, given by the caller.
 */
final class Ripples {
  private static final long LIFE_NANOS = 900_000_000L;

  private final Map<String, Ripple> ripples = new HashMap<>();
  private Map<String, NodeMark> known = Map.of();

  private record Ripple(Ink ink, long begunNanos) {}

  /**
   * How a ring looks at an instant.
   *
   * @param age from 0, when it begins, to 1, when it is gone
   */
  record Ring(Ink ink, double age) {}

  /** Takes the nodes as they are now; those whose state is another, or that are new, ripple. */
  void follow(List<NodeMark> nodes, long now) {
    Map<String, NodeMark> next = new HashMap<>();
    for (NodeMark node : nodes) {
      next.put(node.label(), node);
      NodeMark before = known.get(node.label());
      if (before == null || before.state() != node.state()) {
        ink(node).ifPresent(ink -> ripples.put(node.label(), new Ripple(ink, now)));
      }
    }
    known = next;
  }

  /** Takes the nodes as they are in another moment: nothing has happened between. */
  void jump(List<NodeMark> nodes) {
    follow(nodes, 0);
    ripples.clear();
  }

  private static Optional<Ink> ink(NodeMark node) {
    return switch (node.state()) {
      case RUNNING -> Optional.of(Ink.GOOD);
      case PAUSED -> Optional.of(Ink.WARNING);
      case DOWN -> Optional.of(Ink.DANGER);
      case BOOTING, STOPPING, NOT_STARTED -> Optional.empty();
    };
  }

  /** The ring around a node, if there is one. */
  Optional<Ring> around(String label, long now) {
    Ripple ripple = ripples.get(label);
    if (ripple == null || now - ripple.begunNanos() >= LIFE_NANOS) {
      return Optional.empty();
    }
    return Optional.of(
        new Ring(ripple.ink(), (double) Math.max(0, now - ripple.begunNanos()) / LIFE_NANOS));
  }

  /** Whether all rings are gone. */
  boolean isStill(long now) {
    ripples.values().removeIf(ripple -> now - ripple.begunNanos() >= LIFE_NANOS);
    return ripples.isEmpty();
  }
}
