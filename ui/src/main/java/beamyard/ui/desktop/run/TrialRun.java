package beamyard.ui.desktop.run;

import beamyard.exercises.Exercise;
import beamyard.exercises.Playback;
import beamyard.exercises.RecordedTrial;
import beamyard.exercises.Report.Result;
import beamyard.lessons.exploration.TimedFault;
import beamyard.lessons.shell.ProjectCode.SourceFile;
import beamyard.simulator.Fault;

/**
 * The run in which a check of an exercise failed, led to its end.
 *
 * @param playback what it was made of
 * @param fromNanos when the check began
 */
public record TrialRun(Run run, Playback playback, long fromNanos) {
  /** Runs again what failed; may take a while. */
  public static TrialRun of(Exercise exercise, SourceFile solution, Result failed) {
    Playback playback = Playback.of(exercise, solution, failed);
    Run run = Run.of(1, playback::begin);
    long start = run.position().atNanos();
    long end = start + playback.lastsNanos();
    for (TimedFault fault : playback.faults()) {
      run.advance(fault.atNanos(), () -> false, () -> false);
      run.obey(new Command.Happen(fault.told(), copy -> copy.apply(fault.fault())));
      if (fault.fault() instanceof Fault.Start(String node)) {
        prepareAgain(run, playback, node, end);
      }
    }
    run.advance(end, () -> false, () -> false);
    run.beganAs(RecordedTrial.of(exercise.name(), exercise, solution, failed).write());
    return new TrialRun(run, playback, start);
  }

  /** A node that comes back has lost what the checks prepared on it. */
  private static void prepareAgain(Run run, Playback playback, String node, long end) {
    run.advance(end, () -> playback.isToBePrepared(run.simulation(), node), () -> false);
    if (playback.isToBePrepared(run.simulation(), node)) {
      run.obey(new Command.Happen("", copy -> playback.prepare(copy, node)));
    }
  }
}
