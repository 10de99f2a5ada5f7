package beamyard.ui.terminal;

import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.script.Stage.Answer;
import beamyard.lessons.script.Stage.Ending;
import beamyard.lessons.script.Stage.Start;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code iex}: the shells of several nodes in one terminal. Virtual time passes as the wall's does while one types. */
@Command(
    name = "iex",
    mixinStandardHelpOptions = true,
    description = "Interactive shells of simulated nodes; @bob goes to bob's shell, Ctrl-D leaves.")
final class IexCommand implements Callable<Integer> {
  private static final long LIMIT_MILLIS = 10_000;

  @Spec private CommandSpec spec;

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
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
      converse(reader, stage, starts);
    }
    return Beamyard.WELL;
  }

  private void converse(LineReader reader, SimulatedStage stage, List<Start> starts) {
    PrintWriter out = spec.commandLine().getOut();
    List<String> names = starts.stream().map(Start::handle).toList();
    out.println(
        "Nodes: " + String.join(", ", names) + ". @NAME goes to another shell, Ctrl-D leaves.");
    out.flush();
    String node = names.getFirst();
    var pending = new StringBuilder();
    while (true) {
      String line;
      long before = System.nanoTime();
      try {
        line = reader.readLine((pending.isEmpty() ? "iex(" : "...(") + node + ")> ");
      } catch (EndOfFileException _) {
        return;
      } catch (UserInterruptException _) {
        pending.setLength(0);
        continue;
      }
      stage.advance((System.nanoTime() - before) / 1_000_000);
      if (pending.isEmpty() && line.startsWith("@")) {
        String wanted = line.substring(1).strip();
        String current = node;
        node =
            names.stream()
                .filter(name -> name.equals(wanted) || name.startsWith(wanted + "@"))
                .findFirst()
                .orElse(current);
        if (!node.startsWith(wanted)) {
          out.println("there is no node " + wanted + "; there are " + String.join(", ", names));
          out.flush();
        }
        continue;
      }
      Answer answer = stage.type(node, line, LIMIT_MILLIS);
      out.print(answer.printed());
      if (answer.ending() == Ending.INCOMPLETE) {
        pending.append(line).append('\n');
      } else {
        pending.setLength(0);
      }
      if (answer.ending() == Ending.TIMED_OUT) {
        out.println("(still running after " + LIMIT_MILLIS / 1000 + " virtual seconds)");
      }
      if (answer.ending() == Ending.DIED) {
        out.println("(" + node + " is down)");
      }
      out.flush();
    }
  }
}
