package beamyard.ui.bench;

import static beamyard.ui.bench.JavaNodes.SECOND_NANOS;
import static beamyard.ui.bench.JavaNodes.label;
import static beamyard.ui.bench.JavaNodes.nodeName;

import beamyard.simulator.Node;
import beamyard.simulator.Simulation;
import beamyard.ui.bench.JavaNodes.Calls;
import beamyard.ui.bench.Row.Goal;
import beamyard.ui.bench.Row.Unit;
import java.util.function.Consumer;

/**
 * A mesh formed by OTP's own protocol: every node connects to the first, and {@code global} has each connect to all others, two
 * connections at a time under its lock. Larger and larger, until one takes more than ten seconds.
 */
final class MeshBenchmark implements Benchmark {
  private static final int[] SIZES = {50, 100, 200, 300, 400, 500, 600, 800, 1_000};
  private static final double LIMIT_SECONDS = 10;
  private static final long VIRTUAL_LIMIT_NANOS = 7_200 * SECOND_NANOS;

  @Override
  public String name() {
    return "mesh";
  }

  @Override
  public String boundBy() {
    return "the growth of global's protocol: N(N-1)/2 links, each with an exchange that tells all it knows, and a lock that is"
        + " set on all nodes of both sides before: about 70 N^2 events at every size, each of which takes longer in a larger"
        + " mesh, whose data no cache holds";
  }

  @Override
  public void run(Clock clock, Peer peer, Consumer<Row> rows) {
    int largest = 0;
    for (int size : SIZES) {
      double seconds = form(clock, size);
      rows.accept(
          Row.of("full mesh of " + size + " nodes", seconds, Unit.SECONDS, new Goal.None()));
      if (seconds > LIMIT_SECONDS) {
        break;
      }
      largest = size;
    }
    rows.accept(
        Row.of(
            "largest of these meshes formed in 10 s",
            largest,
            Unit.NODES,
            new Goal.AtLeast(1_000)));
  }

  /** Seconds on the wall from the boot of the nodes until each lists all others. */
  static double form(Clock clock, int size) {
    var watch = new Stopwatch(clock);
    Simulation simulation = JavaNodes.yard(1, size);
    var connecting = new Calls(simulation);
    for (int i = 2; i <= size; i++) {
      connecting.call(simulation.node(label(i)), "net_kernel", "connect_node", nodeName(label(1)));
    }
    connecting.values(VIRTUAL_LIMIT_NANOS);
    while (!isComplete(simulation, size)) {
      if (simulation.now() > VIRTUAL_LIMIT_NANOS) {
        throw new AssertionError("no full mesh of " + size + " nodes after two virtual hours");
      }
      simulation.runFor(SECOND_NANOS / 10);
    }
    return watch.seconds();
  }

  private static boolean isComplete(Simulation simulation, int size) {
    for (int i = size; i >= 1; i--) {
      Node node = simulation.node(label(i));
      if (JavaNodes.list(node).size() != size - 1) {
        return false;
      }
    }
    return true;
  }
}
