package beamyard.ui.desktop.run;

import beamyard.ui.desktop.run.Happening.Arrived;
import beamyard.ui.desktop.run.Happening.Cargo;
import beamyard.ui.desktop.run.Happening.LockTurn;
import beamyard.ui.desktop.run.Happening.Lost;
import beamyard.ui.desktop.run.Happening.Moment;
import beamyard.ui.desktop.run.Happening.Sent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What went between nodes up to the time cursor, each way, as far back as happenings are kept. Of the JavaFX thread. */
public final class Traffic {
  private final Map<String, Way> ways = new HashMap<>();
  private final Map<Long, Way> underWay = new HashMap<>();
  private long run = -1;
  private Position followed = Position.START;

  /** One direction. */
  public static final class Way {
    private static final Way NOTHING = new Way();

    private long packets;
    private long bytes;
    private long ticks;
    private long underWay;
    private long sentNanos = -1;
    private long heardNanos = -1;

    /** How many packets have been sent. */
    public long packets() {
      return packets;
    }

    /** As far as sizes are known. */
    public long bytes() {
      return bytes;
    }

    /** How many of them were ticks. */
    public long ticks() {
      return ticks;
    }

    /** How many have been sent and have neither arrived nor been lost. */
    public long underWay() {
      return underWay;
    }

    /** When the last one was sent; -1 if none was. */
    long sentNanos() {
      return sentNanos;
    }

    /** When the last one arrived; -1 if none did. */
    public long heardNanos() {
      return heardNanos;
    }
  }

  /** Takes what happened between the last cursor and this one, or all of it if the cursor went back. */
  public void follow(RunLog log, long itsRun, Position cursor) {
    if (run != itsRun || followed.isAfter(cursor)) {
      ways.clear();
      underWay.clear();
      run = itsRun;
      take(log.all().subList(0, log.countUntil(cursor)));
    } else if (cursor.isAfter(followed)) {
      take(log.all().subList(log.countUntil(followed), log.countUntil(cursor)));
    }
    followed = cursor;
  }

  private void take(List<Happening> happenings) {
    for (Happening happening : happenings) {
      switch (happening.what()) {
        case Sent sent -> leave(sent, happening.atNanos());
        case Arrived(long transfer) -> {
          Way way = underWay.remove(transfer);
          if (way != null) {
            way.underWay--;
            way.heardNanos = happening.atNanos();
          }
        }
        case Lost(long transfer) -> {
          Way way = underWay.remove(transfer);
          if (way != null) {
            way.underWay--;
          }
        }
        case Moment _, LockTurn _ -> {}
      }
    }
  }

  private void leave(Sent sent, long atNanos) {
    Way way = ways.computeIfAbsent(key(sent.from(), sent.to()), _ -> new Way());
    way.packets++;
    way.bytes += sent.packet().size();
    way.underWay++;
    way.sentNanos = atNanos;
    if (sent.cargo() == Cargo.TICK) {
      way.ticks++;
    }
    underWay.put(sent.transfer(), way);
  }

  private static String key(String from, String to) {
    return from + " " + to;
  }

  /** What went one way. */
  public Way between(String from, String to) {
    return ways.getOrDefault(key(from, to), Way.NOTHING);
  }
}
