package beamyard.ui.terminal;

import beamyard.lessons.script.Blank;
import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Prompt;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Section;
import beamyard.lessons.script.LessonPlayer;
import beamyard.lessons.script.LessonPlayer.Verdict;
import beamyard.lessons.script.Question;
import beamyard.lessons.script.Task;
import beamyard.lessons.script.Task.Check;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * Prints a lesson as it is played.
 *
 * @param file the page's name, for what differs
 * @param width how long a line of text may be; 0 if lines stay as they are on the page
 */
record LessonPrinter(PrintWriter out, String file, int width) implements LessonPlayer.Audience {
  private static final String INDENT = "    ";

  LessonPrinter(PrintWriter out, String file) {
    this(out, file, 0);
  }

  /** Prints text of a page. */
  void text(String markdown) {
    if (width > 0) {
      Paragraphs.of(markdown, width).forEach(out::println);
    } else {
      out.println(markdown);
    }
  }

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
    text(prose.markdown());
  }

  @Override
  public void frame(Frame frame) {
    String title =
        frame.attributes().getOrDefault("title", frame.attributes().getOrDefault("type", ""));
    heading(frame.kind().name().toLowerCase(Locale.ROOT), title);
  }

  private void heading(String kind, String title) {
    out.println();
    out.println("[" + kind + (title.isEmpty() ? "" : ": " + title) + "]");
  }

  @Override
  public void shown(Code code) {
    out.println();
    code.text().lines().forEach(line -> out.println(INDENT + line));
  }

  @Override
  public void started(int line, List<String> nodes) {
    out.println(INDENT + "(started " + String.join(", ", nodes) + ")");
  }

  @Override
  public void cannotStart(String node, String why) {
    out.println(INDENT + "(shown, not run: " + node + " cannot be started: " + why + ")");
  }

  @Override
  public void defined(int line, String code, List<String> problems) {
    out.println();
    out.println(INDENT + code.lines().findFirst().orElse("") + "   (project code, on every node)");
    String where = "! " + file + ":" + line + ": ";
    for (String problem : problems) {
      out.println(INDENT + where + problem);
      where = "  ";
    }
    out.flush();
  }

  @Override
  public void prompt(String node, Prompt prompt, List<String> printed, Verdict verdict) {
    show(prompt.node().isEmpty() ? "iex> " : "iex(" + node + ")> ", prompt.code(), printed);
    switch (verdict) {
      case DIFFERS -> differs(prompt.line(), "the page shows", prompt.expected(), printed);
      case NOT_COMPARED -> out.println(INDENT + "(not compared)");
      case MATCHES, NOT_RUN -> {}
    }
    out.flush();
  }

  private void differs(int line, String what, List<String> expected, List<String> printed) {
    out.println(INDENT + "! " + file + ":" + line + ":");
    SideBySide.of(what, expected, "what was printed", printed)
        .forEach(row -> out.println(INDENT + row));
  }

  @Override
  public void expression(
      String node, int line, String code, List<String> printed, Verdict verdict, String note) {
    show("iex(" + node + ")> ", code, printed);
    switch (verdict) {
      case MATCHES -> out.println(INDENT + "as the comment says");
      case DIFFERS ->
          out.println(INDENT + "! " + file + ":" + line + ": the comment says something else");
      case NOT_COMPARED, NOT_RUN -> {}
    }
    if (!note.isEmpty()) {
      out.println(INDENT + "(" + note + ")");
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

  @Override
  public void question(Question question) {
    heading("question", question.title());
    text(question.text());
    int number = 1;
    for (Question.Choice choice : question.choices()) {
      out.println("  " + number++ + ") " + choice.text());
    }
    out.flush();
  }

  @Override
  public void task(Task task) {
    heading("task", task.title());
    text(task);
  }

  /** What a task asks for. */
  void text(Task task) {
    for (var block : task.blocks()) {
      switch (block) {
        case Prose prose -> text(prose.markdown());
        case Code code -> shown(code);
        default -> {}
      }
    }
    out.flush();
  }

  @Override
  public void checked(String node, Check check, Verdict verdict) {
    String what = check.says().isEmpty() ? check.code() + " at " + node : check.says();
    String mark =
        switch (verdict) {
          case MATCHES -> "done: ";
          case DIFFERS, NOT_RUN -> "! " + file + ":" + check.line() + ": not so: ";
          case NOT_COMPARED -> "not compared: ";
        };
    out.println(INDENT + mark + what);
    if (verdict == Verdict.DIFFERS && !check.says().isEmpty()) {
      out.println(INDENT + "  " + check.code() + " at " + node);
    }
    out.flush();
  }

  @Override
  public void summary(Frame frame, Blank text) {
    heading("summary", frame.attributes().getOrDefault("title", ""));
    text(text.filled());
    out.flush();
  }
}
