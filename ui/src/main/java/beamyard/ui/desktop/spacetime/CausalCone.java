package beamyard.ui.desktop.spacetime;

import beamyard.ui.desktop.spacetime.SpaceTimeModel.Arrow;
import beamyard.ui.desktop.spacetime.SpaceTimeModel.Fate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can have caused what: an arrow those that its receiver sends once it has arrived, and so on. */
public final class CausalCone {
  /*
   * L. Lamport: Time, Clocks, and the Ordering of Events in a Distributed System (1978). A node is taken for one process, so a
   * cone may be larger than that of the processes, never smaller.
   */

  private CausalCone() {}

  /** The arrow of a transfer, those before it and those after it; empty if there is none. */
  static Set<Arrow> of(List<Arrow> arrows, long transfer) {
    Arrow chosen =
        arrows.stream()
            .filter(arrow -> arrow.sent().transfer() == transfer)
            .findFirst()
            .orElse(null);
    if (chosen == null) {
      return Set.of();
    }
    var cone = new LinkedHashSet<Arrow>();
    cone.add(chosen);
    follow(arrows, chosen, cone);
    traceBack(arrows, chosen, cone);
    return cone;
  }

  private static void follow(List<Arrow> arrows, Arrow chosen, Set<Arrow> cone) {
    Map<String, Long> reached = new LinkedHashMap<>();
    reach(reached, chosen);
    for (Arrow arrow : arrows) {
      Long since = reached.get(arrow.sent().from());
      if (arrow != chosen && since != null && arrow.happening().atNanos() >= since) {
        cone.add(arrow);
        reach(reached, arrow);
      }
    }
  }

  private static void reach(Map<String, Long> reached, Arrow arrow) {
    if (arrow.fate() == Fate.DELIVERED) {
      reached.merge(arrow.sent().to(), arrow.endNanos(), Math::min);
    }
  }

  private static void traceBack(List<Arrow> arrows, Arrow chosen, Set<Arrow> cone) {
    Map<String, Long> until = new LinkedHashMap<>();
    until.put(chosen.sent().from(), chosen.happening().atNanos());
    List<Arrow> byArrival = new ArrayList<>(arrows);
    byArrival.sort(Comparator.comparingLong(Arrow::endNanos).reversed());
    for (Arrow arrow : byArrival) {
      Long latest = until.get(arrow.sent().to());
      if (arrow.fate() == Fate.DELIVERED && latest != null && arrow.endNanos() <= latest) {
        cone.add(arrow);
        until.merge(arrow.sent().from(), arrow.happening().atNanos(), Math::max);
      }
    }
  }

  /** How many things of each node are before the sending of a transfer, itself included: its vector clock. */
  public static Map<String, Long> clock(List<Arrow> arrows, long transfer) {
    var ends = new ArrayList<End>();
    for (Arrow arrow : arrows) {
      ends.add(new End(arrow.happening().atNanos(), Side.SENDING, arrow));
      if (arrow.fate() == Fate.DELIVERED) {
        ends.add(new End(arrow.endNanos(), Side.ARRIVAL, arrow));
      }
    }
    ends.sort(Comparator.comparingLong(End::atNanos).thenComparing(End::side));
    Map<String, Map<String, Long>> clocks = new LinkedHashMap<>();
    Map<Long, Map<String, Long>> carried = new LinkedHashMap<>();
    for (End end : ends) {
      boolean sending = end.side() == Side.SENDING;
      String node = sending ? end.arrow().sent().from() : end.arrow().sent().to();
      Map<String, Long> clock = clocks.computeIfAbsent(node, _ -> new LinkedHashMap<>());
      long number = end.arrow().sent().transfer();
      if (!sending) {
        carried
            .getOrDefault(number, Map.of())
            .forEach((other, count) -> clock.merge(other, count, Math::max));
      }
      clock.merge(node, 1L, Long::sum);
      if (sending) {
        carried.put(number, new LinkedHashMap<>(clock));
        if (number == transfer) {
          return clock;
        }
      } else {
        carried.remove(number);
      }
    }
    return Map.of();
  }

  /** What comes at an instant can cause what is sent at the same. */
  private enum Side {
    ARRIVAL,
    SENDING
  }

  private record End(long atNanos, Side side, Arrow arrow) {}
}
