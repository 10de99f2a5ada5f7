package beamyard.ui.desktop.map;

import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Happening.Arrived;
import beamyard.ui.desktop.run.Happening.Cargo;
import beamyard.ui.desktop.run.Happening.Lost;
import beamyard.ui.desktop.run.Happening.Moment;
import beamyard.ui.desktop.run.Happening.Sent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Packets on their way across the map. A packet crosses the network in less than a millisecond; on the map it takes long
 * enough to be seen, and one that has not arrived waits before the end, or in the middle of a path that is cut.
 *
 * <p>Times are the wall's, given by the caller.
 */
public final class Flights {
  private static final long FLIGHT_NANOS = 800_000_000L;
  private static final long FADE_NANOS = 900_000_000L;

  /** Packets of one direction follow each other at least so far apart. */
  private static final long GAP_NANOS = 140_000_000L;

  /** Later ones than this set out at once: the map would fall behind. */
  private static final long MOST_DELAY_NANOS = 1_200_000_000L;

  /** In flight times. */
  private static final double HANDSHAKE_PATIENCE = 4;

  private static final double WAITS_AT = 0.9;

  /** What waits at a cut leaves so much of the way free before it: the cut is seen. */
  private static final double BEFORE_CUT = 0.045;

  /** Packets that wait one behind the other leave so much of the way between them. */
  private static final double QUEUE_GAP = 0.03;

  private static final int LONGEST_QUEUE = 5;
  private static final int MOST = 6_000;

  private final Map<Long, Flight> flights = new LinkedHashMap<>();
  private final Map<String, Long> lastDepartures = new LinkedHashMap<>();

  /**
   * Where a packet is.
   *
   * @param progress from 0 at its sender to 1: it gathers speed first, and loses it before the end
   * @param fade from 0 to 1 once it is lost
   * @param gait whether it moves
   */
  public record Mark(Sent sent, double progress, double fade, Gait gait) {}

  /** Whether a packet moves. */
  public enum Gait {
    FLIES,
    WAITS
  }

  /** Tells how far packets come. */
  interface Paths {
    /** The share of the way at which the path is cut; 1 if it is not. */
    double cutAt(String from, String to);
  }

  private static final class Flight {
    final Sent sent;
    final long leavesAt;
    boolean arrived;
    long lostAt;

    /** How much of its time it has flown, from 0 to 1, and when that was so. */
    double flown;

    long flownAt;
    double place;
    Gait gait = Gait.FLIES;

    Flight(Sent sent, long leavesAt) {
      this.sent = sent;
      this.leavesAt = leavesAt;
      flownAt = leavesAt;
    }

    /** Flies on until an instant, but no further than to a share of the way. */
    void fly(long now, double limit) {
      double most = limit >= 1 ? 1 : Math.max(flown, timeOf(limit));
      flown = Math.min(most, flown + (double) Math.max(0, now - flownAt) / FLIGHT_NANOS);
      gait = most < 1 && flown >= most ? Gait.WAITS : Gait.FLIES;
      flownAt = Math.max(flownAt, now);
      place = placeAt(flown);
    }
  }

  /** The share of the way after a share of the time. */
  private static double placeAt(double time) {
    return time * time * (3 - 2 * time);
  }

  /** The inverse of {@link #placeAt}. */
  private static double timeOf(double place) {
    return 0.5 - Math.sin(Math.asin(1 - 2 * place) / 3);
  }

  /** Takes what happened since the last call. */
  void follow(List<Happening> happenings, long now) {
    for (Happening happening : happenings) {
      switch (happening.what()) {
        case Sent sent -> depart(sent, now);
        case Arrived(long transfer) -> {
          Flight flight = flights.get(transfer);
          if (flight != null) {
            flight.arrived = true;
          }
        }
        case Lost(long transfer) -> {
          Flight flight = flights.get(transfer);
          if (flight != null) {
            flight.lostAt = Math.max(now, flight.leavesAt + FLIGHT_NANOS / 3);
          }
        }
        case Moment _, Happening.LockTurn _ -> {}
      }
    }
  }

  private void depart(Sent sent, long now) {
    if (flights.size() >= MOST) {
      return;
    }
    String way = sent.from() + " " + sent.to();
    long leavesAt = now;
    Long last = lastDepartures.get(way);
    if (last != null && last + GAP_NANOS - now < MOST_DELAY_NANOS) {
      leavesAt = Math.max(now, last + GAP_NANOS);
    }
    lastDepartures.put(way, leavesAt);
    flights.put(sent.transfer(), new Flight(sent, leavesAt));
  }

  /** Forgets what is on its way. */
  void clear() {
    flights.clear();
    lastDepartures.clear();
  }

  boolean isEmpty() {
    return flights.isEmpty();
  }

  /** Where all packets are that have set out, in the order in which they did. */
  List<Mark> marks(long now, Paths paths) {
    if (flights.isEmpty()) {
      return Collections.emptyList();
    }
    var marks = new ArrayList<Mark>(flights.size());
    Map<String, Integer> queues = new HashMap<>();
    Iterator<Flight> all = flights.values().iterator();
    while (all.hasNext()) {
      Flight flight = all.next();
      if (flight.leavesAt > now) {
        continue;
      }
      double fade =
          flight.lostAt == 0 ? 0 : Math.max(0, (double) (now - flight.lostAt) / FADE_NANOS);
      if (fade == 0) {
        flight.fly(now, limit(flight, paths, queues));
      }
      if (fade >= 1 || flight.flown >= 1 || isGivenUp(flight, now)) {
        all.remove();
      } else {
        marks.add(new Mark(flight.sent, flight.place, fade, flight.gait));
      }
    }
    return marks;
  }

  /** What has not arrived waits before the end, or where the path is cut, one behind the other. */
  private static double limit(Flight flight, Paths paths, Map<String, Integer> queues) {
    if (flight.arrived) {
      return 1;
    }
    String from = flight.sent.from();
    String to = flight.sent.to();
    double cut = paths.cutAt(from, to);
    double end = cut < 1 ? cut - BEFORE_CUT : WAITS_AT;
    int before = queues.merge(from + " " + to, 1, Integer::sum) - 1;
    return Math.max(0, end - QUEUE_GAP * Math.min(before, LONGEST_QUEUE));
  }

  /** The stream of a handshake was given up by the other side before it came. */
  private static boolean isGivenUp(Flight flight, long now) {
    return flight.sent.cargo() == Cargo.HANDSHAKE
        && now - flight.leavesAt > HANDSHAKE_PATIENCE * FLIGHT_NANOS;
  }

  /** Whether a packet is worth a label. */
  static boolean isNamed(Cargo cargo) {
    return switch (cargo) {
      case MESSAGE, SIGNAL, HANDSHAKE -> true;
      case TICK -> false;
    };
  }
}
