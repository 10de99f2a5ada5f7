package beamyard.ui.desktop;

import beamyard.ui.terminal.Desktop;
import java.util.Locale;
import javafx.application.Application;

/** Opens the window for the command line. */
public final class WindowedDesktop implements Desktop {
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
    Application.launch(DesktopApp.class, arguments);
  }
}
