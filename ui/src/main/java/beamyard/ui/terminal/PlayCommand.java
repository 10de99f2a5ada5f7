package beamyard.ui.terminal;

import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Prompt;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Section;
import beamyard.lessons.script.LessonPlayer;
import beamyard.lessons.script.LessonPlayer.Result;
import beamyard.lessons.script.LessonPlayer.Verdict;
import beamyard.lessons.script.LessonReader;
import beamyard.lessons.script.RecordedPlay;
import beamyard.lessons.script.ScriptProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code play}: plays a lesson page in the terminal and compares what its prompts show. */
@Command(
    name = "play",
    mixinStandardHelpOptions = true,
    description =
        "Plays a lesson page on simulated nodes; prints as it goes, and compares every prompt.")
final class PlayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1", paramLabel = "PAGE", description = "A lesson page (Markdown).")
  private Path page;

  @Option(names = "--auto", description = "Plays from start to end without asking.")
  private boolean auto;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of everything left to chance.")
  private long seed;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Writes a recording that 'replay' runs again.")
  private @Nullable Path record;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    String text = CheckCommand.read(page);
    Lesson lesson = LessonReader.read(page.toString(), text);
    lesson.problems().forEach(spec.commandLine().getErr()::println);
    out.println(lesson.front().text("title").orElse(page.getFileName().toString()));
    RecordedPlay.Outcome outcome = RecordedPlay.play(page.toString(), text, seed, new Printer(out));
    Result result = outcome.result();
    if (record != null) {
      write(record, outcome.recording().write());
    }
    out.println();
    if (result.commentsPassed() + result.commentsFailed() + result.notRun() > 0) {
      out.println(
          "comments: "
              + result.commentsPassed()
              + " as promised, "
              + result.commentsFailed()
              + " not; "
              + result.notRun()
              + " expressions not run");
    }
    out.println(result.passed() + " passed, " + result.failed() + " failed");
    out.flush();
    return result.failed() + result.commentsFailed() == 0 && lesson.problems().isEmpty()
        ? Beamyard.WELL
        : Beamyard.FAILED;
  }

  /** Writes a whole file or none: first beside it, then in its place. */
  private static void write(Path file, String content) {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(beside, content);
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new ScriptProblem(file.toString(), 0, "cannot be written: " + e.getMessage());
    }
  }

  /** Prints what happens. */
  record Printer(PrintWriter out) implements LessonPlayer.Audience {
    @Override
    public void section(Section section, List<String> nodes) {
      out.println();
      if (!section.title().isEmpty()) {
        out.println("== " + section.title() + " ==");
      }
      if (!nodes.isEmpty()) {
        out.println("   nodes: " + String.join(", ", nodes));
      }
      out.flush();
    }

    @Override
    public void prose(Prose prose) {
      out.println();
      out.println(prose.markdown());
    }

    @Override
    public void frame(Frame frame) {
      String title =
          frame.attributes().getOrDefault("title", frame.attributes().getOrDefault("type", ""));
      out.println();
      out.println(
          "["
              + frame.kind().name().toLowerCase(Locale.ROOT)
              + (title.isEmpty() ? "" : ": " + title)
              + "]");
    }

    @Override
    public void shown(Code code) {
      out.println();
      code.text().lines().forEach(line -> out.println("    " + line));
    }

    @Override
    public void defined(int line, String code, List<String> problems) {
      out.println();
      out.println(
          "    " + code.lines().findFirst().orElse("") + "   (project code, on every node)");
      problems.forEach(problem -> out.println("    ! " + problem));
      out.flush();
    }

    @Override
    public void prompt(String node, Prompt prompt, List<String> printed, Verdict verdict) {
      show("iex(" + node + ")> ", prompt.code(), printed);
      if (verdict == Verdict.DIFFERS) {
        out.println("    ! line " + prompt.line() + ": the page shows");
        prompt.expected().forEach(line -> out.println("    - " + line));
      }
      out.flush();
    }

    @Override
    public void expression(
        String node, int line, String code, List<String> printed, Verdict verdict, String note) {
      show("iex(" + node + ")> ", code, printed);
      switch (verdict) {
        case MATCHES -> out.println("    as the comment says");
        case DIFFERS -> out.println("    ! line " + line + ": the comment says something else");
        case NOT_COMPARED, NOT_RUN -> {}
      }
      if (!note.isEmpty()) {
        out.println("    (" + note + ")");
      }
      out.flush();
    }

    private void show(String prompt, String code, List<String> printed) {
      out.println();
      String first = prompt;
      for (String line : code.lines().toList()) {
        out.println(first + line);
        first = "...".concat(" ".repeat(Math.max(0, prompt.length() - 3)));
      }
      printed.forEach(out::println);
    }
  }
}
