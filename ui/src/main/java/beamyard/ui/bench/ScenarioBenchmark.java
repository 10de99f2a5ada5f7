package beamyard.ui.bench;

import static beamyard.ui.bench.JavaNodes.SECOND_NANOS;
import static beamyard.ui.bench.JavaNodes.label;
import static beamyard.ui.bench.JavaNodes.nodeName;

import beamyard.simulator.Node;
import beamyard.simulator.Simulation;
import beamyard.simulator.kernel.Conversation;
import beamyard.simulator.kernel.Turn;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermOrder;
import beamyard.simulator.trace.Trace;
import beamyard.ui.bench.JavaNodes.Calls;
import beamyard.ui.bench.Row.Goal;
import beamyard.ui.bench.Row.Unit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * A whole story of five nodes, as a property test runs it: they boot and mesh; each has a global name and a member in a group;
 * two are cut from three, until each side has noticed; both sides give one name to different processes; the cut heals, they
 * connect and synchronise; and then node lists, names and groups must agree.
 */
final class ScenarioBenchmark implements Benchmark {
  private static final int NODES = 5;
  private static final long POLLED_EVERY_NANOS = SECOND_NANOS / 2;
  private static final double SECONDS = 15;
  private static final Atom BENCH = Atom.of("bench");
  private static final Atom SHARED = Atom.of("shared");
  private static final long NOTICED_WITHIN_NANOS = 90 * SECOND_NANOS;
  private static final long SYNCED_WITHIN_NANOS = 60 * SECOND_NANOS;

  @Override
  public String name() {
    return "scenario";
  }

  @Override
  public String boundBy() {
    return "the events of OTP's own protocols (handshakes, ticks of 75 virtual seconds, the exchange of names), most of them in"
        + " the global name servers; cold, also the boot of five nodes";
  }

  @Override
  public void run(Clock clock, Peer peer, Consumer<Row> rows) {
    long[] seed = {0};
    double cold =
        Stopwatch.bestRate(
            clock,
            SECONDS,
            () -> {
              for (int i = 0; i < 20; i++) {
                play(meshed(seed[0]++));
              }
              return 20;
            });
    rows.accept(
        Row.of(
            "5 nodes: mesh, names, cut, conflict, heal; runs, cold",
            cold,
            Unit.EACH_SECOND,
            new Goal.AtLeast(500)));
    Simulation mesh = meshed(1);
    double copied =
        Stopwatch.bestRate(
            clock,
            SECONDS,
            () -> {
              for (int i = 0; i < 20; i++) {
                play(mesh.copy(Trace.OFF));
              }
              return 20;
            });
    rows.accept(
        Row.of(
            "the same from a copy of the mesh, runs",
            copied,
            Unit.EACH_SECOND,
            new Goal.AtLeast(2_000)));
  }

  /** Five nodes that know each other. */
  static Simulation meshed(long seed) {
    Simulation simulation = JavaNodes.yard(seed, NODES);
    var connecting = new Calls(simulation);
    for (int i = 2; i <= NODES; i++) {
      connecting.call(node(simulation, i), "net_kernel", "connect_node", nodeName(label(1)));
    }
    connecting.values(SYNCED_WITHIN_NANOS);
    awaitLists(simulation, SYNCED_WITHIN_NANOS, NODES - 1, NODES - 1);
    sync(simulation);
    return simulation;
  }

  private static Node node(Simulation simulation, int number) {
    return simulation.node(label(number));
  }

  /** The rest of the story; fails if the nodes do not agree at its end. */
  static void play(Simulation simulation) {
    var entering = new Calls(simulation);
    for (int i = 1; i <= NODES; i++) {
      Pid member = idle(node(simulation, i));
      entering.call(node(simulation, i), "global", "register_name", Atom.of(label(i)), member);
      entering.call(node(simulation, i), "pg", "join", BENCH, member);
    }
    entering.values(SYNCED_WITHIN_NANOS);
    simulation.partition(
        List.of(List.of(label(1), label(2)), List.of(label(3), label(4), label(5))));
    awaitLists(simulation, NOTICED_WITHIN_NANOS, 1, 2);
    var conflicting = new Calls(simulation);
    for (int i : new int[] {1, 3}) {
      Node node = node(simulation, i);
      conflicting.call(node, "global", "register_name", SHARED, idle(node));
    }
    conflicting.values(SYNCED_WITHIN_NANOS);
    simulation.heal();
    var connecting = new Calls(simulation);
    connecting.call(node(simulation, 1), "net_kernel", "connect_node", nodeName(label(3)));
    connecting.values(SYNCED_WITHIN_NANOS);
    awaitLists(simulation, SYNCED_WITHIN_NANOS, NODES - 1, NODES - 1);
    sync(simulation);
    checkAgreement(simulation);
  }

  private static Pid idle(Node node) {
    return JavaNodes.spawn(node, new Conversation(Turn.await(_ -> null)));
  }

  private static void awaitLists(
      Simulation simulation, long limitNanos, int ofFirstTwo, int ofOthers) {
    long deadline = simulation.now() + limitNanos;
    while (!haveLists(simulation, ofFirstTwo, ofOthers)) {
      if (simulation.now() > deadline) {
        throw new AssertionError("the nodes did not get to know each other as they should");
      }
      simulation.runFor(POLLED_EVERY_NANOS);
    }
  }

  private static boolean haveLists(Simulation simulation, int ofFirstTwo, int ofOthers) {
    for (int i = 1; i <= NODES; i++) {
      int size = JavaNodes.list(node(simulation, i)).size();
      if (size != (i <= 2 ? ofFirstTwo : ofOthers)) {
        return false;
      }
    }
    return true;
  }

  private static void sync(Simulation simulation) {
    var syncing = new Calls(simulation);
    for (int i = 1; i <= NODES; i++) {
      syncing.call(node(simulation, i), "global", "sync");
    }
    syncing.values(SYNCED_WITHIN_NANOS);
  }

  private static void checkAgreement(Simulation simulation) {
    var names = new ArrayList<Atom>(List.of(SHARED));
    for (int i = 1; i <= NODES; i++) {
      names.add(Atom.of(label(i)));
    }
    for (Atom name : names) {
      var asking = new Calls(simulation);
      for (int i = 1; i <= NODES; i++) {
        asking.call(node(simulation, i), "global", "whereis_name", name);
      }
      List<Term> holders = asking.values(SECOND_NANOS);
      boolean agree = holders.stream().allMatch(holders.getFirst()::equals);
      if (!agree || !(holders.getFirst() instanceof Pid)) {
        throw new AssertionError("the nodes do not agree who is " + name + ": " + holders);
      }
    }
    var asking = new Calls(simulation);
    for (int i = 1; i <= NODES; i++) {
      asking.call(node(simulation, i), "pg", "get_members", BENCH);
    }
    var groups = new LinkedHashSet<List<Term>>();
    for (Term members : asking.values(SECOND_NANOS)) {
      groups.add(((ListTerm) members).toList().stream().sorted(TermOrder.STANDARD).toList());
    }
    if (groups.size() != 1 || groups.getFirst().size() != NODES) {
      throw new AssertionError("the nodes do not agree who is in the group: " + groups);
    }
  }
}
