package beamyard.ui.desktop.yard;

import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.run.Printed;
import beamyard.ui.desktop.run.Printed.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The shell of one node: what its terminal shows at the time cursor, what was typed, and typing. */
public final class ShellModel {
  private static final int MOST_LINES = 5_000;

  /** A line that is printed piece by piece is broken when it is so long. */
  private static final int MOST_CHARACTERS = 20_000;

  private static final int MOST_ENTRIES = 20_000;

  private final String node;
  private final Consumer<String> input;
  private final Function<String, CompletableFuture<Completion>> completer;
  private final ObservableList<Line> lines = FXCollections.observableArrayList();
  private final ObservableList<Line> shownLines = FXCollections.unmodifiableObservableList(lines);
  private final ReadOnlyStringWrapper prompt = new ReadOnlyStringWrapper(this, "prompt", "");
  private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper(this, "ready", false);
  private final ReadOnlyBooleanWrapper up = new ReadOnlyBooleanWrapper(this, "up", false);
  private final List<String> history = new ArrayList<>();
  private final List<Printed> entries = new ArrayList<>();
  private int shown;
  private boolean open;
  private boolean failing;
  private int recalled;
  private String draft = "";

  /** How a line looks. */
  public enum Look {
    INPUT,
    OUTPUT,
    ERROR,
    NOTE
  }

  /**
   * One line of the terminal.
   *
   * @param prompt how many characters of it are the prompt
   */
  public record Line(Look look, String text, int prompt) {}

  /** A shell that completes nothing. */
  ShellModel(String node, Consumer<String> input) {
    this(node, input, _ -> CompletableFuture.completedFuture(Completion.NONE));
  }

  /**
   * @param input takes what the learner typed
   * @param completer completes a line
   */
  ShellModel(
      String node,
      Consumer<String> input,
      Function<String, CompletableFuture<Completion>> completer) {
    this.node = node;
    this.input = input;
    this.completer = completer;
  }

  /** What could follow a line up to the place to type. */
  public CompletableFuture<Completion> complete(String line) {
    return completer.apply(line);
  }

  /** The full name of the node whose shell this is. */
  public String node() {
    return node;
  }

  /** What the terminal shows; the oldest lines are dropped when there are too many. */
  public ObservableList<Line> lines() {
    return shownLines;
  }

  /** All that the terminal shows, as text. */
  public String text() {
    return String.join("\n", lines.stream().map(Line::text).toList());
  }

  /** What stands before the place to type; of the last prompt while something runs. */
  public ReadOnlyStringProperty promptProperty() {
    return prompt.getReadOnlyProperty();
  }

  /** Whether the shell waits for input. */
  public ReadOnlyBooleanProperty readyProperty() {
    return ready.getReadOnlyProperty();
  }

  /** Whether the node runs: a shell of one that does not takes no input. */
  public ReadOnlyBooleanProperty upProperty() {
    return up.getReadOnlyProperty();
  }

  /** Takes what was printed since it was last told, and shows what is not later than the time cursor. */
  void show(List<Printed> more, Position cursor) {
    entries.addAll(more);
    int wanted = entries.size();
    while (wanted > 0 && entries.get(wanted - 1).at().isAfter(cursor)) {
      wanted--;
    }
    if (wanted < shown) {
      lines.clear();
      open = false;
      failing = false;
      shown = 0;
    }
    if (wanted > shown) {
      var fresh = new ArrayList<Line>();
      entries.subList(shown, wanted).forEach(entry -> append(entry, fresh));
      lines.addAll(fresh);
      shown = wanted;
      if (lines.size() > MOST_LINES) {
        lines.remove(0, lines.size() - MOST_LINES);
      }
    }
    if (entries.size() > MOST_ENTRIES) {
      int surplus = Math.min(shown, entries.size() - MOST_ENTRIES / 2);
      entries.subList(0, surplus).clear();
      shown -= surplus;
    }
  }

  private void append(Printed entry, List<Line> fresh) {
    String rest = entry.text();
    if (open && entry.source() != Source.OUTPUT) {
      open = false;
    }
    failing = failing && entry.source() == Source.OUTPUT && open;
    boolean first = true;
    while (!rest.isEmpty()) {
      int end = rest.indexOf('\n');
      String text = end < 0 ? rest : rest.substring(0, end);
      rest = end < 0 ? "" : rest.substring(end + 1);
      if (open && lastLength(fresh) < MOST_CHARACTERS) {
        Line before = fresh.isEmpty() ? lines.removeLast() : fresh.removeLast();
        fresh.add(new Line(before.look(), before.text() + text, before.prompt()));
      } else {
        failing = failing || text.startsWith("** (") || text.contains("[error]");
        int prompt = first && entry.source() == Source.INPUT ? promptLength(text) : 0;
        fresh.add(new Line(look(entry.source()), text, prompt));
      }
      open = end < 0;
      first = false;
    }
    if (!open) {
      failing = false;
    }
  }

  private int lastLength(List<Line> fresh) {
    return (fresh.isEmpty() ? lines.getLast() : fresh.getLast()).text().length();
  }

  private Look look(Source source) {
    return switch (source) {
      case INPUT -> Look.INPUT;
      case NOTE -> Look.NOTE;
      case OUTPUT -> failing ? Look.ERROR : Look.OUTPUT;
    };
  }

  private static int promptLength(String text) {
    int end = text.indexOf("> ");
    return text.matches("(iex|\\.\\.\\.)\\(.*") && end > 0 ? end + 2 : 0;
  }

  /**
   * @param waiting what stands before the place to type; empty while something runs
   */
  void atPrompt(String waiting, boolean isUp) {
    if (!waiting.isEmpty() || !isUp) {
      prompt.set(waiting);
    }
    ready.set(!waiting.isEmpty());
    up.set(isUp);
  }

  /** Types a line, or several, and ends it with return. */
  public void type(String code) {
    if (!code.isBlank() && (history.isEmpty() || !history.getLast().equals(code))) {
      history.add(code);
    }
    recalled = history.size();
    input.accept(code);
  }

  /** What was begun and not yet typed when this shell was last left; empty if nothing was. */
  public String draft() {
    return draft;
  }

  /** Keeps what was begun until this shell is shown again. */
  public void keepDraft(String begun) {
    draft = begun;
  }

  /** The input before the one recalled last; the oldest again at the end. */
  public String earlier() {
    recalled = Math.max(0, recalled - 1);
    return history.isEmpty() ? "" : history.get(recalled);
  }

  /** The input after the one recalled last; empty after the newest. */
  public String later() {
    recalled = Math.min(history.size(), recalled + 1);
    return recalled == history.size() ? "" : history.get(recalled);
  }
}
