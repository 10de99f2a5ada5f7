package beamyard.simulator.network;

import beamyard.simulator.network.NetworkEvent.Segment;
import beamyard.simulator.network.Socket.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What paths that hold have taken, by numbers that count from 1. */
final class HeldPackets {
  private final LinkedHashMap<Long, Segment> byNumber = new LinkedHashMap<>();
  private long next = 1;

  /** Takes a segment; empty if it is held already, and sent again. */
  Optional<HeldPacket> take(Stream stream, Segment segment) {
    if (byNumber.containsValue(segment)) {
      return Optional.empty();
    }
    long number = next++;
    byNumber.put(number, segment);
    return Optional.of(shown(number, segment, stream));
  }

  Segment remove(long number) {
    return Optional.ofNullable(byNumber.remove(number)).orElseThrow();
  }

  void removeAllOf(Stream stream) {
    if (!byNumber.isEmpty()) {
      byNumber.values().removeIf(each -> each.to().stream() == stream.id);
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
          Stream stream = Optional.ofNullable(streams.get(each.to().stream())).orElseThrow();
          packets.add(shown(number, each, stream));
        });
    return packets;
  }

  private static HeldPacket shown(long number, Segment each, Stream stream) {
    Side receiver = each.to().side();
    return new HeldPacket(
        number,
        stream.id,
        stream.end(receiver.other()),
        stream.end(receiver),
        each.kind(),
        Optional.ofNullable(each.packet()));
  }

  HeldPackets copy() {
    var copy = new HeldPackets();
    copy.byNumber.putAll(byNumber);
    copy.next = next;
    return copy;
  }
}
