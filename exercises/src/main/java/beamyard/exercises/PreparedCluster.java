package beamyard.exercises;

import beamyard.exercises.Trial.Ending;
import beamyard.lessons.exploration.TimedFault;
import beamyard.lessons.shell.Console;
import beamyard.lessons.shell.ElixirNodes;
import beamyard.simulator.Fault;
import beamyard.simulator.Node;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.Simulation;
import beamyard.simulator.SimulationSettings;
import beamyard.simulator.SimulationSettings.Timings;
import beamyard.simulator.network.NetworkProfile;
import beamyard.simulator.process.Language;
import beamyard.simulator.process.NodeLink.NodeKind;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.FactList;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * A cluster with a solution and its checks on every node, prepared and quiet: every trial runs on a copy of it. Each node has
 * a host of its own, and so files of its own.
 */
final class PreparedCluster {
  private static final List<String> HOSTS =
      List.of("north", "south", "east", "west", "hill", "lake", "wood");
  private static final List<String> NAMES =
      List.of("alice", "bob", "carol", "dave", "erin", "frank", "grace");

  private static final List<NodeKind> VISIBLE = List.of(NodeKind.VISIBLE);
  private static final Atom LIBRARY = Atom.of("Elixir.Exercise.Checks");
  private static final Atom CHECKS = Atom.of("Elixir.Checks");
  private static final Atom USER = Atom.of("user");

  private static final long MILLI = 1_000_000;
  private static final long LIMIT_NANOS = 30_000 * MILLI;
  private static final long QUIET_NANOS = 1_000 * MILLI;

  /**
   * A node that is hit is gone at once: to ask for its end some milliseconds earlier, as one has to, would be to try another
   * instant.
   */
  private static final Timings TIMINGS =
      new Timings(
          Timings.DEFAULT.boot(), Timings.DEFAULT.stop(), 0, Timings.DEFAULT.handshakeStep());

  /** A trial that takes more events than this computes without end: some 500 million reductions. */
  private static final int EVENTS_MAX = 120_000;

  private final Simulation simulation;
  private final List<String> labels;
  private final Submission.Ready submission;
  private final BooleanSupplier cancelled;

  private PreparedCluster(
      Simulation simulation,
      Submission.Ready submission,
      List<String> labels,
      BooleanSupplier cancelled) {
    this.simulation = simulation;
    this.submission = submission;
    this.labels = labels;
    this.cancelled = cancelled;
  }

  /** The largest cluster there can be. */
  static int largest() {
    return NAMES.size();
  }

  /** Boots and connects nodes, and does on each what the checks prepare; {@link ExerciseProblem} if that does not work. */
  static PreparedCluster of(
      int size, long seed, Submission.Ready submission, BooleanSupplier cancelled) {
    var cluster =
        new PreparedCluster(
            new Simulation(
                new SimulationSettings(seed, NetworkProfile.LOOPBACK, TIMINGS),
                ElixirNodes.shared().withProject(submission.code()),
                Trace.OFF),
            submission,
            NAMES.subList(0, size),
            cancelled);
    for (int i = 0; i < size; i++) {
      cluster.simulation.boot(settings(i));
    }
    cluster.await(
        "the nodes do not start", () -> cluster.labels.stream().allMatch(cluster::isReady));
    Node first = cluster.node(0);
    for (int i = 1; i < size; i++) {
      ElixirNodes.type(first, "Node.connect(:\"" + NAMES.get(i) + "@" + HOSTS.get(i) + "\")");
    }
    cluster.labels.forEach(
        label -> ElixirNodes.type(cluster.simulation.node(label), ":global.sync()"));
    cluster.await(
        "the nodes do not connect",
        () ->
            cluster.labels.stream()
                .allMatch(
                    label ->
                        cluster.isReady(label)
                            && cluster.simulation.node(label).distribution().nodes(VISIBLE).size()
                                == size - 1));
    cluster.labels.forEach(label -> prepare(cluster.simulation.node(label)));
    cluster.await(
        "what each_node does has no end",
        () ->
            cluster.labels.stream()
                .allMatch(label -> notes(cluster.simulation.node(label)).isPrepared()));
    cluster.simulation.runFor(QUIET_NANOS);
    return cluster;
  }

  private static NodeSettings settings(int index) {
    String name = NAMES.get(index);
    return NodeSettings.shortName(name + "@" + HOSTS.get(index))
        .withLabel(name)
        .withCookie("exercise");
  }

  private static GraderNotes notes(Node node) {
    return node.owned(GraderNotes.class);
  }

  private Node node(int index) {
    return simulation.node(labels.get(index));
  }

  private boolean isReady(String label) {
    Node node = simulation.node(label);
    return node.isUp() && node.owned(Console.class).isIdle();
  }

  private void await(String problem, BooleanSupplier condition) {
    int[] events = {0};
    boolean reached =
        simulation.runUntil(
            () -> condition.getAsBoolean() || isTooMuch(events), simulation.now() + LIMIT_NANOS);
    if (!reached || !condition.getAsBoolean()) {
      throw new ExerciseProblem("checks.ex", problem);
    }
  }

