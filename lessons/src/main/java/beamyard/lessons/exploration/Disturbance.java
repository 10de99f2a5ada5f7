package beamyard.lessons.exploration;

import beamyard.simulator.FaultSchedule;
import beamyard.simulator.engine.SeededChoices;
import beamyard.simulator.exploration.RandomFaults;
import java.util.List;

/**
 * What is done to a program while it runs.
 *
 * @param seed of everything left to chance
 * @param jitterMicros how long a packet takes at most, drawn anew for each; 0 for the usual constant latency
 * @param faults counted from when the program's first line is typed
 */
public record Disturbance(long seed, long jitterMicros, FaultSchedule faults) {
  private static final long[] JITTERS = {0, 300, 5_000, 50_000};

  /** Nothing is done, as on a quiet machine. */
  public static Disturbance none(long seed) {
    return new Disturbance(seed, 0, new FaultSchedule(List.of()));
  }

  /**
   * Makes one up: the same seed gives the same.
   *
   * @param nodes the first of which, where the program runs, is not killed or stopped
   * @param mostFaults at most so many, healing not counted
   * @param millis within which they happen
   */
  public static Disturbance of(long seed, List<String> nodes, int mostFaults, long millis) {
    var choices = new SeededChoices(seed);
    long jitter = JITTERS[(int) choices.between("jitter", 0, JITTERS.length - 1)];
    return new Disturbance(seed, jitter, RandomFaults.of(choices, nodes, mostFaults, millis));
  }
}
