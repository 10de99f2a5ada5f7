package beamyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.NodeLink.NodeKind;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
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
                number -> self.send(new Address.OfName(Atom.of("shell"), Yard.at("bob")), number)));
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
          yard.simulation
              .node(pair[0])
              .distribution()
              .connect(Yard.at(pair[1]), Visibility.VISIBLE));
    }
    yard.simulation.runFor(100 * Yard.MILLI);
    assertThat(yard.nodes("alice")).containsExactly("bob");
    assertThat(yard.nodes("bob")).containsExactly("alice");
    for (String label : List.of("alice", "bob")) {
      assertThat(yard.simulation.node(label).owned(Yard.Jobs.class).done)
          .containsExactly(new Outcome.Returned(Atom.TRUE));
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
            Tuple.of(Atom.of("nodeup"), Yard.at("bob")),
            Tuple.of(Atom.of("nodedown"), Yard.at("bob")));
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
    assertThat(yard.simulation.runUntil(() -> yard.nodes("alice").isEmpty(), cut + 9 * Yard.SECOND))
        .isTrue();
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

  @Test
  void aNodeRestartedBehindAPartitionJoinsAsANewIncarnation() {
    Yard yard = Yard.of(KernelParameters.DEFAULT.withNetTickTime(4), "alice", "bob");
    yard.connect("alice", "bob");
    int before = yard.simulation.node("bob").distribution().creation();
    yard.act("alice", self -> self.distribution().monitorNodes(self.self(), Atom.TRUE));
    yard.simulation.partition(List.of(List.of("alice"), List.of("bob")));
    yard.simulation.kill("bob");
    yard.simulation.runFor(10 * Yard.MILLI);
    yard.simulation.boot(yard.simulation.node("bob").settings());
    yard.simulation.runFor(260 * Yard.MILLI);
    yard.simulation.heal();
    assertThat(yard.connect("bob", "alice")).isEqualTo(Atom.TRUE);
    assertThat(yard.nodes("alice")).containsExactly("bob");
    assertThat(yard.flush("alice"))
        .containsExactly(
            Tuple.of(Atom.of("nodedown"), Yard.at("bob")),
            Tuple.of(Atom.of("nodeup"), Yard.at("bob")));
    assertThat(yard.simulation.node("alice").distribution().peers().getFirst().creation())
        .isGreaterThan(before);
    yard.simulation.runFor(30 * Yard.SECOND);
    assertThat(yard.nodes("alice")).containsExactly("bob");
  }

  @Test
  void aBlockInOneDirectionIsNoticedByBothAsATickTimeout() {
    Yard yard = Yard.of(KernelParameters.DEFAULT.withNetTickTime(4), "alice", "bob");
    Term options = ListTerm.of(Atom.of("nodedown_reason"));
    for (String label : List.of("alice", "bob")) {
      yard.act(label, self -> self.distribution().monitorNodes(self.self(), Atom.TRUE, options));
    }
    yard.connect("alice", "bob");
    yard.simulation.runFor(Yard.SECOND / 2);
    yard.simulation.block("alice", "bob");
    yard.simulation.runFor(8 * Yard.SECOND);
    Term why = ListTerm.of(Tuple.of(Atom.of("nodedown_reason"), Atom.of("net_tick_timeout")));
    assertThat(yard.flush("alice").getLast())
        .isEqualTo(Tuple.of(Atom.of("nodedown"), Yard.at("bob"), why));
    assertThat(yard.flush("bob").getLast())
        .isEqualTo(Tuple.of(Atom.of("nodedown"), Yard.at("alice"), why));
  }

  @Test
  void aPauseIsAPartitionIfItIsLong() {
    Yard yard = Yard.of(KernelParameters.DEFAULT.withNetTickTime(20), "alice", "bob");
    yard.act("alice", self -> self.distribution().monitorNodes(self.self(), Atom.TRUE));
    yard.connect("alice", "bob");
    yard.simulation.pause("bob");
    yard.send("alice", "bob", Atom.of("while_paused"));
    yard.simulation.runFor(Yard.SECOND);
    yard.simulation.resume("bob");
    yard.simulation.runFor(Yard.MILLI); // it reads what came meanwhile
    assertThat(yard.flush("bob")).containsExactly(Atom.of("while_paused"));
    yard.simulation.pause("bob");
    yard.simulation.runFor(30 * Yard.SECOND);
    assertThat(yard.nodes("alice")).isEmpty();
    yard.simulation.resume("bob");
    yard.simulation.runFor(Yard.SECOND);
    assertThat(yard.nodes("bob")).isEmpty();
    assertThat(yard.connect("alice", "bob")).isEqualTo(Atom.TRUE);
  }

  @Test
  void connectingThroughACutTakesTheSetupTime() {
    Yard yard = Yard.of("alice", "bob");
    yard.simulation.partition(List.of(List.of("alice"), List.of("bob")));
    long before = yard.simulation.now();
    assertThat(yard.connect("alice", "bob")).isEqualTo(Atom.FALSE);
    assertThat(yard.simulation.now() - before)
        .isBetween(7 * Yard.SECOND, 7 * Yard.SECOND + 50 * Yard.MILLI);
  }

  @Test
  void aHiddenConnectionIsNotListed() {
    Yard yard = Yard.of("alice", "bob");
    var link = yard.simulation.node("alice").distribution();
    assertThat(yard.value("alice", link.connect(Yard.at("bob"), Visibility.HIDDEN)))
        .isEqualTo(Atom.TRUE);
    assertThat(yard.nodes("alice")).isEmpty();
    assertThat(yard.nodes("bob")).isEmpty();
    assertThat(link.nodes(List.of(NodeKind.HIDDEN))).containsExactly(Yard.at("bob"));
  }

  @Test
  void distributionIsTurnedOnAndOffByCall() {
    Yard yard = Yard.of("bob");
    Node alice = yard.start(NodeSettings.unnamed("alice"));
    yard.simulation.runFor(Yard.SECOND);
    assertThat(yard.connect("alice", "bob")).isEqualTo(Atom.of("ignored"));
    MapTerm options =
        MapTerm.of(
            Atom.of("name_domain"),
            Atom.of("shortnames"),
            Atom.of("net_ticktime"),
            SmallInt.of(12));
    Term started = yard.value("alice", alice.distribution().start(Yard.at("late"), options));
    assertThat(((Tuple) started).get(0)).isEqualTo(Atom.OK);
    assertThat(alice.distribution().tickTime()).isEqualTo(SmallInt.of(12));
    assertThat(alice.name()).isEqualTo(Yard.at("late"));
    yard.act("alice", self -> self.distribution().setCookie(Atom.of("secret")));
    assertThat(yard.connect("alice", "bob")).isEqualTo(Atom.TRUE);
    assertThat(yard.nodes("bob")).containsExactly("late");
    Term again = yard.value("alice", alice.distribution().start(Yard.at("late"), options));
    assertThat(((Tuple) again).get(0)).isEqualTo(Atom.ERROR);
    assertThat(yard.value("alice", alice.distribution().stop())).isEqualTo(Atom.OK);
    yard.simulation.runFor(300 * Yard.MILLI);
    assertThat(alice.name()).isEqualTo(Atom.of("nonode@nohost"));
    assertThat(yard.nodes("bob")).isEmpty();
    Node bob = yard.simulation.node("bob");
    assertThat(yard.value("bob", bob.distribution().stop()))
        .isEqualTo(Tuple.of(Atom.ERROR, Atom.of("not_allowed")));
    Term refused = yard.value("alice", alice.distribution().start(Yard.at("bob"), options));
    assertThat(((Tuple) refused).get(0)).isEqualTo(Atom.ERROR);
  }

  @Test
  void spawningOnANodeThatIsNotThereGivesAUselessPidOfThisNode() {
    Yard yard = Yard.of("alice", "bob");
    var link = yard.simulation.node("alice").distribution();
    for (String peer : List.of("bob", "nobody")) {
      Term pid =
          yard.value(
              "alice",
              link.spawnRemote(
                  Yard.at(peer), Atom.of("m"), Atom.of("f"), List.of(), SpawnOptions.none()));
      String expected = peer.equals("bob") ? "bob" : "alice";
      assertThat(((Pid) pid).node()).isEqualTo(Yard.at(expected));
    }
  }

  @Test
  void changingTheTickTimeTakesItsTimeOfTransition() {
    Yard yard = Yard.of("alice", "bob");
    var link = yard.simulation.node("alice").distribution();
    yard.connect("alice", "bob");
    assertThat(link.tickTime()).isEqualTo(SmallInt.of(60));
    assertThat(link.setTickTime(60, 0)).isEqualTo(Atom.of("unchanged"));
    assertThat(link.setTickTime(4, 10)).isEqualTo(Atom.of("change_initiated"));
    assertThat(link.tickTime()).isEqualTo(Tuple.of(Atom.of("ongoing_change_to"), SmallInt.of(4)));
    yard.simulation.runFor(12 * Yard.SECOND);
    assertThat(link.tickTime()).isEqualTo(SmallInt.of(4));
    yard.simulation.runFor(60 * Yard.SECOND);
    assertThat(link.setTickTime(60, 0)).isEqualTo(Atom.of("change_initiated"));
    assertThat(link.tickTime()).isEqualTo(SmallInt.of(60));
  }
}
