package beamyard.ui.launch;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM that runs Beamyard in place of this one. It reads its classes from a cache beside the jar, loaded and linked as
 * they were when the cache was made; without the cache, or if it is of another JDK or jar, it loads them as usual.
 *
 * @see <a href="https://openjdk.org/jeps/514">JEP 514, ahead-of-time cache</a>
 */
final class Relaunch {
  private static final String CACHE = "beamyard.aot";

  /** What the cache is made by: the first prompt of three nodes, and what people type first. */
  private static final String[] TRAINING = {
    "40 + 2",
    "Node.list()",
    "Node.connect(:bob@localhost)",
    "Enum.map([1, 2, 3], fn x -> x * 2 end)",
    "pid = spawn(fn -> receive do message -> IO.inspect(message) end end)",
    "send(pid, %{hello: \"yard\"})",
    "defmodule Greeter do\n  def hello(name), do: \"Hello \" <> name\nend",
    "Greeter.hello(1)",
  };

  /** Code that runs away fills the heap quickly; what it leaves is copied by as many threads as there are processors. */
  private static final String COMMANDS_COLLECTOR = "-XX:+UseParallelGC";

  private static final long LAST_WORDS_SECONDS = 30;

  /** The command that opens files in the window; without a command it opens too. */
  private static final String OPEN = "open";

  private final Path java;
  private final String places;

  Relaunch(Path java) {
    this.java = java;
    this.places = System.getProperty("java.class.path");
  }

  private boolean isJar() {
    return places.endsWith(".jar") && !places.contains(File.pathSeparator);
  }

  private Path cache() {
    return Path.of(places).toAbsolutePath().resolveSibling(CACHE);
  }

  private boolean hasCache() {
    return isJar() && Files.isRegularFile(cache());
  }

  /** Whether a new JVM would start sooner or run more smoothly than this one. */
  boolean isBetter(List<String> arguments) {
    return Files.isExecutable(java) && (opensWindow(arguments) || hasCache());
  }

  private static boolean opensWindow(List<String> arguments) {
    return arguments.isEmpty() || arguments.get(0).equals(OPEN);
  }

  /**
   * A window never waits for the collector: its frames would be seen to stop. A command has its work done sooner by one that
   * stops all else, and only with such a one is the cache of classes of use.
   */
  private List<String> memory(List<String> arguments) {
    if (opensWindow(arguments)) {
      return List.of("-XX:+UseZGC");
    }
    return hasCache()
        ? List.of(COMMANDS_COLLECTOR, "-XX:AOTCache=" + cache(), "-Xlog:disable")
        : List.of(COMMANDS_COLLECTOR);
  }

  private List<String> command(List<String> options, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(options);
    command.addAll(List.of("-XX:TieredStopAtLevel=4", "-Xss16m"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    for (String property : List.of("glass.platform", "prism.order", "beamyard.home")) {
      String value = System.getProperty(property);
      if (value != null) {
        command.add("-D" + property + "=" + value);
      }
    }
    command.addAll(
        isJar() ? List.of("-jar", places) : List.of("-cp", places, Main.class.getName()));
    command.addAll(arguments);
    return command;
  }

  /** Runs a command with the streams of this JVM and gives its exit status. */
  int run(List<String> arguments) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command(memory(arguments), arguments)).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new LastWords(process));
    return process.waitFor();
  }

  /** Ends a process, and lets it say its last words before the shell shows its prompt again. */
  private static final class LastWords extends Thread {
    private final Process process;

    LastWords(Process process) {
      this.process = process;
    }

    @Override
    public void run() {
      process.destroy();
      try {
        process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupt();
      }
    }
  }

  /**
   * Makes a cache of the classes that three nodes need until their first results; gives the exit status. How often each method
   * was run is left out: a start gains nothing by it, and code that runs for long is compiled worse, by a tenth.
   */
  int train(Path file) throws IOException, InterruptedException {
    List<String> options =
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-AOTRecordTraining",
            "-XX:AOTCacheOutput=" + file.toAbsolutePath(),
            "-Xlog:disable",
            "-Xlog:all=off");
    Process process =
        new ProcessBuilder(command(options, List.of("iex")))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (Writer typing = process.outputWriter()) {
      typing.write(String.join("\n", TRAINING) + "\n");
    }
    return process.waitFor();
  }
}
