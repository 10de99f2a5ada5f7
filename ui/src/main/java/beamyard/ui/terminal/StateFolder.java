package beamyard.ui.terminal;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where the progress and history of this user are kept: the folder that the platform has for such things, or what {@code
 * BEAMYARD_STATE} names.
 */
public final class StateFolder {
  private static final String OVERRIDE = "BEAMYARD_STATE";
  private static final String NAME = "beamyard";

  private StateFolder() {}

  public static Path ofThisUser() {
    return of(
        System.getenv(), System.getProperty("os.name", ""), System.getProperty("user.home", "."));
  }

  /** Pure: the same environment gives the same folder. */
  static Path of(Map<String, String> environment, String system, String home) {
    String override = environment.getOrDefault(OVERRIDE, "");
    if (!override.isBlank()) {
      return Path.of(override);
    }
    String os = system.toLowerCase(Locale.ROOT);
    if (os.startsWith("windows")) {
      String local = environment.getOrDefault("LOCALAPPDATA", "");
      return local.isBlank()
          ? Path.of(home, "AppData", "Local", NAME)
          : Path.of(local).resolve(NAME);
    }
    if (os.contains("mac")) {
      return Path.of(home, "Library", "Application Support", NAME);
    }
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    return state.isBlank() || !Path.of(state).isAbsolute()
        ? Path.of(home, ".local", "state", NAME)
        : Path.of(state).resolve(NAME);
  }
}
