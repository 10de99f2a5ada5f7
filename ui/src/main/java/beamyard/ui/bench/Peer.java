package beamyard.ui.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Real Elixir on this machine, if it is installed: runs the same source once, when the first figure is asked for. */
final class Peer {
  private static final String SOURCE = "bench.ex";
  private static final String SCRIPT = "peer.exs";
  private @Nullable Map<String, Double> figures;

  /** A figure by its name in {@code peer.exs}; empty if there is no Elixir here, or it could not measure that. */
  OptionalDouble figure(String name) {
    if (figures == null) {
      figures = measure();
    }
    Double figure = figures.get(name);
    return figure == null ? OptionalDouble.empty() : OptionalDouble.of(figure);
  }

  /** The text of a resource of this package. */
  static String resource(String name) {
    try (InputStream stream = Peer.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError("a resource cannot be read: " + name, e);
    }
  }

  /** The source that both run. */
  static String source() {
    return resource(SOURCE);
  }

  private static Map<String, Double> measure() {
    try {
      Path folder = Files.createTempDirectory("beamyard-bench");
      try {
        Files.writeString(folder.resolve(SOURCE), source());
        Files.writeString(folder.resolve(SCRIPT), resource(SCRIPT));
        run(folder, List.of("elixirc", SOURCE));
        List<String> options = List.of("elixir", "--erl", "+P 2000000");
        Map<String, Double> distributed =
            run(folder, options, List.of("--sname", "beamyard_bench", SCRIPT));
        return distributed.isEmpty() ? run(folder, options, List.of(SCRIPT)) : distributed;
      } finally {
        delete(folder);
      }
    } catch (IOException _) {
      return Map.of(); // there is no Elixir on this machine
    }
  }

  private static Map<String, Double> run(Path folder, List<String> command, List<String> arguments)
      throws IOException {
    return run(folder, Stream.concat(command.stream(), arguments.stream()).toList());
  }

  private static Map<String, Double> run(Path folder, List<String> command) throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("ELIXIR_ERL_OPTIONS", "+fnu");
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    var figures = new LinkedHashMap<String, Double>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int space = line.indexOf(' ');
        if (space > 0 && line.substring(space + 1).matches("[0-9.e+-]+")) {
          figures.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        }
      }
    }
    return figures;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
