package beamyard.ui.desktop;

import beamyard.ui.desktop.yard.YardModel;
import beamyard.ui.terminal.StateFolder;
import java.nio.file.Path;
import javafx.application.Application;
import javafx.stage.Stage;

/** The application: one window over one yard. */
public final class DesktopApp extends Application {
  @Override
  public void start(Stage stage) {
    var model = new YardModel();
    var window = new BeamyardWindow(stage, model, Remembered.file(), StateFolder.ofThisUser());
    window.browseWith(getHostServices()::showDocument);
    window.show();
    window.welcomeNewcomer();
    model.open();
    getParameters().getRaw().stream().map(Path::of).forEach(window.opener()::open);
  }
}
