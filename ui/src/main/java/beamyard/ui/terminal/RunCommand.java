package beamyard.ui.terminal;

import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.script.Stage.Answer;
import beamyard.lessons.script.Stage.Ending;
import beamyard.lessons.script.Stage.Start;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run}: runs a script on the first of some nodes. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs an Elixir script on the first node and prints what its terminal shows.")
final class RunCommand implements Callable<Integer> {
  private static final long LIMIT_MILLIS = 3_600_000;

  @Spec private CommandSpec spec;

  @Parameters(arity = "1", paramLabel = "FILE.exs", description = "An Elixir script.")
  private Path file;

  @Option(
      names = "--nodes",
      paramLabel = "NAMES",
      defaultValue = "alice",
      description = "Nodes to start.")
  private String nodes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of everything left to chance.")
  private long seed;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Start> starts = NodeNames.starts(nodes);
    String script = CheckCommand.read(file);
    var stage = SimulatedStage.withSeed(seed);
    stage.start(starts);
    Answer answer =
        stage.type(
            starts.getFirst().handle(),
            "Beamyard.Script.run(" + literal(named(file).toString()) + ", " + literal(script) + ")",
            LIMIT_MILLIS);
    out.print(answer.shown());
    out.flush();
    boolean failed =
        answer.ending() != Ending.DONE
            || answer.printed().contains("\n** (")
            || answer.printed().startsWith("** (");
    return failed ? Beamyard.FAILED : Beamyard.WELL;
  }

  /** Where the host of the nodes has the script: at the same place, or below its home. */
  private static Path named(Path file) {
    Path plain = file.normalize();
    return plain.startsWith("..") ? file.toAbsolutePath().normalize() : plain;
  }

  private static String literal(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("#", "\\#") + '"';
  }
}
