package beamyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing in {@code simulator} and {@code lessons} reads what differs from run to run of the machine. */
class SourceRulesTest {
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "System\\.(nanoTime|currentTimeMillis|getenv|identityHashCode)\\b|Instant\\.now|Local(Date|Time|DateTime)\\.now"
              + "|Math\\.random|new Random\\(|UUID\\.randomUUID|ThreadLocalRandom|SecureRandom|new Thread\\(|Thread\\.(sleep|start"
              + "|ofVirtual|ofPlatform)|Executors\\.|CompletableFuture|parallelStream|\\.parallel\\(\\)|(?<![\\w.])(Set|Map)"
              + "\\.(of|copyOf|ofEntries)\\(|new (HashMap|HashSet|IdentityHashMap|WeakHashMap)\\b|Collectors\\.(toMap|toSet"
              + "|groupingBy)\\(");

  /** Exempt by name: real nodes are played, and runs are spread over threads, outside the simulation. */
  private static final List<String> EXEMPT =
      List.of(
          "/lessons/oracle/",
          "/simulator/exploration/WorkerPool",
          "/simulator/process/StraightLine");

  @Test
  void sourcesHoldNoClockNoRandomNumbersNoThreadsAndNoUnorderedCollections() {
    var found = new ArrayList<String>();
    for (String module : List.of("simulator", "lessons")) {
      Path sources = Path.of("..", module, "src", "main", "java");
      if (Files.exists(sources)) {
        found.addAll(violations(sources));
      }
    }
    assertThat(found).isEmpty();
  }

  private static List<String> violations(Path sources) {
    var found = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        String name = file.toString().replace('\\', '/');
        if (EXEMPT.stream().noneMatch(name::contains)) {
          int number = 0;
          for (String line : Files.readAllLines(file)) {
            number++;
            String stripped = line.strip();
            boolean comment =
                stripped.startsWith("*") || stripped.startsWith("//") || stripped.startsWith("/*");
            if (!comment && FORBIDDEN.matcher(line).find() && !line.contains("// lookups only")) {
              found.add(name + ":" + number + ": " + stripped);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
