package beamyard.ui.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Fault;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.Observation;
import beamyard.ui.desktop.run.Command;
import beamyard.ui.desktop.run.Command.Inflict;
import beamyard.ui.desktop.run.Command.StartNode;
import beamyard.ui.desktop.run.Command.Type;
import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.run.Replay;
import beamyard.ui.desktop.run.Run;
import beamyard.ui.desktop.run.YardFile;
import beamyard.ui.desktop.run.YardFile.Connection;
import beamyard.ui.desktop.run.YardFile.Place;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Files of yards with something wrong in them: they open to the last good point, with a line that says what is wrong. */
class DamagedFilesTest {
  private static final long MILLI = 1_000_000;
  private static final int PATIENCE = 200_000;

  private static final List<NodeSettings> NODES =
      List.of(
          NodeSettings.shortName("alice@localhost").withCookie("c"),
          NodeSettings.shortName("bob@localhost").withCookie("c").with("+P", "2048"));

  private static final Run RUN = aRun();
  private static final String RECORDING =
      YardFile.ofRun(RUN, List.of(new Place("alice@localhost", 3, 4))).write();
  private static final String SETUP =
      YardFile.ofSetup(
              NODES,
              List.of(new Connection("alice@localhost", "bob@localhost")),
              List.of(new Place("bob@localhost", -7.5, 40)))
          .write();

  /** What happens to files. */
  enum Damage {
    CUT {
      @Override
      String of(String text, int at) {
        return text.substring(0, at);
      }
    },
    CHARACTER_LOST {
      @Override
      String of(String text, int at) {
        return text.substring(0, at) + text.substring(Math.min(at + 1, text.length()));
      }
    },
    CHARACTER_CHANGED {
      @Override
      String of(String text, int at) {
        return text.substring(0, at) + "~" + text.substring(Math.min(at + 1, text.length()));
      }
    },
    DIGIT_ADDED {
      @Override
      String of(String text, int at) {
        return text.substring(0, at) + "9" + text.substring(at);
      }
    },
    LINE_TWICE {
      @Override
      String of(String text, int at) {
        int from = text.lastIndexOf('\n', at - 1) + 1;
        int to = text.indexOf('\n', at) + 1;
        String line = to == 0 ? "" : text.substring(from, to);
        return text.substring(0, from) + line + text.substring(from);
      }
    },
    NOT_A_NUMBER {
      @Override
      String of(String text, int at) {
        return text.substring(0, at) + "NaN" + text.substring(at);
      }
    };

    abstract String of(String text, int at);
  }

  private static Run aRun() {
    var run = Run.withSeed(3);
    NODES.forEach(node -> run.obey(new StartNode(node)));
    run.advance(500 * MILLI, () -> false, () -> false);
    run.obey(new Type("alice@localhost", "Node.connect(:bob@localhost)"));
    run.advance(800 * MILLI, () -> false, () -> false);
    run.obey(new Inflict(new Fault.Crash("bob@localhost")));
    run.advance(900 * MILLI, () -> false, () -> false);
    run.obey(new Command.Remove("bob@localhost"));
    run.advance(1_000 * MILLI, () -> false, () -> false);
    return run;
  }

  /** Opens it; somebody loses patience if it takes for ever. */
  private static Replay.Outcome open(YardFile file) {
    int[] asked = {0};
    return Replay.of(file, _ -> {}, () -> asked[0]++ > PATIENCE);
  }

  @Property(tries = 300)
  void aDamagedRecordingOpensToALastGoodPoint(
      @ForAll Damage damage, @ForAll @IntRange(max = 10_000) int where) {
    String text = damage.of(RECORDING, where % (RECORDING.length() + 1));
    YardFile file = YardFile.read("a.yard", text);
    Replay.Outcome opened = open(file);
    Run run = opened.run();
    assertThat(run.inputs()).hasSizeLessThanOrEqualTo(RUN.inputs().size() + 1);
    assertThat(Observation.of(run.at(run.position()))).isEqualTo(Observation.of(run.simulation()));
    assertThat(run.at(Position.START).nodes()).hasSizeLessThanOrEqualTo(NODES.size());
    if (!text.isEmpty() && run.position().step() < RUN.position().step()) {
      assertThat(opened.problem()).isNotEmpty().doesNotContain("\n", "Exception");
    }
  }

  @Property(tries = 100)
  void ofARecordingThatIsCutAllThatStandsBeforeTheCutIsThere(
      @ForAll @IntRange(max = 10_000) int where) {
    int at = where % (RECORDING.length() + 1);
    Run run = open(YardFile.read("a.yard", RECORDING.substring(0, at))).run();
    assertThat(run.inputs()).isEqualTo(RUN.inputs().subList(0, run.inputs().size()));
    assertThat(run.chronicle().all()).hasSizeLessThanOrEqualTo(RUN.chronicle().all().size());
  }

  @Property(tries = 300)
  void aDamagedSetUpIsReadToALastGoodLine(
      @ForAll Damage damage, @ForAll @IntRange(max = 10_000) int where) {
    String text = damage.of(SETUP, where % (SETUP.length() + 1));
    YardFile file = YardFile.read("a.yard", text);
    assertThat(file.nodes()).hasSizeLessThanOrEqualTo(NODES.size() + 1);
    assertThat(file.places())
        .allMatch(place -> Double.isFinite(place.x()) && Double.isFinite(place.y()));
    assertThat(file.problem()).doesNotContain("\n", "Exception");
  }
}
