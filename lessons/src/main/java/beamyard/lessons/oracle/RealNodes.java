package beamyard.lessons.oracle;

import beamyard.lessons.script.ScriptProblem;
import beamyard.lessons.script.Stage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream.Builder;

/**
 * Real nodes of this machine, with a port mapper and a folder of their own, so that they meet no other nodes. All of them are
 * gone when this is closed.
 */
public final class RealNodes implements AutoCloseable {
  private static final String SCRIPT = "terminal.ex";
  private static final long COMPILING_MILLIS = 120_000;

  private final Path folder;
  private final Wires wires;
  private final Libraries libraries = new Libraries();
  private final List<RealStage> stages = new ArrayList<>();

  private RealNodes(Path folder, Wires wires) {
    this.folder = folder;
    this.wires = wires;
  }

  /** Why there can be no real nodes here; empty if there can. */
  public static Optional<String> missing() {
    for (String program : List.of("elixir", "elixirc", "erl", "epmd", "sh")) {
      if (find(program).isEmpty()) {
        return Optional.of("'" + program + "' is not installed (not found on the PATH)");
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> find(String program) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    Builder<Path> folders = java.util.stream.Stream.builder();
    for (String folder : path.split(File.pathSeparator)) {
      folders.add(Path.of(folder));
    }
    return folders
        .build()
        .map(folder -> folder.resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Makes ready for nodes; {@link ScriptProblem} if there can be none here. */
  public static RealNodes open() {
    missing()
        .ifPresent(
            why -> {
              throw new ScriptProblem("--on beam", 0, why + "; '--on sim' needs nothing");
            });
    try {
      Path folder = Files.createTempDirectory("beamyard");
      try (InputStream script = RealNodes.class.getResourceAsStream(SCRIPT)) {
        Files.copy(Objects.requireNonNull(script, SCRIPT), folder.resolve(SCRIPT));
      }
      compile(folder);
      return new RealNodes(folder, Wires.open(folder));
    } catch (IOException e) {
      throw new ScriptProblem("--on beam", 0, "cannot start nodes: " + e.getMessage());
    }
  }

  /** The terminal is compiled once for all nodes. */
  private static void compile(Path folder) throws IOException {
    var builder = new ProcessBuilder("elixirc", "-o", ".", SCRIPT).directory(folder.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process compiler =
        builder
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("compiler.log").toFile())
            .start();
    try {
      if (!compiler.waitFor(COMPILING_MILLIS, TimeUnit.MILLISECONDS) || compiler.exitValue() != 0) {
        compiler.destroyForcibly();
        throw new IOException(
            "elixirc says " + Files.readString(folder.resolve("compiler.log")).strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Whether what is between nodes can be cut on this machine. */
  public boolean canBeCut() {
    return wires.canBeCut();
  }

  /** Nodes of their own for a section of a page; those of the section before are ended. */
  public Stage freshStage() {
    stages.forEach(RealStage::close);
    stages.clear();
    var stage = new RealStage(folder, wires, libraries);
    stages.add(stage);
    return stage;
  }

  @Override
  public void close() {
    stages.forEach(RealStage::close);
    wires.close();
    try (java.util.stream.Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      folder.toFile().deleteOnExit();
    }
  }
}
