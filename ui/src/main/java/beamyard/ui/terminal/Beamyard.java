package beamyard.ui.terminal;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code java -jar beamyard.jar COMMAND}. */
@Command(
    name = "beamyard",
    mixinStandardHelpOptions = true,
    version = "beamyard 0.1",
    description = "A yard full of simulated BEAM nodes.")
public final class Beamyard {
  /** Exit status: all well. */
  static final int WELL = 0;

  /** Exit status: something did not match, or failed a check. */
  static final int FAILED = 1;

  /** Exit status: arguments or input that cannot be used. */
  static final int UNUSABLE = 2;

  private Beamyard() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new Beamyard()).execute(arguments);
  }
}
