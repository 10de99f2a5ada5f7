package beamyard.lessons.exploration;

import beamyard.lessons.exploration.ProgramRun.Violation;
import beamyard.lessons.exploration.Rehearsal.Beginning;
import beamyard.lessons.script.Program;
import beamyard.simulator.Fault;
import beamyard.simulator.FaultSchedule.Step;
import java.util.List;

/** Writes the page that a {@link ViolationPage} is. */
final class ViolationPageWriter {
  /** What must hold in the end has so long, as in an exploration. */
  private static final long QUIET_MILLIS = 90_000;

  private static final String ANY_FUNCTION = "#Function<43.3316493/0 in :erl_eval.expr/5>";

  private final Counterexample known;
  private final Program program;
  private final Violation violation;
  private final long programMillis;
  private final String property;
  private final List<Step> faults;
  private final StringBuilder out = new StringBuilder();
  private int compared;

  /**
   * @param programMillis how long the program took, or 0 if what it states was violated before its end
   * @param property the text of the function that must give true
   */
  ViolationPageWriter(
      Counterexample known, Violation violation, long programMillis, String property) {
    this.known = known;
    this.program = Program.parse(known.program(), known.text());
    this.violation = violation;
    this.programMillis = programMillis;
    this.property = property;
    this.faults = known.disturbance().faults().steps();
  }

  /** How many prompts show what they print. */
  int compared() {
    return compared;
  }

  /** The page, saying from which seed it shows the violation. */
  String page(long seed) {
    out.setLength(0);
    compared = 0;
    head(seed);
    beginning();
    if (known.disturbance().jitterMicros() > 0) {
      jitter();
    }
    if (!program.modules().isEmpty()) {
      out.append("```elixir\n").append(String.join("\n\n", program.modules())).append("\n```\n\n");
    }
    out.append("{{< iex >}}\n");
    program();
    violated();
    out.append("{{< /iex >}}\n");
    return out.toString();
  }

  private String first() {
    return known.nodes().getFirst();
  }

  private void head(long seed) {
    String title = known.program() + " breaks what it states";
    out.append("---\ntitle: ").append(quoted(title)).append('\n');
    out.append("description: ").append(quoted(violation.toString())).append('\n');
    out.append("nodes: [")
        .append(String.join(", ", known.nodes().stream().map(this::quoted).toList()))
        .append("]\n");
    out.append("timeout: 300s\n---\n\n");
    out.append("Found by exploration; the page shows it when played from seed ")
        .append(seed)
        .append(seed == 1 ? ", the usual one.\n\n" : ", `play --seed " + seed + "`.\n\n");
    out.append("## What goes wrong\n\nThe run that was found:\n\n");
    out.append(known.story()).append('\n');
  }

  private String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private void beginning() {
    List<String> others = known.nodes().subList(1, known.nodes().size());
    if (known.beginning() == Beginning.APART) {
      out.append("```elixir\n# On ").append(first());
      out.append("\n# Nobody has called Node.connect yet.\n```\n\n");
    } else if (!others.isEmpty()) {
      out.append("{{< iex >}}\n");
      others.forEach(
          node -> prompt(first(), "Node.connect(" + SandboxCall.atom(node) + ")", "true"));
      known.nodes().forEach(node -> prompt(node, ":global.sync()", ":ok"));
      out.append("{{< /iex >}}\n\n");
    }
  }

  /**
   * One input, since a learner takes time between two, in which races would be decided. Each fault has a process of its own,
   * so that none is late because another takes its time.
   */
  private void program() {
    var input = new StringBuilder("(\n");
    for (Step step : faults) {
      input.append("spawn(fn -> Sandbox.advance(").append(step.atMillis()).append("); ");
      input.append(SandboxCall.of(step.fault()).orElseThrow()).append(" end)\n");
    }
    type(first(), input.append(program.body().stripTrailing()).append("\n)").toString());
  }

  private void jitter() {
    out.append("```elixir\n# On ").append(first()).append('\n');
    List<String> nodes = known.nodes();
    for (int one = 0; one < nodes.size(); one++) {
      for (int other = one + 1; other < nodes.size(); other++) {
        long most = known.disturbance().jitterMicros();
        out.append(SandboxCall.jitter(nodes.get(one), nodes.get(other), most)).append('\n');
      }
    }
    out.append("```\n\n");
  }

  private void violated() {
    if (violation.property().startsWith("eventually ")) {
      quiet();
    } else if (programMillis > 0) {
      advance(violation.atMillis() - programMillis);
    }
    String function = property.startsWith("fn") ? property : "fn -> (" + property + ").() end";
    prompt(first(), "holds = " + function, ANY_FUNCTION);
    if (violation.why().startsWith("was ")) {
      prompt(first(), "holds.()", violation.why().substring("was ".length()));
    } else {
      prompt(first(), "try do holds.() catch _, _ -> :raised end", ":raised");
    }
  }

  /** Ends what still goes wrong and waits as long as an exploration does. */
  private void quiet() {
    long last = faults.isEmpty() ? 0 : faults.getLast().atMillis() + 1;
    advance(last - programMillis);
    if (faults.stream().anyMatch(step -> step.fault() instanceof Fault.Partition)) {
      prompt(first(), "Sandbox.heal()", ":ok");
    }
    known.nodes().stream()
        .filter(this::isLeftPaused)
        .forEach(node -> prompt(first(), "Sandbox.resume(" + SandboxCall.atom(node) + ")", ":ok"));
    advance(QUIET_MILLIS);
  }

  private boolean isLeftPaused(String node) {
    boolean paused = false;
    for (Step step : faults) {
      paused =
          switch (step.fault()) {
            case Fault.Pause(String its) when its.equals(node) -> true;
            case Fault.Resume(String its) when its.equals(node) -> false;
            case Fault.Crash(String its) when its.equals(node) -> false;
            case Fault.Restart(String its) when its.equals(node) -> false;
            default -> paused;
          };
    }
    return paused;
  }

  private void advance(long millis) {
    if (millis > 0) {
      prompt(first(), "Sandbox.advance(" + millis + ")", ":ok");
    }
  }

  private void prompt(String node, String code, String printed) {
    type(node, code);
    out.append(printed).append('\n');
    compared++;
  }

  private void type(String node, String code) {
    String start = "(" + node + ")> ";
    out.append("iex").append(start).append(code.replace("\n", "\n..." + start)).append('\n');
  }
}
