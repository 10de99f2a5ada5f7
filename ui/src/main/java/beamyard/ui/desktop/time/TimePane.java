package beamyard.ui.desktop.time;

import beamyard.ui.desktop.drawing.Icon;
import beamyard.ui.desktop.run.Times;
import beamyard.ui.desktop.time.TimeModel.Bookmark;
import beamyard.ui.desktop.yard.Update;
import beamyard.ui.desktop.yard.Update.Branch;
import beamyard.ui.desktop.yard.YardModel;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** Time: back, play, pause, steps, speed, the scrubber, bookmarks and branches. */
public final class TimePane extends HBox {
  private final YardModel yard;
  private final TimeModel time;
  private final Asking asking;
  private final MenuButton places;

  /** What is asked for elsewhere in the window. */
  public interface Asking {
    void rename(String before);

    void compareWith(Branch branch);
  }

  public TimePane(YardModel yard, TimeModel time, Asking asking) {
    this.yard = yard;
    this.time = time;
    this.asking = asking;
    places = places();
    getStyleClass().add("time-bar");
    var play = button(Icon.PAUSE, "Pause (Space)", "time-play", time::togglePause);
    yard.pausedProperty()
        .subscribe(
            paused -> {
              play.setGraphic(paused ? Icon.PLAY.graphic() : Icon.PAUSE.graphic());
              play.getTooltip().setText(paused ? "Let time flow (Space)" : "Pause (Space)");
              play.setAccessibleText(paused ? "Let time flow" : "Pause");
            });
    var track = new TimeTrack(yard, time);
    HBox.setHgrow(track, Priority.ALWAYS);
    getChildren()
        .setAll(
            button(Icon.TO_START, "To the beginning (Home)", "time-start", time::toStart),
            button(Icon.STEP_BACK, "One event back (Shift+.)", "time-back", time::stepBack),
            play,
            button(Icon.STEP, "One event on (.)", "time-step", time::stepForward),
            button(
                Icon.SKIP, "Skip the waiting: jump to the next event (,)", "time-skip", time::skip),
            speed(),
            track,
            clock(),
            live(track),
            button(Icon.BOOKMARK, "Bookmark this moment (B)", "time-bookmark", time::bookmark),
            places);
  }

  /** Lists branches and bookmarks, to choose one. */
  public void showPlaces() {
    places.requestFocus();
    places.show();
  }

  private static Button button(Icon icon, String tip, String id, Runnable action) {
    var button = new Button("", icon.graphic());
    button.getStyleClass().addAll("flat", "icon-button");
    button.setId(id);
    button.setTooltip(new Tooltip(tip));
    button.setAccessibleText(tip);
    button.setOnAction(_ -> action.run());
    return button;
  }

  private ComboBox<Speed> speed() {
    var speed = new ComboBox<Speed>();
    speed.getItems().setAll(Speed.values());
    speed.setValue(Speed.AS_THE_WALL);
    speed.setId("time-speed");
    speed.setAccessibleText("Speed of virtual time");
    speed.setTooltip(new Tooltip("How fast virtual time flows against the wall's"));
    speed.valueProperty().subscribe(chosen -> yard.speedProperty().set(chosen.factor));
    yard.speedProperty()
        .subscribe(
            factor -> {
              for (Speed each : Speed.values()) {
                if (each.factor == factor.doubleValue()) {
                  speed.setValue(each);
                }
              }
            });
    return speed;
  }

  /** How fast virtual time flows. */
  enum Speed {
    THOUSANDTH(0.001, "× 0.001"),
    TENTH(0.1, "× 0.1"),
    AS_THE_WALL(1, "× 1"),
    TEN(10, "× 10"),
    HUNDRED(100, "× 100");

    private final double factor;
    private final String shown;

    Speed(double factor, String shown) {
      this.factor = factor;
      this.shown = shown;
    }

    @Override
    public String toString() {
      return shown;
    }
  }

  private Label clock() {
    var clock = new Label();
    clock.getStyleClass().addAll("clock", "mono");
    clock.setAccessibleText("Virtual time");
    clock.setMinWidth(Region.USE_PREF_SIZE);
    yard.updateProperty()
        .subscribe(
            update -> {
              long now = update.cursor().atNanos();
              boolean flows = !yard.pausedProperty().get() && !update.isPast();
              clock.setText(flows ? Times.roughInstant(now) : Times.instant(now));
            });
    return clock;
  }

  /** Shown in the past: the way back to now. */
  private Button live(TimeTrack track) {
    var live = new Button("Back to now");
    live.setId("time-live");
    live.getStyleClass().addAll("small", "accent");
    live.setMinWidth(Region.USE_PREF_SIZE);
    live.setTooltip(new Tooltip("What you do here, in the past, goes on in a branch of its own"));
    live.setOnAction(_ -> time.goLive());
    // while the track is dragged on it keeps its length: the time under the mouse stays there
    Runnable show =
        () -> {
          if (!track.draggedProperty().get()) {
            live.setVisible(yard.update().isPast());
            live.setManaged(yard.update().isPast());
          }
        };
    yard.updateProperty().map(Update::isPast).subscribe(_ -> show.run());
    track.draggedProperty().subscribe(_ -> show.run());
    return live;
  }

  /** Bookmarks and branches, shown once there is one. */
  private MenuButton places() {
    var places = new MenuButton("", Icon.BRANCH.graphic());
    places.setId("time-places");
    places.getStyleClass().add("flat");
    places.setTooltip(new Tooltip("Branches and bookmarks"));
    places.setAccessibleText("Branches and bookmarks");
    places
        .showingProperty()
        .subscribe(
            showing -> {
              if (showing) {
                fill(places);
              }
            });
    places.getItems().add(new MenuItem("Branch from here"));
    yard.updateProperty()
        .map(update -> update.branches().size() > 1 ? current(update) : "")
        .subscribe(places::setText);
    return places;
  }

  private static String current(Update update) {
    return update.branches().stream()
        .filter(branch -> branch.run() == update.run())
        .map(Branch::name)
        .findFirst()
        .orElse("");
  }

  private void fill(MenuButton places) {
    places.getItems().clear();
    places.getItems().add(item("Branch from here", time::branch));
    if (yard.update().branches().size() > 1) {
      for (Branch branch : yard.update().branches()) {
        String mark = branch.run() == yard.update().run() ? "● " : "○ ";
        places
            .getItems()
            .add(
                item(
                    mark
                        + branch.name()
                        + (branch.fromNanos() == 0
                            ? ""
                            : "  from " + Times.instant(branch.fromNanos())),
                    () -> time.show(branch)));
      }
    }
    if (yard.update().branches().size() > 1) {
      places
          .getItems()
          .add(item("Rename this branch…", () -> asking.rename(current(yard.update()))));
      for (Branch branch : yard.update().branches()) {
        if (branch.run() != yard.update().run()) {
          places
              .getItems()
              .add(item("Compare with " + branch.name(), () -> asking.compareWith(branch)));
        }
      }
    }
    for (Bookmark bookmark : time.bookmarks()) {
      places.getItems().add(item("⚑ " + bookmark.name(), () -> time.goTo(bookmark)));
    }
    if (!time.bookmarks().isEmpty()) {
      places.getItems().add(item("Forget all bookmarks", time::forgetBookmarks));
    }
  }

  private static MenuItem item(String text, Runnable action) {
    var item = new MenuItem(text);
    item.setMnemonicParsing(false);
    item.setOnAction(_ -> action.run());
    return item;
  }
}
