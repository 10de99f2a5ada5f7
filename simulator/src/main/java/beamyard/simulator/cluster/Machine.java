package beamyard.simulator.cluster;

import beamyard.simulator.process.ProcessTable;
import beamyard.simulator.term.Atom;
import java.util.List;
import java.util.Optional;

/** A node as discovery sees it; a process finds that of its own node by {@code self.owned(Machine.class)}. */
public interface Machine {
  /** The node's name now. */
  Atom name();

  /** The name of the host it runs on. */
  String hostName();

  /** Whether it has processes that run, or would if it were not paused. */
  boolean isUp();

  /** Its processes; there are none before it is up. */
  ProcessTable processes();

  /** All nodes of the yard, this one included, in the order in which they were first started. */
  List<? extends Machine> machines();

  /** When a datagram that this node sends to another now arrives; empty if it does not. */
  Optional<Long> datagramTo(Machine other);

  /** Whether the node was given a thing of a type. */
  boolean owns(Class<?> type);

  /** What the node was given; it must have been. */
  <T> T owned(Class<T> type);
}
