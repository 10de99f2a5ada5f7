package beamyard.ui.terminal;

import beamyard.lessons.shell.LibraryShare;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code library}: prints how much of the real standard library the yard has. */
@Command(
    name = "library",
    mixinStandardHelpOptions = true,
    description =
        "Prints how much of the standard library of Elixir and OTP the yard has, module by module, as a page in Markdown.")
final class LibraryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(LibraryShare.measure().page());
    out.flush();
    return Beamyard.WELL;
  }
}
