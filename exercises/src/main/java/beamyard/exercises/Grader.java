package beamyard.exercises;

import beamyard.exercises.Check.FaultKind;
import beamyard.exercises.Check.Targets;
import beamyard.exercises.Report.Counterexample;
import beamyard.exercises.Report.Result;
import beamyard.lessons.shell.ProjectCode.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Judges solutions: runs every check on clusters of each size, from several seeds, and where the check names faults, with a
 * fault right after each instant at which something happens on a node that faults may hit. The smallest cluster that fails is
 * kept, without a fault if it fails without, and of its failures the one with the shortest story.
 *
 * <p>Deterministic: the same solution gets the same report.
 */
public final class Grader {
  /** Instants tried on one node from one seed; more are thinned out evenly. */
  private static final int INSTANTS_MAX = 60;

  private final Exercise exercise;
  private final Submission.Ready submission;
  private final BooleanSupplier cancelled;
  private final Listener listener;
  private final Map<ClusterKey, PreparedCluster> clusters = new LinkedHashMap<>();
  private int runs;

  private record ClusterKey(int size, long seed) {}

  /** Is told how judging goes on. */
  public interface Listener {
    /** What became of a check. */
    void judged(Result result);

    /**
     * There was one more run of the cluster.
     *
     * @param runs of all checks so far
     */
    default void ran(int runs) {}
  }

  private Grader(
      Exercise exercise,
      Submission.Ready submission,
      Listener listener,
      BooleanSupplier cancelled) {
    this.exercise = exercise;
    this.submission = submission;
    this.listener = listener;
    this.cancelled = cancelled;
  }

  /** Judges a solution, and tells of each result as it comes. */
  public static Report grade(Exercise exercise, SourceFile solution, Consumer<Result> progress) {
    return grade(exercise, solution, progress::accept, () -> false);
  }

  /**
   * Judges a solution, unless that is cancelled meanwhile.
   *
   * @param cancelled is asked at every event of every run
   * @throws CancellationException if it was
   */
  public static Report grade(
      Exercise exercise, SourceFile solution, Listener listener, BooleanSupplier cancelled) {
    return switch (Submission.of(exercise, solution)) {
      case Submission.Refused(String why) ->
          new Report(exercise.name(), Optional.of(why), List.of());
      case Submission.Ready ready -> judge(exercise, ready, listener, cancelled);
    };
  }

  private static Report judge(
      Exercise exercise,
      Submission.Ready submission,
      Listener listener,
      BooleanSupplier cancelled) {
    var grader = new Grader(exercise, submission, listener, cancelled);
    var results = new ArrayList<Result>();
    for (Check check : grader.cluster(1, 1).checks()) {
      Result result = grader.result(check);
      results.add(result);
      listener.judged(result);
    }
    return new Report(exercise.name(), Optional.empty(), List.copyOf(results));
  }

  private PreparedCluster cluster(int size, long seed) {
    if (size > PreparedCluster.largest()) {
      throw new ExerciseProblem(
          exercise.name() + "/checks.ex",
          "a cluster has " + PreparedCluster.largest() + " nodes at most, not " + size);
    }
    return clusters.computeIfAbsent(
        new ClusterKey(size, seed),
        key -> PreparedCluster.of(key.size(), key.seed(), submission, cancelled));
  }

  private Result result(Check check) {
    var tally = new Tally();
    for (int size : check.sizes()) {
      Optional<Counterexample> found = counterexample(check, size, tally);
      if (found.isPresent()) {
        return tally.result(check, found);
      }
    }
    return tally.result(check, Optional.empty());
  }

  /** How many trials there were so far. */
  private static final class Tally {
    int runs;
    int faults;
    int bit;

    Result result(Check check, Optional<Counterexample> found) {
      return new Result(check, runs, faults, bit, found);
    }
  }

  private Optional<Counterexample> counterexample(Check check, int size, Tally tally) {
    var quiet = new ArrayList<Trial>();
    for (long seed = 1; seed <= check.seeds(); seed++) {
      Trial trial = cluster(size, seed).run(check, List.of());
      count(tally);
      if (trial.failed()) {
        return Optional.of(told(trial, size, seed));
      }
      quiet.add(trial);
    }
    var failures = new ArrayList<Counterexample>();
    for (FaultKind kind : check.faults()) {
      for (int i = 0; i < quiet.size(); i++) {
        for (String target : targets(check, quiet.get(i))) {
          withFaults(check, size, i + 1, quiet.get(i), kind, target, tally)
              .ifPresent(failures::add);
        }
      }
    }
    return failures.stream().min(Comparator.comparingInt(failure -> failure.story().size()));
  }

  private void count(Tally tally) {
    tally.runs++;
    listener.ran(++runs);
  }

  private static List<String> targets(Check check, Trial trial) {
    return check.targets() == Targets.ALL
        ? trial.labels()
        : trial.labels().subList(1, trial.labels().size());
  }

  /** The first instant, in the order of time, at which a fault makes the check fail. */
  private Optional<Counterexample> withFaults(
      Check check, int size, long seed, Trial quiet, FaultKind kind, String target, Tally tally) {
    for (long instant : thinned(quiet.instantsAt(target))) {
      count(tally);
      tally.faults++;
      if (quiet.isBusyAt(target, instant)) {
        tally.bit++;
      }
      PreparedCluster cluster = cluster(size, seed);
      Trial trial = cluster.run(check, kind.at(instant, target, cluster.others(target)));
      if (trial.failed()) {
        return Optional.of(told(trial, size, seed));
      }
    }
    return Optional.empty();
  }

  private static List<Long> thinned(List<Long> instants) {
    if (instants.size() <= INSTANTS_MAX) {
      return instants;
    }
    var some = new ArrayList<Long>();
    for (int i = 0; i < INSTANTS_MAX; i++) {
      some.add(instants.get((int) ((long) i * instants.size() / INSTANTS_MAX)));
    }
    return some;
  }

  private static Counterexample told(Trial trial, int size, long seed) {
    return new Counterexample(
        size, seed, trial.faults(), trial.failure().orElse(""), TrialStory.of(trial));
  }
}
