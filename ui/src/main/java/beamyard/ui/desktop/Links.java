package beamyard.ui.desktop;

import beamyard.lessons.script.Course;
import beamyard.lessons.script.Recording;
import beamyard.ui.desktop.drawing.LinkEvent;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Opens what the links of texts lead to: lessons, recordings that lessons hand out, and pages of the web. */
public final class Links {
  private static final Pattern WEB = Pattern.compile("https?://.*");

  private final Consumer<Course.Entry> lessons;
  private final Consumer<Recording> recordings;
  private final Consumer<String> web;
  private final Consumer<String> problems;

  /**
   * @param web takes an address of the web
   * @param problems is told what is wrong with a link
   */
  Links(
      Consumer<Course.Entry> lessons,
      Consumer<Recording> recordings,
      Consumer<String> web,
      Consumer<String> problems) {
    this.lessons = lessons;
    this.recordings = recordings;
    this.web = web;
    this.problems = problems;
  }

  void follow(LinkEvent link) {
    link.consume();
    String destination = link.destination();
    if (WEB.matcher(destination).matches()) {
      web.accept(destination);
      return;
    }
    String page = destination.replaceFirst("#.*$", "");
    Optional<Course.Entry> lesson = Course.find(page);
    Optional<Recording> recording = Course.recording(page);
    if (lesson.isPresent()) {
      lessons.accept(lesson.get());
    } else if (recording.isPresent()) {
      recordings.accept(recording.get());
    } else {
      problems.accept(destination + ": this link leads to no lesson of the course");
    }
  }
}
