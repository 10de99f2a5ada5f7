package beamyard.ui.bench;

import beamyard.ui.bench.Row.Goal;
import beamyard.ui.bench.Row.Unit;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The window in software rendering, with a large and busy cluster on its map; and long recordings. */
final class DesktopBenchmark implements Benchmark {
  private static final String BUSY = "beamyard.ui.desktop.FrameTimes";
  private static final String LONG = "beamyard.ui.desktop.run.LongRuns";

  /** How the launcher starts a window, but on no screen. */
  private static final List<String> WINDOWED =
      List.of("-XX:+UseZGC", "-Dglass.platform=Headless", "-Dprism.order=sw");

  private static final String WINDOW = "window, 100 nodes, 4,950 links: ";

  @Override
  public String name() {
    return "desktop";
  }

  @Override
  public String boundBy() {
    return "what the toolkit does for labels that change, and copying pixels; links and packets are drawn by our own hand."
        + " By the processor's clock a frame, and a click, takes what both threads that draw compute for it.";
  }

  @Override
  public void run(Clock clock, Peer peer, Consumer<Row> rows) {
    Map<String, Double> busy = window(List.of());
    String frame = clock == Clock.PROCESSOR ? "work-" : "frame-";
    rows.accept(
        Row.of(
            WINDOW + "packets shown", busy.get("rate"), Unit.EACH_SECOND, new Goal.AtLeast(5_000)));
    rows.accept(millis(WINDOW + "frame, p95", busy.get(frame + "p95"), 33));
    rows.accept(millis(WINDOW + "longest frame", busy.get(frame + "max"), 100));
    String click = clock == Clock.PROCESSOR ? "click-work-p95" : "latency-p95";
    rows.accept(millis(WINDOW + "click to picture", busy.get(click), 100));
    String work = clock == Clock.PROCESSOR ? "-work" : "";
    Map<String, Double> runs = figures(LONG, List.of());
    rows.accept(
        Row.of(
            "memory of a run after 10 virtual minutes over that after 2",
            runs.get("growth"),
            Unit.MEGABYTES,
            new Goal.AtMost(8)));
    rows.accept(
        Row.of(
            "recording of a million events: opened",
            runs.get("open" + work),
            Unit.SECONDS,
            new Goal.AtMost(2)));
    rows.accept(
        millis("recording of a million events: sought, longest", runs.get("seek" + work), 100));
  }

  /** What the window with a hundred busy nodes tells of itself. */
  static Map<String, Double> window(List<String> more) {
    var options = new ArrayList<>(WINDOWED);
    options.addAll(more);
    return figures(BUSY, options);
  }

  private static Row millis(String what, double figure, double most) {
    return Row.of(what, figure, Unit.MILLIS, new Goal.AtMost(most));
  }

  /** What a program of its own prints: lines of a name and a number. */
  private static Map<String, Double> figures(String main, List<String> options) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    var command = new ArrayList<String>(List.of(java.toString(), "-Xss16m", "-Xmx4g"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    Map<String, Double> figures = new TreeMap<>();
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] words = line.split(" ");
          figures.put(words[0], Double.parseDouble(words[1]));
        }
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      throw new AssertionError("cannot start " + java, e);
    }
    if (figures.isEmpty()) {
      throw new AssertionError("no figures from " + main);
    }
    return figures;
  }
}
