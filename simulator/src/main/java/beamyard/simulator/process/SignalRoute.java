package beamyard.simulator.process;

/** Takes signals that leave the node. {@code distribution} implements it. */
public interface SignalRoute {
  /** Sends a signal to another node, connecting first if needed; it may be lost. */
  void route(Address to, Signal signal, long atNanos);
}
