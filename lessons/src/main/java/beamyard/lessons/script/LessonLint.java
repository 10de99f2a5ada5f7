package beamyard.lessons.script;

import beamyard.lessons.script.Lesson.Block;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Prompt;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Section;
import beamyard.lessons.script.LessonPlayer.Audience;
import beamyard.lessons.script.LessonPlayer.Verdict;
import beamyard.lessons.script.Task.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds what is wrong with a lesson beyond what its reader finds: links to lessons that are not there, transcripts that do not
 * match, checks that hold from the start or that nothing on the page makes true.
 */
public final class LessonLint {
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)[^)]*\\)");
  private static final List<String> OUTSIDE = List.of("http:", "https:", "mailto:", "#");

  private final Lesson lesson;
  private final Predicate<String> isLesson;
  private final List<String> found = new ArrayList<>();

  private LessonLint(Lesson lesson, Predicate<String> isLesson) {
    this.lesson = lesson;
    this.isLesson = isLesson;
  }

  /**
   * A line for each thing that is wrong, with file and line number.
   *
   * @param isLesson whether a link, {@code cookies.md} say, leads to a page
   */
  public static List<String> of(Lesson lesson, Predicate<String> isLesson, Supplier<Stage> stages) {
    var lint = new LessonLint(lesson, isLesson);
    lint.links();
    lint.play(stages);
    return List.copyOf(lint.found);
  }

  private void found(int line, String what) {
    found.add(lesson.file() + ":" + line + ": " + what);
  }

  private void links() {
    lesson.sections().forEach(section -> links(section.blocks()));
    lesson.front().text("next").ifPresent(next -> link(1, next));
    lesson.front().texts("prerequisites").stream()
        .filter(path -> !path.startsWith("/"))
        .forEach(path -> link(1, path));
  }

  private void links(List<Block> blocks) {
    for (Block block : blocks) {
      switch (block) {
        case Prose prose -> {
          int line = prose.line();
          for (String text : prose.markdown().lines().toList()) {
            for (MatchResult match : LINK.matcher(text).results().toList()) {
              link(line, match.group(1));
            }
            line++;
          }
        }
        case Frame frame -> links(frame.blocks());
        case Lesson.Code _, Lesson.Session _ -> {}
      }
    }
  }

  private void link(int line, String target) {
    String page = target.replaceFirst("#.*$", "");
    if (OUTSIDE.stream().noneMatch(target::startsWith) && !isLesson.test(page)) {
      found(line, "the link to '" + target + "' leads nowhere: there is no such lesson");
    }
  }

  private void play(Supplier<Stage> stages) {
    var run = new LessonRun(lesson, stages, new Listener());
    while (!run.atEnd()) {
      if (run.next() instanceof LessonStep.Work work) {
        run.prepare();
        List<Check> open = run.missing(work.task());
        work.task().checks().stream()
            .filter(check -> !open.contains(check) && open.isEmpty())
            .forEach(
                check ->
                    found(
                        check.line(),
                        "this check holds before anything was done: ask for a change"));
        if (work.solution().isEmpty()) {
          found(
              work.line(),
              "this task shows no way to do it: add {{< solution >}} with the prompts that do");
        }
      }
      run.perform();
    }
  }

  private final class Listener implements Audience {
    @Override
    public void section(Section section, List<String> nodes) {}

    @Override
    public void prose(Prose prose) {}

    @Override
    public void frame(Frame frame) {}

    @Override
    public void shown(Lesson.Code code) {}

    @Override
    public void defined(int line, String code, List<String> problems) {
      if (!problems.isEmpty()) {
        found(line, "this does not compile: " + problems.getFirst());
      }
    }

    @Override
    public void prompt(String node, Prompt prompt, List<String> printed, Verdict verdict) {
      if (verdict == Verdict.DIFFERS) {
        found(
            prompt.line(),
            "the page shows '"
                + String.join("\\n", prompt.expected())
                + "' and "
                + node
                + " prints '"
                + String.join("\\n", printed)
                + "'");
      }
    }

    @Override
    public void expression(
        String node, int line, String code, List<String> printed, Verdict verdict, String note) {
      if (verdict == Verdict.DIFFERS) {
        found(line, "the comment says something else than '" + String.join("\\n", printed) + "'");
      }
      if (verdict == Verdict.NOT_RUN) {
        found(line, note);
      }
    }

    @Override
    public void cannotStart(String node, String why) {
      found(1, node + " cannot be started: " + why);
    }

    @Override
    public void checked(String node, Check check, Verdict verdict) {
      if (verdict == Verdict.DIFFERS) {
        found(check.line(), "nothing on this page makes this check hold: " + check.code());
      }
    }
  }
}
