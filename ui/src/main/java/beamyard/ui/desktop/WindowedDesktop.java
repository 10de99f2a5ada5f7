package beamyard.ui.desktop;

import beamyard.ui.terminal.Desktop;
import java.util.Locale;
import java.util.logging.Logger;
import javafx.application.Application;

/** Opens the window for the command line. */
public final class WindowedDesktop implements Desktop {
  private static final Logger JAVAFX = Logger.getLogger("javafx");

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
    // the jar carries JavaFX on its class path, which works and is nobody's concern
    JAVAFX.setFilter(
        record ->
            record.getMessage() == null
                || !record.getMessage().startsWith("Unsupported JavaFX configuration"));
    Application.launch(DesktopApp.class, arguments);
  }
}
