package beamyard.simulator.process;

/** Takes signals that leave the node. {@code distribution} implements it. */
public interface SignalRoute {
  /** Sends a signal to another node, connecting first if needed; it may be lost. Answers how the connection is then. */
  Flow route(Address to, Signal signal, Sender sender, long atNanos);

  /** Who sends a signal. */
  enum Sender {
    /** A running process, which is suspended if the connection is busy, and its signal withheld if that is full. */
    PROCESS,
    /** A process that ends or does not want to be suspended, or the node itself: the signal goes out in any case. */
    UNSTOPPABLE
  }

  /** What a connection is like after a signal was given to it. */
  enum Flow {
    FREE,
    /** Too much of what was sent waits to be sent: a process that sends is suspended. */
    BUSY
  }
}
