package beamyard.exercises;

import beamyard.lessons.exploration.TimedFault;
import java.util.List;
import java.util.Optional;

/**
 * What the grader says of a solution.
 *
 * @param exercise its name
 * @param refusal why no check could be run; empty if they were
 * @param results of the checks, in the order of the exercise; empty with a refusal
 */
public record Report(String exercise, Optional<String> refusal, List<Result> results) {
  /**
   * What became of one check.
   *
   * @param runs how many trials there were
   * @param faults how many of them had a fault
   * @param bit how many faults hit a node while something of the solution ran on it
   */
  public record Result(
      Check check, int runs, int faults, int bit, Optional<Counterexample> counterexample) {
    public boolean passed() {
      return counterexample.isEmpty();
    }
  }

  /**
   * The shortest trial found that failed.
   *
   * @param size how many nodes it had
   * @param seed of the network
   * @param faults what went wrong in it, in the order of time
   * @param message why it failed
   * @param story what happened, a line a step
   */
  public record Counterexample(
      int size, long seed, List<TimedFault> faults, String message, List<String> story) {}

  public boolean passed() {
    return refusal.isEmpty() && results.stream().allMatch(Result::passed);
  }

  public int points() {
    return results.stream()
        .filter(Result::passed)
        .mapToInt(result -> result.check().points())
        .sum();
  }

  public int pointsMax() {
    return results.stream().mapToInt(result -> result.check().points()).sum();
  }

  public int runs() {
    return results.stream().mapToInt(Result::runs).sum();
  }
}
