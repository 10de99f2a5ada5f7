package beamyard.ui.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Fault;
import beamyard.simulator.NodeSettings;
import beamyard.ui.desktop.run.Command.Inflict;
import beamyard.ui.desktop.run.Command.StartNode;
import beamyard.ui.desktop.run.Command.Type;
import beamyard.ui.desktop.run.Run;
import beamyard.ui.desktop.sheets.CompareModel;
import beamyard.ui.desktop.sheets.CompareModel.Seen;
import beamyard.ui.desktop.sheets.Sheet;
import beamyard.ui.desktop.sheets.Sheet.Cell;
import beamyard.ui.desktop.sheets.Sheet.Tone;
import beamyard.ui.desktop.yard.Until;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Branches compared, and runs that go on until something is so. */
class BranchTest {
  private static final long MILLI = 1_000_000;

  private final Run run = Run.withSeed(5);

  BranchTest() {
    run.obey(new StartNode(NodeSettings.shortName("alice@localhost").withCookie("c")));
    run.obey(new StartNode(NodeSettings.shortName("bob@localhost").withCookie("c")));
    run.advance(500 * MILLI, () -> false, () -> false);
  }

  private static List<String> disputed(Sheet sheet) {
    return sheet.parts().stream()
        .flatMap(part -> part.rows().stream())
        .filter(row -> row.cells().getLast().tone() == Tone.DISPUTED)
        .map(row -> row.cells().stream().map(Cell::text).toList().toString())
        .toList();
  }

  @Test
  void onlyWhatIsOtherwiseInABranchIsMarked() {
    Run branch = run.branch(run.position());
    run.obey(new Type("alice@localhost", "Node.connect(:bob@localhost)"));
    branch.obey(new Inflict(new Fault.Crash("bob@localhost")));
    run.advance(900 * MILLI, () -> false, () -> false);
    branch.advance(900 * MILLI, () -> false, () -> false);
    Sheet before =
        CompareModel.compared(
            Seen.of("main", run, 499 * MILLI), Seen.of("other", branch, 499 * MILLI));
    assertThat(disputed(before)).isEmpty();
    Sheet after =
        CompareModel.compared(
            Seen.of("main", run, 900 * MILLI), Seen.of("other", branch, 900 * MILLI));
    assertThat(disputed(after))
        .anyMatch(row -> row.startsWith("[state, running, down"))
        .anyMatch(row -> row.startsWith("[sees, bob, –"));
  }

  /** Does what the yard's thread does, without a clock. */
  private boolean reach(Until until) {
    until.begin(run);
    do {
      run.advance(until.deadlineNanos(), () -> until.isDone(run), () -> false);
      if (until.isDone(run)) {
        break;
      }
    } while (until.continues(run));
    return until.finish(run);
  }

  @Test
  void timeGoesOnUntilSomethingIsSaid() {
    run.obey(new Type("alice@localhost", "Node.connect(:bob@localhost)"));
    assertThat(reach(new Until(new Until.Event("sees BOB")))).isTrue();
    assertThat(run.chronicle().all().getLast().what().toString()).contains("sees bob");
    assertThat(reach(new Until(new Until.Event("no such thing")))).isFalse();
  }

  @Test
  void timeGoesOnUntilAnInstant() {
    assertThat(reach(new Until(new Until.Time(2_000 * MILLI)))).isTrue();
    assertThat(run.position().atNanos()).isEqualTo(2_000 * MILLI);
  }

  @Test
  void timeGoesOnUntilSomethingHolds() {
    run.obey(
        new Type(
            "alice@localhost",
            "spawn(fn -> Process.sleep(1500); Node.connect(:bob@localhost) end)"));
    var until = new Until(new Until.Predicate("bob@localhost", "Node.list() != []"));
    int inputs = run.inputs().size();
    assertThat(reach(until)).isTrue();
    assertThat(run.position().atNanos()).isBetween(1_900 * MILLI, 2_200 * MILLI);
    assertThat(run.inputs()).hasSize(inputs);
  }
}
