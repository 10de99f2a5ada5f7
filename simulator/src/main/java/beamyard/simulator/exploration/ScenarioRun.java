package beamyard.simulator.exploration;

import beamyard.simulator.BadSetup;
import beamyard.simulator.Cluster;
import beamyard.simulator.ClusterSettings;
import beamyard.simulator.Fault;
import beamyard.simulator.KernelParameters;
import beamyard.simulator.Node;
import beamyard.simulator.exploration.Scenario.Step;
import beamyard.simulator.network.Latency;
import beamyard.simulator.process.NodeLink.NodeKind;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.testing.Invariants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * One run of a {@link Scenario}: its steps, then the end of all faults, 1.25 tick times of quiet, and all nodes connecting
 * again; with what has to hold checked on the way.
 *
 * <p>After the quiet: node lists are symmetric (a), listed nodes live and are connected (b), the components that
 * {@code :global} knows are cliques where overlap is prevented (c). After connecting again: one mesh, names (see {@link
 * Registrations}) and groups agree, nothing stays locked (e). Of the whole recording: every connection has a cause (d),
 * messages keep their order and lose at most the last ones of a connection (f), no lock was held twice (g).
 */
public final class ScenarioRun {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** So that no node that was killed is about to die. */
  private static final Duration LONGEST_DYING = Duration.ofMillis(10);

  private static final int ROUNDS_OF_CONNECTING = 3;

  private final Scenario scenario;
  private final Cluster cluster;
  private final LinkedHashMap<String, Pid> sinks = new LinkedHashMap<>();
  private final Bites bites = new Bites();
  private final List<Violation> violations = new ArrayList<>();

  /**
   * Something that did not hold.
   *
   * @param property a letter, as told above, or {@code !} for an error of the simulator
   */
  public record Violation(char property, String what) {
    @Override
    public String toString() {
      return "(" + property + ") " + what;
    }
  }

  /** What came of a run. */
  public record Result(Scenario scenario, List<Violation> violations, Bites bites) {
    public boolean isClean() {
      return violations.isEmpty();
    }
  }

  private ScenarioRun(Scenario scenario) {
    this.scenario = scenario;
    this.cluster =
        new Cluster(
            ClusterSettings.seed(scenario.seed())
                .withKernel(scenario.kernelParameters())
                .recorded());
  }

  /** Runs a scenario. Never fails: an error of the simulator itself is a violation. */
  public static Result of(Scenario scenario) {
    var run = new ScenarioRun(scenario);
    try {
      run.run();
    } catch (RuntimeException | AssertionError e) {
      run.violations.add(new Violation('!', where(e) + e));
    }
    return new Result(scenario, List.copyOf(run.violations), run.bites);
  }

  private static String where(Throwable error) {
    return error.getStackTrace().length == 0 ? "" : error.getStackTrace()[0] + ": ";
  }

  private void run() {
    cluster.boot(scenario.nodes().toArray(String[]::new));
    long start = cluster.simulation().now();
    for (Step step : scenario.steps()) {
      runUntil(start + step.atMillis() * 1_000_000);
      perform(step.action());
    }
    endFaults();
    cluster.run(Duration.ofMillis(tickMillis() * 5 / 4));
    check('a', Invariants.listsAreSymmetric(cluster.beliefs()));
    check('b', Invariants.listedNodesAreConnected(cluster.beliefs()));
    KernelParameters kernel = scenario.kernelParameters();
    if (kernel.connectAll() && kernel.preventOverlappingPartitions()) {
      check('c', Invariants.componentsKnownAreCliques(cluster.beliefs()));
    }
    connectAgain();
    List<Term> disturbed = Registrations.disturbed(cluster.facts());
    boolean prevented = kernel.connectAll() && kernel.preventOverlappingPartitions();
    check(
        'e',
        Invariants.ofAWholeCluster(
            cluster.beliefs(), name -> prevented && !disturbed.contains(name)));
    check('d', Invariants.connectionsHaveACause(cluster.facts()));
    check('f', Invariants.messagesKeepTheirOrder(cluster.facts(), ScenarioRun::isNumbered));
    check('g', LockExclusion.check(cluster.facts()));
    bites.count(cluster.facts());
  }

