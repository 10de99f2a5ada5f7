package beamyard.ui.desktop.learning;

import beamyard.exercises.Exercise;
import beamyard.lessons.script.Course;
import beamyard.ui.terminal.Progress;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The course and the exercises to choose from, each with how far it is done. */
public final class LibraryPane extends VBox {
  private static final double VIEWPORT = 580;

  public LibraryPane(
      Library library, Consumer<Course.Entry> openLesson, Consumer<Exercise> openExercise) {
    setId("library");
    getStyleClass().add("library");
    var lessons = column("The course");
    for (Course.Entry entry : library.lessons()) {
      String title = entry.lesson().front().text("title").orElse(entry.name());
      lessons
          .getChildren()
          .add(
              item(
                  "lesson-" + entry.name(),
                  entry.number() + ".",
                  title,
                  library.of(entry),
                  "step",
                  () -> openLesson.accept(entry)));
    }
    var exercises = column("Exercises");
    for (Exercise exercise : library.exercises()) {
      exercises
          .getChildren()
          .add(
              item(
                  "exercise-" + exercise.name(),
                  exercise.level() + ".",
                  exercise.title(),
                  library.of(exercise),
                  "points:",
                  () -> openExercise.accept(exercise)));
    }
    var columns = new HBox(34, lessons, exercises);
    var scroll = new ScrollPane(columns);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("library-scroll");
    scroll.setPrefViewportHeight(VIEWPORT);
    var title = new Label("Lessons and exercises");
    title.getStyleClass().add("dialog-title");
    getChildren().setAll(title, scroll);
    setSpacing(14);
  }

  private static VBox column(String title) {
    var head = new Label(title);
    head.getStyleClass().add("sheet-title");
    var column = new VBox(2, head);
    column.setPrefWidth(370);
    return column;
  }

  private static Button item(
      String id, String number, String title, Progress.Mark mark, String unit, Runnable open) {
    var place = new Label(number);
    place.getStyleClass().add("hint");
    place.setMinWidth(26);
    var name = new Label(title);
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var row = new HBox(4, place, name, space);
    if (mark.isDone()) {
      var done = new Label("✓");
      done.getStyleClass().add("tone-good");
      row.getChildren().add(done);
    } else if (mark.step() > 0) {
      var some = new Label(unit + " " + mark.step() + " of " + mark.steps());
      some.getStyleClass().add("hint");
      some.setMinWidth(Region.USE_PREF_SIZE);
      row.getChildren().add(some);
    }
    var button = new Button("", row);
    button.setId(id);
    button.getStyleClass().addAll("flat", "library-item");
    button.setAccessibleText(title);
    button.setMaxWidth(Double.MAX_VALUE);
    button.setOnAction(_ -> open.run());
    return button;
  }
}
