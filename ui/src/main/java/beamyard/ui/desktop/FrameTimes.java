package beamyard.ui.desktop;

import beamyard.simulator.NodeSettings;
import beamyard.ui.desktop.yard.Errands;
import beamyard.ui.desktop.yard.Errands.Terminal;
import beamyard.ui.desktop.yard.YardModel;
import beamyard.ui.desktop.yard.YardThread.Haste;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;

/**
 * Measures the window while a large cluster is busy: a full mesh of nodes, each of which sends messages to the others at a
 * steady rate, in a yard that lives as it always does; and somebody who clicks on nodes meanwhile. Started as a program of its
 * own, so that it can be told how to draw.
 *
 * <p>Prints lines of a name and a number, in milliseconds. The work of a frame is what both threads that draw had to compute for
 * it: how long a frame would take on a machine that does nothing else.
 */
public final class FrameTimes {
  private static final int NODES = 100;
  private static final int MESSAGES_A_SECOND = 5_000;
  private static final long LIMIT_MILLIS = 60_000;
  private static final long WARM_UP_NANOS = 12_000_000_000L;

  /** How long to measure, in seconds. */
  private static final long MEASURED_NANOS =
      Long.getLong("beamyard.bench.seconds", 15) * 1_000_000_000L;

  /** How many minutes to go on after that, to see whether memory grows. */
  private static final int SOAK_MINUTES = Integer.getInteger("beamyard.bench.minutes", 0);

  private static final long MINUTE_NANOS = 60_000_000_000L;

  private static final int FRAMES_BETWEEN_CLICKS = 30;
  private static final int COLLECTIONS = 4;

  private final YardModel yard = new YardModel();
  private final FrameLog frames = new FrameLog();
  private final List<Double> latencies = new ArrayList<>();
  private final List<Double> clickWork = new ArrayList<>();
  private final Stage stage = new Stage();
  private final BeamyardWindow window;
  private Robot robot;
  private long begun;
  private long clicked;
  private int clicks;
  private int drawn;
  private boolean measuring;
  private long packetsBefore;
  private final List<Double> usedByMinute = new ArrayList<>();

  private FrameTimes() {
    window =
        new BeamyardWindow(
            stage, yard, Path.of(System.getProperty("java.io.tmpdir"), "beamyard-bench"));
  }

  public static void main(String[] arguments) {
    Platform.startup(() -> new FrameTimes().begin());
  }

  private static String label(int node) {
    return "n" + node + "@localhost";
  }

  private void begin() {
    window.show();
    yard.open();
    robot = new Robot();
    List<NodeSettings> nodes =
        IntStream.range(0, NODES)
            .mapToObj(node -> NodeSettings.shortName(label(node)).withCookie("bench"))
            .toList();
    yard.thread()
        .undertake(new Errands.Starting(nodes))
        .thenCompose(
            _ ->
                yard.thread()
                    .undertake(
                        typing(
                            0,
                            "Enum.each(1.."
                                + (NODES - 1)
                                + ", &Node.connect(:\"n#{&1}@localhost\"))")))
        .thenCompose(_ -> yard.thread().undertake(Errands.waiting(5_000)))
        .thenRun(() -> Platform.runLater(this::send));
  }

  private static Errands.Typing typing(int node, String code) {
    return new Errands.Typing(
        label(node), code, LIMIT_MILLIS, Terminal.HIDDEN, Haste.AS_FAST_AS_POSSIBLE);
  }

  /** Every node sends to each of the others in turn. */
  private void send() {
    long meshed =
        yard.update().observation().nodes().stream()
            .filter(node -> node.peers().stream().filter(peer -> peer.up()).count() == NODES - 1)
            .count();
    if (meshed < NODES) {
      Platform.runLater(this::send); // an update is still on its way
      return;
    }
    // a round is a little longer than its pause: so each is a millisecond shorter than it should be
    int pause = 1000 * NODES / MESSAGES_A_SECOND - 1;
    for (int node = 0; node < NODES; node++) {
      yard.type(
          label(node),
          "spawn(fn -> Enum.reduce(Stream.cycle(Node.list()), 0, fn n, i -> send({:nobody, n}, {:job, i});"
              + " Process.sleep("
              + pause
              + "); i + 1 end) end)");
    }
    new AnimationTimer() {
      @Override
      public void handle(long pulse) {
        if (frame(System.nanoTime())) {
          stop();
          finish();
        }
      }
    }.start();
  }

