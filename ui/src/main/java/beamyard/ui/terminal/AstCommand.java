package beamyard.ui.terminal;

import beamyard.lessons.elixir.syntax.AstLine;
import beamyard.lessons.elixir.syntax.Source;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ast}: prints the quoted form of Elixir sources. */
@Command(
    name = "ast",
    mixinStandardHelpOptions = true,
    description =
        "Prints the quoted form of each file on one line, as Code.string_to_quoted gives it.")
final class AstCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Elixir sources.")
  private List<Path> files;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (Path file : files) {
      out.println(AstLine.of(new Source(file.toString(), CheckCommand.read(file), 1, 1)));
    }
    out.flush();
    return Beamyard.WELL;
  }
}
