package beamyard.ui.bench;

import java.util.List;
import java.util.function.Consumer;

/** Something that is measured: one row of the table, or a few that belong together. */
interface Benchmark {
  /** What it is asked for by on the command line. */
  String name();

  /** What bounds the figures, in a sentence or two: what would have to change for better ones. */
  String boundBy();

  /** Measures, telling each row as soon as it is known. */
  void run(Clock clock, Peer peer, Consumer<Row> rows);

  /** All of them, in the order of the table. */
  static List<Benchmark> all() {
    return List.of(
        new EngineBenchmark(),
        new MessageBenchmark(),
        new MeshBenchmark(),
        new ScenarioBenchmark(),
        new ExplorerBenchmark(),
        new ElixirBenchmark(),
        new ProcessBenchmark(),
        new RunawayBenchmark(),
        new StartBenchmark(),
        new DesktopBenchmark(),
        new SoakBenchmark());
  }

  /** Whether it is left out unless somebody asks for it. */
  default boolean isLong() {
    return false;
  }
}
