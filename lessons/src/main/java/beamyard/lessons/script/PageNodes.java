package beamyard.lessons.script;

import beamyard.lessons.script.Stage.Answer;
import beamyard.lessons.script.Stage.Ending;
import beamyard.lessons.script.Stage.Start;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The nodes of the section that is being played, each with the code that the page gave it in earlier sections. */
final class PageNodes {
  /** Breaks off an incomplete expression in IEx. */
  private static final String BREAK = "#iex:break";

  private static final Pattern MODULE = Pattern.compile("\\bdefmodule\\s+([A-Z][\\w.]*)");

  private final Lesson lesson;
  private final Supplier<Stage> stages;
  private final InputLimit limit;
  private final List<Known> project = new ArrayList<>();
  private @Nullable Stage stage;
  private List<Start> started = List.of();
  private int openSection = -1;
  private boolean complete = true;
  private final Set<String> lacking = new TreeSet<>();

  /** Code that nodes of later sections know; with a node, only the one of that name. */
  private record Known(int section, int line, Optional<String> node, String code) {}

  /** A node that cannot be started as the page describes it. */
  record Refusal(String node, String why) {}

  PageNodes(Lesson lesson, Supplier<Stage> stages) {
    this.lesson = lesson;
    this.stages = stages;
    this.limit = InputLimit.of(lesson);
  }

  InputLimit limit() {
    return limit;
  }

  /** The nodes of the section being played; none before the first section that needs any. */
  Optional<Stage> stage() {
    return Optional.ofNullable(stage);
  }

  private Stage its() {
    Stage now = stage;
    if (now == null) {
      throw new AssertionError("no nodes in this section");
    }
    return now;
  }

  /** Whether everything was done that the section asked of its nodes; else what follows cannot be what the page shows. */
  boolean isComplete() {
    return complete;
  }

  /** Ends all nodes. */
  void close() {
    stage = null;
    started = List.of();
    openSection = -1;
  }

  /** Whether these are the nodes of a section. */
  boolean areOf(int section) {
    return openSection == section;
  }

  /** Makes the nodes ready that a section begins with: fresh ones, unless the page goes on with those it has. */
  List<Refusal> open(Staging staging, int section) {
    boolean goesOn = continues(lesson) && stage != null;
    openSection = section;
    if (!goesOn) {
      Stage fresh = stages.get();
      fresh.install(lesson.dependencies());
      stage = fresh;
      complete = true;
      started = List.of();
    }
    List<String> before = started.stream().map(Start::handle).toList();
    List<Refusal> refused =
        start(
            staging.first().stream().filter(node -> !before.contains(node.handle())).toList(),
            section);
    if (staging.connected()) {
      connect();
    }
    return refused;
  }

  static boolean continues(Lesson lesson) {
    return lesson.front().text("stage").filter("continue"::equals).isPresent();
  }

  /** Starts nodes and gives them the page's code. */
  List<Refusal> start(List<Start> nodes, int section) {
    var refused = new ArrayList<Refusal>();
    var possible = new ArrayList<Start>();
    for (Start node : nodes) {
      its()
          .problemWith(node)
          .ifPresentOrElse(
              why -> refused.add(new Refusal(node.handle(), why)), () -> possible.add(node));
    }
    complete &= refused.isEmpty();
    if (!possible.isEmpty()) {
      its().start(possible);
      var all = new ArrayList<>(started);
      all.removeIf(known -> possible.stream().anyMatch(its -> its.handle().equals(known.handle())));
      all.addAll(possible);
      started = List.copyOf(all);
      possible.forEach(node -> teach(node.handle(), section));
    }
    return refused;
  }

  private void teach(String node, int section) {
    for (Known code : project) {
      boolean everywhere = code.node().isEmpty();
      boolean typedHere = code.section() < section && code.node().filter(node::equals).isPresent();
      if ((everywhere || typedHere) && !usesWhatIsLacking(code.code())) {
        Answer answer = its().type(node, code.code(), limit.of(code.code()));
        if (answer.ending() == Ending.UNAVAILABLE) {
          modules(code.code()).forEach(lacking::add);
        }
      }
    }
  }

  private boolean usesWhatIsLacking(String code) {
    return lacking.stream().anyMatch(code::contains);
  }

  private static Stream<String> modules(String code) {
    return MODULE.matcher(code).results().map(found -> found.group(1));
  }

  private void connect() {
    List<String> up = up();
    up.stream().skip(1).forEach(node -> holds(up.getFirst(), "Node.connect(:\"" + node + "\")"));
    if (up.size() > 1) {
      up.forEach(node -> holds(node, ":global.sync()"));
    }
  }

  /** The nodes that are up, in the order in which they were started. */
  List<String> up() {
    Stage now = stage;
    return now == null ? List.of() : started.stream().map(Start::handle).filter(now::isUp).toList();
  }

  boolean isUp(String node) {
    Stage now = stage;
    return now != null && now.isUp(node);
  }

  /** Types an input and waits for the next prompt; what is incomplete stays so. */
  Answer type(String node, String code) {
    Answer answer =
        usesWhatIsLacking(code)
            ? new Answer(Ending.UNAVAILABLE, "")
            : its().type(node, code, limit.of(code));
    complete &= answer.ending() != Ending.UNAVAILABLE;
    return answer;
  }

  /** Types an input; one that is incomplete is broken off, so that it does not swallow the next. */
  Answer typeWhole(String node, String code) {
    Answer answer = type(node, code);
    if (answer.ending() == Ending.INCOMPLETE) {
      type(node, BREAK);
    }
    return answer;
  }

  /** Whether an expression is truthy at a node now. */
  boolean holds(String node, String expression) {
    return its().holds(node, expression, limit.millis());
  }

  void advance(long millis) {
    its().advance(millis);
  }

  // What the page's sections leave to those after them.

  /** Code that every node of the page's later sections has. */
  void remember(int section, int line, String code) {
    add(new Known(section, line, Optional.empty(), code));
  }

  /** Code that a node knows whenever it is started again in a later section. */
  void remember(int section, int line, String node, String code) {
    add(new Known(section, line, Optional.of(node), code));
  }

  private void add(Known code) {
    if (project.stream().noneMatch(known -> known.line() == code.line())) {
      project.add(code);
      project.sort(Comparator.comparingInt(Known::line));
    }
  }

  /** Forgets what a section and those after it left. */
  void forgetFrom(int section) {
    project.removeIf(code -> code.section() >= section);
  }
}