  private boolean frame(long now) {
    if (begun == 0) {
      begun = now;
    }
    if (!measuring && now - begun > WARM_UP_NANOS) {
      measuring = true;
      packetsBefore = yard.log().count();
      begun = System.nanoTime() - WARM_UP_NANOS;
      frames.begin();
      return false;
    }
    if (measuring) {
      frames.frame(now);
    }
    if (clicked == 0 && drawn++ % FRAMES_BETWEEN_CLICKS == 0) {
      click();
    }
    return now - begun > WARM_UP_NANOS + MEASURED_NANOS;
  }

  /** Clicks on a node as from outside, and looks when the frame that shows it selected is done: when the one after it begins. */
  private void click() {
    String wanted = label(clicks++ % NODES);
    Point2D at = window.map().onScreen(wanted);
    double spent = frames.spentMillis();
    clicked = System.nanoTime();
    Thread.ofVirtual()
        .start(
            () ->
                Platform.runLater(
                    () -> {
                      robot.mouseMove(at);
                      robot.mousePress(MouseButton.PRIMARY);
                      robot.mouseRelease(MouseButton.PRIMARY);
                    }));
    new AnimationTimer() {
      private int after;

      @Override
      public void handle(long pulse) {
        if (yard.selection().nodes().contains(wanted) && after++ > 0) {
          if (measuring && clicked - begun > WARM_UP_NANOS) {
            latencies.add((System.nanoTime() - clicked) / 1e6);
            clickWork.add(frames.spentMillis() - spent);
          }
          clicked = 0;
          stop();
        }
      }
    }.start();
  }

  private void finish() {
    tell("frame-p50", frames.wallMillis(0.5));
    tell("frame-p95", frames.wallMillis(0.95));
    tell("frame-max", frames.wallMillis(1));
    tell("work-p50", frames.workMillis(0.5));
    tell("work-p95", frames.workMillis(0.95));
    tell("work-max", frames.workMillis(1));
    tell("latency-p95", share(latencies, 0.95));
    tell("latency-max", share(latencies, 1));
    tell("click-work-p50", share(clickWork, 0.5));
    tell("click-work-p95", share(clickWork, 0.95));
    tell("rate", (yard.log().count() - packetsBefore) * 1e9 / 2 / MEASURED_NANOS);
    frames.longest(5).forEach(System.err::println);
    soak(SOAK_MINUTES);
  }

  /** Goes on as before, and looks each minute at what is used. */
  private void soak(int minutes) {
    if (minutes == 0) {
      end();
      return;
    }
    long soaked = System.nanoTime();
    new AnimationTimer() {
      @Override
      public void handle(long pulse) {
        if (clicked == 0 && drawn++ % FRAMES_BETWEEN_CLICKS == 0) {
          click();
        }
        if (System.nanoTime() - soaked < (usedByMinute.size() + 1) * MINUTE_NANOS) {
          return;
        }
        usedByMinute.add(usedBytes() / 1e6);
        tell("minute-" + usedByMinute.size(), usedByMinute.getLast());
        if (usedByMinute.size() == minutes) {
          stop();
          end();
        }
      }
    }.start();
  }

  private void end() {
    System.out.flush();
    stage.hide();
    Platform.exit();
  }

  /**
   * What is used once everything that can go has gone. The collector works while others go on, and what they make meanwhile counts: the
   * least of a few times is nearest to it.
   */
  private static long usedBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static void tell(String name, double figure) {
    System.out.printf(Locale.ROOT, "%s %.2f%n", name, figure);
    System.out.flush();
  }

  private static double share(List<Double> figures, double share) {
    return FrameLog.share(figures, share);
  }
}
