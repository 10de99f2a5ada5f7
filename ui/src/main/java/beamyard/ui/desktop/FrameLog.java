package beamyard.ui.desktop;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How long the frames of a window took, and what the time went to: the two threads that draw, the yard's thread, which may hold
 * the processor meanwhile, and the collector of garbage, which stops all. Of the JavaFX thread.
 */
final class FrameLog {
  /** What collectors do while all others go on. */
  private static final Pattern BESIDE = Pattern.compile("Cycles|Concurrent");

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final List<Frame> frames = new ArrayList<>();
  private long[] window = {};
  private long[] renderer = {};
  private long[] yard = {};
  private long begunNanos;
  private Instant last = new Instant(0, 0, 0, 0, 0);

  /** What was spent up to an instant, in nanoseconds; collecting in milliseconds. */
  private record Instant(long now, long window, long renderer, long yard, long collecting) {}

  /** One frame, in milliseconds. */
  private record Frame(
      double at, double wall, double window, double renderer, double yard, double collecting) {
    /** How long it would take on a machine that does nothing else, at most. */
    double work() {
      return window + renderer + collecting;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "a frame of %.0f ms at %.1f s: window %.0f, renderer %.0f, yard %.0f, collector %.0f",
          wall,
          at / 1000,
          window,
          renderer,
          yard,
          collecting);
    }
  }

  /** From now on frames are noted. */
  void begin() {
    window = new long[] {Thread.currentThread().threadId()};
    renderer = called("QuantumRenderer");
    yard = called("yard");
    begunNanos = System.nanoTime();
    last = instant(begunNanos);
  }

  private static long[] called(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .mapToLong(Thread::threadId)
        .toArray();
  }

  private Instant instant(long now) {
    return new Instant(now, cpu(window), cpu(renderer), cpu(yard), collecting());
  }

  private long cpu(long[] some) {
    long sum = 0;
    for (long thread : some) {
      sum += Math.max(0, threads.getThreadCpuTime(thread));
    }
    return sum;
  }

  private static long collecting() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(collector -> !BESIDE.matcher(collector.getName()).find())
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  /** A frame begins, and the one before it is over. */
  void frame(long now) {
    Instant next = instant(now);
    frames.add(
        new Frame(
            (now - begunNanos) / 1e6,
            (next.now() - last.now()) / 1e6,
            (next.window() - last.window()) / 1e6,
            (next.renderer() - last.renderer()) / 1e6,
            (next.yard() - last.yard()) / 1e6,
            next.collecting() - last.collecting()));
    last = next;
  }

  /** What was computed for frames up to now, in milliseconds: of two instants, the difference counts. */
  double spentMillis() {
    Instant now = instant(System.nanoTime());
    return (now.window() + now.renderer()) / 1e6 + now.collecting();
  }

  /** So many milliseconds or fewer took a share of the frames. */
  double wallMillis(double share) {
    return share(frames.stream().map(Frame::wall).toList(), share);
  }

  /** So many milliseconds or fewer were computed for a share of the frames. */
  double workMillis(double share) {
    return share(frames.stream().map(Frame::work).toList(), share);
  }

  /** What the longest frames did, the longest first. */
  List<String> longest(int count) {
    return frames.stream()
        .sorted(Comparator.comparingDouble(Frame::wall).reversed())
        .limit(count)
        .map(Frame::toString)
        .toList();
  }

  /** The least figure that so great a share of them does not exceed; 0 if there are none. */
  static double share(List<Double> figures, double share) {
    List<Double> sorted = figures.stream().sorted().toList();
    return sorted.isEmpty()
        ? 0
        : sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share));
  }
}
