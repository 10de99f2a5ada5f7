package beamyard.ui.desktop.map;

import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Happening.Arrived;
import beamyard.ui.desktop.run.Happening.Cargo;
import beamyard.ui.desktop.run.Happening.Lost;
import beamyard.ui.desktop.run.Happening.Moment;
import beamyard.ui.desktop.run.Happening.Sent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

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
  private static final double STOPS_AT = 0.5;
  private static final int MOST = 6_000;

  private final Map<Long, Flight> flights = new LinkedHashMap<>();
  private final Map<String, Long> lastDepartures = new LinkedHashMap<>();

  /** Where a packet is: {@code progress} from 0 at its sender to 1, {@code fade} from 0 to 1 once it is lost. */
  public record Mark(Sent sent, double progress, double fade) {}

  private static final class Flight {
    final Sent sent;
    final long leavesAt;
    boolean arrived;
    double reached;
    long lostAt;

    Flight(Sent sent, long leavesAt) {
      this.sent = sent;
      this.leavesAt = leavesAt;
    }
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

  /** Where all packets are that have set out. */
  List<Mark> marks(long now, BiPredicate<String, String> isCut) {
    if (flights.isEmpty()) {
      return Collections.emptyList();
    }
    var marks = new ArrayList<Mark>(flights.size());
    Iterator<Flight> all = flights.values().iterator();
    while (all.hasNext()) {
      Flight flight = all.next();
      if (flight.leavesAt > now) {
        continue;
      }
      if (flight.lostAt != 0 && now >= flight.lostAt) {
        double fade = (double) (now - flight.lostAt) / FADE_NANOS;
        if (fade >= 1) {
          all.remove();
        } else {
          marks.add(new Mark(flight.sent, flight.reached, fade));
        }
        continue;
      }
      double progress = (double) (now - flight.leavesAt) / FLIGHT_NANOS;
      if (progress > HANDSHAKE_PATIENCE && flight.sent.cargo() == Cargo.HANDSHAKE) {
        all.remove(); // its stream was given up by the other side before it came
        continue;
      }
      if (!flight.arrived) {
        boolean stopped = isCut.test(flight.sent.from(), flight.sent.to());
        progress = Math.min(progress, stopped ? STOPS_AT : WAITS_AT);
      }
      if (progress >= 1) {
        all.remove();
        continue;
      }
      flight.reached = progress;
      marks.add(new Mark(flight.sent, progress, 0));
    }
    return marks;
  }

  /** Whether a packet is worth a label. */
  static boolean isNamed(Cargo cargo) {
    return switch (cargo) {
      case MESSAGE, SIGNAL, HANDSHAKE -> true;
      case TICK -> false;
    };
  }
}
