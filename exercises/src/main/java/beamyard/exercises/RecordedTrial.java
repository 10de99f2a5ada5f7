package beamyard.exercises;

import beamyard.exercises.Report.Counterexample;
import beamyard.exercises.Report.Result;
import beamyard.lessons.exploration.JavaTest;
import beamyard.lessons.exploration.TimedFault;
import beamyard.lessons.shell.ProjectCode.SourceFile;
import beamyard.simulator.BadSetup;
import beamyard.simulator.FaultText;
import beamyard.simulator.trace.FactList.Dated;
import beamyard.simulator.trace.TraceHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A trial in which a solution failed a check, as a file that runs again: the solution itself, the check, the cluster and what
 * went wrong when.
 *
 * @param exercise its name, or its folder as it was given
 * @param check its title
 * @param nodes how many
 * @param message why it failed
 * @param hash of all that happened, in hexadecimal
 */
public record RecordedTrial(
    String exercise,
    SourceFile solution,
    String check,
    int nodes,
    long seed,
    List<TimedFault> faults,
    String message,
    String hash) {
  private static final String FORMAT = "beamyard trial 1";

  /** What came of a trial that was run again; no message if the check passes now. */
  public record Again(Optional<String> message, List<String> story, String hash) {}

  /** Whether a file's text is one of these. */
  public static boolean isOne(String content) {
    return content.startsWith("beamyard trial ");
  }

  /**
   * Records the counterexample of a check.
   *
   * @param exerciseName under which the exercise will be found again
   * @param failed a result with a counterexample
   */
  public static RecordedTrial of(
      String exerciseName, Exercise exercise, SourceFile solution, Result failed) {
    Counterexample found = failed.counterexample().orElseThrow();
    var trial =
        new RecordedTrial(
            exerciseName,
            solution,
            failed.check().title(),
            found.size(),
            found.seed(),
            found.faults(),
            found.message().replace("\n", " "),
            "");
    return new RecordedTrial(
        exerciseName,
        solution,
        trial.check,
        trial.nodes,
        trial.seed,
        trial.faults,
        trial.message,
        trial.again(exercise).hash());
  }

  /** Runs it again; {@link ExerciseProblem} if the exercise has no such check any more, or the solution cannot be judged. */
  public Again again(Exercise exercise) {
    Trial trial = run(exercise).trial;
    return new Again(trial.failure(), TrialStory.of(trial), hash(trial));
  }

  private record Ran(Check check, Trial trial) {}

  private Ran run(Exercise exercise) {
    return switch (Submission.of(exercise, solution)) {
      case Submission.Refused(String why) -> throw new ExerciseProblem(solution.name(), why);
      case Submission.Ready ready -> {
        PreparedCluster cluster = PreparedCluster.of(nodes, seed, ready, () -> false);
        Check its =
            cluster.checks().stream()
                .filter(each -> each.title().equals(check))
                .findFirst()
                .orElseThrow(
                    () -> new ExerciseProblem(exercise.name(), "has no check '" + check + "'"));
        yield new Ran(its, cluster.run(its, faults));
      }
    };
  }

  /**
   * Runs it again as the result of its check, to be told and played; {@link ExerciseProblem} if the check passes now, is not
   * there any more, or the solution cannot be judged.
   */
  public Result result(Exercise exercise) {
    Ran ran = run(exercise);
    String why =
        ran.trial
            .failure()
            .orElseThrow(
                () -> new ExerciseProblem(exercise.name(), "passes the check '" + check + "' now"));
    return new Result(
        ran.check,
        1,
        faults.isEmpty() ? 0 : 1,
        0,
        Optional.of(new Counterexample(nodes, seed, faults, why, TrialStory.of(ran.trial))));
  }

  private static String hash(Trial trial) {
    var hash = new TraceHash();
    for (Dated dated : trial.facts()) {
      hash.record(dated.atNanos(), dated.fact());
    }
    return hash.value();
  }

  /** The file. */
  public String write() {
    var out = new StringBuilder(FORMAT + "\n");
    out.append("exercise: ").append(exercise).append('\n');
    out.append("check: ").append(check).append('\n');
    out.append("nodes: ").append(nodes).append('\n');
    out.append("seed: ").append(seed).append('\n');
    for (TimedFault fault : faults) {
      out.append("fault: ").append(fault.atNanos()).append(' ');
      out.append(FaultText.of(fault.fault())).append('\n');
    }
    out.append("message: ").append(message).append('\n');
    out.append("hash: ").append(hash).append('\n');
    out.append("solution: ").append(solution.name()).append('\n');
    return out.append('\n').append(solution.text()).toString();
  }

  /** A JUnit test, as the source of a class, that fails for as long as the solution, which stands in it, fails the check. */
  public String asJavaTest() {
    return JavaTest.of(
        solution.name(),
        "passes",
        List.of("beamyard.exercises.ExerciseFolder", "beamyard.exercises.RecordedTrial"),
        """
        RecordedTrial known = RecordedTrial.read("%s", KNOWN);
        var again = known.again(ExerciseFolder.find(known.exercise()));
        assertEquals(Optional.empty(), again.message(), () -> String.join("\\n", again.story()));
        """
            .formatted(JavaTest.escaped(solution.name())),
        write());
  }

  /** Reads a file; {@link ExerciseProblem} if it is none, or of a version that this program does not know. */
  public static RecordedTrial read(String file, String content) {
    int end = content.indexOf("\n\n");
    List<String> head = content.substring(0, Math.max(0, end)).lines().toList();
    if (head.isEmpty() || !head.getFirst().equals(FORMAT)) {
      throw new ExerciseProblem(file, "should begin with '" + FORMAT + "'");
    }
    Map<String, String> values = new TreeMap<>();
    var faults = new ArrayList<TimedFault>();
    for (String line : head.subList(1, head.size())) {
      String[] parts = line.split(": ", 2);
      if (parts.length < 2) {
        throw new ExerciseProblem(file, "'" + line + "' should be 'name: value'");
      }
      if (parts[0].equals("fault")) {
        faults.add(fault(file, parts[1]));
      } else {
        values.put(parts[0], parts[1]);
      }
    }
    for (String needed : List.of("exercise", "check", "nodes", "seed", "hash", "solution")) {
      if (!values.containsKey(needed)) {
        throw new ExerciseProblem(file, "lacks the line '" + needed + ": ...'");
      }
    }
    return new RecordedTrial(
        values.get("exercise"),
        new SourceFile(values.get("solution"), content.substring(end + 2)),
        values.get("check"),
        (int) number(file, values.get("nodes"), PreparedCluster.largest()),
        number(file, values.get("seed"), Long.MAX_VALUE),
        List.copyOf(faults),
        values.getOrDefault("message", ""),
        values.get("hash"));
  }

  private static TimedFault fault(String file, String text) {
    String[] parts = text.split(" ", 2);
    if (parts.length < 2) {
      throw new ExerciseProblem(file, "'fault: " + text + "' should be nanoseconds and a fault");
    }
    try {
      return new TimedFault(
          number(file, parts[0], Long.MAX_VALUE), FaultText.parse(file, parts[1]));
    } catch (BadSetup bad) {
      throw new ExerciseProblem(file, bad.getMessage());
    }
  }

  private static long number(String file, String text, long most) {
    boolean isNumber = text.matches("\\d{1,18}");
    if (!isNumber || Long.parseLong(text) < 1 || Long.parseLong(text) > most) {
      throw new ExerciseProblem(file, "'" + text + "' should be a number from 1 to " + most);
    }
    return Long.parseLong(text);
  }
}
