package beamyard.lessons.exploration;

import beamyard.lessons.exploration.Rehearsal.Beginning;
import beamyard.lessons.script.ScriptProblem;
import beamyard.simulator.BadSetup;
import beamyard.simulator.FaultSchedule;
import beamyard.simulator.FaultSchedule.Step;
import beamyard.simulator.exploration.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run that breaks what a program states, as a file that runs again and as a story.
 *
 * @param program the name of its file
 * @param text its text
 * @param beginning how the nodes begin
 * @param schedule the order in which it happens, if every step of it was chosen; then there is no other disturbance
 * @param told what happens, a sentence each, faults too
 * @param violation what was violated, and when
 * @param hash of the trace, in hexadecimal
 */
public record Counterexample(
    String program,
    String text,
    List<String> nodes,
    Beginning beginning,
    Disturbance disturbance,
    Optional<Schedule> schedule,
    List<String> told,
    String violation,
    String hash) {
  private static final String FORMAT = "beamyard counterexample 1";

  /** Whether a file's text is one of these. */
  public static boolean isOne(String content) {
    return content.startsWith("beamyard counterexample ");
  }

  /** The file, byte for byte the same for the same run. */
  public String write() {
    var out = new StringBuilder(FORMAT + "\n");
    out.append("program: ").append(program).append('\n');
    out.append("nodes: ").append(String.join(" ", nodes)).append('\n');
    if (beginning == Beginning.APART) {
      out.append("beginning: apart\n");
    }
    out.append("seed: ").append(disturbance.seed()).append('\n');
    out.append("jitter: ").append(disturbance.jitterMicros()).append('\n');
    for (Step step : disturbance.faults().steps()) {
      out.append("fault: ").append(step).append('\n');
    }
    schedule.ifPresent(
        order -> {
          out.append("order: chosen\n");
          order.choices().forEach(choice -> out.append("choice: ").append(choice).append('\n'));
        });
    told.forEach(line -> out.append("told: ").append(line.replace("\n", " ")).append('\n'));
    out.append("violation: ").append(violation.replace("\n", " ")).append('\n');
    out.append("hash: ").append(hash).append('\n');
    return out.append('\n').append(text).toString();
  }

  /** A JUnit test, as the source of a class, that fails for as long as this violates something. */
  public String asJavaTest() {
    return JavaTest.of(this);
  }

  /** A page of a lesson that shows this when it is played, if there is one; plays it to find out. */
  public ViolationPage asPage() {
    return ViolationPage.of(this);
  }

  /** Reads a file; {@link ScriptProblem} if it is none, or of a version that this program does not know. */
  public static Counterexample read(String file, String content) {
    int end = content.indexOf("\n\n");
    List<String> head = content.substring(0, Math.max(0, end)).lines().toList();
    if (head.isEmpty() || !head.getFirst().equals(FORMAT)) {
      throw new ScriptProblem(file, 1, "expected '" + FORMAT + "'");
    }
    Map<String, String> values = new TreeMap<>();
    var faults = new StringBuilder();
    var choices = new ArrayList<Schedule.Choice>();
    var told = new ArrayList<String>();
    for (int i = 1; i < head.size(); i++) {
      String line = head.get(i);
      int colon = line.indexOf(": ");
      if (colon < 0) {
        throw new ScriptProblem(file, i + 1, "expected 'name: value'");
      }
      if (line.startsWith("fault: ")) {
        faults.append(line.substring(colon + 2)).append('\n');
      } else if (line.startsWith("choice: ")) {
        choices.add(choice(file, i + 1, line.substring(colon + 2)));
      } else if (line.startsWith("told: ")) {
        told.add(line.substring(colon + 2));
      } else {
        values.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    for (String needed : List.of("program", "nodes", "seed", "jitter", "violation", "hash")) {
      if (!values.containsKey(needed)) {
        throw new ScriptProblem(file, 0, "lacks the line '" + needed + ": ...'");
      }
    }
    try {
      return new Counterexample(
          values.get("program"),
          content.substring(end + 2),
          List.of(values.get("nodes").split(" ")),
          values.getOrDefault("beginning", "").equals("apart")
              ? Beginning.APART
              : Beginning.CONNECTED,
          new Disturbance(
              Long.parseLong(values.get("seed")),
              Long.parseLong(values.get("jitter")),
              FaultSchedule.parse(faults.toString())),
          values.containsKey("order") ? Optional.of(new Schedule(choices)) : Optional.empty(),
          told,
          values.get("violation"),
          values.get("hash"));
    } catch (BadSetup | NumberFormatException bad) {
      throw new ScriptProblem(file, 0, "cannot be read: " + bad.getMessage());
    }
  }

  private static Schedule.Choice choice(String file, int line, String text) {
    try {
      return Schedule.Choice.parse("a choice", text);
    } catch (BadSetup bad) {
      throw new ScriptProblem(file, line, bad.getMessage());
    }
  }

  /** What happens, step by step. */
  public String story() {
    var out = new StringBuilder();
    int number = 1;
    String packets =
        disturbance.jitterMicros() == 0
            ? ""
            : " Packets take up to " + disturbance.jitterMicros() / 1000.0 + " ms.";
    out.append(number++)
        .append(". ")
        .append(String.join(", ", nodes))
        .append(nodes.size() == 1 ? " is up." : " are up.")
        .append(packets)
        .append('\n');
    for (Step step : told.isEmpty() ? disturbance.faults().steps() : List.<Step>of()) {
      out.append(number++)
          .append(". at ")
          .append(ProgramRun.seconds(step.atMillis()))
          .append(": ")
          .append(FaultStory.told(step.fault()))
          .append(".\n");
    }
    for (String line : told) {
      out.append(number++).append(". ").append(line).append(".\n");
    }
    return out.append(number).append(". ").append(violation).append(".\n").toString();
  }
}