  /** Counts one more event. */
  private boolean isTooMuch(int[] events) {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException();
    }
    return events[0]++ > EVENTS_MAX;
  }

  /** Does on a node what the checks prepare. */
  static void prepare(Node node) {
    node.own(GraderNotes.class, new GraderNotes(), GraderNotes::copy);
    var taker =
        node.processes()
            .spawn(
                GraderNotes.TAKER.body(0),
                new InitialCall(GraderNotes.GRADER, Atom.of("init"), 0),
                Optional.empty());
    node.processes().register(GraderNotes.GRADER, taker);
    spawn(node, "prepare", CHECKS);
  }

  private static void spawn(Node node, String function, Term... arguments) {
    Language language = ElixirNodes.shared().language();
    node.processes()
        .spawn(
            language.call(LIBRARY, Atom.of(function), List.of(arguments)),
            new InitialCall(LIBRARY, Atom.of(function), arguments.length),
            node.processes().whereis(USER));
  }

  /** The checks that the module {@code Checks} declares. */
  List<Check> checks() {
    Simulation copy = simulation.copy(Trace.OFF);
    Node first = copy.node(labels.getFirst());
    spawn(first, "declared", CHECKS);
    GraderNotes notes = notes(first);
    copy.runUntil(() -> notes.declared().isPresent(), copy.now() + LIMIT_NANOS);
    Term declared =
        notes.declared().orElseThrow(() -> new ExerciseProblem("checks.ex", "declares no checks"));
    var checks = new ArrayList<Check>();
    ((ListTerm) declared).forEach(each -> checks.add(Check.of(each)));
    return List.copyOf(checks);
  }

  /** A copy of the cluster in which a check has just begun. */
  Simulation begin(Check check, Trace trace) {
    Simulation copy = simulation.copy(trace);
    spawn(copy.node(labels.getFirst()), "run", CHECKS, check.function(), names(), submission.key());
    return copy;
  }

  /** All nodes but one. */
  List<String> others(String node) {
    return labels.stream().filter(label -> !label.equals(node)).toList();
  }

  /** Runs a check, with something going wrong or not. */
  Trial run(Check check, List<TimedFault> faults) {
    var trace = new FactList();
    Simulation copy = begin(check, trace);
    try {
      return run(copy, trace, check, faults);
    } finally {
      copy.discard();
    }
  }

  private Trial run(Simulation copy, FactList trace, Check check, List<TimedFault> faults) {
    Node first = copy.node(labels.getFirst());
    long start = copy.now();
    GraderNotes notes = notes(first);
    long deadline = start + check.withinMillis() * MILLI;
    int[] events = {0};
    BooleanSupplier over =
        () -> notes.verdict(submission.key()).isPresent() || !first.isUp() || isTooMuch(events);
    for (TimedFault fault : faults) {
      if (!copy.runUntil(over, fault.atNanos())) {
        copy.applyAt(copy.now(), fault.fault());
        if (fault.fault() instanceof Fault.Start(String node)) {
          prepareAgain(copy, copy.node(node), over);
        }
      }
    }
    copy.runUntil(over, deadline);
    Ending ending =
        notes
            .verdict(submission.key())
            .map(verdict -> ending(first, verdict))
            .orElseGet(() -> withoutVerdict(first, events[0], check));
    return new Trial(labels, faults, start, copy.now(), ending, trace.facts());
  }

  private Term names() {
    var names = new ArrayList<Term>();
    labels.forEach(label -> names.add(simulation.node(label).name()));
    return ListTerm.of(names);
  }

  private static void prepareAgain(Simulation copy, Node again, BooleanSupplier over) {
    copy.runUntil(
        () -> over.getAsBoolean() || again.isUp() && again.owned(Console.class).isIdle(),
        copy.now() + LIMIT_NANOS);
    if (again.isUp() && !again.owns(GraderNotes.class)) {
      prepare(again);
    }
  }

  /** Whether a node has come back and its shell waits, but the checks have not prepared it yet. */
  static boolean isToBePrepared(Node again) {
    return again.isUp() && again.owned(Console.class).isIdle() && !again.owns(GraderNotes.class);
  }

  /** Why a check fails in a copy of this; empty as long as it has no verdict, or if it passes. */
  Optional<String> failure(Simulation copy) {
    Node first = copy.node(labels.getFirst());
    return Optional.of(first)
        .filter(node -> node.isUp() && node.owns(GraderNotes.class))
        .flatMap(node -> notes(node).verdict(submission.key()))
        .map(verdict -> ending(first, verdict))
        .flatMap(
            ending ->
                switch (ending) {
                  case Ending.Passed() -> Optional.empty();
                  case Ending.Failed(String message) -> Optional.of(message);
                });
  }

  private Ending ending(Node first, Term verdict) {
    if (!submission.code().isIntactOn(first)) {
      return new Ending.Failed("it has put other code in the place of the checks or of itself");
    }
    return verdict instanceof Tuple failed
            && failed.size() == 2
            && failed.get(1) instanceof Bits text
        ? new Ending.Failed(text.text())
        : new Ending.Passed();
  }

  private static Ending withoutVerdict(Node first, int events, Check check) {
    if (!first.isUp()) {
      return new Ending.Failed("the node that ran the check went down");
    }
    if (events > EVENTS_MAX) {
      return new Ending.Failed(
          "the cluster computes without end: is there a loop that does not stop?");
    }
    return new Ending.Failed(
        "there is no answer after "
            + check.withinMillis() / 1000
            + " seconds: something waits for ever");
  }
}
