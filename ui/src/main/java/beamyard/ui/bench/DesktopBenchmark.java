package beamyard.ui.bench;

import beamyard.ui.bench.Row.Goal;
import beamyard.ui.bench.Row.Unit;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The window in software rendering, with a large and busy cluster on its map. */
final class DesktopBenchmark implements Benchmark {
  private static final String MAIN = "beamyard.ui.desktop.FrameTimes";

  @Override
  public String name() {
    return "desktop";
  }

  @Override
  public String boundBy() {
    return "drawing thousands of packets a frame on the processor; links are drawn once and kept";
  }

  @Override
  public void run(Clock clock, Peer peer, Consumer<Row> rows) {
    double[] millis = frameTimes();
    String what = "window, 100 nodes, 4,950 links, 5,000 messages/s: ";
    rows.accept(Row.of(what + "p95", millis[1], Unit.MILLIS, new Goal.AtMost(33)));
    rows.accept(Row.of(what + "max", millis[2], Unit.MILLIS, new Goal.AtMost(100)));
    rows.accept(Row.of(what + "work", millis[3], Unit.MILLIS, new Goal.None()));
  }

  /** The 50th and 95th percentile and the longest time between two frames, and the processors' work for one. */
  private static double[] frameTimes() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    try {
      Process process =
          new ProcessBuilder(
                  List.of(
                      java.toString(),
                      "-Dglass.platform=Headless",
                      "-Dprism.order=sw",
                      "-cp",
                      System.getProperty("java.class.path"),
                      MAIN))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] figures = line.split(" ");
          if (figures.length == 4) {
            return new double[] {
              Double.parseDouble(figures[0]),
              Double.parseDouble(figures[1]),
              Double.parseDouble(figures[2]),
              Double.parseDouble(figures[3])
            };
          }
        }
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      throw new AssertionError("cannot start " + java, e);
    }
    throw new AssertionError("no frame times from " + MAIN);
  }
}
