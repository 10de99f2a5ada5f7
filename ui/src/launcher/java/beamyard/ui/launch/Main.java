package beamyard.ui.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The first class of {@code java -jar beamyard.jar}. Compiled for Java 17, so that an older default {@code java} can still
 * start it: it then finds an installed JDK 25 or newer and runs Beamyard there, with the same arguments, streams and exit
 * status. So it does on a JDK 25 if there is a cache of classes beside the jar, which only a new JVM can use; unless options
 * were given to the JVM, which are then obeyed as they are.
 *
 * <p>With {@code -Dbeamyard.train=FILE} it makes that cache: see {@link Relaunch#train}.
 */
public final class Main {
  private static final String APPLICATION = "beamyard.ui.terminal.Beamyard";
  private static final int UNUSABLE = 2;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    int running = Runtime.version().feature();
    String cache = System.getProperty("beamyard.train");
    Optional<Path> java =
        running >= InstalledJava.NEEDED
            ? Optional.of(InstalledJava.running())
            : InstalledJava.newest();
    if (java.isEmpty()) {
      System.err.println(
          "beamyard: needs Java "
              + InstalledJava.NEEDED
              + " or newer, and this is Java "
              + running
              + ": install a JDK "
              + InstalledJava.NEEDED
              + " (https://adoptium.net), or set JAVA_HOME to one");
      System.exit(UNUSABLE);
    }
    Relaunch relaunch = new Relaunch(java.get());
    if (cache != null) {
      System.exit(relaunch.train(Path.of(cache)));
    }
    if (running >= InstalledJava.NEEDED
        && (hasOptions() || !relaunch.isBetter(List.of(arguments)))) {
      Class.forName(APPLICATION).getMethod("main", String[].class).invoke(null, (Object) arguments);
      return;
    }
    System.exit(relaunch.run(List.of(arguments)));
  }

  /** Whether this JVM was given options of its own, or was itself started by {@link Relaunch}, which gives some. */
  private static boolean hasOptions() {
    if (System.getenv("JAVA_TOOL_OPTIONS") != null || System.getenv("JDK_JAVA_OPTIONS") != null) {
      return true;
    }
    Optional<String[]> given = ProcessHandle.current().info().arguments();
    if (given.isEmpty()) {
      return true;
    }
    for (String each : given.get()) {
      if (!each.startsWith("-")) {
        return false;
      }
      if (!each.equals("-jar") && !each.startsWith("-D")) {
        return true;
      }
    }
    return false;
  }
}
