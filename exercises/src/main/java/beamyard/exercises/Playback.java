package beamyard.exercises;

import beamyard.exercises.Report.Counterexample;
import beamyard.exercises.Report.Result;
import beamyard.lessons.exploration.RunStory;
import beamyard.lessons.exploration.TimedFault;
import beamyard.lessons.shell.ProjectCode.SourceFile;
import beamyard.simulator.Simulation;
import beamyard.simulator.trace.Trace;
import java.util.List;
import java.util.Optional;

/**
 * A counterexample to be watched: the cluster on which a check failed, as the check begins, and what goes wrong in it when. Who
 * lets time pass, does what goes wrong and prepares what comes back sees what the grader saw.
 */
public final class Playback {
  /** A story tells whole microseconds. */
  private static final long TOLD_TO_NANOS = 1_000;

  private final PreparedCluster cluster;
  private final Result failed;
  private final Counterexample found;

  private Playback(PreparedCluster cluster, Result failed, Counterexample found) {
    this.cluster = cluster;
    this.failed = failed;
    this.found = found;
  }

  /**
   * Prepares the cluster once more; {@link ExerciseProblem} if the solution does not compile.
   *
   * @param solution the one that the result is of
   * @param failed a result with a counterexample
   */
  public static Playback of(Exercise exercise, SourceFile solution, Result failed) {
    Counterexample found =
        failed
            .counterexample()
            .orElseThrow(() -> new ExerciseProblem(exercise.name(), "this check has passed"));
    return switch (Submission.of(exercise, solution)) {
      case Submission.Refused(String why) -> throw new ExerciseProblem(solution.name(), why);
      case Submission.Ready ready ->
          new Playback(
              PreparedCluster.of(found.size(), found.seed(), ready, () -> false), failed, found);
    };
  }

  /** A cluster of its own in which the check has just begun. */
  public Simulation begin(Trace trace) {
    return cluster.begin(failed.check(), trace);
  }

  /** What goes wrong, in the order of time; nothing if the check fails without. */
  public List<TimedFault> faults() {
    return found.faults();
  }

  /** Whether a node of a run of this has come back and can be prepared again, which is to be done before anything else. */
  public boolean isToBePrepared(Simulation run, String node) {
    return PreparedCluster.isToBePrepared(run.node(node));
  }

  /** Prepares a node that has come back for the check, as the grader does. */
  public void prepare(Simulation run, String node) {
    PreparedCluster.prepare(run.node(node));
  }

  /** Why the check fails in a run of this; empty as long as it has no verdict, or if it passes. */
  public Optional<String> failure(Simulation run) {
    return cluster.failure(run);
  }

  /** How long after its beginning the check failed, told by the last line of its story, in virtual nanoseconds. */
  public long lastsNanos() {
    return found.story().isEmpty() ? 0 : nanosOf(found.story().getLast()) + TOLD_TO_NANOS;
  }

  /** How long after the beginning a line of the story is; 0 for one that tells no time. */
  public static long nanosOf(String line) {
    return RunStory.nanosOf(line);
  }
}
