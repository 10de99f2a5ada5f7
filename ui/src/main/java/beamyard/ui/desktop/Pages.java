package beamyard.ui.desktop;

import beamyard.ui.desktop.learning.ExerciseModel;
import beamyard.ui.desktop.learning.ExercisePane;
import beamyard.ui.desktop.learning.LessonModel;
import beamyard.ui.desktop.learning.LessonPane;
import beamyard.ui.desktop.learning.StoryModel;
import beamyard.ui.desktop.learning.StoryPane;

/**
 * What may stand on the left: a lesson, an exercise or a counterexample. Whichever is opened closes the others.
 */
record Pages(LessonModel lessons, ExerciseModel exercises, StoryModel stories) {
  /** Shows from now on what is open. */
  void showIn(WindowFrame frame, LessonPane lesson) {
    lessons
        .lessonProperty()
        .subscribe(
            page -> {
              if (page != null) {
                exercises.close();
                stories.close();
              }
              frame.showPage(lesson, page != null);
            });
    var exercise = new ExercisePane(exercises);
    exercises
        .exerciseProperty()
        .subscribe(
            chosen -> {
              if (chosen != null) {
                lessons.close();
                stories.close();
              }
              frame.showPage(exercise, chosen != null);
            });
    var story = new StoryPane(stories);
    stories
        .storyProperty()
        .subscribe(
            told -> {
              if (told != null) {
                lessons.close();
                exercises.close();
              }
              frame.showPage(story, told != null);
            });
  }

  /** Closes what is open. */
  void close() {
    lessons.close();
    exercises.close();
    stories.close();
  }
}
