package beamyard.ui.desktop;

import beamyard.ui.terminal.Desktop;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Application;

/** Opens the window for the command line. */
public final class WindowedDesktop implements Desktop {
  private static final Logger JAVAFX = Logger.getLogger("javafx");
  private static final Logger CONTROLS = Logger.getLogger("javafx.scene.control");

  @Override
  public boolean hasDisplay() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String display = System.getenv("DISPLAY");
    return system.contains("win")
        || system.contains("mac")
        || (display != null && !display.isEmpty());
  }

  @Override
  public void open(String... arguments) {
    quieten();
    Application.launch(DesktopApp.class, arguments);
  }

  /** JavaFX tells of two things on standard error that work and are nobody's concern. */
  static void quieten() {
    // the jar carries JavaFX on its class path
    JAVAFX.setFilter(
        record ->
            record.getMessage() == null
                || !record.getMessage().startsWith("Unsupported JavaFX configuration"));
    // a list whose rest of room has fewer pixels than the list has lines takes its lines for too
    // low
    CONTROLS.setLevel(Level.WARNING);
  }
}
