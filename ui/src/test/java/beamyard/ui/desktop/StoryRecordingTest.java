package beamyard.ui.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.exploration.Counterexample;
import beamyard.lessons.exploration.Exhaustive;
import beamyard.lessons.exploration.Exploration;
import beamyard.simulator.Fault;
import beamyard.ui.desktop.run.Command;
import beamyard.ui.desktop.run.Replay;
import beamyard.ui.desktop.run.Run;
import beamyard.ui.desktop.run.StoryRun;
import beamyard.ui.desktop.run.YardFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was done to a run that began as a counterexample, saved as a recording and opened again. */
class StoryRecordingTest {
  private static final long SECOND = 1_000_000_000L;

  private static StoryRun chosen() {
    Counterexample found =
        new Exhaustive(
                StoryWindowTest.rehearsal(StoryWindowTest.LOST_UPDATE), Exhaustive.Options.DEFAULT)
            .run(() -> false)
            .counterexample()
            .orElseThrow();
    return StoryRun.of(found, () -> false);
  }

  private static StoryRun timed() {
    Counterexample found =
        new Exploration(StoryWindowTest.rehearsal(StoryWindowTest.LEANS_ON_BOB), 1)
            .run(1, 20, 1, (_, _, _) -> {}, () -> false)
            .counterexample()
            .orElseThrow();
    return StoryRun.of(found, () -> false);
  }

  private static void goOn(Run run) {
    run.obey(new Command.Type("alice@localhost", "Node.list()"));
    run.advance(run.position().atNanos() + SECOND, () -> false, () -> false);
    run.obey(new Command.Inflict(new Fault.Crash("carol@localhost")));
    run.advance(run.position().atNanos() + SECOND, () -> false, () -> false);
  }

  private static void assertOpensAgain(Run run) {
    String saved = YardFile.ofRun(run, List.of()).write();
    YardFile read = YardFile.read("saved.yard", saved);
    assertThat(read.problem()).isEmpty();
    Replay.Outcome again = Replay.of(read, _ -> {}, () -> false);
    assertThat(again.problem()).isEmpty();
    assertThat(again.run().position()).isEqualTo(run.position());
    assertThat(again.run().chronicle().fingerprint()).isEqualTo(run.chronicle().fingerprint());
    assertThat(YardFile.ofRun(again.run(), List.of()).write()).isEqualTo(saved);
  }

  @Test
  void aStoryThatWasChosenIsSavedWithWhatWasDoneAfterIt() {
    Run run = chosen().run();
    assertOpensAgain(run);
    goOn(run);
    assertOpensAgain(run);
  }

  @Test
  void aBranchFromTheMiddleOfAStoryIsSavedToo() {
    StoryRun story = chosen();
    Run branch = story.run().branch(story.story().lines().get(8).place());
    goOn(branch);
    assertOpensAgain(branch);
    Run later = branch.branch(branch.placeAt(branch.position().atNanos() - SECOND / 2));
    later.obey(new Command.Type("bob@localhost", "Node.list()"));
    later.advance(later.position().atNanos() + SECOND, () -> false, () -> false);
    assertOpensAgain(later);
  }

  @Test
  void aRandomStoryIsSavedFromItsEndAndFromItsMiddle() {
    StoryRun story = timed();
    Run branch = story.run().branch(story.story().lines().get(1).place());
    goOn(branch);
    assertOpensAgain(branch);
    goOn(story.run());
    assertOpensAgain(story.run());
  }
}
