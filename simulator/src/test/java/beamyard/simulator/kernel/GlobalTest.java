package beamyard.simulator.kernel;

import static beamyard.simulator.kernel.KernelYard.at;
import static beamyard.simulator.kernel.KernelYard.atom;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.KernelParameters;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ExternalFun;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import org.junit.jupiter.api.Test;

/** What real nodes were recorded to do, with {@code global}. */
class GlobalTest {
  private static final Atom BOSS = atom("boss");
  private static final Atom YES = atom("yes");
  private static final Atom NO = atom("no");
  private static final Term NOTIFY_ALL =
      new ExternalFun(atom("global"), atom("notify_all_name"), 3);

  private static Term register(KernelYard yard, String node, Term name, Pid pid) {
    return yard.call(node, "global", "register_name", name, pid);
  }

  private static Term whereis(KernelYard yard, String node, Term name) {
    return yard.call(node, "global", "whereis_name", name);
  }

  private static KernelYard connected() {
    KernelYard yard = KernelYard.of("alice", "bob");
    assertThat(yard.connect("alice", "bob")).isEqualTo(Atom.TRUE);
    assertThat(yard.call("alice", "global", "sync")).isEqualTo(Atom.OK);
    return yard;
  }

  @Test
  void namesOfThePeerAreKnownSomeTwoHundredMillisecondsAfterTheConnection() {
    KernelYard yard = KernelYard.of("alice", "bob");
    Pid bob = yard.shell("bob");
    assertThat(register(yard, "bob", BOSS, bob)).isEqualTo(YES);
    yard.connect("alice", "bob");
    assertThat(whereis(yard, "alice", BOSS)).isEqualTo(Atom.UNDEFINED);
    yard.pass(190);
    assertThat(whereis(yard, "alice", BOSS)).isEqualTo(Atom.UNDEFINED);
    yard.pass(25);
    assertThat(whereis(yard, "alice", BOSS)).isEqualTo(bob);
  }

  @Test
  void syncWaitsForTheExchange() {
    KernelYard yard = KernelYard.of("alice", "bob");
    Pid bob = yard.shell("bob");
    register(yard, "bob", BOSS, bob);
    yard.connect("alice", "bob");
    yard.call("alice", "global", "sync");
    assertThat(whereis(yard, "alice", BOSS)).isEqualTo(bob);
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    KernelYard yard = connected();
    assertThat(register(yard, "alice", BOSS, yard.shell("alice"))).isEqualTo(YES);
    assertThat(register(yard, "bob", BOSS, yard.shell("bob"))).isEqualTo(NO);
    assertThat(whereis(yard, "bob", BOSS)).isEqualTo(yard.shell("alice"));
  }

  @Test
  void aProcessHasOneNameOnly() {
    KernelYard yard = KernelYard.of("alice");
    assertThat(register(yard, "alice", atom("one"), yard.shell("alice"))).isEqualTo(YES);
    assertThat(register(yard, "alice", atom("two"), yard.shell("alice"))).isEqualTo(NO);
    assertThat(yard.call("alice", "global", "registered_names"))
        .isEqualTo(ListTerm.of(atom("one")));
  }

  @Test
  void theNameIsFreedWhenTheProcessOrNodeDies() {
    KernelYard yard = connected();
    Pid idle = yard.idle("alice");
    register(yard, "alice", BOSS, idle);
    assertThat(whereis(yard, "bob", BOSS)).isEqualTo(idle);
    yard.kill(idle);
    yard.pass(50);
    assertThat(whereis(yard, "bob", BOSS)).isEqualTo(Atom.UNDEFINED);
    register(yard, "alice", BOSS, yard.shell("alice"));
    yard.simulation.kill("alice");
    yard.pass(50);
    assertThat(whereis(yard, "bob", BOSS)).isEqualTo(Atom.UNDEFINED);
  }

  @Test
  void ofTwoHoldersThatMeetTheOneOnTheGreaterNodeIsKilled() {
    KernelYard yard = KernelYard.of("alice", "bob");
    Pid a = yard.idle("alice");
    Pid b = yard.idle("bob");
    register(yard, "alice", BOSS, a);
    register(yard, "bob", BOSS, b);
    yard.connect("alice", "bob");
    yard.pass(500);
    assertThat(yard.isAlive(a)).isTrue();
    assertThat(yard.isAlive(b)).isFalse();
    assertThat(whereis(yard, "bob", BOSS)).isEqualTo(a);
    assertThat(whereis(yard, "alice", BOSS)).isEqualTo(a);
  }

  @Test
  void notifyAllTellsBothAndFreesTheName() {
    KernelYard yard = KernelYard.of("alice", "bob");
    yard.call("alice", "global", "register_name", BOSS, yard.shell("alice"), NOTIFY_ALL);
    yard.call("bob", "global", "register_name", BOSS, yard.shell("bob"), NOTIFY_ALL);
    yard.connect("bob", "alice");
    yard.pass(500);
    Atom conflict = atom("global_name_conflict");
    assertThat(yard.flush("alice")).containsExactly(Tuple.of(conflict, BOSS, yard.shell("bob")));
    assertThat(yard.flush("bob")).containsExactly(Tuple.of(conflict, BOSS, yard.shell("alice")));
    assertThat(whereis(yard, "alice", BOSS)).isEqualTo(Atom.UNDEFINED);
    assertThat(whereis(yard, "bob", BOSS)).isEqualTo(Atom.UNDEFINED);
  }

