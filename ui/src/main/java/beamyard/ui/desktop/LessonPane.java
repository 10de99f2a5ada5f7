package beamyard.ui.desktop;

import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.Lesson.Block;
import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Prompt;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Section;
import beamyard.lessons.script.Lesson.Session;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The text of a page. The step that runs is marked and kept in view. */
final class LessonPane extends ScrollPane {
  private final VBox page = new VBox();
  private final NavigableMap<Integer, Node> steps = new TreeMap<>();
  private @Nullable Node running;

  LessonPane() {
    getStyleClass().add("lesson");
    setFitToWidth(true);
    page.getStyleClass().add("page");
    setContent(page);
    setAccessibleText("Lesson");
  }

  void show(Lesson lesson) {
    page.getChildren().clear();
    steps.clear();
    running = null;
    page.getChildren().add(text(lesson.front().text("title").orElse(lesson.file()), "page-title"));
    for (Section section : lesson.sections()) {
      if (!section.title().isEmpty()) {
        page.getChildren().add(text(section.title(), "section-title"));
      }
      section.blocks().forEach(block -> add(page, block));
    }
  }

  /** Marks the step of a line of the page as the one that runs. */
  void running(int line) {
    Node step = stepAt(line);
    if (running != null) {
      running.getStyleClass().remove("running");
    }
    running = step;
    if (step != null) {
      step.getStyleClass().add("running");
      double height = page.getHeight() - getViewportBounds().getHeight();
      double top = page.sceneToLocal(step.localToScene(0, 0)).getY();
      setVvalue(
          height <= 0 ? 0 : Math.clamp((top - getViewportBounds().getHeight() / 3) / height, 0, 1));
    }
  }

  /** Marks what a step printed as right or wrong. */
  void finished(int line, String styleClass) {
    Node step = stepAt(line);
    if (step != null && !step.getStyleClass().contains(styleClass)) {
      step.getStyleClass().add(styleClass);
    }
  }

  /** The step that begins at a line or, for an expression inside a block of code, before it. */
  private @Nullable Node stepAt(int line) {
    Map.Entry<Integer, Node> step = steps.floorEntry(line);
    return step == null ? null : step.getValue();
  }

  private void add(VBox parent, Block block) {
    switch (block) {
      case Prose prose -> parent.getChildren().add(text(plain(prose.markdown()), "prose"));
      case Code code -> {
        Label label = text(code.text().stripTrailing(), "code");
        steps.put(code.line(), label);
        parent.getChildren().add(label);
      }
      case Session session -> {
        var box = new VBox();
        box.getStyleClass().add("session");
        for (Prompt prompt : session.prompts()) {
          String shown =
              prompt.node().map(node -> "iex(" + node + ")> ").orElse("iex> ") + prompt.code();
          String expected = String.join("\n", prompt.expected());
          Label label = text(expected.isEmpty() ? shown : shown + "\n" + expected, "prompt-step");
          steps.put(prompt.line(), label);
          box.getChildren().add(label);
        }
        parent.getChildren().add(box);
      }
      case Frame frame -> {
        var box = new VBox();
        box.getStyleClass().addAll("frame", frame.kind().name().toLowerCase(java.util.Locale.ROOT));
        String title = frame.attributes().getOrDefault("title", "");
        if (!title.isEmpty()) {
          box.getChildren().add(text(title, "frame-title"));
        }
        frame.blocks().forEach(inner -> add(box, inner));
        parent.getChildren().add(box);
      }
    }
  }

  private static Label text(String text, String styleClass) {
    var label = new Label(text);
    label.setWrapText(true);
    label.setMaxWidth(Double.MAX_VALUE);
    label.getStyleClass().add(styleClass);
    return label;
  }

  /** Markdown's marks for emphasis and code are left out; paragraphs are joined to lines. */
  private static String plain(String markdown) {
    return markdown
        .replaceAll("(?<!\n)\n(?![\n|*-])", " ")
        .replaceAll("\\*\\*|`", "")
        .replace(" -- ", " – ");
  }
}
