/** The command line and the desktop. */
module beamyard.ui {
  requires beamyard.exercises;
  requires info.picocli;
  requires javafx.controls;
  requires org.jline;
  requires atlantafx.base;

  opens beamyard.ui.terminal to
      info.picocli;

  exports beamyard.ui.terminal;
}
