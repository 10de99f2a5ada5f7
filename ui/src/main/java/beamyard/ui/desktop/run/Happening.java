package beamyard.ui.desktop.run;

import beamyard.simulator.network.Packet;
import java.util.function.Supplier;

/**
 * Something that happened in a run, as the views show it.
 *
 * @param number counts up from 0 within a run
 * @param place the event of the run by which it happened
 * @param atNanos its own instant, a little later than the event if a process did it in the course of its time slice
 */
public record Happening(long number, Position place, long atNanos, What what) {
  /** What it was. */
  public sealed interface What {}

  /** Something of one node. */
  public record Moment(Kind kind, String node, String text, Supplier<String> detail)
      implements What {
    /** The same as of another kind. */
    Moment as(Kind other) {
      return new Moment(other, node, text, detail);
    }
  }

  /**
   * A packet set out from one node to another.
   *
   * @param transfer its number, which its {@link Arrived} or {@link Lost} has too
   * @param fromProcess the process that sent it; empty for a packet of the nodes themselves
   * @param packet what is on its way; put into words by {@link PacketText}
   */
  public record Sent(
      long transfer,
      long stream,
      Cargo cargo,
      String from,
      String to,
      String fromProcess,
      String toProcess,
      Packet packet)
      implements What {
    /** What it says, shortened. */
    public String text() {
      return PacketText.label(packet);
    }
  }

  /** A packet arrived. */
  public record Arrived(long transfer) implements What {}

  /** A packet was lost, or can no longer arrive. */
  public record Lost(long transfer) implements What {}

  /**
   * Somebody asked a node's global name server for a lock, and what became of it.
   *
   * @param requester who wants it, as {@code :global} tells requesters apart
   */
  public record LockTurn(String node, String resource, String requester, Turn turn)
      implements What {}

  /** What a request for a lock came to on one node. */
  public enum Turn {
    ASKED,
    GRANTED,
    REFUSED,
    FREED
  }

  /** Kinds of moments. */
  public enum Kind {
    NODE,
    CONNECTION,
    FAULT,
    /** A fault by which something is cut. */
    CUT,
    /** The last cut is mended. */
    HEALED,
    PROCESS,
    NAME,
    LOG,
    INPUT
  }

  /** What a packet carries. */
  public enum Cargo {
    MESSAGE,
    SIGNAL,
    HANDSHAKE,
    TICK
  }
}
