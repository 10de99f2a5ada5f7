package beamyard.ui.desktop.shells;

import beamyard.ui.desktop.drawing.CodeText;
import beamyard.ui.desktop.yard.Completion;
import beamyard.ui.desktop.yard.ShellModel;
import beamyard.ui.desktop.yard.ShellModel.Line;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextFlow;
import javafx.util.Duration;
import javafx.util.Subscription;

/** The terminal of one node at a time, with a line to type in, which looks like the prompt it is. */
final class ShellPane extends VBox {
  /* Of the code typeface at this size: a guess that is only for how much room is left free. */
  private static final double SIZE = 12.35;
  private static final double COLUMN = 7.6;

  /** Who waits longer is told what for. */
  private static final Duration LONG_RUN = Duration.millis(600);

  private static final double ROW = 17.5;
  private static final int MOST_ROWS = 200;
  private static final int MOST_CANDIDATES = 40;

  /** A line with a million characters would keep the window busy for long. */
  private static final int MOST_CHARACTERS = 3_000;

  private final TextField line = new InputLine();
  private final ListView<Line> terminal = new ListView<>();
  private final Label prompt = new Label();
  private final Label candidates = new Label();
  private final PauseTransition longRun = new PauseTransition(LONG_RUN);
  private ShellModel model;
  private Subscription followed = Subscription.EMPTY;

  /** Shows a shell, and later others: to make a pane for each of a hundred shells would take long, and to lay them all out too. */
  ShellPane(ShellModel first) {
    model = first;
    getStyleClass().add("shell");
    terminal.getStyleClass().add("terminal");
    terminal.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    terminal.setCellFactory(_ -> new TerminalCell());
    terminal.addEventFilter(KeyEvent.KEY_PRESSED, this::copy);
    terminal.addEventFilter(KeyEvent.KEY_TYPED, this::typeOn);
    terminal.setMinHeight(0);
    terminal.widthProperty().subscribe(_ -> fit());
    line.getStyleClass().add("input");
    line.setOnAction(
        _ -> {
          model.type(line.getText());
          line.clear();
        });
    line.addEventFilter(KeyEvent.KEY_PRESSED, this::recall);
    line.addEventFilter(KeyEvent.KEY_PRESSED, this::complete);
    line.textProperty().subscribe(_ -> offer(List.of(), ""));
    line.fontProperty().subscribe(_ -> fit());
    candidates.getStyleClass().add("candidates");
    candidates.setWrapText(true);
    candidates.setMaxHeight(64);
    HBox.setHgrow(line, Priority.ALWAYS);
    prompt.getStyleClass().add("prompt");
    prompt.setMinWidth(USE_PREF_SIZE);
    longRun.setOnFinished(_ -> line.setPromptText("is running; what you type waits"));
    var input = new HBox(prompt, line);
    input.getStyleClass().add("input-row");
    // not when it is clicked: while output comes, the row that was pressed may be gone when the
    // button is let go
    setOnMousePressed(_ -> line.requestFocus());
    getChildren().setAll(terminal, input, candidates);
    follow();
  }

  /** Shows another shell; what was typed at the one before stays there until it is shown again. */
  void show(ShellModel next) {
    if (next == model) {
      return;
    }
    followed.unsubscribe();
    longRun.stop();
    model.keepDraft(line.getText());
    model = next;
    line.setText(model.draft());
    line.end();
    follow();
  }

  private void follow() {
    terminal.setItems(model.lines());
    terminal.setAccessibleText("Terminal of " + model.node());
    line.setId("line-" + model.node());
    line.setAccessibleText("Input for " + model.node());
    candidates.setId("candidates-" + model.node());
    followed =
        Subscription.combine(
            model.promptProperty().subscribe(text -> prompt.setText(text.stripTrailing())),
            model.readyProperty().subscribe(this::showReady),
            model.upProperty().subscribe(this::showUp),
            model.lines().subscribe(this::fit));
    fit();
  }

  private void showReady(boolean ready) {
    prompt.setDisable(!ready);
    longRun.stop();
    if (ready) {
      line.setPromptText("");
    } else if (model.upProperty().get()) {
      longRun.playFromStart();
    }
  }

  private void showUp(boolean up) {
    line.setDisable(!up);
    if (!up) {
      longRun.stop();
    }
    line.setPromptText(up ? "" : model.node() + " is not running");
  }

  /** Tab completes what all candidates have in common, and shows them. */
  private void complete(KeyEvent event) {
    if (event.getCode() != KeyCode.TAB || event.isShiftDown() || event.isShortcutDown()) {
      return;
    }
    event.consume();
    String before = line.getText(0, line.getCaretPosition());
    ShellModel asked = model;
    asked.complete(before).thenAccept(completion -> take(asked, before, completion));
  }

