package beamyard.ui.desktop;

import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Prompt;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Section;
import beamyard.lessons.script.LessonPlayer;
import beamyard.lessons.script.LessonPlayer.Verdict;
import beamyard.lessons.script.LessonReader;
import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.script.Stage;
import beamyard.lessons.script.Stage.Logging;
import beamyard.lessons.script.Stage.Naming;
import beamyard.lessons.script.Stage.Start;
import beamyard.lessons.script.Stage.Visibility;
import beamyard.lessons.shell.Console;
import beamyard.lessons.shell.ElixirNodes;
import beamyard.simulator.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * The yard behind a window. The simulation runs on a thread of its own, its time flowing with the wall's; commands come from
 * the JavaFX thread and return at once, and what is to be seen is published there.
 */
final class YardModel implements AutoCloseable {
  private static final long FRAME_NANOS = 1_000_000_000L / 30;
  private static final long BETWEEN_STEPS_NANOS = 900_000_000L;
  private static final long STACK_BYTES = 64L << 20;

  /** More virtual time than this is not caught up after a long step. */
  private static final long MOST_ELAPSED_NANOS = 200_000_000L;

  private static final long SEED = 1;

  // Of the JavaFX thread.
  private final ReadOnlyObjectWrapper<ClusterFrame> frame =
      new ReadOnlyObjectWrapper<>(this, "frame", ClusterFrame.EMPTY);
  private final ObservableList<ShellModel> shells = FXCollections.observableArrayList();
  private final ObservableList<ShellModel> shownShells =
      FXCollections.unmodifiableObservableList(shells);
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
  private final ReadOnlyObjectWrapper<@Nullable Lesson> lesson =
      new ReadOnlyObjectWrapper<>(this, "lesson");
  private final ReadOnlyObjectWrapper<@Nullable Step> step =
      new ReadOnlyObjectWrapper<>(this, "step");
  private final BooleanProperty paused = new SimpleBooleanProperty(this, "paused", false);
  private final DoubleProperty speed = new SimpleDoubleProperty(this, "speed", 1);
  private long shownStage;

  // Of both.
  private final LinkedBlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
  private final AtomicBoolean publishing = new AtomicBoolean();
  private final Thread yard;
  private volatile boolean closed;
  private volatile double flow = 1;

  // Of the yard's thread.
  private final FrameMaker frames = new FrameMaker();
  private final Map<String, StringBuilder> printed = new LinkedHashMap<>();
  private SimulatedStage stage = SimulatedStage.withSeed(SEED, frames);
  private long stageNumber;
  private long lastPulse = System.nanoTime();
  private @Nullable Path nextPage;

  /** A step of a page that was played. */
  record Step(int line, Verdict verdict) {}

  /** A step of the page is left for another page, or the window was closed. */
  private static final class PageLeft extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  YardModel() {
    paused.subscribe(this::changeFlow);
    speed.subscribe(this::changeFlow);
    yard = new Thread(null, this::live, "yard", STACK_BYTES);
    yard.setDaemon(true);
  }

  /** Lets the yard's time begin. */
  void open() {
    yard.start();
  }

  ReadOnlyObjectProperty<ClusterFrame> frameProperty() {
    return frame.getReadOnlyProperty();
  }

  /** A shell for every node, in the order in which the nodes were added. */
  ObservableList<ShellModel> shells() {
    return shownShells;
  }

  /** What went wrong last; empty if nothing did. */
  ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** The page that is open, if one is. */
  ReadOnlyObjectProperty<@Nullable Lesson> lessonProperty() {
    return lesson.getReadOnlyProperty();
  }

  /** The step of the page that was played last. */
  ReadOnlyObjectProperty<@Nullable Step> stepProperty() {
    return step.getReadOnlyProperty();
  }

  BooleanProperty pausedProperty() {
    return paused;
  }

  /** How many virtual seconds a second of the wall has. */
  DoubleProperty speedProperty() {
    return speed;
  }

  // Commands.

  void addNode(String name, String host, String cookie, Visibility visibility) {
    String handle = name + "@" + host;
    Naming naming = host.contains(".") ? Naming.LONG : Naming.SHORT;
    var start = new Start(handle, name, host, naming, cookie, visibility, Map.of(), Logging.ON);
    commands.add(() -> stage.start(List.of(start)));
  }

  /** Types {@code Node.connect} at the first node's shell. */
  void connect(String from, String to) {
    type(from, "Node.connect(" + atom(to) + ")");
  }

  void kill(String node) {
    commands.add(() -> stage.simulation().kill(node));
  }

  void stop(String node) {
    commands.add(() -> stage.simulation().stop(node));
  }

  void type(String node, String text) {
    commands.add(() -> typeNow(node, text));
  }

  /** Opens a page and plays it on nodes of its own, in place of those that were there. */
  void openPage(Path page) {
    commands.add(() -> nextPage = page);
  }

  @Override
  public void close() {
    closed = true;
    commands.add(() -> {});
  }

  private void changeFlow() {
    flow = paused.get() ? 0 : speed.get();
  }

  private static String atom(String name) {
    return name.matches("[a-z_][A-Za-z0-9_@]*") ? ":" + name : ":\"" + name + "\"";
  }

  // The yard's thread.

