package beamyard.ui.desktop;

import beamyard.simulator.Node.State;
import beamyard.simulator.Observation;
import beamyard.simulator.Observation.NodeSeen;
import beamyard.simulator.distribution.Distribution.Peer;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.term.Atom;
import beamyard.ui.desktop.Happening.Arrived;
import beamyard.ui.desktop.Happening.Cargo;
import beamyard.ui.desktop.Happening.Sent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.stage.Stage;

/**
 * Measures how often the window is drawn while a large cluster is busy: a full mesh of nodes, and messages between them at a
 * steady rate, as a yard's thread would publish them. Started as a program of its own, so that it can be told how to draw.
 *
 * <p>Prints one line, in milliseconds: the 50th and the 95th percentile and the longest of the times between frames, and how
 * long the processors worked for a frame on average, which is less if the machine is busy with something else.
 */
public final class FrameTimes {
  private static final int NODES = 100;
  private static final int MESSAGES_A_SECOND = 5_000;
  private static final long UPDATE_NANOS = 1_000_000_000L / 30;
  private static final long WARM_UP_NANOS = 4_000_000_000L;
  private static final long MEASURED_NANOS = 10_000_000_000L;

  /** The first ones show the window and its hundred shells. */
  private static final int FIRST_FRAMES = 30;

  private static final long VIRTUAL_LATENCY_NANOS = 30_000;

  private final YardModel yard = new YardModel();
  private final Observation mesh = mesh();
  private final List<Long> frames = new ArrayList<>();
  private long begun;
  private long lastFrame;
  private long lastUpdate;
  private long step;
  private long number;
  private long transfer;
  private double owed;
  private long processorNanosBefore;

  private FrameTimes() {}

  public static void main(String[] arguments) {
    Platform.startup(() -> new FrameTimes().begin());
  }

  private void begin() {
    var stage = new Stage();
    new BeamyardWindow(stage, yard, Path.of(System.getProperty("java.io.tmpdir"), "beamyard-bench"))
        .show();
    new AnimationTimer() {
      private int drawn;

      @Override
      public void handle(long pulse) {
        long now = System.nanoTime();
        if (drawn++ < FIRST_FRAMES) {
          begun = now;
          lastFrame = now;
          lastUpdate = lastUpdate == 0 ? now : lastUpdate;
        }
        if (now - begun > WARM_UP_NANOS) {
          if (frames.isEmpty()) {
            processorNanosBefore = processorNanos();
          }
          frames.add(now - lastFrame);
        }
        lastFrame = now;
        if (now - lastUpdate >= UPDATE_NANOS) {
          publish(now);
          lastUpdate = now;
        }
        if (now - begun > WARM_UP_NANOS + MEASURED_NANOS) {
          stop();
          finish(stage);
        }
      }
    }.start();
  }

  private void finish(Stage stage) {
    long[] sorted = frames.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%.2f %.2f %.2f %.2f%n",
        sorted[sorted.length / 2] / 1e6,
        sorted[sorted.length * 95 / 100] / 1e6,
        sorted[sorted.length - 1] / 1e6,
        (processorNanos() - processorNanosBefore) / 1e6 / sorted.length);
    System.out.flush();
    stage.hide();
    Platform.exit();
  }

  private static long processorNanos() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  /** Messages from every node in turn to the others. */
  private void publish(long now) {
    owed += (now - lastUpdate) * (MESSAGES_A_SECOND / 1e9);
    var happenings = new ArrayList<Happening>();
    while (owed >= 1) {
      owed--;
      step++;
      int from = (int) (transfer % NODES);
      int to = (int) ((from + 1 + transfer / NODES % (NODES - 1)) % NODES);
      var sent =
          new Sent(
              transfer,
              transfer,
              Cargo.MESSAGE,
              label(from),
              label(to),
              "<0.107.0>",
              "<0.108.0>",
              "{:job, " + transfer + "}",
              () -> "");
      long at = step * 1_000;
      happenings.add(new Happening(number++, new Position(step, at), at, sent));
      long arrives = at + VIRTUAL_LATENCY_NANOS;
      happenings.add(
          new Happening(number++, new Position(step, arrives), arrives, new Arrived(transfer)));
      transfer++;
    }
    var place = new Position(step, (now - begun));
    yard.apply(
        new Update(1, place, place, mesh, Map.of(), Map.of(), happenings, List.of(), List.of(), 1));
  }

  private static String label(int node) {
    return "n" + node + "@localhost";
  }

  private static Observation mesh() {
    List<NodeSeen> nodes = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      int own = i;
      List<Peer> peers =
          LongStream.range(0, NODES)
              .filter(other -> other != own)
              .mapToObj(other -> new Peer(Atom.of(label((int) other)), true, true, 1, 0, 0, 0))
              .toList();
      nodes.add(
          new NodeSeen(
              label(i),
              i,
              Atom.of(label(i)),
              State.RUNNING,
              "localhost",
              "cookie",
              Visibility.VISIBLE,
              peers));
    }
    return new Observation(0, List.copyOf(nodes), List.of());
  }
}
