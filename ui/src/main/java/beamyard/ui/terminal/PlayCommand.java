package beamyard.ui.terminal;

import beamyard.lessons.oracle.RealNodes;
import beamyard.lessons.script.Course;
import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.LessonPlayer;
import beamyard.lessons.script.LessonPlayer.Result;
import beamyard.lessons.script.LessonReader;
import beamyard.lessons.script.RecordedPlay;
import beamyard.lessons.script.Recording;
import beamyard.lessons.script.ScriptProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code play}: plays a lesson page in the terminal and compares what its prompts show. */
@Command(
    name = "play",
    mixinStandardHelpOptions = true,
    description = {
      "Plays a lesson page on simulated nodes; prints as it goes, and compares every prompt.",
      "Without a page lists the course."
    })
final class PlayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "PAGE",
      description = "A lesson of the course, by name or number, or a file (Markdown).")
  private @Nullable String page;

  @ArgGroup private @Nullable Mode mode;

  /** How to play. */
  static final class Mode {
    @Option(names = "--auto", description = "Plays from start to end without asking (the default).")
    private boolean auto;

    @Option(
        names = "--step",
        description = "Step by step, with a prompt of your own; goes on where you left off.")
    private boolean step;
  }

  /** Where a page is played. */
  enum Nodes {
    /** On simulated nodes. */
    SIM,
    /** On real Elixir nodes of this machine. */
    BEAM
  }

  @Option(
      names = "--on",
      paramLabel = "sim|beam",
      defaultValue = "sim",
      description = "On simulated nodes, or on real ones where Elixir is installed.")
  private Nodes on;

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

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Where your progress is kept, in place of the usual folder.")
  private @Nullable Path state;

  /** A page to play. */
  private record Page(String key, String file, String text) {}

  @Override
  public Integer call() throws IOException {
    if (page == null) {
      return list();
    }
    Page its = page(page);
    Lesson lesson = LessonReader.read(its.file(), its.text());
    lesson.problems().forEach(spec.commandLine().getErr()::println);
    out()
        .println(lesson.front().text("title").orElse(Path.of(its.file()).getFileName().toString()));
    List<String> goals = lesson.front().texts("goals");
    if (!goals.isEmpty()) {
      out().println("You will be able to:");
      goals.forEach(goal -> out().println("  - " + goal));
    }
    out().flush();
    int status =
        mode != null && mode.step
            ? guided(its, lesson)
            : on == Nodes.BEAM ? onRealNodes(its, lesson) : played(its, lesson);
    return lesson.problems().isEmpty() ? status : Beamyard.UNUSABLE;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static Page page(String wanted) {
    Path file = Path.of(wanted);
    if (!Files.exists(file)) {
      Optional<Course.Entry> entry = Course.find(wanted);
      if (entry.isPresent()) {
        return new Page(entry.get().name(), entry.get().file(), entry.get().text());
      }
      Optional<Recording> handedOut = Course.recording(wanted);
      if (handedOut.isPresent()) {
        return new Page(handedOut.get().page(), handedOut.get().page(), handedOut.get().text());
      }
      throw new ScriptProblem(
          wanted, 0, "no such file, and no lesson of the course; 'beamyard play' lists those");
    }
    String text = CheckCommand.read(file);
    if (Recording.isOne(text)) {
      throw new ScriptProblem(
          wanted, 1, "is a recording of a page; 'beamyard replay " + wanted + "' plays it again");
    }
    return new Page(file.toAbsolutePath().normalize().toString(), wanted, text);
  }

  private Progress progress() {
    return Progress.in(state == null ? StateFolder.ofThisUser() : state);
  }

  private int list() {
    Progress progress = progress();
    out().println("The course; 'beamyard play NAME --step' takes you through a lesson:");
    out().println();
    for (Course.Entry entry : Course.entries()) {
      Lesson lesson = entry.lesson();
      Progress.Mark mark = progress.of(entry.name());
      String how = mark.isDone() ? "done" : mark.step() > 0 ? "begun" : "";
      out()
          .println(
              String.format(
                      "%3d  %-22s %-5s %s",
                      entry.number(),
                      entry.name(),
                      how,
                      lesson.front().text("title").orElse(entry.name()))
                  .stripTrailing());
    }
    out().flush();
    return Beamyard.WELL;
  }

  private int played(Page its, Lesson lesson) {
    RecordedPlay.Outcome outcome =
        RecordedPlay.play(its.file(), its.text(), seed, new LessonPrinter(out(), its.file()));
    if (record != null) {
      write(record, outcome.recording().write());
    }
    return tell(lesson, outcome.result());
  }

  private int onRealNodes(Page its, Lesson lesson) {
    if (record != null) {
      throw new ScriptProblem("--record", 0, "only simulated nodes can be recorded");
    }
    try (RealNodes nodes = RealNodes.open()) {
      return tell(
          lesson,
          LessonPlayer.play(lesson, nodes::freshStage, new LessonPrinter(out(), its.file())));
    }
  }

  private int tell(Lesson lesson, Result result) {
    readOn(out(), lesson);
    out().println();
    if (result.commentsPassed() + result.commentsFailed() + result.notRun() > 0) {
      out()
          .println(
              "comments: "
                  + result.commentsPassed()
                  + " as promised, "
                  + result.commentsFailed()
                  + " not; "
                  + result.notRun()
                  + " expressions not run");
    }
    if (result.notCompared() > 0) {
      out().println(result.notCompared() + " not compared");
    }
    out().println(result.passed() + " passed, " + result.failed() + " failed");
    out().flush();
    return result.isWell() ? Beamyard.WELL : Beamyard.FAILED;
  }

  /** The official pages that a lesson names. */
  private static void readOn(PrintWriter out, Lesson lesson) {
    List<Lesson.Link> links = lesson.front().links();
    if (!links.isEmpty()) {
      out.println();
      out.println("Read on:");
      links.forEach(link -> out.println("  - " + link.title() + ": " + link.address()));
    }
  }

  private int guided(Page its, Lesson lesson) throws IOException {
    if (on == Nodes.BEAM || record != null) {
      throw new ScriptProblem("--step", 0, "goes with simulated nodes, and without --record");
    }
    Progress progress = progress();
    try (Terminal terminal = IexCommand.systemTerminal()) {
      LineReader reader = IexCommand.reader(terminal, "play");
      Guide guide = new Guide(reader, out(), progress);
      guide.lead(its.key(), its.file(), lesson, seed);
    }
    return Beamyard.WELL;
  }

  /** Leads through a lesson and keeps how far one came. */
  record Guide(LineReader reader, PrintWriter out, Progress progress) {
    void lead(String key, String file, Lesson lesson, long seed) {
      int[] steps = {0};
      var guided =
          new GuidedPlay(
              reader,
              out,
              file,
              lesson,
              seed,
              step -> progress.keep(key, new Progress.Mark(step, steps[0])));
      steps[0] = guided.steps();
      Progress.Mark mark = progress.of(key);
      out.println("Enter goes on, @help tells what else you can do.");
      switch (guided.play(mark.isDone() ? 0 : mark.step())) {
        case FINISHED -> {
          out.println();
          out.println("That was the last step.");
          readOn(out, lesson);
          Course.after(key)
              .ifPresent(next -> out.println("Next: beamyard play " + next.name() + " --step"));
        }
        case LEFT -> out.println("Kept: 'play' with --step goes on here.");
      }
      out.flush();
    }
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
}
