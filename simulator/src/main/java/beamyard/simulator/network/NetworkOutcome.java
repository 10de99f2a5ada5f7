package beamyard.simulator.network;

/** What a process gets to know of the network. */
public sealed interface NetworkOutcome {
  /** Who gets to know it. */
  Endpoint owner();

  /** Somebody opened a stream to a port of the owner. */
  record Accepted(Endpoint owner, Socket socket, int port, Endpoint from)
      implements NetworkOutcome {}

  /** The stream it is about, as the owner knows it. */
  Socket socket();

  /** A stream that the owner opened is up. */
  record Connected(Endpoint owner, Socket socket) implements NetworkOutcome {}

  record Received(Endpoint owner, Socket socket, Packet packet) implements NetworkOutcome {}

  /** The operating system takes more of what the owner has to send: see {@link Network#tellWhenWritable}. */
  record Writable(Endpoint owner, Socket socket) implements NetworkOutcome {}

  /** The stream is over; nothing more can be sent or will arrive. */
  record Closed(Endpoint owner, Socket socket, Cause cause) implements NetworkOutcome {}

  /** Why a stream is over. */
  enum Cause {
    /** Nobody listens at the port. */
    REFUSED,
    /** The other end closed it after all it had sent. */
    FINISHED,
    /** The other end does not know the stream any more. */
    RESET,
    /** No acknowledgement for too long. */
    TIMED_OUT
  }
}
