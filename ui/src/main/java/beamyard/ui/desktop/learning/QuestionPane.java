package beamyard.ui.desktop.learning;

import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Question;
import beamyard.lessons.script.Question.Choice;
import beamyard.lessons.script.Question.Truth;
import beamyard.ui.desktop.drawing.Prosaic;
import beamyard.ui.desktop.learning.PageBlocks.Row;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.SetChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Something to predict: what it is about is shown after a guess. */
final class QuestionPane extends VBox {
  private final LessonModel model;
  private final Question question;
  private final Label verdict = Prosaic.label("", "question-verdict");
  private final VBox answer = new VBox(12);
  private final List<Button> choices = new ArrayList<>();
  private final List<Integer> picked = new ArrayList<>();

  QuestionPane(LessonModel model, PageBlocks blocks, Frame frame) {
    this.model = model;
    question = Question.of(frame);
    getStyleClass().addAll("frame", "question-frame");
    String title = question.title().isEmpty() ? "What do you think?" : question.title();
    var mark = new Label();
    mark.getStyleClass().add("mark");
    mark.managedProperty().bind(mark.textProperty().isNotEmpty());
    var head = new HBox(mark, Prosaic.label(title, "frame-title"));
    head.getStyleClass().add("step-head");
    getChildren().add(head);
    blocks.rows().put(question.line(), new Row(head, mark, answer));
    getChildren().addAll(Prosaic.panes(question.text()));
    if (question.choices().isEmpty()) {
      getChildren().add(guess());
    } else {
      for (int i = 0; i < question.choices().size(); i++) {
        getChildren().add(choice(i));
      }
    }
    verdict.setId("question-verdict");
    answer.setVisible(false);
    answer.setManaged(false);
    blocks.add(answer, question.revealed());
    getChildren().addAll(verdict, answer);
    verdict.setManaged(false);
    if (model.marks().revealed().contains(question.line())) {
      reveal();
    }
    model
        .marks()
        .revealed()
        .addListener(
            (SetChangeListener<Integer>)
                change -> {
                  if (change.wasAdded() && change.getElementAdded() == question.line()) {
                    reveal();
                  }
                });
  }

  private Button choice(int index) {
    Choice choice = question.choices().get(index);
    var button = new Button(choice.text().replaceAll("[`*]", ""));
    button.setMnemonicParsing(false);
    button.setWrapText(true);
    button.setId("choice-" + (index + 1));
    button.getStyleClass().add("choice");
    button.setAccessibleText(choice.text());
    button.setMaxWidth(Double.MAX_VALUE);
    button.setMinHeight(Region.USE_PREF_SIZE);
    button.setOnAction(_ -> pick(index));
    choices.add(button);
    return button;
  }

  private HBox guess() {
    var field = new TextField();
    field.setPromptText("Your guess");
    field.setAccessibleText("Your guess");
    field.setPrefColumnCount(22);
    var show = new Button("Show the answer");
    show.setMinWidth(Region.USE_PREF_SIZE);
    show.setOnAction(_ -> model.answer(question.line()));
    field.setOnAction(_ -> model.answer(question.line()));
    return new HBox(8, field, show);
  }

  private void pick(int index) {
    picked.add(index + 1);
    boolean right = question.choices().get(index).truth() == Truth.RIGHT;
    choices.get(index).getStyleClass().add(right ? "choice-right" : "choice-wrong");
    long wanted = question.choices().stream().filter(each -> each.truth() == Truth.RIGHT).count();
    long found =
        picked.stream()
            .filter(each -> question.choices().get(each - 1).truth() == Truth.RIGHT)
            .count();
    if (!right) {
      say("✗ Not quite – see for yourself.");
      model.answer(question.line());
    } else if (found == wanted) {
      say("✓ Right.");
      model.answer(question.line());
    } else {
      say("✓ Right, and there is more.");
    }
  }

  private void say(String text) {
    verdict.setText(text);
    verdict.setManaged(true);
  }

  private void reveal() {
    for (int i = 0; i < choices.size(); i++) {
      choices.get(i).setDisable(true);
      if (question.choices().get(i).truth() == Truth.RIGHT) {
        choices.get(i).getStyleClass().add("choice-right");
      }
    }
    answer.setVisible(true);
    answer.setManaged(true);
  }
}
