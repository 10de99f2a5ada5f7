package beamyard.ui.desktop.run;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.exercises.Exercise;
import beamyard.exercises.Exercise.Mistake;
import beamyard.exercises.ExerciseFolder;
import beamyard.exercises.Grader;
import beamyard.exercises.Report.Counterexample;
import beamyard.exercises.Report.Result;
import beamyard.lessons.exploration.TimedFault;
import beamyard.simulator.Fault;
import org.junit.jupiter.api.Test;

/** A check that failed, run again for the window. */
class PlayedTrialTest {
  private static final long BRIEFLY = 1_000_000;

  @Test
  void aCheckInWhichANodeComesBackFailsInTheWindowAsItDidForTheGrader() {
    Exercise exercise = ExerciseFolder.find("shards");
    Mistake mistake =
        exercise.mistakes().stream()
            .filter(each -> each.rejectedBy().contains("comes back"))
            .findFirst()
            .orElseThrow();
    Result failed =
        Grader.grade(exercise, mistake.solution(), _ -> {}).results().stream()
            .filter(result -> result.counterexample().stream().anyMatch(PlayedTrialTest::restarts))
            .findFirst()
            .orElseThrow();
    TrialRun played = TrialRun.of(exercise, mistake.solution(), failed);
    Run run = played.run();
    long end = run.position().atNanos();
    run.advance(end + BRIEFLY, () -> false, () -> false); // whoever takes the verdict has its turn
    assertThat(played.playback().failure(run.simulation()))
        .isEqualTo(failed.counterexample().map(Counterexample::message));
  }

  private static boolean restarts(Counterexample found) {
    return found.faults().stream().map(TimedFault::fault).anyMatch(Fault.Start.class::isInstance);
  }
}
