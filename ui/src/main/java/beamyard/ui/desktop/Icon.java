package beamyard.ui.desktop;

import javafx.scene.shape.SVGPath;

/** Small drawings for buttons, on a field of 16 by 16. */
enum Icon {
  ADD("M7 2h2v5h5v2H9v5H7V9H2V7h5z"),
  CONNECT(
      "M3.5 5a3 3 0 0 1 2.9 2.2h3.2a3 3 0 1 1 0 1.6H6.4A3 3 0 1 1 3.5 5zm0 1.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z"
          + "m9 0a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z"),
  PAGE("M3 1h6.5L13 4.5V15H3zM4.5 2.5v11h7V6H8V2.5zM9.5 3v1.5H11z"),
  PLAY("M4 2l10 6-10 6z"),
  PAUSE("M4 2h3v12H4zM9 2h3v12H9z"),
  STEP("M3 2l7 6-7 6zM11 2h2v12h-2z"),
  STEP_BACK("M13 2L6 8l7 6zM3 2h2v12H3z"),
  SKIP("M1 3l6 5-6 5zM8 3l6 5-6 5z"),
  TO_START("M2 2h2v12H2zM14 2L6 8l8 6z"),
  TO_END("M14 2h-2v12h2zM2 2l8 6-8 6z"),
  RUN_ALL("M1 2l7 6-7 6zM8 2l7 6-7 6z"),
  RESTART("M8 2a6 6 0 1 1-5.7 4.1l1.5.5A4.4 4.4 0 1 0 8 3.6V6L4.2 2.8 8-.2z"),
  CLOSE(
      "M3.3 2.2L8 6.9l4.7-4.7 1.1 1.1L9.1 8l4.7 4.7-1.1 1.1L8 9.1l-4.7 4.7-1.1-1.1L6.9 8 2.2 3.3z"),
  CUT(
      "M5 2l3 5 3-5 1.4.8L9 8.4l1 1.7a2.6 2.6 0 1 1-1.3.9L8 9.9l-.7 1.1A2.6 2.6 0 1 1 6 10.1l1-1.7L3.6 2.8z"
          + "M4.5 11.4a1.1 1.1 0 1 0 0 2.2 1.1 1.1 0 0 0 0-2.2zm7 0a1.1 1.1 0 1 0 0 2.2 1.1 1.1 0 0 0 0-2.2z"),
  HEAL("M6 2h4v4h4v4h-4v4H6v-4H2V6h4zM7.5 3.5v4h-4v1h4v4h1v-4h4v-1h-4v-4z"),
  BOOKMARK("M4 1.5h8V15l-4-3-4 3z"),
  BRANCH(
      "M4 1.5a2 2 0 0 1 .8 3.8v5.4A2 2 0 1 1 3.2 10.700V5.300A2 2 0 0 1 4 1.500zM12 1.500a2 2 0 0 1 .8 3.800C12.600 8.500 9 9 5.500 9V7.400"
          + "c3 0 5.500-.300 5.700-2.100A2 2 0 0 1 12 1.500z"),
  SUN(
      "M8 4.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7zM7.300 0h1.400v2.500H7.300zM7.300 13.500h1.400V16H7.300zM0 7.300h2.500v1.400H0zM13.500 7.300H16v1.400h-2.500z"
          + "M2 3l1-1 1.800 1.800-1 1zM11.200 12.200l1-1L14 13l-1 1zM2 13l1.800-1.800 1 1L3 14zM11.200 3.800L13 2l1 1-1.800 1.800z"),
  HELP(
      "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 1.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11zM7.200 11h1.600v1.600H7.200zM8 3.800c1.600 0 2.700.9 2.700 2.300"
          + "C10.700 8 8.800 8 8.800 9.800H7.200C7.200 7.500 9.100 7.300 9.100 6.200 9.100 5.600 8.700 5.200 8 5.200s-1.200.5-1.200 1.200H5.300C5.300 4.800 6.400 3.800 8 3.800z"),
  SEARCH(
      "M7 1.500a5.500 5.500 0 0 1 4.300 8.900l3.500 3.500-1 1-3.500-3.500A5.500 5.500 0 1 1 7 1.500zM7 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8z"),
  INSPECT("M1.500 2h13v12h-13zM3 3.500v9h5.500v-9zM10 3.500v9h3v-9z"),
  EXPORT("M7.300 10V3.800L5 6 4 5l4-4 4 4-1 1-2.300-2.200V10zM2 9h1.500v4.500h9V9H14v6H2z");

  private final String path;

  Icon(String path) {
    this.path = path;
  }

  /** A drawing of it, in the colour that the style sheet gives to {@code icon}. */
  SVGPath graphic() {
    var drawing = new SVGPath();
    drawing.setContent(path);
    drawing.getStyleClass().add("icon");
    return drawing;
  }
}