  private static boolean isNumbered(Term message) {
    return message instanceof Tuple tuple && tuple.isTagged(Workload.NUMBERED, 2);
  }

  private long tickMillis() {
    return scenario.kernelParameters().netTickTime() * 1000L;
  }

  private void check(char property, List<String> wrong) {
    wrong.forEach(what -> violations.add(new Violation(property, what)));
  }

  /** Lets time pass; nodes that come up meanwhile get their programs at once. */
  private void runUntil(long atNanos) {
    while (cluster.simulation().now() < atNanos) {
      cluster.simulation().runUntil(this::hasBareNode, atNanos);
      install();
    }
    install();
  }

  private boolean hasBareNode() {
    for (Node node : cluster.simulation().nodes()) {
      if (node.state() == Node.State.RUNNING && Workload.sink(node).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void install() {
    for (Node node : cluster.simulation().nodes()) {
      if (node.state() == Node.State.RUNNING) {
        Workload.install(node);
        Workload.sink(node).ifPresent(sink -> sinks.put(node.label(), sink));
      }
    }
  }

  private void perform(Action action) {
    switch (action) {
      case Action.Suffer(Fault fault) -> {
        try {
          cluster.apply(fault);
          bites.happened(fault, cluster.simulation().now());
        } catch (BadSetup impossible) {
          bites.wasImpossible();
        }
      }
      case Action.Connect(String from, String to) ->
          ifUp(from, node -> cluster.begin(from, "net_kernel", "connect_node", cluster.name(to)));
      case Action.Disconnect(String from, String to) ->
          ifUp(from, node -> cluster.begin(from, "net_kernel", "disconnect", cluster.name(to)));
      case Action.Register(String name, String what) ->
          ifUp(name, node -> Workload.holdName(node, what));
      case Action.Unregister(String name, String what) ->
          ifUp(name, node -> Workload.freeName(node, what));
      case Action.Join(String name, String group) ->
          ifUp(name, node -> Workload.joinGroup(node, group));
      case Action.Send(String from, String to, int count) ->
          Optional.ofNullable(sinks.get(to))
              .ifPresent(sink -> ifUp(from, node -> Workload.send(node, sink, count)));
      case Action.Lock(String name, String resource, int millis) ->
          ifUp(name, node -> Workload.lock(node, resource, millis));
    }
  }

  private interface Deed {
    void on(Node node);
  }

  /** A program of a node that is down or stopped does nothing. */
  private void ifUp(String name, Deed deed) {
    Node node = cluster.simulation().node(name);
    if (node.state() == Node.State.RUNNING) {
      deed.on(node);
    }
  }

  private void endFaults() {
    cluster.run(LONGEST_DYING);
    cluster.heal();
    cluster.releaseAll();
    for (String one : scenario.nodes()) {
      for (String other : scenario.nodes()) {
        if (!one.equals(other)) {
          cluster.apply(new Fault.Delay(one, other, new Latency.Constant(30_000)));
        }
      }
    }
    for (Node node : cluster.simulation().nodes()) {
      if (node.state() == Node.State.PAUSED) {
        cluster.resume(node.label());
      }
    }
    for (String name : scenario.nodes()) {
      Node node = cluster.simulation().node(name);
      if (node.state() == Node.State.STOPPING) {
        cluster.await(node::hasEnded, PATIENCE);
      }
      cluster.await(() -> cluster.simulation().node(name).state() != Node.State.BOOTING, PATIENCE);
      if (cluster.simulation().node(name).hasEnded()) {
        cluster.apply(new Fault.Start(name));
      }
    }
    for (String name : scenario.nodes()) {
      cluster.await(() -> cluster.isUp(name), PATIENCE);
    }
    install();
  }

  /** All ping all and synchronise. */
  private void connectAgain() {
    for (int round = 0; round < ROUNDS_OF_CONNECTING; round++) {
      cluster.mesh();
      cluster.run(Duration.ofSeconds(2));
      if (isWhole()) {
        return;
      }
      bites.connectedInVain();
    }
  }

  private boolean isWhole() {
    int others = scenario.nodes().size() - 1;
    for (Node node : cluster.simulation().nodes()) {
      List<Atom> seen = node.distribution().nodes(List.of(NodeKind.VISIBLE));
      if (seen.size() < others) {
        return false;
      }
    }
    return true;
  }
}
