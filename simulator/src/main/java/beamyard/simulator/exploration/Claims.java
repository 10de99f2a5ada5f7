package beamyard.simulator.exploration;

import beamyard.simulator.CallFailed;
import beamyard.simulator.Cluster;
import beamyard.simulator.ClusterSettings;
import beamyard.simulator.Fault;
import beamyard.simulator.FaultSchedule;
import beamyard.simulator.Node;
import beamyard.simulator.engine.SeededChoices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a program in Java states of its cluster, looked for in many runs with faults of their own:
 *
 * <pre>
 * Claims.of("alice", "bob", "carol")
 *     .program(cluster -> cluster.spawn("alice", server, State.EMPTY))
 *     .always("alice answers", cluster -> ...)
 *     .sometimes("bob is alone", cluster -> cluster.nodes("bob").isEmpty())
 *     .eventually("all see each other", cluster -> cluster.nodes("alice").size() == 2)
 *     .run(1, 100);
 * </pre>
 *
 * <p>{@code always} is asked every 10 virtual milliseconds while faults happen and after; then all faults end (what was killed
 * stays dead), and what is stated as {@code eventually} has 90 seconds to become so. A property that fails with {@link
 * CallFailed} does not hold. The nodes are connected before the program begins. Deterministic.
 */
public final class Claims {
  private static final Duration BETWEEN_CHECKS = Duration.ofMillis(10);
  private static final Duration BETWEEN_LAST_CHECKS = Duration.ofMillis(500);

  /** Longer than it takes to notice silence with the default tick time. */
  private static final Duration LONGEST_QUIET = Duration.ofSeconds(90);

  private static final long NANOS_A_MILLI = 1_000_000;

  private final List<String> nodes;
  private final List<Stated> stated = new ArrayList<>();
  private Consumer<Cluster> program = _ -> {};
  private int mostFaults = 2;
  private long millis = 2_000;

  private enum Kind {
    ALWAYS,
    SOMETIMES,
    EVENTUALLY
  }

  private record Stated(Kind kind, String name, Predicate<Cluster> property) {
    boolean holds(Cluster cluster) {
      try {
        return property.test(cluster);
      } catch (CallFailed _) {
        return false;
      }
    }
  }

  /**
   * A run in which a property did not hold.
   *
   * @param faults counted from the beginning of the program
   * @param atMillis since then
   */
  public record Violation(String property, long seed, FaultSchedule faults, long atMillis) {}

  /**
   * What came of many runs.
   *
   * @param smallest the violation with the fewest faults, which were made fewer still
   * @param neverTrue what was to hold sometimes and never did
   */
  public record Summary(
      long runs,
      List<Violation> violations,
      Optional<Violation> smallest,
      List<String> neverTrue) {}

  private Claims(List<String> nodes) {
    this.nodes = nodes;
  }

  /** Nodes of a cluster, of which nothing is stated yet; the first of them is never killed or stopped. */
  public static Claims of(String... nodes) {
    return new Claims(List.of(nodes));
  }

  /** What begins on the connected cluster, before any fault. */
  public Claims program(Consumer<Cluster> begins) {
    program = begins;
    return this;
  }

  /** At most so many faults in a run; 2 if it is not said. */
  public Claims faults(int most) {
    mostFaults = most;
    return this;
  }

  /** How long faults go on; two seconds if it is not said. */
  public Claims lasting(Duration time) {
    millis = time.toMillis();
    return this;
  }

  /** States what holds at every instant. */
  public Claims always(String name, Predicate<Cluster> property) {
    stated.add(new Stated(Kind.ALWAYS, name, property));
    return this;
  }

  /** States what holds at one instant of one run at least. */
  public Claims sometimes(String name, Predicate<Cluster> property) {
    stated.add(new Stated(Kind.SOMETIMES, name, property));
    return this;
  }

  /** States what holds at last when faults have ended. */
  public Claims eventually(String name, Predicate<Cluster> property) {
    stated.add(new Stated(Kind.EVENTUALLY, name, property));
    return this;
  }

