package beamyard.ui.terminal;

/** The window, as the command line knows it. */
public interface Desktop {
  /** Whether there is a screen to open a window on. */
  boolean hasDisplay();

  /** Opens the window and returns when it is closed. */
  void open(String... arguments);
}
