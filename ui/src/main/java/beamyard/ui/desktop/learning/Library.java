package beamyard.ui.desktop.learning;

import beamyard.exercises.Exercise;
import beamyard.exercises.ExerciseFolder;
import beamyard.lessons.script.Course;
import beamyard.lessons.script.ScriptProblem;
import beamyard.ui.terminal.Progress;
import java.nio.file.Path;
import java.util.List;

/** The course and the exercises, and how far each is done. */
public final class Library {
  private static final String EXERCISE = "exercise:";

  private final Path folder;

  /**
   * @param state where it is remembered
   */
  public Library(Path state) {
    folder = state;
  }

  /** The lessons of the course, in order. */
  public List<Course.Entry> lessons() {
    return Course.entries();
  }

  List<Exercise> exercises() {
    return ExerciseFolder.catalog();
  }

  /** How far a lesson is done. */
  public Progress.Mark of(Course.Entry entry) {
    return read(entry.name());
  }

  /** How many points of an exercise were reached at best. */
  public Progress.Mark of(Exercise exercise) {
    return read(EXERCISE + exercise.name());
  }

  private Progress.Mark read(String key) {
    try {
      return Progress.in(folder).of(key);
    } catch (ScriptProblem _) {
      return new Progress.Mark(0, Integer.MAX_VALUE); // what cannot be read is as if it were new
    }
  }

  /** Keeps how far a page has come; a page that is not of the course leaves no trace. */
  public void keep(String page, Progress.Mark mark) {
    Course.find(page).ifPresent(entry -> write(entry.name(), mark));
  }

  /** Keeps the points of an exercise, if they are the most so far. */
  public void keep(Exercise exercise, int points, int pointsMax) {
    if (points >= of(exercise).step()) {
      write(EXERCISE + exercise.name(), new Progress.Mark(points, pointsMax));
    }
  }

  private void write(String key, Progress.Mark mark) {
    try {
      Progress.in(folder).keep(key, mark);
    } catch (ScriptProblem _) {
      return; // a place that cannot be written to is no reason to trouble anybody
    }
  }
}