  /** Runs once from each seed. */
  public Summary run(long firstSeed, long lastSeed) {
    var violations = new ArrayList<Violation>();
    var sometimes = new LinkedHashSet<String>();
    for (long seed = firstSeed; seed <= lastSeed; seed++) {
      FaultSchedule faults = RandomFaults.of(new SeededChoices(seed), nodes, mostFaults, millis);
      run(seed, faults, sometimes).ifPresent(violations::add);
    }
    Optional<Violation> smallest =
        violations.stream()
            .min(
                (one, other) ->
                    Integer.compare(one.faults().steps().size(), other.faults().steps().size()))
            .map(this::shrink);
    List<String> neverTrue =
        stated.stream()
            .filter(each -> each.kind() == Kind.SOMETIMES && !sometimes.contains(each.name()))
            .map(Stated::name)
            .toList();
    return new Summary(lastSeed - firstSeed + 1, List.copyOf(violations), smallest, neverTrue);
  }

  /** Runs one seed with faults of one's own, such as those of a {@link Violation}; empty if nothing is violated. */
  public Optional<Violation> again(long seed, FaultSchedule faults) {
    return run(seed, faults, new LinkedHashSet<>());
  }

  private Violation shrink(Violation found) {
    Violation smallest = found;
    for (int i = 0; i < smallest.faults().steps().size(); ) {
      var rest = new ArrayList<>(smallest.faults().steps());
      rest.remove(i);
      Optional<Violation> without =
          again(found.seed(), new FaultSchedule(rest))
              .filter(violation -> violation.property().equals(found.property()));
      if (without.isPresent()) {
        smallest = without.get();
        i = 0;
      } else {
        i++;
      }
    }
    return smallest;
  }

  private Optional<Violation> run(long seed, FaultSchedule faults, Set<String> sometimes) {
    var cluster = Cluster.of(ClusterSettings.seed(seed), nodes.toArray(String[]::new));
    cluster.mesh();
    long start = cluster.simulation().now();
    faults
        .steps()
        .forEach(
            step ->
                cluster
                    .simulation()
                    .applyAt(start + step.atMillis() * NANOS_A_MILLI, step.fault()));
    program.accept(cluster);
    long lastFault = faults.steps().isEmpty() ? 0 : faults.steps().getLast().atMillis();
    long end = start + Math.max(millis, lastFault) * NANOS_A_MILLI;
    Optional<String> violated = ask(cluster, sometimes);
    while (violated.isEmpty() && cluster.simulation().now() <= end) {
      cluster.run(BETWEEN_CHECKS);
      violated = ask(cluster, sometimes);
    }
    if (violated.isEmpty()) {
      violated = afterFaults(cluster, sometimes);
    }
    return violated.map(
        property ->
            new Violation(
                property, seed, faults, (cluster.simulation().now() - start) / NANOS_A_MILLI));
  }

  private Optional<String> afterFaults(Cluster cluster, Set<String> sometimes) {
    cluster.run(BETWEEN_CHECKS);
    cluster.heal();
    cluster.apply(new Fault.ReleaseAll());
    for (Node node : cluster.simulation().nodes()) {
      if (node.state() == Node.State.PAUSED) {
        cluster.resume(node.label());
      }
    }
    Duration until = cluster.now().plus(LONGEST_QUIET);
    Optional<String> violated = ask(cluster, sometimes);
    Optional<String> missing = missing(cluster);
    while (violated.isEmpty() && missing.isPresent() && cluster.now().compareTo(until) < 0) {
      cluster.run(BETWEEN_LAST_CHECKS);
      violated = ask(cluster, sometimes);
      missing = missing(cluster);
    }
    return violated.or(() -> missing(cluster));
  }

  /** A property of {@code eventually} that does not hold now. */
  private Optional<String> missing(Cluster cluster) {
    return stated.stream()
        .filter(each -> each.kind() == Kind.EVENTUALLY && !each.holds(cluster))
        .map(Stated::name)
        .findFirst();
  }

  /** A property of {@code always} that does not hold now. */
  private Optional<String> ask(Cluster cluster, Set<String> sometimes) {
    for (Stated each : stated) {
      switch (each.kind()) {
        case ALWAYS -> {
          if (!each.holds(cluster)) {
            return Optional.of(each.name());
          }
        }
        case SOMETIMES -> {
          if (!sometimes.contains(each.name()) && each.holds(cluster)) {
            sometimes.add(each.name());
          }
        }
        case EVENTUALLY -> {} // when faults are over
      }
    }
    return Optional.empty();
  }
}
