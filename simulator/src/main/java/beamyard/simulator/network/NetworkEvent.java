package beamyard.simulator.network;

import beamyard.simulator.engine.Event;
import org.jspecify.annotations.Nullable;

/** Something that happens in the network. */
public sealed interface NetworkEvent extends Event {
  /** What belongs to one stream. */
  sealed interface OfStream extends NetworkEvent {}

  /** A sender has waited for an acknowledgement long enough and sends its oldest segment again. */
  record Retransmission(Socket from) implements OfStream {}

  /** A reset reaches the other end. */
  record ResetArrival(Socket to) implements OfStream {}

  /** A sender learns that its operating system takes more. */
  record WritableAgain(Socket from) implements OfStream {}

  /** A process gets to know something that happened outside of its streams' own doing. */
  record Told(NetworkOutcome outcome) implements NetworkEvent {}

  /** A cut that was to last for a while ends. */
  record CutOver(String name) implements NetworkEvent {}

  /**
   * A piece of a stream. As an event: it reaches the other end of its path, or is lost there if the path is cut by now.
   *
   * @param to the end that it is sent to
   * @param number counts from 0 in each direction
   * @param packet {@code null} for what only opens or closes
   */
  record Segment(Socket to, long number, Kind kind, @Nullable Packet packet) implements OfStream {
    /** What a segment is for. */
    public enum Kind {
      OPEN,
      ACCEPT,
      DATA,
      FINISH
    }
  }
}
