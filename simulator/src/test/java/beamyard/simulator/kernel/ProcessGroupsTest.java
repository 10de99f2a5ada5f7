package beamyard.simulator.kernel;

import static beamyard.simulator.kernel.KernelYard.atom;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.KernelParameters;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import org.junit.jupiter.api.Test;

/** What real nodes were recorded to do, with {@code pg}. */
class ProcessGroupsTest {
  private static final Atom WORKERS = atom("workers");
  private static final Atom NOT_JOINED = atom("not_joined");

  private static KernelYard started(String... names) {
    KernelYard yard = KernelYard.of(names);
    for (String name : names) {
      assertThat(((Tuple) yard.call(name, "pg", "start_link")).get(0)).isEqualTo(Atom.OK);
    }
    return yard;
  }

  private static Term members(KernelYard yard, String node) {
    return yard.call(node, "pg", "get_members", WORKERS);
  }

  @Test
  void aScopeThatIsNotStartedHasNoMembersAndExitsNoproc() {
    KernelYard yard = KernelYard.of("alice");
    assertThat(members(yard, "alice")).isEqualTo(ListTerm.empty());
    Tuple join = (Tuple) yard.call("alice", "pg", "join", WORKERS, yard.shell("alice"));
    assertThat(join.get(0)).isEqualTo(atom("exit"));
    assertThat(((Tuple) join.get(1)).get(0)).isEqualTo(atom("noproc"));
    assertThat(yard.call("alice", "pg", "which_groups"))
        .isEqualTo(Tuple.of(Atom.ERROR, atom("badarg")));
  }

  @Test
  void startingTwiceSaysWhoRuns() {
    KernelYard yard = KernelYard.of("alice");
    Term pid = ((Tuple) yard.call("alice", "pg", "start_link")).get(1);
    assertThat(yard.call("alice", "pg", "start_link"))
        .isEqualTo(Tuple.of(Atom.ERROR, Tuple.of(atom("already_started"), pid)));
  }

  @Test
  void membersAreNewestFirstAndAListKeepsItsOrder() {
    KernelYard yard = started("alice");
    Pid a = yard.idle("alice");
    Pid b = yard.idle("alice");
    Pid c = yard.idle("alice");
    for (Pid pid : new Pid[] {a, b, c}) {
      assertThat(yard.call("alice", "pg", "join", WORKERS, pid)).isEqualTo(Atom.OK);
    }
    assertThat(members(yard, "alice")).isEqualTo(ListTerm.of(c, b, a));
    yard.call("alice", "pg", "leave", WORKERS, b);
    yard.call("alice", "pg", "join", WORKERS, ListTerm.of(b, a));
    assertThat(members(yard, "alice")).isEqualTo(ListTerm.of(b, a, c, a));
    yard.call("alice", "pg", "leave", WORKERS, a);
    assertThat(members(yard, "alice")).isEqualTo(ListTerm.of(b, c, a));
    yard.kill(a);
    yard.pass(10);
    assertThat(members(yard, "alice")).isEqualTo(ListTerm.of(b, c));
  }

  @Test
  void leavingWithoutHavingJoinedIsTold() {
    KernelYard yard = started("alice");
    Pid me = yard.shell("alice");
    assertThat(yard.call("alice", "pg", "leave", WORKERS, me)).isEqualTo(NOT_JOINED);
    assertThat(yard.call("alice", "pg", "leave", WORKERS, ListTerm.empty())).isEqualTo(NOT_JOINED);
    assertThat(yard.call("alice", "pg", "join", WORKERS, ListTerm.empty())).isEqualTo(Atom.OK);
    yard.call("alice", "pg", "join", WORKERS, me);
    assertThat(yard.call("alice", "pg", "which_groups")).isEqualTo(ListTerm.of(WORKERS));
    yard.call("alice", "pg", "leave", WORKERS, me);
    assertThat(yard.call("alice", "pg", "which_groups")).isEqualTo(ListTerm.empty());
  }

