package beamyard.ui.terminal;

import beamyard.lessons.exploration.Counterexample;
import beamyard.lessons.exploration.Exploration;
import beamyard.lessons.exploration.Rehearsal;
import beamyard.lessons.exploration.Rehearsal.Beginning;
import beamyard.lessons.script.Program;
import beamyard.lessons.script.ScriptProblem;
import beamyard.simulator.BadSetup;
import beamyard.simulator.exploration.Campaign;
import beamyard.simulator.exploration.Scenario;
import beamyard.simulator.exploration.ScenarioRun;
import beamyard.simulator.exploration.WorkerPool;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explore}: searches the schedules of a program for one that breaks what it states. */
@Command(
    name = "explore",
    mixinStandardHelpOptions = true,
    description = {
      "Runs an Elixir program that states properties (Sandbox.always, sometimes, eventually) under many random schedules"
          + " of faults and deliveries, makes small what breaks one, tells it as a story and saves it.",
      "FILE may also be a saved counterexample, or a scenario (.scenario) of the simulator's own tests: then it runs again."
    })
final class ExploreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1",
      paramLabel = "FILE",
      description = "An Elixir program, a saved counterexample, or a scenario.")
  private Path file;

  @Option(
      names = "--nodes",
      paramLabel = "NAMES",
      defaultValue = "alice,bob,carol",
      description = "Nodes to start; the program runs at the first. Default: ${DEFAULT-VALUE}.")
  private String nodes;

  @Option(names = "--apart", description = "Leave it to the program to connect the nodes.")
  private boolean apart;

  @Option(
      names = "--faults",
      paramLabel = "K",
      defaultValue = "2",
      description = "At most so many faults in a run. Default: ${DEFAULT-VALUE}.")
  private int faults;

  @Option(
      names = "--seeds",
      paramLabel = "N|A..B",
      defaultValue = "1..100",
      description = "Random schedules to try; N stands for 1..N. Default: ${DEFAULT-VALUE}.")
  private SeedRange seeds;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Where to save the counterexample. Default: beside the program.")
  private Path save;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (faults < 0) {
      throw new ScriptProblem("--faults", 0, "'" + faults + "' should be 0 or more");
    }
    String text = CheckCommand.read(file);
    if (Counterexample.isOne(text)) {
      return again(out, Counterexample.read(file.toString(), text));
    }
    if (file.toString().endsWith(".scenario")) {
      return scenario(out, text);
    }
    return explore(out, Program.parse(file.toString(), text));
  }

  private int explore(PrintWriter out, Program program) {
    var rehearsal =
        new Rehearsal(
            program, NodeNames.starts(nodes), apart ? Beginning.APART : Beginning.CONNECTED);
    var exploration = new Exploration(rehearsal, faults);
    long first = seeds.first() == seeds.last() ? 1 : seeds.first();
    Exploration.Summary summary =
        exploration.run(
            first,
            seeds.last(),
            WorkerPool.allCores(),
            (seed, count, what) -> {
              out.println("seed " + seed + " (" + count + " faults): " + what);
              out.flush();
            },
            () -> false);
    summary.neverTrue().forEach(property -> out.println(property + " was never true"));
    summary.counterexample().ifPresent(found -> tell(out, found));
    out.println(summary.runs() + " runs, " + summary.violated() + " violated a property");
    out.flush();
    boolean well = summary.violated() == 0 && summary.neverTrue().isEmpty();
    return well ? Beamyard.WELL : Beamyard.FAILED;
  }

  private void tell(PrintWriter out, Counterexample found) {
    Path where = save != null ? save : Path.of(file + ".counterexample");
    out.println();
    out.println("The smallest run found that does so:");
    out.print(found.story());
    try {
      Files.writeString(where, found.write());
      out.println("saved as " + where + "; 'explore " + where + "' runs it again");
    } catch (IOException e) {
      throw new ScriptProblem(where.toString(), 0, "cannot be written: " + e.getMessage());
    }
    out.println();
  }

  private int again(PrintWriter out, Counterexample known) {
    var rehearsal =
        new Rehearsal(
            Program.parse(known.program(), known.text()),
            NodeNames.starts(String.join(",", known.nodes())),
            apart ? Beginning.APART : Beginning.CONNECTED);
    Optional<Counterexample> violated = Exploration.again(known, rehearsal);
    if (violated.isEmpty()) {
      out.println("violates nothing any more");
      return Beamyard.WELL;
    }
    out.print(violated.get().story());
    out.println(violated.get().hash());
    return Beamyard.FAILED;
  }

  private int scenario(PrintWriter out, String text) {
    ScenarioRun.Result result;
    try {
      result = ScenarioRun.of(Scenario.parse(text));
    } catch (BadSetup bad) {
      throw new ScriptProblem(file.toString(), 0, bad.getMessage());
    }
    if (result.isClean()) {
      out.println("breaks nothing");
      return Beamyard.WELL;
    }
    result.violations().forEach(out::println);
    out.println();
    out.println("The smallest scenario that does so:");
    out.print(Campaign.shrink(result));
    return Beamyard.FAILED;
  }
}
