package beamyard.ui.terminal;

import beamyard.ui.bench.BenchTable;
import beamyard.ui.bench.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench}: how fast the simulator is, beside its goals and real Elixir. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Measures how fast the simulator is, and prints one table: the goal beside each figure, and what real Elixir needs"
            + " where it is installed. Exit status 1 if a figure is short of its goal.")
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description =
          "What to measure: engine, messages, mesh, scenario, explore, elixir, processes, start, desktop; all of these without a name. And soak, which takes ten minutes.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--clock",
      paramLabel = "CLOCK",
      defaultValue = "wall",
      description =
          "wall, or processor: the time of the thread, for a machine that is busy otherwise.")
  private Clock clock = Clock.WALL;

  @Override
  public Integer call() {
    List<String> known = BenchTable.names();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "no benchmark is called '" + name + "': there are " + String.join(", ", known));
      }
    }
    var table = new BenchTable(spec.commandLine().getOut());
    return table.run(clock, names.isEmpty() ? BenchTable.usualNames() : names) == 0
        ? Beamyard.WELL
        : Beamyard.FAILED;
  }
}