  @Test
  void aProcessOfAnotherNodeCannotJoin() {
    KernelYard yard = started("alice", "bob");
    Pid bob = yard.shell("bob");
    assertThat(yard.call("alice", "pg", "join", WORKERS, bob))
        .isEqualTo(Tuple.of(Atom.ERROR, Tuple.of(atom("nolocal"), bob)));
  }

  @Test
  void membersAreSharedWithinMillisecondsAndGoWithTheConnection() {
    KernelYard yard = started("alice", "bob");
    Pid alice = yard.shell("alice");
    Pid bob = yard.shell("bob");
    yard.call("bob", "pg", "join", WORKERS, bob);
    yard.connect("alice", "bob");
    yard.pass(5);
    assertThat(members(yard, "alice")).isEqualTo(ListTerm.of(bob));
    yard.call("alice", "pg", "join", WORKERS, alice);
    yard.pass(5);
    assertThat(members(yard, "bob")).isEqualTo(ListTerm.of(alice, bob));
    assertThat(yard.call("bob", "pg", "get_local_members", WORKERS)).isEqualTo(ListTerm.of(bob));
    yard.pass(300);
    yard.disconnect("alice", "bob");
    yard.pass(50);
    assertThat(members(yard, "alice")).isEqualTo(ListTerm.of(alice));
    assertThat(members(yard, "bob")).isEqualTo(ListTerm.of(bob));
    yard.connect("alice", "bob");
    yard.pass(50);
    assertThat(members(yard, "bob")).isEqualTo(ListTerm.of(alice, bob));
  }

  @Test
  void aHiddenNodeTakesNoPart() {
    KernelYard yard = KernelYard.of("alice");
    yard.simulation.boot(
        NodeSettings.shortName("carol@localhost").withLabel("carol").withCookie("secret").hidden());
    yard.pass(500);
    yard.call("alice", "pg", "start_link");
    yard.call("carol", "pg", "start_link");
    yard.connect("carol", "alice");
    yard.call("alice", "pg", "join", WORKERS, yard.shell("alice"));
    yard.pass(300);
    assertThat(members(yard, "carol")).isEqualTo(ListTerm.empty());
  }

  @Test
  void monitorsTellOfOneGroup() {
    KernelYard yard = started("alice", "bob");
    yard.connect("alice", "bob");
    Pid bob = yard.shell("bob");
    yard.call("bob", "pg", "join", WORKERS, bob);
    yard.pass(50);
    Tuple monitor = (Tuple) yard.call("alice", "pg", "monitor", WORKERS);
    Reference reference = (Reference) monitor.get(0);
    assertThat(monitor.get(1)).isEqualTo(ListTerm.of(bob));
    yard.call("bob", "pg", "join", atom("other"), bob);
    yard.call("bob", "pg", "leave", WORKERS, bob);
    yard.pass(50);
    assertThat(yard.flush("alice"))
        .containsExactly(Tuple.of(reference, atom("leave"), WORKERS, ListTerm.of(bob)));
    assertThat(yard.call("alice", "pg", "demonitor", reference)).isEqualTo(Atom.OK);
    assertThat(yard.call("alice", "pg", "demonitor", reference)).isEqualTo(Atom.FALSE);
  }

  @Test
  void junkEndsTheScope() {
    KernelYard yard = KernelYard.of("alice");
    Pid scope = (Pid) ((Tuple) yard.call("alice", "pg", "start", atom("pg"))).get(1);
    yard.run(
        "alice",
        self -> {
          self.send(new beamyard.simulator.process.Address.OfProcess(scope), atom("junk"));
          return Turn.value(Atom.OK);
        });
    yard.pass(5);
    assertThat(yard.isAlive(scope)).isFalse();
  }

  @Test
  void theDefaultScopeCanBeStartedAtBoot() {
    KernelYard yard = KernelYard.of(KernelParameters.DEFAULT.withStartPg(true), "alice");
    assertThat(yard.call("alice", "pg", "which_groups")).isEqualTo(ListTerm.empty());
  }
}
