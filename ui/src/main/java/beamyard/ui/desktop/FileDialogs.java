package beamyard.ui.desktop;

import beamyard.ui.desktop.drawing.PngFile;
import beamyard.ui.desktop.map.ClusterMap;
import beamyard.ui.desktop.yard.YardModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Stage;

/** Files that come into the window, by a question or dropped on it, and files that leave it. */
final class FileDialogs {
  private final Stage stage;
  private final YardModel yard;
  private final Opener opener;
  private final ViewsPane views;
  private final ClusterMap map;

  FileDialogs(Stage stage, YardModel yard, Opener opener, ViewsPane views, ClusterMap map) {
    this.stage = stage;
    this.yard = yard;
    this.opener = opener;
    this.views = views;
    this.map = map;
  }

  /** Asks for a file to open, and opens it. */
  void open() {
    var chooser = new FileChooser();
    chooser.setTitle("Open");
    chooser
        .getExtensionFilters()
        .addAll(
            new ExtensionFilter(
                "All that opens",
                "*.md",
                "*.mdx",
                "*.txt",
                "*.yard",
                "*.iexs",
                "*.rec",
                "*.counterexample",
                "*.trial"),
            new ExtensionFilter("All files", "*"));
    File chosen = chooser.showOpenDialog(stage);
    if (chosen != null) {
      opener.open(chosen.toPath());
    }
  }

  void saveSetup() {
    askWhereToSave("Save the set-up", "set-up.yard").ifPresent(opener::saveSetup);
  }

  void saveRecording() {
    askWhereToSave("Save this run", "run.yard").ifPresent(opener::saveRecording);
  }

  private Optional<Path> askWhereToSave(String title, String name) {
    var chooser = new FileChooser();
    chooser.setTitle(title);
    chooser.setInitialFileName(name);
    chooser.getExtensionFilters().add(new ExtensionFilter("Yards", "*.yard"));
    return Optional.ofNullable(chooser.showSaveDialog(stage)).map(File::toPath);
  }

  /** Asks where to save the view in front as a picture, and saves it. */
  void export() {
    var chooser = new FileChooser();
    chooser.setTitle("Save this view as a picture, PNG or SVG");
    chooser.setInitialFileName(views.frontTitle().toLowerCase(Locale.ROOT) + ".png");
    chooser.getExtensionFilters().add(new ExtensionFilter("Pictures", "*.png", "*.svg"));
    File chosen = chooser.showSaveDialog(stage);
    if (chosen != null) {
      export(chosen.toPath());
    }
  }

  /** Saves the view in front as a picture; the name of the file says whether as SVG or PNG. */
  void export(Path file) {
    try {
      if (file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
        Files.writeString(file, views.picture(map, map.inks()));
      } else {
        PngFile.write(views.front().snapshot(null, null), file);
      }
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