  private void live() {
    while (!closed) {
      try {
        Path page = nextPage;
        nextPage = null;
        if (page != null) {
          play(page);
        }
        serve(Long.MAX_VALUE);
      } catch (PageLeft _) {
        continue;
      }
    }
  }

  /** Obeys commands and lets time flow for some nanoseconds of the wall. */
  private void serve(long nanos) {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < nanos || flow == 0) {
      if (closed || nextPage != null) {
        throw new PageLeft();
      }
      long untilPulse = lastPulse + FRAME_NANOS - System.nanoTime();
      if (untilPulse <= 0) {
        attempt(this::pulse);
        continue;
      }
      try {
        Runnable command = commands.poll(untilPulse, TimeUnit.NANOSECONDS);
        if (command != null) {
          attempt(command);
        }
      } catch (InterruptedException _) {
        closed = true;
      }
    }
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | AssertionError e) {
      show(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private void show(String what) {
    Platform.runLater(() -> problem.set(what));
  }

  private void pulse() {
    long now = System.nanoTime();
    long elapsed = Math.min(now - lastPulse, MOST_ELAPSED_NANOS);
    lastPulse = now;
    try {
      stage.simulation().runFor((long) (elapsed * flow));
    } finally {
      publish();
    }
  }

  private void typeNow(String node, String text) {
    Node typedAt = stage.simulation().node(node);
    if (!typedAt.isUp()) {
      show(node + " is down");
      return;
    }
    takePrinted(typedAt);
    boolean more = typedAt.owned(Console.class).prompt() == Console.Prompt.CONTINUATION;
    echo(node, more ? "...(" : "iex(", text);
    ElixirNodes.type(typedAt, text);
  }

  private void echo(String node, String prompt, String text) {
    printed(node).append(prompt).append(node).append(")> ").append(text).append('\n');
  }

  private StringBuilder printed(String node) {
    return printed.computeIfAbsent(node, _ -> new StringBuilder());
  }

  private void takePrinted(Node node) {
    if (node.owns(Console.class)) {
      printed(node.label()).append(node.owned(Console.class).takePrinted());
    }
  }

  private void publish() {
    if (!publishing.compareAndSet(false, true)) {
      return;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, Boolean> waiting = new LinkedHashMap<>();
    for (Node node : stage.simulation().nodes()) {
      takePrinted(node);
      texts.put(node.label(), printed(node.label()).toString());
      waiting.put(node.label(), node.isUp() && node.owned(Console.class).isIdle());
    }
    printed.clear();
    ClusterFrame next = frames.frame(stage.simulation());
    long number = stageNumber;
    Platform.runLater(
        () -> {
          publishing.set(false);
          apply(number, next, texts, waiting);
        });
  }

  private void apply(
      long number, ClusterFrame next, Map<String, String> texts, Map<String, Boolean> waiting) {
    if (number != shownStage) {
      shells.clear();
      shownStage = number;
    }
    texts.forEach(
        (node, text) -> {
          ShellModel shell =
              shells.stream().filter(known -> known.node().equals(node)).findFirst().orElse(null);
          if (shell == null) {
            shell = new ShellModel(node, code -> type(node, code));
            shells.add(shell);
          }
          shell.printed(text);
          shell.atPrompt(waiting.getOrDefault(node, false));
        });
    frame.set(next);
  }

  // Pages.

  private void play(Path file) {
    attempt(
        () -> {
          Lesson page = LessonReader.read(file.toString(), read(file));
          Platform.runLater(
              () -> {
                step.set(null);
                lesson.set(page);
                problem.set(
                    String.join("\n", page.problems().stream().map(Object::toString).toList()));
              });
        });
    try {
      LessonPlayer.play(
          LessonReader.read(file.toString(), read(file)), this::freshStage, new Marker());
    } catch (PageLeft left) {
      throw left;
    } catch (RuntimeException | AssertionError e) {
      show(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    }
  }

  private Stage freshStage() {
    stage = SimulatedStage.withSeed(SEED, frames);
    stageNumber++;
    printed.clear();
    frames.forget();
    return stage;
  }

  /** Marks on the page, and in the shells, what is played. */
  private final class Marker implements LessonPlayer.Audience {
    @Override
    public void section(Section section, List<String> nodes) {}

    @Override
    public void prose(Prose prose) {}

    @Override
    public void frame(Frame part) {}

    @Override
    public void shown(Code code) {}

    @Override
    public void defined(int line, String code, List<String> problems) {
      mark(line, problems.isEmpty() ? Verdict.MATCHES : Verdict.DIFFERS);
    }

    @Override
    public void prompt(String node, Prompt prompt, List<String> lines, Verdict verdict) {
      typed(node, prompt.code(), lines);
      mark(prompt.line(), verdict);
    }

    @Override
    public void expression(
        String node, int line, String code, List<String> lines, Verdict verdict, String note) {
      typed(node, code, lines);
      mark(line, verdict);
    }

    private void typed(String node, String code, List<String> lines) {
      echo(node, "iex(", code);
      lines.forEach(line -> printed(node).append(line).append('\n'));
    }

    private void mark(int line, Verdict verdict) {
      Platform.runLater(() -> step.set(new Step(line, verdict)));
      serve(BETWEEN_STEPS_NANOS);
    }
  }
}
