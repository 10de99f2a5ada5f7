package beamyard.ui.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The first class of {@code java -jar beamyard.jar}. Compiled for Java 17, so that an older default {@code java} can still
 * start it: it then finds an installed JDK 25 or newer and runs Beamyard there, with the same arguments, streams and exit
 * status.
 */
public final class Main {
  private static final int NEEDED = 25;
  private static final String APPLICATION = "beamyard.ui.terminal.Beamyard";
  private static final int UNUSABLE = 2;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    if (Runtime.version().feature() >= NEEDED) {
      Class.forName(APPLICATION).getMethod("main", String[].class).invoke(null, (Object) arguments);
      return;
    }
    Optional<Path> java = newestJava();
    if (java.isEmpty()) {
      System.err.println(
          "beamyard: needs Java "
              + NEEDED
              + " or newer, and this is Java "
              + Runtime.version().feature()
              + ": install a JDK "
              + NEEDED
              + " (https://adoptium.net), or set JAVA_HOME to one");
      System.exit(UNUSABLE);
    }
    System.exit(relaunch(java.get(), arguments));
  }

  private static int relaunch(Path java, String[] arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=4", "-Xss16m", "-Xshare:auto"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    for (String property : List.of("glass.platform", "prism.order", "beamyard.home")) {
      String value = System.getProperty(property);
      if (value != null) {
        command.add("-D" + property + "=" + value);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return process.waitFor();
  }

  /** The newest Java of at least the needed version among the places where platforms put JDKs. */
  private static Optional<Path> newestJava() {
    String executable =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win")
            ? "java.exe"
            : "java";
    Path best = null;
    int bestVersion = NEEDED - 1;
    for (Path home : homes()) {
      Path java = home.resolve("bin").resolve(executable);
      int version = Files.isExecutable(java) ? versionOf(home) : 0;
      if (version > bestVersion) {
        best = java;
        bestVersion = version;
      }
    }
    return Optional.ofNullable(best);
  }

  private static List<Path> homes() {
    var homes = new ArrayList<Path>();
    for (String variable : List.of("BEAMYARD_JAVA_HOME", "JAVA_HOME", "JDK_HOME")) {
      String value = System.getenv(variable);
      if (value != null && !value.isBlank()) {
        homes.add(Path.of(value));
      }
    }
    String user = System.getProperty("user.home");
    for (String place :
        List.of(
            "/usr/lib/jvm",
            "/usr/java",
            "/opt",
            "/opt/java",
            "/usr/local/lib/jvm",
            user + "/.sdkman/candidates/java",
            user + "/.jdks",
            user + "/.asdf/installs/java",
            "/Library/Java/JavaVirtualMachines",
            user + "/Library/Java/JavaVirtualMachines",
            "C:/Program Files/Java",
            "C:/Program Files/Eclipse Adoptium",
            "C:/Program Files/Microsoft",
            "C:/Program Files/Zulu")) {
      try (Stream<Path> entries = Files.list(Path.of(place))) {
        entries
            .sorted()
            .forEach(
                entry -> {
                  homes.add(entry);
                  homes.add(entry.resolve("Contents/Home"));
                });
      } catch (IOException | RuntimeException e) {
        continue; // this place is not on this platform
      }
    }
    return homes;
  }

  /** The feature version that the {@code release} file of a JDK names; 0 if it cannot be read. */
  private static int versionOf(Path home) {
    try {
      for (String line : Files.readAllLines(home.resolve("release"))) {
        if (line.startsWith("JAVA_VERSION=")) {
          String version = line.substring("JAVA_VERSION=".length()).replace("\"", "");
          return Runtime.Version.parse(version.split("_")[0]).feature();
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      return 0;
    }
    return 0;
  }
}