  @Test
  void locksAreRefusedToOthersAndFreedOnce() {
    KernelYard yard = connected();
    Term mine = Tuple.of(atom("res"), yard.shell("alice"));
    Term his = Tuple.of(atom("res"), yard.shell("bob"));
    Term nodes = ListTerm.of(at("alice"), at("bob"));
    SmallInt once = SmallInt.of(0);
    assertThat(yard.call("alice", "global", "set_lock", mine)).isEqualTo(Atom.TRUE);
    assertThat(yard.call("bob", "global", "set_lock", his, nodes, once)).isEqualTo(Atom.FALSE);
    assertThat(yard.call("alice", "global", "set_lock", mine)).isEqualTo(Atom.TRUE);
    assertThat(yard.call("alice", "global", "del_lock", mine)).isEqualTo(Atom.TRUE);
    assertThat(yard.call("bob", "global", "set_lock", his, nodes, once)).isEqualTo(Atom.TRUE);
    assertThat(yard.call("alice", "global", "trans", mine, NOTIFY_ALL, nodes, once))
        .isEqualTo(atom("aborted"));
  }

  @Test
  void aRingOfThreeBecomesAMesh() {
    KernelYard yard = KernelYard.of("alice", "bob", "carol");
    yard.connect("alice", "bob");
    yard.connect("bob", "carol");
    yard.pass(3000);
    assertThat(yard.nodes("alice")).containsExactlyInAnyOrder("bob", "carol");
    assertThat(yard.nodes("carol")).containsExactlyInAnyOrder("bob", "alice");
  }

  @Test
  void withConnectAllOffNothingIsConnectedOnItsOwn() {
    KernelYard yard =
        KernelYard.of(KernelParameters.DEFAULT.withConnectAll(false), "alice", "bob", "carol");
    yard.connect("alice", "bob");
    yard.connect("carol", "bob");
    yard.pass(3000);
    assertThat(yard.nodes("alice")).containsExactly("bob");
    assertThat(yard.nodes("carol")).containsExactly("bob");
  }

  @Test
  void twoPairsMerge() {
    KernelYard yard = KernelYard.of("alice", "bob", "carol", "dave");
    yard.connect("alice", "bob");
    yard.connect("carol", "dave");
    yard.pass(1000);
    yard.connect("bob", "carol");
    yard.pass(8000);
    for (String node : new String[] {"alice", "bob", "carol", "dave"}) {
      assertThat(yard.nodes(node)).as(node).hasSize(3);
    }
  }

  private static KernelYard triangle(KernelParameters kernel) {
    KernelYard yard = KernelYard.of(kernel, "alice", "bob", "carol");
    yard.connect("alice", "bob");
    yard.connect("alice", "carol");
    yard.pass(3000);
    yard.call("alice", "global", "sync");
    yard.call("bob", "global", "sync");
    assertThat(yard.nodes("bob")).hasSize(2);
    yard.disconnect("alice", "bob");
    yard.pass(1000);
    return yard;
  }

  @Test
  void oneDisconnectInATriangleLeavesAllAlone() {
    KernelYard yard = triangle(KernelParameters.DEFAULT);
    assertThat(yard.nodes("alice")).isEmpty();
    assertThat(yard.nodes("bob")).isEmpty();
    assertThat(yard.nodes("carol")).isEmpty();
  }

  @Test
  void oneDisconnectIsOnlyThatWhenOverlapIsAllowed() {
    KernelYard yard = triangle(KernelParameters.DEFAULT.withPreventOverlappingPartitions(false));
    assertThat(yard.nodes("alice")).containsExactly("carol");
    assertThat(yard.nodes("bob")).containsExactly("carol");
    assertThat(yard.nodes("carol")).containsExactlyInAnyOrder("alice", "bob");
  }

  @Test
  void aCopyGoesOnTheSameWay() {
    KernelYard yard = KernelYard.of("alice", "bob", "carol");
    register(yard, "bob", BOSS, yard.idle("bob"));
    yard.connect("alice", "bob");
    yard.pass(205);
    KernelYard copy = yard.copy();
    for (KernelYard each : new KernelYard[] {yard, copy}) {
      each.connect("bob", "carol");
      each.pass(2000);
    }
    for (String node : new String[] {"alice", "bob", "carol"}) {
      assertThat(copy.nodes(node)).isEqualTo(yard.nodes(node)).hasSize(2);
      assertThat(whereis(copy, node, BOSS))
          .isEqualTo(whereis(yard, node, BOSS))
          .isInstanceOf(Pid.class);
    }
  }

  @Test
  void aNodeThatGetsItsNameLaterExchangesNamesToo() {
    KernelYard yard = KernelYard.of("bob");
    yard.simulation.boot(NodeSettings.unnamed("alice").withCookie("secret"));
    yard.pass(500);
    yard.call("alice", "net_kernel", "start", ListTerm.of(at("late"), atom("shortnames")));
    yard.pass(100);
    assertThat(yard.call("alice", "erlang", "node")).isEqualTo(at("late"));
    Pid bob = yard.shell("bob");
    register(yard, "bob", BOSS, bob);
    assertThat(yard.connect("alice", "bob")).isEqualTo(Atom.TRUE);
    assertThat(yard.call("alice", "global", "sync")).isEqualTo(Atom.OK);
    assertThat(whereis(yard, "alice", BOSS)).isEqualTo(bob);
    assertThat(register(yard, "alice", atom("mine"), yard.shell("alice"))).isEqualTo(YES);
    assertThat(whereis(yard, "bob", atom("mine"))).isEqualTo(yard.shell("alice"));
  }
}
