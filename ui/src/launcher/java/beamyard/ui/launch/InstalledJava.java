package beamyard.ui.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The JDKs of this machine. */
final class InstalledJava {
  /** The oldest version that runs Beamyard. */
  static final int NEEDED = 25;

  private InstalledJava() {}

  /** The {@code java} that runs this. */
  static Path running() {
    return Path.of(System.getProperty("java.home")).resolve("bin").resolve(executable());
  }

  private static String executable() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win")
        ? "java.exe"
        : "java";
  }

  /** The newest Java of at least the needed version among the places where platforms put JDKs. */
  static Optional<Path> newest() {
    Path best = null;
    int bestVersion = NEEDED - 1;
    for (Path home : homes()) {
      Path java = home.resolve("bin").resolve(executable());
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
