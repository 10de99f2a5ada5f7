package beamyard.simulator.kernel;

import static beamyard.simulator.kernel.KernelYard.at;
import static beamyard.simulator.kernel.KernelYard.atom;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.KernelParameters;
import beamyard.simulator.Node;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Once faults are over and all nodes are connected, all of them agree on names and groups, and nothing stays locked.
 */
class AgreementProperties {
  private static final String[] NODES = {"alice", "bob", "carol", "dave"};
  private static final KernelParameters KERNEL =
      KernelParameters.DEFAULT.withNetTickTime(4).withNetSetupTime(2);

  /** Something that happens to a cluster. */
  record Deed(Kind kind, int node, int other, int millis) {
    enum Kind {
      CONNECT,
      DISCONNECT,
      REGISTER,
      UNREGISTER,
      JOIN,
      CUT,
      HEAL,
      RESTART,
      PASS
    }
  }

  @Provide
  Arbitrary<List<Deed>> deeds() {
    return Combinators.combine(
            Arbitraries.of(Deed.Kind.class),
            Arbitraries.integers().between(0, NODES.length - 1),
            Arbitraries.integers().between(0, NODES.length - 1),
            Arbitraries.integers().between(0, 400))
        .as(Deed::new)
        .list()
        .ofMaxSize(25);
  }

  private static void perform(KernelYard yard, Deed deed) {
    String node = NODES[deed.node];
    String other = NODES[deed.other];
    boolean up = yard.simulation.node(node).isUp();
    switch (deed.kind) {
      case CONNECT -> {
        if (up) {
          yard.begin(node, KernelYard.calling("net_kernel", "connect_node", at(other)));
        }
      }
      case DISCONNECT -> {
        if (up) {
          yard.begin(node, KernelYard.calling("net_kernel", "disconnect", at(other)));
        }
      }
      case REGISTER -> {
        if (up) {
          yard.begin(
              node,
              self ->
                  Turn.run(
                      // a process of its own: a conflict of names kills the holder, which must not
                      // be the shell
                      self.call(
                          Words.GLOBAL,
                          atom("register_name"),
                          List.of(atom("name" + deed.other), KernelYard.idle(self))),
                      (_, outcome) -> Turn.done(outcome)));
        }
      }
      case UNREGISTER -> {
        if (up) {
          yard.begin(
              node, KernelYard.calling("global", "unregister_name", atom("name" + deed.other)));
        }
      }
      case JOIN -> {
        if (up) {
          yard.begin(
              node,
              self ->
                  Turn.run(
                      self.call(
                          Words.PG, atom("join"), List.of(atom("group" + deed.other), self.self())),
                      (_, outcome) -> Turn.done(outcome)));
        }
      }
      case CUT -> {
        if (deed.node != deed.other) {
          yard.simulation.partition(List.of(List.of(node), List.of(other)));
        }
      }
      case HEAL -> yard.simulation.heal();
      case RESTART -> {
        if (yard.simulation.node(node).state() == Node.State.RUNNING) {
          yard.simulation.kill(node);
          yard.pass(10);
          yard.start(node, KERNEL);
        }
      }
      case PASS -> {}
    }
    yard.pass(deed.millis);
  }

  private static void join(KernelYard yard) {
    yard.simulation.heal();
    yard.pass(20_000);
    for (int round = 0; round < 10; round++) {
      for (String node : NODES) {
        for (String other : NODES) {
          yard.begin(node, KernelYard.calling("net_kernel", "connect_node", at(other)));
        }
        yard.pass(4000);
      }
      yard.pass(60_000);
      boolean whole = true;
      for (String node : NODES) {
        whole &= yard.nodes(node).size() == NODES.length - 1;
      }
      if (whole) {
        return;
      }
    }
    throw new AssertionError("the nodes do not become a mesh");
  }

  @Property(tries = 30, shrinking = ShrinkingMode.BOUNDED)
  void allAgreeInAWholeAndQuietMesh(@ForAll("deeds") List<Deed> deeds, @ForAll long seed) {
    KernelYard yard = KernelYard.of(seed, KERNEL.withStartPg(true), NODES);
    deeds.forEach(deed -> perform(yard, deed));
    yard.pass(1000);
    for (String node : NODES) {
      yard.begin(node, KernelYard.calling("pg", "start", atom("pg")));
    }
    join(yard);
    List<Term> names = new ArrayList<>();
    List<Term> groups = new ArrayList<>();
    for (String node : NODES) {
      names.add(registrations(yard, node));
      groups.add(memberships(yard, node));
      Turn.Action isFree =
          self -> Turn.value(Atom.of(GlobalView.of(self).locks().locks().isEmpty()));
      assertThat(KernelYard.value(yard.run(node, isFree)))
          .as("no locks on " + node)
          .isEqualTo(Atom.TRUE);
    }
    assertThat(names).as("names").allMatch(names.getFirst()::equals);
    assertThat(groups).as("groups").allMatch(groups.getFirst()::equals);
  }

  private static Term registrations(KernelYard yard, String node) {
    var pairs = new ArrayList<Term>();
    for (Term name : (ListTerm) yard.call(node, "global", "registered_names")) {
      Term pid = yard.call(node, "global", "whereis_name", name);
      assertThat(pid).isInstanceOf(Pid.class);
      assertThat(yard.isAlive((Pid) pid)).as("the holder of " + name).isTrue();
      pairs.add(ListTerm.of(name, pid));
    }
    return ListTerm.of(pairs);
  }

  private static Term memberships(KernelYard yard, String node) {
    var groups = new ArrayList<Term>();
    for (Term group : (ListTerm) yard.call(node, "pg", "which_groups")) {
      var members =
          new ArrayList<>(((ListTerm) yard.call(node, "pg", "get_members", group)).toList());
      members.sort(beamyard.simulator.term.TermOrder.STANDARD);
      groups.add(ListTerm.of(group, ListTerm.of(members)));
    }
    return ListTerm.of(groups);
  }
}
