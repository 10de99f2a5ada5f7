package beamyard.ui.desktop.run;

import beamyard.exercises.Exercise;
import beamyard.exercises.ExerciseFolder;
import beamyard.exercises.RecordedTrial;
import beamyard.lessons.exploration.Counterexample;
import java.util.function.BooleanSupplier;

/**
 * The story that a run began as.
 *
 * @param text of the file that tells it: a counterexample or a trial of an exercise
 * @param left where the run left the story; what was done to it after that is its own
 */
record Origin(String text, Position left) {
  /** Where it stands in messages. */
  private static final String NAME = "the counterexample in it";

  /** The same story, left at a place unless that was before. */
  Origin leftAt(Position place) {
    return left.isAfter(place) ? new Origin(text, place) : this;
  }

  /** Whether something that was done to the run is its own. */
  boolean isOwn(Run.Dated input) {
    return !(input.command() instanceof Command.Happen) && !left.isAfter(input.at());
  }

  /**
   * Runs the story again up to where it was left; {@link beamyard.lessons.script.ScriptProblem} or {@link
   * beamyard.exercises.ExerciseProblem} if it cannot be told any more.
   */
  Run again(BooleanSupplier cancelled) {
    Run story = story(cancelled);
    return story.position().equals(left) ? story : story.branch(left);
  }

  private Run story(BooleanSupplier cancelled) {
    if (Counterexample.isOne(text)) {
      return StoryRun.of(Counterexample.read(NAME, text), cancelled).run();
    }
    RecordedTrial trial = RecordedTrial.read(NAME, text);
    Exercise exercise = ExerciseFolder.find(trial.exercise());
    return TrialRun.of(exercise, trial.solution(), trial.result(exercise)).run();
  }
}
