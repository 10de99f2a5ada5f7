package beamyard.ui.desktop;

import java.util.List;

/** What the cluster map shows at one instant. */
record ClusterFrame(
    long atNanos, List<NodeMark> nodes, List<LinkMark> links, List<MessageMark> messages) {
  static final ClusterFrame EMPTY = new ClusterFrame(0, List.of(), List.of(), List.of());

  /** A node on the map. */
  record NodeMark(String name, State state, String note) {}

  /** What a node is doing. */
  enum State {
    UP,
    PAUSED,
    DOWN
  }

  /** A connection between two nodes. */
  record LinkMark(String from, String to, Kind kind) {}

  /** Kinds of connections. */
  enum Kind {
    VISIBLE,
    HIDDEN,
    /** Open on one side only, or cut and not noticed yet. */
    DOUBTFUL
  }

  /**
   * A message on its way.
   *
   * @param progress from 0 at the sender to 1 at the receiver
   */
  record MessageMark(String from, String to, double progress, String label) {}
}
