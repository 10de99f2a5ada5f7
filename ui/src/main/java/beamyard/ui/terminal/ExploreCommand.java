package beamyard.ui.terminal;

import beamyard.lessons.exploration.Counterexample;
import beamyard.lessons.exploration.Exhaustive;
import beamyard.lessons.exploration.Exploration;
import beamyard.lessons.exploration.Rehearsal;
import beamyard.lessons.exploration.Rehearsal.Beginning;
import beamyard.lessons.script.Program;
import beamyard.lessons.script.ScriptProblem;
import beamyard.simulator.BadSetup;
import beamyard.simulator.exploration.Campaign;
import beamyard.simulator.exploration.Scenario;
import beamyard.simulator.exploration.ScenarioRun;
import beamyard.simulator.exploration.ScheduleSearch;
import beamyard.simulator.exploration.WorkerPool;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      "With --exhaustive it tries instead every order in which signals of a small program can arrive and waits can end at one"
          + " instant, with up to K faults at every instant where one makes a difference, and says when nothing is left to try.",
      "FILE may also be a saved counterexample, or a scenario (.scenario) of the simulator's own tests: then it runs again."
    })
final class ExploreCommand implements Callable<Integer> {
  /** A year: virtual time is counted in 64 bits of nanoseconds. */
  private static final long MOST_SECONDS = 31_536_000;

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
      description = "At most so many faults in a run. Default: 2; with --exhaustive 0.")
  private Integer faults;

  @Option(
      names = "--exhaustive",
      description = "Try all schedules, of those that differ in nothing that matters one.")
  private boolean exhaustive;

  @Option(
      names = "--kinds",
      paramLabel = "KINDS",
      split = ",",
      defaultValue = "crash,cut",
      description = "Faults that --exhaustive adds: crash, cut, reset. Default: ${DEFAULT-VALUE}.")
  private List<Exhaustive.Kind> kinds;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "With --exhaustive, give up after so many steps. Default: ${DEFAULT-VALUE}.")
  private long steps;

  @Option(
      names = "--longest",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description =
          "With --exhaustive, the virtual time of one run at most. Default: ${DEFAULT-VALUE}.")
  private long longest;

  @Option(
      names = "--seeds",
      paramLabel = "N|A..B",
      defaultValue = "1..100",
      description = "Random schedules to try; N stands for 1..N. Default: ${DEFAULT-VALUE}.")
  private SeedRange seeds;

  @Option(
      names = "--save",
      paramLabel = "FILE|DIR",
      description =
          "Where to save the counterexample, a file or a folder that is there. Default: beside the program.")
  private Path save;

  @Option(
      names = "--as",
      paramLabel = "FORM",
      description =
          "Print the counterexample, found now or given as FILE, in another form: junit, the source of a test; transcript, a"
              + " page for 'play' that shows the violation at a prompt.")
  private @Nullable KnownForm form;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (faults != null && faults < 0) {
      throw new ScriptProblem("--faults", 0, "'" + faults + "' should be 0 or more");
    }
    if (steps < 1) {
      throw new ScriptProblem("--steps", 0, "'" + steps + "' should be 1 or more");
    }
    if (longest < 1 || longest > MOST_SECONDS) {
      throw new ScriptProblem(
          "--longest",
          0,
          "'" + longest + "' should be a number of seconds from 1 to " + MOST_SECONDS);
    }
    String text = CheckCommand.read(file);
    if (Counterexample.isOne(text)) {
      return again(out, Counterexample.read(file.toString(), text));
    }
    if (file.toString().endsWith(".scenario")) {
      return scenario(out, text);
    }
    Program program = Program.parse(file.toString(), text);
    return exhaustive ? exhaust(out, program) : explore(out, program);
  }

  private int exhaust(PrintWriter out, Program program) {
    var rehearsal =
        new Rehearsal(
            program, NodeNames.starts(nodes), apart ? Beginning.APART : Beginning.CONNECTED);
    var options = new Exhaustive.Options(faults == null ? 0 : faults, kinds, steps, longest);
    try (LongWork work = LongWork.begin(spec.commandLine().getErr())) {
      return exhaust(out, new Exhaustive(rehearsal, options), work);
    }
  }

  private int exhaust(PrintWriter out, Exhaustive exhaustion, LongWork work) {
    long[] asked = {0};
    long start = System.nanoTime();
    Exhaustive.Outcome outcome =
        exhaustion.run(
            () -> {
              asked[0]++;
              work.tell(() -> "%,d executions begun".formatted(asked[0]));
              return work.isCancelled();
            });
    double seconds = (System.nanoTime() - start) / 1e9;
    outcome.counterexample().ifPresent(found -> tell(out, found));
    outcome.neverTrue().forEach(property -> out.println(property + " was never true"));
    ScheduleSearch.Result search = outcome.search();
    out.printf(
        Locale.ROOT,
        "%s: %,d executions of up to %,d steps (%,d more broken off), %,d steps for the first time, %,d again, %,.0f new steps/s%n",
        search.found().isPresent()
            ? "violated"
            : search.exhausted()
                ? "exhausted, nothing violated"
                : "NOT exhausted, nothing violated",
        search.executions(),
        search.deepest(),
        search.blocked(),
        search.steps(),
        search.repeated(),
        search.steps() / seconds);
    out.flush();
    boolean well = search.exhausted() && outcome.neverTrue().isEmpty();
    return well ? Beamyard.WELL : Beamyard.FAILED;
  }

  private int explore(PrintWriter out, Program program) {
    var rehearsal =
        new Rehearsal(
            program, NodeNames.starts(nodes), apart ? Beginning.APART : Beginning.CONNECTED);
    var exploration = new Exploration(rehearsal, faults == null ? 2 : faults);
    long first = seeds.first() == seeds.last() ? 1 : seeds.first();
    try (LongWork work = LongWork.begin(spec.commandLine().getErr())) {
      return explore(out, exploration, first, work);
    }
  }

  private int explore(PrintWriter out, Exploration exploration, long first, LongWork work) {
    var listener =
        new Exploration.Listener() {
          private long violated;

          @Override
          public void violated(long seed, int count, String what) {
            violated++;
            out.println("seed " + seed + " (" + count + " faults): " + what);
            out.flush();
          }

          @Override
          public void ended(long runs) {
            work.tell(
                () ->
                    "%,d of %,d runs, %,d violated a property"
                        .formatted(runs, seeds.last() - first + 1, violated));
          }
        };
    Exploration.Summary summary =
        exploration.run(first, seeds.last(), WorkerPool.allCores(), listener, work::isCancelled);
    summary.neverTrue().forEach(property -> out.println(property + " was never true"));
    summary.counterexample().ifPresent(found -> tell(out, found));
    out.println(
        (work.isCancelled() ? "cancelled: " : "")
            + summary.runs()
            + " runs, "
            + summary.violated()
            + " violated a property");
    out.flush();
    boolean well = summary.violated() == 0 && summary.neverTrue().isEmpty();
    return well ? Beamyard.WELL : Beamyard.FAILED;
  }

  private void tell(PrintWriter out, Counterexample found) {
    Path where = placeOf();
    out.println();
    out.println("The smallest run found that does so:");
    out.print(found.story());
    try {
      Files.writeString(where, found.write());
      out.println("saved as " + where + ": 'replay' runs it again, 'open' shows it");
    } catch (IOException e) {
      throw new ScriptProblem(where.toString(), 0, "cannot be written: " + e.getMessage());
    }
    if (form != null) {
      out.println();
      out.print(formed(form, found));
    }
    out.println();
  }

  private Path placeOf() {
    Path beside = Path.of(file + ".counterexample");
    if (save == null) {
      return beside;
    }
    return Files.isDirectory(save) ? save.resolve(beside.getFileName()) : save;
  }

  /** The story goes before, so that what cannot be told otherwise takes one line of its place. */
  private static String formed(KnownForm form, Counterexample found) {
    try {
      return form.of(found.program(), found);
    } catch (ScriptProblem untellable) {
      return untellable.getMessage() + "\n";
    }
  }

  private int again(PrintWriter out, Counterexample known) {
    Optional<Counterexample> violated = Exploration.again(known);
    if (violated.isEmpty()) {
      out.println("violates nothing any more");
      return Beamyard.WELL;
    }
    if (form != null) {
      out.print(form.of(file.toString(), violated.get()));
      out.flush();
      return Beamyard.FAILED;
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
