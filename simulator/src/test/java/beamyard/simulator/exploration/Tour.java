package beamyard.simulator.exploration;

import beamyard.simulator.Cluster;
import beamyard.simulator.ClusterSettings;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.JavaHandler;
import beamyard.simulator.process.JavaHandler.Step;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.MonitorOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.testing.Invariants;
import beamyard.simulator.testing.SignalInvariants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A cluster in which everything that the kernel offers is used, with trouble in between, and what the shipped invariants say. */
public final class Tour {
  private static final List<String> NAMES = List.of("alice", "bob", "carol");
  private static final Atom MONITOR = Atom.of("monitor");
  private static final Atom LINK = Atom.of("link");
  private static final Atom NAME = Atom.of("name");
  private static final Atom TRAP = Atom.of("trap");
  private static final Atom STOP = Atom.of("stop");
  private static final Atom GROUP = Atom.of("group");
  private static final int SCENARIOS = 4;

  private final Cluster cluster;

  private Tour() {
    ClusterSettings settings = ClusterSettings.seed(1).recorded();
    cluster =
        Cluster.of(
            settings.withKernel(settings.kernel().with("start_pg", "true")),
            "alice",
            "bob",
            "carol");
  }

  /** What is wrong after the tour and after some random scenarios; an error of the simulator itself too. */
  public static List<String> violations() {
    try {
      var tour = new Tour();
      List<String> wrong = tour.take();
      for (long seed = 1; wrong.isEmpty() && seed <= SCENARIOS; seed++) {
        ScenarioRun.of(ScenarioMaker.of(seed)).violations().stream()
            .map(Object::toString)
            .forEach(wrong::add);
      }
      return wrong;
    } catch (RuntimeException | AssertionError e) {
      return List.of(e.toString());
    }
  }

  private static Step<Integer> obey(Integer count, Term message, ProcessContext self) {
    if (message == STOP) {
      return Step.stop(Atom.of("normal"));
    }
    if (message == TRAP) {
      self.setTrapExit(true);
    } else if (message instanceof Tuple pair && pair.isTagged(MONITOR, 2)) {
      self.monitor(new Address.OfProcess((Pid) pair.get(1)), MonitorOptions.PLAIN);
    } else if (message instanceof Tuple pair && pair.isTagged(NAME, 2)) {
      self.register((Atom) pair.get(1), self.self());
    } else if (message instanceof Tuple pair && pair.isTagged(LINK, 2)) {
      self.link((Pid) pair.get(1));
    }
    return Step.next(count + 1);
  }

  private Pid spawn(String node) {
    JavaHandler<Integer> obedient = Tour::obey;
    return cluster.spawn(node, obedient, 0);
  }

  private void tell(String node, Pid to, Term message) {
    cluster.send(node, to, message);
    cluster.run(Duration.ofMillis(20));
  }

  private List<String> take() {
    cluster.mesh();
    watching();
    namesAndGroups();
    localName();
    locks();
    numbers();
    crash();
    split();
    cluster.mesh();
    cluster.run(Duration.ofSeconds(5));
    var wrong = new ArrayList<>(Invariants.ofAWholeCluster(cluster.beliefs()));
    overlap();
    wrong.addAll(Invariants.ofAQuietCluster(cluster.beliefs()));
    wrong.addAll(Invariants.connectionsHaveACause(cluster.facts()));
    wrong.addAll(
        Invariants.messagesKeepTheirOrder(
            cluster.facts(),
            message -> message instanceof Tuple tuple && tuple.isTagged(Workload.NUMBERED, 2)));
    wrong.addAll(LockExclusion.check(cluster.facts()));
    wrong.addAll(SignalInvariants.ofARecording(cluster.facts()));
    return wrong;
  }

  /** A name of one node, of a process that stops. */
  private void localName() {
    Pid named = spawn("bob");
    tell("bob", named, Tuple.of(NAME, Atom.of("named")));
    tell("bob", named, STOP);
  }

  /** Of each pair one monitors or is linked to the other, which stops, at home and elsewhere. */
  private void watching() {
    for (Atom how : List.of(MONITOR, LINK)) {
      for (String other : List.of("alice", "bob")) {
        Pid watching = spawn("alice");
        Pid watched = spawn(other);
        tell("alice", watching, TRAP);
        tell("alice", watching, Tuple.of(how, watched));
        tell("alice", watched, STOP);
      }
      Pid watching = spawn("alice");
      tell("alice", watching, TRAP);
      tell("alice", watching, Tuple.of(how, spawn("carol"))); // who is to crash
    }
  }

  private void namesAndGroups() {
    for (String node : NAMES) {
      Pid holder = spawn(node);
      cluster.call(node, "global", "register_name", Atom.of("of_" + node), holder);
      cluster.call(node, "pg", "join", GROUP, holder);
      Pid guest = spawn(node);
      cluster.call(node, "pg", "join", GROUP, guest);
      cluster.call(node, "pg", "leave", GROUP, guest);
      Pid mortal = spawn(node);
      cluster.call(node, "global", "register_name", Atom.of("mortal_" + node), mortal);
      cluster.call(node, "pg", "join", GROUP, mortal);
      tell(node, mortal, STOP);
    }
  }

  private void locks() {
    for (String node : NAMES) {
      Workload.install(cluster.simulation().node(node));
    }
    for (String node : NAMES) {
      Workload.lock(cluster.simulation().node(node), "resource", 500);
    }
    cluster.run(Duration.ofSeconds(20));
  }

  private void numbers() {
    Pid sink = Workload.sink(cluster.simulation().node("bob")).orElseThrow();
    cluster.latency("alice", "bob", new beamyard.simulator.network.Latency.Uniform(0, 5_000_000));
    Workload.send(cluster.simulation().node("alice"), sink, 20);
    cluster.block("alice", "bob");
    Workload.send(cluster.simulation().node("alice"), sink, 5);
    cluster.run(Duration.ofMillis(700));
    cluster.unblock("alice", "bob");
    Workload.send(cluster.simulation().node("alice"), sink, 5);
    cluster.run(Duration.ofSeconds(5));
  }

  private void crash() {
    Workload.lock(cluster.simulation().node("carol"), "kept", 60_000);
    cluster.run(Duration.ofMillis(500));
    cluster.crash("carol");
    cluster.run(Duration.ofSeconds(10));
    cluster.restart("carol");
    cluster.mesh();
    Pid holder = spawn("carol");
    cluster.call("carol", "pg", "join", GROUP, holder);
  }

  /** Two nodes lose each other, and the third sees both. */
  private void overlap() {
    cluster.partition(List.of(List.of("alice"), List.of("bob")));
    cluster.run(Duration.ofSeconds(100));
    cluster.heal();
    cluster.run(Duration.ofSeconds(10));
  }

  /** Both sides give a name to a process of their own, and the groups change. */
  private void split() {
    cluster.partition(List.of(List.of("alice"), List.of("bob", "carol")));
    cluster.run(Duration.ofSeconds(100));
    for (String node : List.of("alice", "bob")) {
      Pid pid = spawn(node);
      cluster.call(node, "global", "register_name", Atom.of("shared"), pid);
      cluster.call(node, "pg", "join", GROUP, pid);
    }
    Pid sink = spawn("bob");
    cluster.send("bob", sink, SmallInt.of(1));
    cluster.heal();
  }
}
