package beamyard.simulator.network;

import beamyard.simulator.network.Stream.Direction;
import java.util.LinkedHashSet;

/**
 * What the operating systems of both ends hold of each direction of each stream: sent, and not read by the process at the
 * other end. They take a limited number of bytes; what goes beyond that the sender keeps.
 */
final class Buffers {
  private final long bytes;

  /** Processes that read nothing of what arrives, until they say so. */
  private final LinkedHashSet<Endpoint> stalled = new LinkedHashSet<>();

  Buffers(long bytes) {
    this.bytes = bytes;
  }

  Buffers copy() {
    var copy = new Buffers(bytes);
    copy.stalled.addAll(stalled);
    return copy;
  }

  /** A packet is sent; answers whether there is room for it. */
  boolean add(Direction direction, Packet packet) {
    direction.unread += packet.size();
    direction.unreadPackets++;
    return direction.unread <= bytes;
  }

  /** A packet arrives at a process, which reads it at once unless it is stalled. */
  void arrived(Direction direction, Packet packet, Endpoint reader) {
    if (stalled.isEmpty() || !stalled.contains(reader)) {
      read(direction, packet);
    }
  }

  void read(Direction direction, Packet packet) {
    direction.unread -= packet.size();
    direction.unreadPackets--;
  }

  void stall(Endpoint reader) {
    stalled.add(reader);
  }

  void goOn(Endpoint reader) {
    stalled.remove(reader);
  }

  /** See {@link Network#kept}. */
  long kept(Direction direction, int beside) {
    if (direction.unread <= bytes) {
      return 0;
    }
    double besideEachByte = (double) direction.unreadPackets * beside / direction.unread;
    return (long) ((direction.unread - bytes) * (1 + besideEachByte));
  }

  /** The sender waits for room: see {@link Network#tellWhenWritable}. */
  void await(Direction direction) {
    direction.writableAt = Math.min(bytes, direction.unread - bytes / 3);
  }

  /** Whether there is the room that the sender waits for; it then waits no longer. */
  boolean isWritableAgain(Direction direction) {
    if (direction.writableAt == Direction.NONE || direction.unread > direction.writableAt) {
      return false;
    }
    direction.writableAt = Direction.NONE;
    return true;
  }
}
