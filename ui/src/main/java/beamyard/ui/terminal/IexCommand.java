package beamyard.ui.terminal;

import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.script.Stage.Start;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code iex}: the shells of several nodes in one terminal. Virtual time passes as the wall's does. */
@Command(
    name = "iex",
    mixinStandardHelpOptions = true,
    description = "Interactive shells of simulated nodes; @bob goes to bob's shell, Ctrl-D leaves.")
final class IexCommand implements Callable<Integer> {
  @Option(
      names = "--nodes",
      paramLabel = "NAMES",
      defaultValue = "alice,bob,carol",
      description = "Nodes to start.")
  private String nodes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of everything left to chance.")
  private long seed;

  @Override
  public Integer call() throws IOException {
    List<Start> starts = NodeNames.starts(nodes);
    var stage = SimulatedStage.withSeed(seed);
    stage.start(starts);
    try (Terminal terminal = systemTerminal()) {
      new LiveShells(reader(terminal, "iex"), stage, starts).converse();
    }
    return Beamyard.WELL;
  }

  /** The terminal of this process, asked directly: JLine would else run {@code test}, {@code tty} and {@code stty} for it. */
  static Terminal systemTerminal() throws IOException {
    return TerminalBuilder.builder().system(true).exec(false).dumb(true).build();
  }

  /**
   * Reads lines, with a history that is kept from session to session. A line is what was typed: nothing in it is special to the
   * reader.
   *
   * @param name of the history
   */
  static LineReader reader(Terminal terminal, String name) {
    var parser = new DefaultParser();
    parser.setEscapeChars(null);
    parser.setQuoteChars(null);
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(parser)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.BRACKETED_PASTE, false)
            .build();
    Path history = StateFolder.ofThisUser().resolve(name + "-history");
    reader.setVariable(LineReader.HISTORY_FILE, history);
    return reader;
  }
}
