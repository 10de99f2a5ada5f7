package beamyard.ui.terminal;

import beamyard.exercises.Exercise;
import beamyard.exercises.ExerciseFolder;
import beamyard.exercises.ExerciseProblem;
import beamyard.exercises.Grader;
import beamyard.exercises.RecordedTrial;
import beamyard.exercises.Report;
import beamyard.exercises.Report.Result;
import beamyard.exercises.ReportFormat;
import beamyard.lessons.script.ScriptProblem;
import beamyard.lessons.shell.ProjectCode.SourceFile;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code exercise}: lists exercises, shows one, begins one, and judges what was handed in. */
@Command(
    name = "exercise",
    mixinStandardHelpOptions = true,
    description = "Exercises: list them, read one, begin one, have a solution judged.",
    subcommands = {
      ExerciseCommand.ListThem.class,
      ExerciseCommand.Show.class,
      ExerciseCommand.Start.class,
      ExerciseCommand.Judge.class
    })
final class ExerciseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return Beamyard.WELL;
  }

  /** {@code exercise list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the exercises, easiest first.")
  static final class ListThem implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      for (Exercise exercise : ExerciseFolder.catalog()) {
        out.printf("%2d  %-22s %s%n", exercise.level(), exercise.name(), exercise.title());
      }
      return Beamyard.WELL;
    }
  }

  /** {@code exercise show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints what an exercise asks, and hints on request.")
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "An exercise of the list, or a folder.")
    private String name;

    @Option(
        names = "--hints",
        paramLabel = "N",
        defaultValue = "0",
        description = "How many hints to give, the gentlest first.")
    private int hints;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      Exercise exercise = ExerciseFolder.find(name);
      out.println(exercise.statement().strip());
      if (exercise.javaStarter().isPresent()) {
        out.println();
        out.println(
            "In Elixir or in Java: 'exercise start "
                + name
                + " FILE' writes the beginning, in Java to a FILE that ends in .java.");
      }
      int given = Math.clamp(hints, 0, exercise.hints().size());
      for (int i = 0; i < given; i++) {
        out.println();
        out.println(
            "Hint " + (i + 1) + " of " + exercise.hints().size() + ": " + exercise.hints().get(i));
      }
      return Beamyard.WELL;
    }
  }

  /** {@code exercise start}. */
  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description =
          "Writes what an exercise begins with to a new file: in Java if its name ends in .java, else in Elixir.")
  static final class Start implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
        index = "0",
        paramLabel = "NAME",
        description = "An exercise of the list, or a folder.")
    private String name;

    @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
    private Path file;

    @Override
    public Integer call() {
      Exercise exercise = ExerciseFolder.find(name);
      if (Files.exists(file)) {
        throw new ExerciseProblem(file.toString(), "is there already; name a new file");
      }
      try {
        Files.writeString(file, starter(exercise).text());
      } catch (IOException e) {
        throw new ExerciseProblem(file.toString(), "cannot be written");
      }
      spec.commandLine().getOut().println("Next: exercise check " + name + " " + file);
      return Beamyard.WELL;
    }

    private SourceFile starter(Exercise exercise) {
      if (!file.toString().endsWith(".java")) {
        return exercise.starter();
      }
      return exercise
          .javaStarter()
          .orElseThrow(
              () ->
                  new ExerciseProblem(
                      exercise.name(), "is an exercise in Elixir; name a file that ends in .ex"));
    }
  }

  /** {@code exercise check}. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Judges a solution in Elixir (.ex) or Java (.java), or all of a folder and of the folders in it.")
  static final class Judge implements Callable<Integer> {
    private static final int WATCH_MILLIS = 300;

    @Spec private CommandSpec spec;

    @Parameters(
        index = "0",
        paramLabel = "NAME",
        description = "An exercise of the list, or a folder.")
    private String name;

    @Parameters(index = "1", paramLabel = "FILE", description = "A solution, or a folder of them.")
    private Path file;

    @Option(names = "--watch", description = "Judges again whenever something of it changes.")
    private boolean watch;

    @Option(
        names = "--report",
        paramLabel = "FORMAT",
        converter = FormatConverter.class,
        description = "Prints the reports as junit or json instead of text.")
    private ReportFormat format;

    @Option(
        names = "--save",
        paramLabel = "DIR",
        description = "Saves the run in which a check failed, for 'replay': a file each.")
    private Path save;

    /** Reads {@code junit} or {@code json}. */
    static final class FormatConverter implements ITypeConverter<ReportFormat> {
      @Override
      public ReportFormat convert(String text) {
        return Stream.of(ReportFormat.values())
            .filter(format -> format.toString().equals(text))
            .findFirst()
            .orElseThrow(
                () -> new TypeConversionException("'" + text + "' is neither junit nor json"));
      }
    }

    @Override
    public Integer call() {
      Exercise exercise = ExerciseFolder.find(name);
      if (!Files.exists(file)) {
        throw new ExerciseProblem(file.toString(), "no such file");
      }
      if (!watch) {
        return judge(exercise);
      }
      try {
        return watch(exercise);
      } catch (InterruptedException _) {
        return Beamyard.WELL; // nobody wants it any more
      }
    }

    private int watch(Exercise exercise) throws InterruptedException {
      while (true) {
        Map<Path, String> before = texts();
        judge(exercise);
        spec.commandLine().getOut().println("(waiting for " + file + " to change; Ctrl-C ends)");
        spec.commandLine().getOut().flush();
        Map<Path, String> now = texts();
        while (now.isEmpty() || now.equals(before)) {
          Thread.sleep(WATCH_MILLIS);
          now = texts();
        }
      }
    }

    /** What is to be judged, by file; empty while there is nothing, as when an editor is replacing it. */
    private Map<Path, String> texts() {
      var texts = new LinkedHashMap<Path, String>();
      try {
        for (Path each : solutions()) {
          texts.put(each, Files.readString(each, StandardCharsets.ISO_8859_1)); // any bytes
        }
      } catch (IOException | ExerciseProblem absent) {
        return Map.of();
      }
      return texts;
    }

    private int judge(Exercise exercise) {
      PrintWriter out = spec.commandLine().getOut();
      List<Path> files = solutions();
      var reports = new ArrayList<ReportFormat.Judged>();
      for (Path each : files) {
        if (files.size() > 1 && format == null) {
          out.println(each + ":");
        }
        Report report = judge(exercise, each);
        reports.add(new ReportFormat.Judged(each.toString(), report));
        if (format == null) {
          report.refusal().ifPresent(why -> out.println("Not judged: " + why));
          out.printf(
              "%d of %d points, after %d runs%n",
              report.points(), report.pointsMax(), report.runs());
        }
      }
      long passed = reports.stream().filter(judged -> judged.report().passed()).count();
      if (format != null) {
        out.print(format.write(reports));
      } else {
        out.println(summary(reports, passed));
      }
      out.flush();
      return passed == reports.size() ? Beamyard.WELL : Beamyard.FAILED;
    }

    /** A file that cannot be read, or on which the grader itself fails, leaves those of the others as they are. */
    private Report judge(Exercise exercise, Path each) {
      try {
        var solution = new SourceFile(each.getFileName().toString(), CheckCommand.read(each));
        Consumer<Result> progress =
            format == null ? printing(spec.commandLine().getOut()) : _ -> {};
        Report report = Grader.grade(exercise, solution, progress);
        save(exercise, each, solution, report);
        return report;
      } catch (ScriptProblem unreadable) {
        if (!Files.isDirectory(file)) {
          throw unreadable;
        }
        return new Report(exercise.name(), Optional.of(unreadable.getMessage()), List.of());
      } catch (ExerciseProblem ours) {
        throw ours;
      } catch (RuntimeException | AssertionError | StackOverflowError bug) {
        if (!Files.isDirectory(file)) {
          throw bug;
        }
        String why = "the grader itself failed, which is no fault of the solution: " + bug;
        return new Report(exercise.name(), Optional.of(why), List.of());
      }
    }

    private void save(Exercise exercise, Path from, SourceFile solution, Report report) {
      if (save == null) {
        return;
      }
      int number = 0;
      for (Result result : report.results()) {
        number++;
        if (result.passed()) {
          continue;
        }
        Path where = save.resolve(nameOf(from) + "." + number + ".trial");
        try {
          Files.createDirectories(save);
          Files.writeString(where, RecordedTrial.of(name, exercise, solution, result).write());
        } catch (IOException e) {
          throw new ExerciseProblem(where.toString(), "cannot be written");
        }
        if (format != null) {
          continue; // nothing but the report is printed
        }
        spec.commandLine()
            .getOut()
            .println("saved as " + where + ": 'replay' runs it again, 'open' shows it");
      }
    }

    /** Two people may give their files the same name. */
    private String nameOf(Path from) {
      Path inFolder = Files.isDirectory(file) ? file.relativize(from) : from.getFileName();
      return inFolder.toString().replace(File.separatorChar, '-');
    }

    /** One solution: its checks are counted; a folder: a line with the points of each, and its solutions are counted. */
    private String summary(List<ReportFormat.Judged> reports, long passed) {
      if (Files.isDirectory(file)) {
        var table = new StringBuilder("\n");
        for (ReportFormat.Judged judged : reports) {
          Report report = judged.report();
          String points =
              report.refusal().isPresent()
                  ? "not judged"
                  : report.points() + " of " + report.pointsMax();
          table.append(
              String.format("%-10s  %s%n", points, file.relativize(Path.of(judged.solution()))));
        }
        return table + "" + passed + " passed, " + (reports.size() - passed) + " failed";
      }
      List<Result> results = reports.getFirst().report().results();
      long well = results.stream().filter(Result::passed).count();
      long ill = results.isEmpty() ? 1 : results.size() - well;
      return well + " passed, " + ill + " failed";
    }

    private List<Path> solutions() {
      if (!Files.isDirectory(file)) {
        return List.of(file);
      }
      try (Stream<Path> entries = Files.walk(file)) {
        List<Path> found =
            entries
                .filter(entry -> isSolution(entry) && Files.isRegularFile(entry))
                .sorted()
                .toList();
        if (found.isEmpty()) {
          throw new ExerciseProblem(file.toString(), "holds no .ex, .exs or .java file");
        }
        return found;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static boolean isSolution(Path entry) {
      String name = entry.toString();
      return name.endsWith(".ex") || name.endsWith(".exs") || name.endsWith(".java");
    }

    private static Consumer<Result> printing(PrintWriter out) {
      return result -> {
        out.println(
            (result.passed() ? "passed  " : "FAILED  ") + result.check().title() + tried(result));
        result.counterexample().ifPresent(found -> print(out, found));
        out.flush();
      };
    }

    private static String tried(Result result) {
      return result.faults() == 0
          ? " (" + result.runs() + " runs)"
          : " ("
              + result.runs()
              + " runs; "
              + result.bit()
              + " of "
              + result.faults()
              + " faults hit a node at work)";
    }

    private static void print(PrintWriter out, Report.Counterexample found) {
      out.println("  " + found.message().replace("\n", "\n  "));
      out.println("  On a cluster of " + found.size() + ", seed " + found.seed() + ":");
      for (int i = 0; i < found.story().size(); i++) {
        out.println("  " + (i + 1) + ". " + found.story().get(i).lines().findFirst().orElse(""));
      }
    }
  }
}
