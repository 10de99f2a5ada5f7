package beamyard.ui.desktop.run;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Fault;
import beamyard.simulator.KernelParameters;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.Observation;
import beamyard.simulator.network.Latency;
import beamyard.ui.desktop.run.Command.Inflict;
import beamyard.ui.desktop.run.Command.StartNode;
import beamyard.ui.desktop.run.Command.Type;
import beamyard.ui.desktop.run.YardFile.Connection;
import beamyard.ui.desktop.run.YardFile.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class YardFileTest {
  private static final long MILLI = 1_000_000;

  private static final List<NodeSettings> NODES =
      List.of(
          NodeSettings.shortName("alice@localhost").withCookie("a \"b\"\\"),
          NodeSettings.longName("bob@a.example").hidden().withSoftware(List.of("libcluster")),
          NodeSettings.unnamed("nobody")
              .withKernel(KernelParameters.DEFAULT.withNetTickTime(8).withStartPg(true)));

  @Property(tries = 300)
  void wordsComeBackAsTheyWere(@ForAll List<String> words) {
    var plain = words.stream().map(word -> word.replaceAll("[\\p{Cntrl}&&[^\n\r\t]]", "")).toList();
    assertThat(Words.split(Words.join(plain))).isEqualTo(plain);
  }

  @Test
  void everyCommandComesBackAsItWas() {
    var commands = new ArrayList<Command>();
    NODES.forEach(node -> commands.add(new StartNode(node)));
    commands.add(new Type("alice@localhost", "IO.puts(\"a\\nb\")\n|> then(& &1)"));
    commands.add(new Type("alice@localhost", ""));
    commands.add(new Command.Remove("alice@localhost"));
    commands.add(new Command.RemoveHost("a.example"));
    var groups = List.of(List.of("a", "b"), List.of("c"));
    var faults =
        List.of(
            new Fault.Partition(Optional.empty(), groups),
            new Fault.Partition(Optional.of("x y"), groups),
            new Fault.HostCut(Optional.empty(), groups),
            new Fault.Blip(groups, 7),
            new Fault.Heal(Optional.empty()),
            new Fault.Heal(Optional.of("x")),
            new Fault.Block("a", "b"),
            new Fault.Unblock("a", "b"),
            new Fault.Delay("a", "b", new Latency.Constant(5)),
            new Fault.Delay("a", "b", new Latency.Uniform(5, 6)),
            new Fault.Delay("a", "b", new Latency.Exponential(5, 6)),
            new Fault.Delay("a", "b", new Latency.LongTail(5)),
            new Fault.Narrow("a", "b", Optional.empty()),
            new Fault.Narrow("a", "b", Optional.of(9L)),
            new Fault.Lose("a", "b", 100),
            new Fault.Hold("a", "b"),
            new Fault.Release(3),
            new Fault.Drop(4),
            new Fault.ReleaseAll(),
            new Fault.Reset("a", "b"),
            new Fault.Crash("a"),
            new Fault.Stop("a"),
            new Fault.Start("a"),
            new Fault.Boot(NODES.get(1)),
            new Fault.Restart("a"),
            new Fault.Pause("a"),
            new Fault.Resume("a"),
            new Fault.Slow("a", 2.5),
            new Fault.Skew("a", -5));
    faults.forEach(fault -> commands.add(new Inflict(fault)));
    for (Command command : commands) {
      String line = Words.join(CommandText.write(command));
      assertThat(CommandText.read(Words.split(line))).as(line).isEqualTo(command);
    }
  }

  @Test
  void aSetUpComesBackAsItWas() {
    var file =
        YardFile.ofSetup(
            NODES,
            List.of(new Connection("alice@localhost", "bob@a.example")),
            List.of(new Place("alice@localhost", 12.5, -3)));
    assertThat(YardFile.read("a.yard", file.write())).isEqualTo(file);
    assertThat(file.isRecording()).isFalse();
  }

  @Test
  void theBookmarksOfARecordingComeBackAsTheyWere() {
    var file =
        YardFile.ofRun(RUN, List.of())
            .withBookmarks(
                List.of(
                    new YardFile.Bookmark(new Position(3, 500 * MILLI), "the \"first\" moment"),
                    new YardFile.Bookmark(RUN.position(), "its end")));
    assertThat(YardFile.read("a.yard", file.write())).isEqualTo(file);
  }

  private static Run aRun() {
    var run = Run.withSeed(3);
    run.divert("alice@localhost");
    run.obey(new StartNode(NodeSettings.shortName("alice@localhost").withCookie("c")));
    run.obey(new StartNode(NodeSettings.shortName("bob@localhost").withCookie("c")));
    run.advance(500 * MILLI, () -> false, () -> false);
    run.endDiversion("alice@localhost");
    run.obey(new Type("alice@localhost", "Node.connect(:bob@localhost)"));
    run.advance(800 * MILLI, () -> false, () -> false);
    run.obey(new Inflict(new Fault.Crash("bob@localhost")));
    run.obey(new Type("alice@localhost", "Node.list()"));
    run.advance(1_500 * MILLI, () -> false, () -> false);
    return run;
  }

  private static final Run RUN = aRun();

  private static Replay.Outcome replay(String text) {
    return Replay.of(YardFile.read("a.yard", text), _ -> {}, () -> false);
  }

  @Test
  void aRecordingThatIsOpenedIsTheRunAgain() {
    Replay.Outcome again = replay(YardFile.ofRun(RUN, List.of()).write());
    assertThat(again.problem()).isEmpty();
    assertThat(again.run().position()).isEqualTo(RUN.position());
    assertThat(Observation.of(again.run().simulation()))
        .isEqualTo(Observation.of(RUN.simulation()));
    assertThat(again.run().chronicle().all()).hasSameSizeAs(RUN.chronicle().all());
    assertThat(again.run().printedSince(0)).isEqualTo(RUN.printedSince(0));
    assertThat(YardFile.ofRun(again.run(), List.of())).isEqualTo(YardFile.ofRun(RUN, List.of()));
  }

  @Test
  void aBrokenRecordingOpensToItsLastGoodPoint() {
    List<String> lines = YardFile.ofRun(RUN, List.of()).write().lines().toList();
    for (int i = 3; i < lines.size(); i++) {
      var broken = new ArrayList<>(lines);
      broken.set(i, "at nonsense");
      Replay.Outcome opened = replay(String.join("\n", broken));
      assertThat(opened.problem()).startsWith("a.yard:" + (i + 1) + ": ");
      assertThat(opened.run().inputs()).isEqualTo(RUN.inputs().subList(0, i - 2));
    }
  }

  @Test
  void aRecordingThatWasCutOffSaysSo() {
    List<String> lines = YardFile.ofRun(RUN, List.of()).write().lines().toList();
    Replay.Outcome opened = replay(String.join("\n", lines.subList(0, lines.size() - 2)) + "\n");
    assertThat(opened.problem()).contains("cut off");
    assertThat(opened.run().inputs()).hasSize(RUN.inputs().size() - 1);
  }

  @Test
  void aRecordingThatGoesOtherwiseSaysSo() {
    String text = YardFile.ofRun(RUN, List.of()).write().replace("seed 3", "seed 4");
    Replay.Outcome opened = replay(text);
    assertThat(opened.problem()).contains("version");
  }

  @Test
  void aFileOfAnotherVersionIsRefusedInWords() {
    assertThat(YardFile.read("a.yard", "beamyard yard 9\nnode a@b\n").problem())
        .contains("a.yard:1")
        .contains("another version");
    assertThat(YardFile.read("a.yard", "beamyard yard 1\nnode \"a\n").problem())
        .contains("a.yard:2")
        .contains("never closed");
  }
}
