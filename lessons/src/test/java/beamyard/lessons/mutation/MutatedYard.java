package beamyard.lessons.mutation;

import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.script.Stage;
import beamyard.lessons.script.Stage.Start;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A node at whose shell damaged sources are typed, each at a copy that nobody has typed at before. */
final class MutatedYard {
  private static final Path RESOURCES = Path.of("src", "test", "resources");
  private static final Pattern INPUT = Pattern.compile("(?m)^\\w+> (.*(?:\\n +\\.\\.\\.> ?.*)*)$");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```elixir\\n(.*?)^```");
  private static final long LIMIT_MILLIS = 1_000;

  private final List<String> sources = new ArrayList<>();
  private final SimulatedStage fresh = SimulatedStage.withSeed(1);

  MutatedYard() {
    filesUnder("conformance-own").forEach(this::addInputs);
    filesUnder("pages-of-a-course").forEach(this::addBlocks);
    fresh.start(
        List.of(
            new Start(
                "alice",
                "alice",
                "localhost",
                Stage.Naming.SHORT,
                "secret",
                Stage.Visibility.VISIBLE,
                Map.of(),
                Stage.Logging.ON)));
  }

  private static List<Path> filesUnder(String folder) {
    try (Stream<Path> files = Files.walk(RESOURCES.resolve(folder))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addInputs(Path transcript) {
    INPUT
        .matcher(text(transcript))
        .results()
        .map(input -> input.group(1).replaceAll("\\n +\\.\\.\\.> ?", "\n"))
        .filter(input -> !input.contains("System.halt") && !input.contains(":init.stop"))
        .forEach(sources::add);
  }

  private void addBlocks(Path page) {
    BLOCK.matcher(text(page)).results().map(block -> block.group(1)).forEach(sources::add);
  }

  /** The damaged source of a number; always the same. */
  String source(long number) {
    var random = new Random(number);
    String source = sources.get(random.nextInt(sources.size()));
    return new Mutator(random, sources).mutate(source);
  }

  /** Types a source; says what is wrong if the yard, and not the source, made a mistake. */
  Optional<String> mistakeAt(String source) {
    SimulatedStage stage = fresh.copy();
    try {
      String printed = stage.type("alice", source, LIMIT_MILLIS).printed();
      return printed.contains("Beamyard.MistakeError") || printed.contains("yard_mistake")
          ? Optional.of(printed)
          : Optional.empty();
    } catch (RuntimeException | Error e) {
      StackTraceElement[] trace = e.getStackTrace();
      return Optional.of(e + (trace.length == 0 ? "" : " at " + trace[0]));
    }
  }
}