  private void take(ShellModel asked, String before, Completion completion) {
    if (asked != model || !line.getText(0, line.getCaretPosition()).equals(before)) {
      return; // more was typed meanwhile, or elsewhere
    }
    line.insertText(line.getCaretPosition(), completion.common());
    offer(completion.shown(), completion.isTold() ? "\n" : "   ");
  }

  private void offer(List<String> all, String between) {
    List<String> some = all.subList(0, Math.min(MOST_CANDIDATES, all.size()));
    int rest = all.size() - some.size();
    candidates.setText(String.join(between, some) + (rest == 0 ? "" : "   and " + rest + " more"));
    candidates.setVisible(!all.isEmpty());
    candidates.setManaged(!all.isEmpty());
  }

  /** The prompt stands right under the last line until the terminal is full. */
  private void fit() {
    double scale = line.getFont().getSize() / SIZE;
    double columns = Math.max(20, (terminal.getWidth() - 40) / COLUMN / scale);
    double rows = 0;
    for (int i = model.lines().size() - 1; i >= 0 && rows < MOST_ROWS; i--) {
      int shown = Math.min(model.lines().get(i).text().length(), MOST_CHARACTERS);
      rows += Math.max(1, Math.ceil(shown / columns));
    }
    terminal.setPrefHeight(rows == 0 ? 8 : rows * ROW * scale + 10);
    Platform.runLater(this::showEnd); // the height counts from the next layout on
  }

  private void showEnd() {
    if (!model.lines().isEmpty()) {
      terminal.scrollTo(model.lines().size() - 1);
    }
  }

  /** Lets what is typed next be typed here. */
  void focusLine() {
    line.requestFocus();
  }

  private void recall(KeyEvent event) {
    if (event.getCode() == KeyCode.UP || event.getCode() == KeyCode.DOWN) {
      line.setText(event.getCode() == KeyCode.UP ? model.earlier() : model.later());
      line.end();
      event.consume();
    }
  }

  private void copy(KeyEvent event) {
    if (event.isShortcutDown() && event.getCode() == KeyCode.C) {
      var content = new ClipboardContent();
      content.putString(
          String.join(
              "\n",
              terminal.getSelectionModel().getSelectedItems().stream().map(Line::text).toList()));
      Clipboard.getSystemClipboard().setContent(content);
      event.consume();
    }
  }

  /** Whoever has marked printed lines and types on means the line below. */
  private void typeOn(KeyEvent event) {
    String typed = event.getCharacter();
    boolean printed = !typed.isEmpty() && !Character.isISOControl(typed.codePointAt(0));
    if (!printed || event.isShortcutDown() || line.isDisabled()) {
      return;
    }
    event.consume();
    line.requestFocus();
    line.appendText(typed);
    line.end();
  }

  /** A line into which several lines can be pasted: they are typed one after the other. */
  private final class InputLine extends TextField {
    @Override
    public void paste() {
      Clipboard clipboard = Clipboard.getSystemClipboard();
      String text = clipboard.hasString() ? clipboard.getString() : "";
      if (!text.contains("\n")) {
        super.paste();
        return;
      }
      // what is selected is replaced; what follows it goes after the last line, which is not typed
      // yet
      String before = getText(0, getSelection().getStart());
      String after = getText(getSelection().getEnd(), getLength());
      List<String> lines = List.of(text.split("\\R", -1));
      model.type(before + lines.getFirst());
      lines.subList(1, lines.size() - 1).forEach(model::type);
      setText(lines.getLast() + after);
      positionCaret(lines.getLast().length());
    }
  }

  private static final class TerminalCell extends ListCell<Line> {
    private final TextFlow flow = new TextFlow();

    TerminalCell() {
      getStyleClass().add("terminal-line");
      flow.maxWidthProperty().bind(widthProperty().subtract(26));
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(Line item, boolean empty) {
      super.updateItem(item, empty);
      if (empty || item == null) {
        setGraphic(null);
        return;
      }
      flow.getChildren().setAll(pieces(item));
      setGraphic(flow);
    }

    private static List<Node> pieces(Line line) {
      var pieces = new ArrayList<Node>();
      if (line.prompt() > 0) {
        pieces.add(CodeText.piece(line.text().substring(0, line.prompt()), "prompt"));
      }
      int surplus = line.text().length() - line.prompt() - MOST_CHARACTERS;
      String rest =
          line.text().substring(line.prompt(), line.text().length() - Math.max(0, surplus));
      switch (line.look()) {
        case INPUT, OUTPUT -> pieces.addAll(CodeText.line(rest));
        case ERROR -> pieces.add(CodeText.piece(rest, "error"));
        case NOTE -> pieces.add(CodeText.piece(rest, "note"));
      }
      if (surplus > 0) {
        pieces.add(CodeText.piece("  … and " + surplus + " more characters", "note"));
      }
      if (line.text().isEmpty()) {
        pieces.add(CodeText.piece(" ", "plain")); // it is as high as the others
      }
      return pieces;
    }
  }
}
