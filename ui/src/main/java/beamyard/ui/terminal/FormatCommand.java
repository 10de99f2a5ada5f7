package beamyard.ui.terminal;

import beamyard.lessons.elixir.formatter.FormatOptions;
import beamyard.lessons.elixir.formatter.Formatter;
import beamyard.lessons.elixir.formatter.Formatter.Formatted;
import beamyard.lessons.elixir.syntax.Source;
import beamyard.lessons.script.ScriptProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code format}: writes Elixir sources anew, as {@code mix format} does. */
@Command(
    name = "format",
    mixinStandardHelpOptions = true,
    description =
        "Formats Elixir sources in place, as mix format of Elixir 1.14 does, and names those that changed.")
final class FormatCommand implements Callable<Integer> {
  private static final int SHORTEST_LINE = 1;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Elixir sources, or folders: of those all .ex and .exs files, however deep.")
  private List<Path> files;

  @Option(
      names = "--check",
      description = "Changes nothing; exit status 1 if a file is not formatted.")
  private boolean checks;

  @Option(
      names = "--line-length",
      paramLabel = "COLUMNS",
      defaultValue = "98",
      description = "How long lines may be (default: ${DEFAULT-VALUE}).")
  private int lineLength;

  @Override
  public Integer call() {
    if (lineLength < SHORTEST_LINE) {
      throw new ScriptProblem("--line-length", 0, "must be 1 or more, not " + lineLength);
    }
    PrintWriter out = spec.commandLine().getOut();
    boolean allWell = true;
    for (Path file : files.stream().flatMap(path -> sources(path).stream()).toList()) {
      String before = CheckCommand.read(file);
      String after = formatted(file, before);
      if (after.equals(before)) {
        continue;
      }
      allWell = false;
      if (checks) {
        out.println(file + " is not formatted");
      } else {
        write(file, after);
        out.println(file + " formatted");
      }
    }
    out.flush();
    return allWell || !checks ? Beamyard.WELL : Beamyard.FAILED;
  }

  /** The sources of a folder in the order of their names; a file is itself, whatever its name. */
  private static List<Path> sources(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> inside = Files.walk(path)) {
      return inside
          .filter(file -> file.toString().endsWith(".ex") || file.toString().endsWith(".exs"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException _) {
      throw new ScriptProblem(path.toString(), 0, "cannot be read");
    }
  }

  private String formatted(Path file, String text) {
    var source = new Source(file.toString(), text, 1, 1);
    return switch (Formatter.format(source, FormatOptions.USUAL.withLineLength(lineLength))) {
      case Formatted.Text(String formatted) -> formatted + "\n";
      case Formatted.Failed(var problem) ->
          throw new ScriptProblem(
              file.toString(),
              problem.line(),
              problem.description().lines().findFirst().orElse(""));
    };
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException _) {
      throw new ScriptProblem(file.toString(), 0, "cannot be written");
    }
  }
}
