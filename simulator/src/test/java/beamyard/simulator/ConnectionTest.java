package beamyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  @Test
  void connectingTakesAboutSixMilliseconds() {
    Yard yard = Yard.of("alice", "bob");
    long before = yard.simulation.now();
    assertThat(yard.connect("alice", "bob")).isEqualTo(Atom.TRUE);
    assertThat(yard.simulation.now() - before).isBetween(5 * Yard.MILLI, 8 * Yard.MILLI);
    assertThat(yard.nodes("alice")).containsExactly("bob");
    assertThat(yard.nodes("bob")).containsExactly("alice");
  }

  @Test
  void aSendConnectsAndKeepsTheOrderOfWhatWaits() {
    Yard yard = Yard.of("alice", "bob");
    var sent = new ArrayList<Term>();
    for (int i = 0; i < 100; i++) {
      sent.add(SmallInt.of(i));
    }
    yard.act(
        "alice",
        self ->
            sent.forEach(
                number ->
                    self.send(
                        new beamyard.simulator.process.Address.OfName(Atom.of("shell"), Yard.at("bob")), number)));
    yard.simulation.runFor(Yard.SECOND);
    assertThat(yard.flush("bob")).isEqualTo(sent);
  }

  @Test
  void connectsToItselfAndToNobody() {
    Yard yard = Yard.of("alice");
    assertThat(yard.connect("alice", "alice")).isEqualTo(Atom.TRUE);
    assertThat(yard.connect("alice", "nobody")).isEqualTo(Atom.FALSE);
    assertThat(yard.connect("alice", "bob@nosuchhost")).isEqualTo(Atom.FALSE);
    assertThat(yard.connect("alice", "bob@127.0.0.1")).isEqualTo(Atom.FALSE);
    assertThat(yard.nodes("alice")).isEmpty();
  }

  @Test
  void aWrongCookieIsRefusedFromEitherSide() {
    var yard = new Yard();
    yard.start(NodeSettings.shortName("alice").withLabel("alice").withCookie("red"));
    yard.start(NodeSettings.shortName("bob").withLabel("bob").withCookie("blue"));
    yard.simulation.runFor(Yard.SECOND);
    assertThat(yard.connect("alice", "bob")).isEqualTo(Atom.FALSE);
    assertThat(yard.connect("bob", "alice")).isEqualTo(Atom.FALSE);
    yard.act("alice", self -> self.distribution().setCookie(Yard.at("bob"), Atom.of("blue")));
    assertThat(yard.connect("bob", "alice")).isEqualTo(Atom.TRUE);
  }

  @Test
  void simultaneousCallsMakeOneConnection() {
    Yard yard = Yard.of("alice", "bob");
    for (String[] pair : new String[][] {{"alice", "bob"}, {"bob", "alice"}}) {
      yard.begin(
          pair[0],
          yard.simulation.node(pair[0]).distribution().connect(
              Yard.at(pair[1]), beamyard.simulator.process.NodeLink.Visibility.VISIBLE));
    }
    yard.simulation.runFor(100 * Yard.MILLI);
    assertThat(yard.nodes("alice")).containsExactly("bob");
    assertThat(yard.nodes("bob")).containsExactly("alice");
    for (String label : List.of("alice", "bob")) {
      assertThat(yard.simulation.node(label).owned(Yard.Jobs.class).done)
          .containsExactly(new beamyard.simulator.process.Outcome.Returned(Atom.TRUE));
    }
  }

  @Test
  void watchersHearOfUpAndDown() {
    Yard yard = Yard.of("alice", "bob");
    yard.act("alice", self -> self.distribution().monitorNodes(self.self(), Atom.TRUE));
    yard.connect("alice", "bob");
    assertThat(yard.disconnect("alice", "bob")).isEqualTo(Atom.TRUE);
    assertThat(yard.disconnect("alice", "bob")).isEqualTo(Atom.FALSE);
    assertThat(yard.flush("alice"))
        .containsExactly(
            Tuple.of(Atom.of("nodeup"), Yard.at("bob")), Tuple.of(Atom.of("nodedown"), Yard.at("bob")));
    yard.simulation.runFor(Yard.MILLI);
    assertThat(yard.nodes("bob")).isEmpty();
  }

  @Test
  void aKilledNodeIsNoticedAtOnceAndMayComeBack() {
    Yard yard = Yard.of("alice", "bob");
    yard.connect("alice", "bob");
    yard.simulation.kill("bob");
    yard.simulation.runFor(10 * Yard.MILLI);
    assertThat(yard.nodes("alice")).isEmpty();
    yard.simulation.boot(yard.simulation.node("bob").settings());
    yard.simulation.runFor(Yard.SECOND);
    assertThat(yard.connect("alice", "bob")).isEqualTo(Atom.TRUE);
  }

  @Test
  void theSecondNodeOfANameDoesNotStart() {
    Yard yard = Yard.of("alice");
    Node second = yard.start(NodeSettings.shortName("alice").withLabel("second"));
    yard.simulation.runFor(Yard.SECOND);
    assertThat(second.state()).isEqualTo(Node.State.NOT_STARTED);
    assertThat(second.exitStatus()).isEqualTo(1);
  }

  @Test
  void aPartitionIsNoticedByTicksAndHealingReconnectsNothing() {
    Yard yard = Yard.of(KernelParameters.DEFAULT.withNetTickTime(4), "alice", "bob");
    yard.act("alice", self -> self.distribution().monitorNodes(self.self(), Atom.TRUE));
    yard.connect("alice", "bob");
    yard.simulation.runFor(20 * Yard.SECOND);
    assertThat(yard.nodes("alice")).containsExactly("bob");
    yard.simulation.partition(List.of(List.of("alice"), List.of("bob")));
    long cut = yard.simulation.now();
    yard.send("alice", "bob", Atom.of("lost"));
    assertThat(yard.simulation.runUntil(() -> yard.nodes("alice").isEmpty(), cut + 9 * Yard.SECOND)).isTrue();
    assertThat(yard.simulation.now() - cut).isBetween(3 * Yard.SECOND, 5 * Yard.SECOND);
    yard.simulation.runFor(2 * Yard.SECOND);
    assertThat(yard.nodes("bob")).isEmpty();
    yard.simulation.heal();
    yard.simulation.runFor(20 * Yard.SECOND);
    assertThat(yard.nodes("alice")).isEmpty();
    assertThat(yard.flush("bob")).isEmpty();
    assertThat(yard.connect("alice", "bob")).isEqualTo(Atom.TRUE);
  }

  @Test
  void aCopyGoesOnLikeTheOriginal() {
    Yard yard = Yard.of("alice", "bob", "carol");
    yard.connect("alice", "bob");
    Yard copy = yard.copy();
    for (Yard each : List.of(yard, copy)) {
      each.connect("carol", "bob");
      each.send("alice", "bob", Atom.of("hello"));
      each.simulation.runFor(Yard.SECOND);
      each.simulation.kill("alice");
      each.simulation.runFor(Yard.SECOND);
    }
    assertThat(copy.nodes("bob")).isEqualTo(yard.nodes("bob")).containsExactly("carol");
    assertThat(copy.flush("bob")).isEqualTo(yard.flush("bob")).containsExactly(Atom.of("hello"));
    assertThat(copy.simulation.now()).isEqualTo(yard.simulation.now());
  }
}
