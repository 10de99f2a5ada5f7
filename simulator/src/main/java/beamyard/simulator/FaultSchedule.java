package beamyard.simulator;

import java.util.ArrayList;
import java.util.List;

/**
 * Faults and when they happen, as a value with a text: one fault a line, milliseconds first, as in {@code 1200 partition
 * alice | bob carol}.
 *
 * @param steps in the order of time
 */
public record FaultSchedule(List<Step> steps) {
  /** One fault, so many virtual milliseconds after the schedule begins. */
  public record Step(long atMillis, Fault fault) {
    public Step {
      if (atMillis < 0) {
        throw new BadSetup("is " + atMillis + " ms", "the time of a fault", "0 or more");
      }
    }

    @Override
    public String toString() {
      return atMillis + " " + FaultText.of(fault);
    }
  }

  public FaultSchedule {
    steps = List.copyOf(steps);
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i).atMillis < steps.get(i - 1).atMillis) {
        throw new BadSetup(
            "comes after " + steps.get(i - 1),
            "fault " + steps.get(i),
            "faults in the order of time");
      }
    }
  }

  /** Reads the text of a schedule. Empty lines and what follows {@code #} count for nothing. */
  public static FaultSchedule parse(String text) {
    var steps = new ArrayList<Step>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String content = line.replaceFirst("#.*", "").strip();
      if (!content.isEmpty()) {
        steps.add(step(number, content));
      }
    }
    return new FaultSchedule(steps);
  }

  private static Step step(int number, String content) {
    String[] parts = content.split("\\s+", 2);
    if (parts.length < 2 || !parts[0].matches("\\d{1,12}")) {
      throw new BadSetup(
          "is '" + content + "'",
          "line " + number,
          "milliseconds and a fault, as in: 1200 partition alice | bob");
    }
    return new Step(Long.parseLong(parts[0]), FaultText.parse("line " + number, parts[1]));
  }

  /** Lets all of it happen to a simulation, time passing, faults that are impossible when their time comes left out. */
  public void run(Simulation simulation) {
    long start = simulation.now();
    for (Step step : steps) {
      simulation.applyAt(start + step.atMillis * 1_000_000, step.fault);
    }
    long end = steps.isEmpty() ? 0 : steps.getLast().atMillis;
    simulation.runUntil(start + end * 1_000_000);
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    steps.forEach(step -> text.append(step).append('\n'));
    return text.toString();
  }
}
