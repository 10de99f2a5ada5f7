package beamyard.simulator.exploration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Many scenarios, one for each seed of a range.
 *
 * @param failures those that broke something, smallest form first found
 */
public record Campaign(long runs, Bites bites, List<Failure> failures) {
  private static final int RUNS_OF_SHRINKING = 400;
  private static final int FAILURES_SHRUNK = 5;

  /** A scenario that broke something, and the smallest one like it. */
  public record Failure(long seed, List<ScenarioRun.Violation> violations, Scenario smallest) {
    @Override
    public String toString() {
      return "seed "
          + seed
          + ": "
          + violations.stream().map(Object::toString).collect(Collectors.joining("; "))
          + "\nthe smallest scenario that does so:\n"
          + smallest;
    }
  }

  /** Runs the scenarios of some seeds on several threads; the first failures are shrunk. */
  public static Campaign run(long firstSeed, long lastSeed, int workers) {
    var bites = new Bites();
    var failures = new ArrayList<Failure>();
    WorkerPool.run(
        workers,
        firstSeed,
        lastSeed,
        seed -> ScenarioRun.of(ScenarioMaker.of(seed)),
        result -> {
          bites.add(result.bites());
          if (!result.isClean()) {
            Scenario smallest =
                failures.size() < FAILURES_SHRUNK ? shrink(result) : result.scenario();
            failures.add(new Failure(result.scenario().seed(), result.violations(), smallest));
          }
        },
        () -> false);
    return new Campaign(lastSeed - firstSeed + 1, bites, List.copyOf(failures));
  }

  /** The smallest scenario that breaks the same property as the first violation of a result. */
  public static Scenario shrink(ScenarioRun.Result result) {
    char property = result.violations().getFirst().property();
    return Shrinker.shrink(
        result.scenario(),
        smaller ->
            ScenarioRun.of(smaller).violations().stream()
                .anyMatch(violation -> violation.property() == property),
        RUNS_OF_SHRINKING);
  }

  @Override
  public String toString() {
    return String.format("%,d scenarios, %,d broke something%n%s", runs, failures.size(), bites)
        + failures.stream().map(Object::toString).collect(Collectors.joining("\n"));
  }
}
