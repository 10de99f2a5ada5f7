/** The command line and the desktop. */
module beamyard.ui {
  requires beamyard.exercises;
  requires info.picocli;
  requires javafx.controls;
  requires java.logging;
  requires java.management;
  requires org.jline;
  requires atlantafx.base;
  requires org.commonmark;
  requires org.commonmark.ext.gfm.tables;

  opens beamyard.ui.terminal to
      info.picocli;
  opens beamyard.ui.desktop to
      javafx.graphics;

  exports beamyard.ui.terminal;

  uses beamyard.ui.terminal.Desktop;

  provides beamyard.ui.terminal.Desktop with
      beamyard.ui.desktop.WindowedDesktop;
}
