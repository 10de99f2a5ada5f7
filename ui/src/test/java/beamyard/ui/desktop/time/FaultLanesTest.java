package beamyard.ui.desktop.time;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Fault;
import beamyard.simulator.NodeSettings;
import beamyard.ui.desktop.JavaFx;
import beamyard.ui.desktop.time.TimeModel.Span;
import beamyard.ui.desktop.yard.YardModel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the lane of faults above the time track tells. */
class FaultLanesTest {
  private YardModel yard;
  private TimeModel time;

  @BeforeEach
  void open() throws Exception {
    JavaFx.start();
    onJavaFx(
        () -> {
          yard = new YardModel();
          time = new TimeModel(yard);
          yard.open();
          for (String label : List.of("alice@h", "bob@h", "carol@h")) {
            yard.addNode(NodeSettings.shortName(label));
          }
          return yard;
        });
    await(() -> yard.update().observation().nodes().size() == 3, "the nodes are there");
  }

  @AfterEach
  void close() {
    yard.close();
  }

  private void inflict(Fault... faults) throws Exception {
    int before = onJavaFx(() -> time.marks().size());
    onJavaFx(
        () -> {
          List.of(faults).forEach(yard::inflict);
          return yard;
        });
    await(() -> time.marks().size() > before, "the fault is marked");
    long then = onJavaFx(() -> yard.update().end().atNanos());
    await(() -> yard.update().end().atNanos() > then, "time goes on");
  }

  private long openSpans() throws Exception {
    return onJavaFx(
        () -> time.cuts().stream().filter(span -> span.toNanos() == Long.MAX_VALUE).count());
  }

  @Test
  void aPathThatIsCutAndMendedIsASpanThatEnds() throws Exception {
    inflict(new Fault.Block("alice@h", "bob@h"), new Fault.Block("bob@h", "alice@h"));
    assertThat(openSpans()).isOne();
    inflict(new Fault.Unblock("alice@h", "bob@h"));
    assertThat(openSpans()).as("one way is still cut").isOne();
    inflict(new Fault.Unblock("bob@h", "alice@h"));
    assertThat(openSpans()).isZero();
    List<Span> cuts = onJavaFx(time::cuts);
    assertThat(cuts).hasSize(1);
    assertThat(cuts.getFirst().toNanos()).isGreaterThan(cuts.getFirst().fromNanos());
  }

  @Test
  void cutsThatOverlapAreOneSpanUntilTheLastIsMended() throws Exception {
    List<List<String>> sides = List.of(List.of("alice@h"), List.of("bob@h", "carol@h"));
    inflict(new Fault.Partition(Optional.of("first"), sides));
    inflict(new Fault.Block("bob@h", "carol@h"));
    inflict(new Fault.Heal(Optional.of("first")));
    assertThat(openSpans()).isOne();
    inflict(new Fault.Heal(Optional.empty()));
    assertThat(openSpans()).isZero();
    assertThat(onJavaFx(time::cuts)).hasSize(1);
  }

  @Test
  void nodesThatGoAndComeAreMarked() throws Exception {
    inflict(new Fault.Crash("bob@h"));
    inflict(new Fault.Restart("bob@h"));
    await(() -> time.marks().getLast().text().equals("bob@h is up"), "that bob is back is marked");
    assertThat(onJavaFx(() -> time.marks().stream().map(TimeModel.Mark::text).toList()))
        .contains("bob@h was killed");
  }
}
