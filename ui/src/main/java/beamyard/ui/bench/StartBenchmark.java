package beamyard.ui.bench;

import beamyard.ui.bench.Row.Goal;
import beamyard.ui.bench.Row.Unit;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** From the start of a JVM to the first result at a prompt of one of three nodes. */
final class StartBenchmark implements Benchmark {
  private static final int TIMES = 5;
  private static final String MAIN = "beamyard.ui.launch.Main";
  private static final String QUESTION = "40 + 2\n";
  private static final String ANSWER = "42";

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String boundBy() {
    return "the JVM's own start, the loading of classes, and the boot of three nodes in code that is not compiled yet";
  }

  @Override
  public void run(Clock clock, Peer peer, Consumer<Row> rows) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < TIMES; i++) {
      best = Math.min(best, start());
    }
    rows.accept(
        Row.of(
            "cold start to the first iex result, 3 nodes", best, Unit.SECONDS, new Goal.AtMost(1)));
  }

  private static double start() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String places = System.getProperty("java.class.path");
    List<String> command =
        places.endsWith(".jar") && !places.contains(File.pathSeparator)
            ? List.of(
                java.toString(), "-jar", places, "iex") // as people do: with the cache beside it
            : List.of(java.toString(), "-cp", places, MAIN, "iex");
    var watch = new Stopwatch(Clock.WALL);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (var typing = process.outputWriter(StandardCharsets.UTF_8)) {
        typing.write(QUESTION);
      }
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.endsWith(ANSWER)) {
            return watch.seconds();
          }
        }
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      throw new AssertionError("cannot start " + java, e);
    }
    throw new AssertionError("no answer from: " + String.join(" ", command));
  }
}
