package beamyard.ui.terminal;

import beamyard.lessons.script.ScriptProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code open}: shows a file in the window. */
@Command(
    name = "open",
    mixinStandardHelpOptions = true,
    description =
        "Opens a file in the window: a counterexample of 'explore' or a trial of 'exercise check' where it goes wrong, with its"
            + " story; a page, a recording, a set-up or a transcript.")
final class OpenCommand implements Callable<Integer> {
  @Parameters(arity = "1", paramLabel = "FILE", description = "What to open.")
  private Path file;

  @Override
  public Integer call() {
    if (!Files.isRegularFile(file)) {
      throw new ScriptProblem(file.toString(), 0, "no such file");
    }
    Desktop desktop =
        ServiceLoader.load(Desktop.class)
            .findFirst()
            .filter(Desktop::hasDisplay)
            .orElseThrow(
                () ->
                    new ScriptProblem(
                        file.toString(),
                        0,
                        "there is no display to open a window on; 'replay' tells a counterexample, a trial or a recording here,"
                            + " 'play' a page"));
    desktop.open(file.toString());
    return Beamyard.WELL;
  }
}
