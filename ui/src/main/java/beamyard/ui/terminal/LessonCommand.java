package beamyard.ui.terminal;

import beamyard.lessons.script.Course;
import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.LessonLint;
import beamyard.lessons.script.LessonReader;
import beamyard.lessons.script.ScriptProblem;
import beamyard.lessons.script.SimulatedStage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lesson}: for those who write lessons. */
@Command(
    name = "lesson",
    mixinStandardHelpOptions = true,
    description = "Starts a lesson, or looks for mistakes in lessons.",
    subcommands = {LessonCommand.New.class, LessonCommand.Check.class})
final class LessonCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return Beamyard.UNUSABLE;
  }

  /** {@code lesson new}: writes a page to begin with. */
  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description = "Writes a small lesson to begin with: every part of the format once.")
  static final class New implements Callable<Integer> {
    private static final String TEMPLATE = "new-lesson.md";

    @Spec private CommandSpec spec;

    @Parameters(arity = "1", paramLabel = "FILE", description = "The page to write.")
    private Path file;

    @Override
    public Integer call() {
      if (Files.exists(file)) {
        throw new ScriptProblem(file.toString(), 0, "exists already; choose another name");
      }
      String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "").replace('-', ' ');
      try {
        Files.writeString(file, template().replace("TITLE", name));
      } catch (IOException e) {
        throw new ScriptProblem(file.toString(), 0, "cannot be written: " + e.getMessage());
      }
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          "Wrote "
              + file
              + ". Change it, then: beamyard lesson check "
              + file
              + "; beamyard play "
              + file
              + " --step");
      out.flush();
      return Beamyard.WELL;
    }

    private static String template() throws IOException {
      try (InputStream stream = LessonCommand.class.getResourceAsStream(TEMPLATE)) {
        return new String(
            Objects.requireNonNull(stream, TEMPLATE).readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  /** {@code lesson check}: tells what is wrong with pages. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Looks for mistakes: dead links, transcripts that do not match, checks nothing can satisfy.")
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Lesson pages.")
    private List<Path> files;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      int wrong = 0;
      int unusable = 0;
      for (Path file : files) {
        Lesson lesson = LessonReader.read(file.toString(), CheckCommand.read(file));
        lesson.problems().forEach(spec.commandLine().getErr()::println);
        List<String> found =
            LessonLint.of(lesson, link -> isPage(file, link), () -> SimulatedStage.withSeed(1));
        found.forEach(out::println);
        out.println(
            (found.isEmpty() && lesson.problems().isEmpty() ? "ok      " : "WRONG   ") + file);
        out.flush();
        unusable += lesson.problems().size();
        wrong += found.size();
      }
      return unusable > 0 ? Beamyard.UNUSABLE : wrong > 0 ? Beamyard.FAILED : Beamyard.WELL;
    }

    /** A link leads to a file beside the page, or to a lesson or a recording of the course. */
    private static boolean isPage(Path file, String link) {
      Path target = file.resolveSibling(link);
      return Files.isRegularFile(target)
          || Course.find(link).isPresent()
          || Course.recording(link).isPresent();
    }
  }
}
