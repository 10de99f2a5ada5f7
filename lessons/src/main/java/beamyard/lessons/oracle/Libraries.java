package beamyard.lessons.oracle;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What this machine's Elixir has beside what it came with, and which code needs it. */
final class Libraries {
  private static final long ASKING_MILLIS = 60_000;

  /** The modules of libraries whose modules are not called after them. */
  private static final Map<String, String> MODULES = new TreeMap<>(Map.of("libcluster", "Cluster"));

  private final Map<String, Boolean> installed = new TreeMap<>();

  /** Whether a library is on the code path. */
  boolean isInstalled(String library) {
    return installed.computeIfAbsent(library, Libraries::canBeLoaded);
  }

  private static boolean canBeLoaded(String library) {
    try {
      Process asking =
          new ProcessBuilder(
                  "elixir",
                  "-e",
                  "if Application.load(String.to_atom(hd(System.argv()))) != :ok, do: System.halt(1)",
                  library)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (asking.waitFor(ASKING_MILLIS, TimeUnit.MILLISECONDS)) {
        return asking.exitValue() == 0;
      }
      asking.destroyForcibly();
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Whether code names a module of a library. */
  static boolean isUsed(String library, String code) {
    return Pattern.compile("(?<![.\\w])" + module(library) + "\\b").matcher(code).find();
  }

  private static String module(String library) {
    String known = MODULES.get(library);
    if (known != null) {
      return known;
    }
    var name = new StringBuilder();
    for (String part : library.split("_")) {
      if (!part.isEmpty()) {
        name.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
      }
    }
    return name.toString();
  }
}
