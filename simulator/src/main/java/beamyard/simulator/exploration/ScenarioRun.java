package beamyard.simulator.exploration;

import beamyard.simulator.BadSetup;
import beamyard.simulator.Beliefs;
import beamyard.simulator.Cluster;
import beamyard.simulator.ClusterSettings;
import beamyard.simulator.Fault;
import beamyard.simulator.KernelParameters;
import beamyard.simulator.Node;
import beamyard.simulator.exploration.Scenario.Step;
import beamyard.simulator.network.Latency;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.testing.Invariants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * One run of a {@link Scenario}: its steps, then the end of all faults, 1.25 tick times of quiet, and all nodes connecting
 * again; with what has to hold checked on the way.
 *
 * <p>After the quiet:
 *
 * <ul>
 *   <li>(a) Node lists are symmetric.
 *   <li>(b) Listed nodes live and are connected.
 *   <li>(c) Where overlap is prevented, what is connected is a clique. Two nodes that should see each other, but do not, are
 *       excused only by a race that OTP loses as well (see {@link GlobalRaces}, where they are told): one of the two, or the
 *       third that sees both, has a connection that {@code :global} has forgotten at one of its ends, across which what it
 *       tells goes astray; or a node that had forgotten the one met the other; or the one heeded a request to leave from
 *       before the other knew it again; or one of the two was asked to leave by a node without a connection to it.
 * </ul>
 *
 * <p>After connecting again (see {@link Reconnection}):
 *
 * <ul>
 *   <li>(e) All nodes form one mesh and know each other, {@code :global.sync} has ended on each, groups agree, and nothing stays
 *       locked. Where a node is connected to one that {@code :global} has forgotten, by a race that the recording tells, the
 *       two are disconnected first, as an operator would have to. Names agree too, but for those that were changed on a node
 *       which the registrar's node had lost meanwhile, or passed on by one that the holder's node had lost (the last two of
 *       the {@link GlobalRaces}); and if overlap is not prevented, they agree if no
 *       two nodes lost each other while both lived, since OTP promises nothing then.
 * </ul>
 *
 * <p>Of the whole recording: (d) every connection has a cause, (f) messages keep their order and lose at most the last ones of
 * a connection, (g) no lock was held twice.
 */
public final class ScenarioRun {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** So that no node that was killed is about to die. */
  private static final Duration LONGEST_DYING = Duration.ofMillis(10);

  /**
   * How long packets take once the faults are over. Not constant: two pairs of nodes that exchange names at one time refuse
   * each other's locks and try again after the same 200 ms, in step for as long as nothing comes between.
   */
  private static final Latency LIVELY = new Latency.Uniform(20_000, 60_000);

  /** What {@code :global} waits does not shrink with {@code net_ticktime}: this is 1.25 of OTP's default tick time. */
  private static final Duration GLOBAL_SETTLES = Duration.ofSeconds(75);

  private final Scenario scenario;
  private final Cluster cluster;
  private final LinkedHashMap<String, Pid> sinks = new LinkedHashMap<>();
  private final Bites bites = new Bites();
  private final Storms storms;
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
    storms = new Storms(cluster, bites);
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
    pass(Duration.ofMillis(tickMillis() * 5 / 4));
    check('a', Invariants.listsAreSymmetric(cluster.beliefs()));
    check('b', Invariants.listedNodesAreConnected(cluster.beliefs()));
    KernelParameters kernel = scenario.kernelParameters();
    boolean prevented = kernel.connectAll() && kernel.preventOverlappingPartitions();
    if (prevented) {
      check('c', gaps());
    }
    check('e', new Reconnection(cluster, storms, bites).run());
    GlobalRaces races = GlobalRaces.in(cluster.facts());
    races.namesAstray().forEach(_ -> bites.remark(Bites.Remark.NAME));
    boolean namesCount = prevented || !races.livingNodesLostEachOther();
    check(
        'e',
        Invariants.ofAWholeCluster(
            cluster.beliefs(), name -> namesCount && !races.namesAstray().contains(name)));
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
      cluster.simulation().runUntil(() -> hasBareNode() || storms.isDue(), atNanos);
      storms.end();
      install();
    }
    install();
  }

  private void pass(Duration time) {
    runUntil(cluster.simulation().now() + time.toNanos());
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
          bites.remark(Bites.Remark.IMPOSSIBLE);
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
          cluster.apply(new Fault.Delay(one, other, LIVELY));
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

  /** Pairs of nodes that do not see each other though a third sees both, unless a race of OTP's explains it. */
  private List<String> gaps() {
    if (Invariants.componentsAreCliques(cluster.beliefs()).isEmpty()) {
      return List.of();
    }
    pass(GLOBAL_SETTLES);
    Beliefs now = cluster.beliefs();
    if (Invariants.componentsAreCliques(now).isEmpty()) {
      return List.of();
    }
    GlobalRaces races = GlobalRaces.in(cluster.facts());
    List<List<Atom>> forgotten = GlobalRaces.forgotten(now);
    var wrong = new ArrayList<String>();
    Invariants.forGaps(
        now,
        (node, middle, far) -> {
          boolean excused =
              races.stayApart(node, far)
                  || races.joinedOneApart(now, node, middle, far)
                  || races.joinedOneApart(now, far, middle, node)
                  || races.wasAskedWithoutConnection(node)
                  || races.wasAskedWithoutConnection(far)
                  || forgotten.stream()
                      .filter(pair -> !Collections.disjoint(pair, List.of(node, middle, far)))
                      .anyMatch(pair -> races.explainsForgetting(pair.get(0), pair.get(1)));
          if (!excused) {
            wrong.add(node + " sees " + middle + ", which sees " + far + ", which it does not");
          }
        });
    if (wrong.isEmpty()) {
      bites.remark(Bites.Remark.GAP);
    }
    return wrong;
  }
}
