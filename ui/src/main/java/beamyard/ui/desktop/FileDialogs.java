package beamyard.ui.desktop;

import beamyard.ui.desktop.drawing.PngFile;
import beamyard.ui.desktop.map.ClusterMap;
import beamyard.ui.desktop.yard.YardModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.stage.FileChooser.ExtensionFilter;

/** Files that come into the window, by a question or dropped on it, and files that leave it. */
final class FileDialogs {
  private static final ExtensionFilter ALL_THAT_OPENS =
      new ExtensionFilter(
          "All that opens",
          "*.md",
          "*.mdx",
          "*.txt",
          "*.yard",
          "*.iexs",
          "*.rec",
          "*.counterexample",
          "*.trial");

  private static final ExtensionFilter YARDS = new ExtensionFilter("Yards", "*.yard");

  private final YardModel yard;
  private final Opener opener;
  private final ViewsPane views;
  private final ClusterMap map;
  private FileAsking asking;

  FileDialogs(FileAsking asking, YardModel yard, Opener opener, ViewsPane views, ClusterMap map) {
    this.asking = asking;
    this.yard = yard;
    this.opener = opener;
    this.views = views;
    this.map = map;
  }

  /** Says how it is asked which file is meant. */
  void askBy(FileAsking other) {
    asking = other;
  }

  /** Asks for a file to open, and opens it. */
  void open() {
    asking
        .toOpen("Open", List.of(ALL_THAT_OPENS, new ExtensionFilter("All files", "*")))
        .ifPresent(opener::open);
  }

  void saveSetup() {
    asking.toSave("Save the set-up", "set-up.yard", YARDS).ifPresent(opener::saveSetup);
  }

  void saveRecording() {
    asking.toSave("Save this run", "run.yard", YARDS).ifPresent(opener::saveRecording);
  }

  /** Asks where to save the view in front as a picture, and saves it. */
  void export() {
    asking
        .toSave(
            "Save this view as a picture, PNG or SVG",
            views.frontTitle().toLowerCase(Locale.ROOT) + ".png",
            new ExtensionFilter("Pictures", "*.png", "*.svg"))
        .ifPresent(this::export);
  }

  /** Saves the view in front as a picture; the name of the file says whether as SVG or PNG. */
  void export(Path file) {
    try {
      if (file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
        Files.writeString(file, views.picture(map, map.inks()));
      } else {
        PngFile.write(views.pixels(), file);
      }
      yard.tell("Saved as " + file + ".");
    } catch (IOException e) {
      yard.tell(file + ": cannot be written: " + e.getMessage());
    }
  }

  // Dropping.

  void dragOver(DragEvent event) {
    if (event.getDragboard().hasFiles()) {
      event.acceptTransferModes(TransferMode.COPY);
    }
    event.consume();
  }

  void drop(DragEvent event) {
    if (event.getDragboard().hasFiles()) {
      opener.open(event.getDragboard().getFiles().getFirst().toPath());
      event.setDropCompleted(true);
    }
    event.consume();
  }
}
