/** The command line and the desktop. */
module beamyard.ui {
  requires beamyard.exercises;
  requires info.picocli;
}
