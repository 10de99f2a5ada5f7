package beamyard.simulator.network;

import beamyard.simulator.network.NetworkEvent.Segment;
import beamyard.simulator.network.Socket.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What paths that hold have taken, by numbers that count from 1. */
final class HeldPackets {
  private final LinkedHashMap<Long, Held> byNumber = new LinkedHashMap<>();
  private long next = 1;

  /** A segment on its way to one end of a stream. */
  record Held(Socket to, Segment segment) {}

  /** Takes a segment; empty if it is held already, and sent again. */
  Optional<HeldPacket> take(Stream stream, Side receiver, Segment segment) {
    var taken = new Held(stream.socket(receiver), segment);
    if (byNumber.containsValue(taken)) {
      return Optional.empty();
    }
    long number = next++;
    byNumber.put(number, taken);
    return Optional.of(shown(number, taken, stream));
  }

  Held remove(long number) {
    return Optional.ofNullable(byNumber.remove(number)).orElseThrow();
  }

  void removeAllOf(Stream stream) {
    if (!byNumber.isEmpty()) {
      byNumber.values().removeIf(each -> each.to.stream() == stream.id);
    }
  }

  List<Long> numbers() {
    return List.copyOf(byNumber.keySet());
  }

  /** In the order of sending. */
  List<HeldPacket> all(Streams streams) {
    var packets = new ArrayList<HeldPacket>();
    byNumber.forEach(
        (number, each) -> {
          Stream stream = Optional.ofNullable(streams.get(each.to.stream())).orElseThrow();
          packets.add(shown(number, each, stream));
        });
    return packets;
  }

  private static HeldPacket shown(long number, Held each, Stream stream) {
    Side receiver = each.to.side();
    return new HeldPacket(
        number,
        stream.id,
        stream.end(receiver.other()),
        stream.end(receiver),
        each.segment.kind(),
        each.segment.packet());
  }

  HeldPackets copy() {
    var copy = new HeldPackets();
    copy.byNumber.putAll(byNumber);
    copy.next = next;
    return copy;
  }
}
