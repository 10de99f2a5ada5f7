package beamyard.ui.desktop;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;

/** Asks which file is meant; nothing if whoever is asked thinks better of it. */
interface FileAsking {
  /** Asks for a file that is there. */
  Optional<Path> toOpen(String title, List<ExtensionFilter> kinds);

  /**
   * Asks where to save.
   *
   * @param name what the file is called unless somebody wants otherwise
   */
  Optional<Path> toSave(String title, String name, ExtensionFilter kind);

  /** Asks by the dialogs of the platform. */
  static FileAsking by(Window owner) {
    return new FileAsking() {
      @Override
      public Optional<Path> toOpen(String title, List<ExtensionFilter> kinds) {
        FileChooser chooser = chooser(title, kinds);
        return Optional.ofNullable(chooser.showOpenDialog(owner)).map(File::toPath);
      }

      @Override
      public Optional<Path> toSave(String title, String name, ExtensionFilter kind) {
        FileChooser chooser = chooser(title, List.of(kind));
        chooser.setInitialFileName(name);
        return Optional.ofNullable(chooser.showSaveDialog(owner)).map(File::toPath);
      }

      private static FileChooser chooser(String title, List<ExtensionFilter> kinds) {
        var chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.getExtensionFilters().setAll(kinds);
        return chooser;
      }
    };
  }
}
