package beamyard.ui.terminal;

import beamyard.exercises.ExerciseProblem;
import beamyard.lessons.script.LessonPlayer.Result;
import beamyard.lessons.script.RecordedPlay;
import beamyard.lessons.script.ScriptProblem;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

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

  /** The commands by name, in the order in which the help tells of them. */
  static final Map<String, Class<?>> COMMANDS = commands();

  private static final String FIRST_PAGE = "/beamyard/lessons/course/first-steps.md";

  private Beamyard() {}

  private static Map<String, Class<?>> commands() {
    var commands = new LinkedHashMap<String, Class<?>>();
    commands.put("check", CheckCommand.class);
    commands.put("play", PlayCommand.class);
    commands.put("replay", ReplayCommand.class);
    commands.put("open", OpenCommand.class);
    commands.put("iex", IexCommand.class);
    commands.put("run", RunCommand.class);
    commands.put("explore", ExploreCommand.class);
    commands.put("ast", AstCommand.class);
    commands.put("format", FormatCommand.class);
    commands.put("library", LibraryCommand.class);
    commands.put("bench", BenchCommand.class);
    commands.put("exercise", ExerciseCommand.class);
    commands.put("lesson", LessonCommand.class);
    return commands;
  }

  public static void main(String[] arguments) {
    var out =
        new PrintWriter(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    var err =
        new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int status = run(out, err, arguments);
    out.flush();
    err.flush();
    System.exit(status);
  }

  /** Runs one command and gives its exit status. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    if (arguments.length == 0) {
      Optional<Desktop> desktop =
          ServiceLoader.load(Desktop.class).findFirst().filter(Desktop::hasDisplay);
      if (desktop.isEmpty()) {
        return firstPage(out);
      }
      desktop.get().open();
      return WELL;
    }
    CommandLine commandLine = commandLine(arguments[0]);
    commandLine.registerConverter(SeedRange.class, new SeedRange.Converter());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setOut(out).setErr(err);
    commandLine.setParameterExceptionHandler(Beamyard::unusable);
    commandLine.setExecutionExceptionHandler(
        (exception, command, _) -> {
          if (exception instanceof ScriptProblem || exception instanceof ExerciseProblem) {
            command.getErr().println(exception.getMessage());
            return UNUSABLE;
          }
          throw exception;
        });
    return commandLine.execute(arguments);
  }

  /** Knows the command that is called, as to read what all of them take is a tenth of a start; all if it is none of them. */
  private static CommandLine commandLine(String first) {
    var commandLine = new CommandLine(new Beamyard());
    Class<?> called = COMMANDS.get(first);
    if (called != null) {
      return commandLine.addSubcommand(called);
    }
    COMMANDS.values().forEach(commandLine::addSubcommand);
    return commandLine;
  }

  /** What there is to see without a screen. */
  private static int firstPage(PrintWriter out) {
    out.println(
        "There is no display to open a window on. 'beamyard play PAGE' plays a page here; this is the first one.");
    out.println();
    try (InputStream page = Beamyard.class.getResourceAsStream(FIRST_PAGE)) {
      String text =
          new String(
              Objects.requireNonNull(page, FIRST_PAGE).readAllBytes(), StandardCharsets.UTF_8);
      Result result =
          RecordedPlay.play("first-steps.md", text, 1, new LessonPrinter(out, "first-steps.md"))
              .result();
      out.println();
      out.println(result.passed() + " passed, " + result.failed() + " failed");
      return result.failed() + result.commentsFailed() == 0 ? WELL : FAILED;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int unusable(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    String what = exception.getMessage().lines().findFirst().orElse("unusable arguments");
    command
        .getErr()
        .println(
            "beamyard: "
                + what
                + " (see: "
                + command.getCommandSpec().qualifiedName()
                + " --help)");
    return UNUSABLE;
  }
}
