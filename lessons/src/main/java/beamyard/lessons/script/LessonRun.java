package beamyard.lessons.script;

import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Prompt;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Section;
import beamyard.lessons.script.Lesson.Session;
import beamyard.lessons.script.LessonPlayer.Audience;
import beamyard.lessons.script.LessonPlayer.Result;
import beamyard.lessons.script.LessonPlayer.Verdict;
import beamyard.lessons.script.Stage.Answer;
import beamyard.lessons.script.Stage.Ending;
import beamyard.lessons.script.Stage.Start;
import beamyard.lessons.script.Task.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page being played, step by step: a fresh stage for each section, unless the page says {@code stage: continue}. Can go back
 * to any step: the section's steps before it are done again on a fresh stage, unseen.
 *
 * <p>Modules that the page defined in earlier sections are project code of every node; one that was typed at a node's prompt is
 * known there.
 */
public final class LessonRun {
  private static final long DEFAULT_LIMIT_MILLIS = 10_000;

  /** Breaks off an incomplete expression in IEx. */
  private static final String BREAK = "#iex:break";

  private static final long CHECK_EVERY_MILLIS = 100;
  private static final long MILLIS_A_SECOND = 1000;
  private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|)");
  private static final Pattern ADVANCE =
      Pattern.compile(
          "(?:Sandbox\\.advance|Process\\.sleep|:timer\\.sleep)\\(\\s*([\\d_]{1,12})\\s*\\)");
  private static final Pattern UNDEFINED =
      Pattern.compile("\\*\\* \\(CompileError\\) .*?(undefined (?:function|variable) \\S+)");
  private static final Pattern MISSING_MODULE =
      Pattern.compile("module (\\S+) is not (?:loaded and could not be found|available)");
  private static final Pattern MIX_PROJECT = Pattern.compile("\\buse Mix\\.Project\\b");
  private static final Pattern OUTSIDE_MODULE =
      Pattern.compile("cannot invoke (\\S+) outside module");
  private static final Pattern MODULE_AT_PROMPT =
      Pattern.compile("^\\s*(?:defmodule|defprotocol|defimpl)\\b");

  private final Lesson lesson;
  private final Supplier<Stage> stages;
  private final List<Staging> stagings = new ArrayList<>();
  private final List<LessonStep> steps = new ArrayList<>();
  private final long limitMillis;
  private final Tally tally = new Tally();
  private Audience audience;
  private int position;
  private int stagedSection = -1;
  private @Nullable Stage stage;
  private List<Start> staged = List.of();
  private Comparing comparing = Comparing.ON;
  private final List<Known> project = new ArrayList<>();

  /** Whether what is printed can still be what the page shows. */
  private enum Comparing {
    ON,
    /** Something that the stage cannot do was skipped; what follows from it will be missing. */
    OFF
  }

  /** Code that nodes of later sections know; with a node, only the one of that name. */
  private record Known(int section, int line, Optional<String> node, String code) {}

  /** What the steps so far came to. */
  private static final class Tally {
    private int passed;
    private int failed;
    private int commentsPassed;
    private int commentsFailed;
    private int notRun;
    private int notCompared;

    void set(Tally other) {
      passed = other.passed;
      failed = other.failed;
      commentsPassed = other.commentsPassed;
      commentsFailed = other.commentsFailed;
      notRun = other.notRun;
      notCompared = other.notCompared;
    }

    Result result() {
      return new Result(passed, failed, commentsPassed, commentsFailed, notRun, notCompared);
    }
  }

  public LessonRun(Lesson lesson, Supplier<Stage> stages, Audience audience) {
    this.lesson = lesson;
    this.stages = stages;
    this.audience = audience;
    this.limitMillis =
        lesson.front().text("timeout").flatMap(LessonRun::millis).orElse(DEFAULT_LIMIT_MILLIS);
    for (int i = 0; i < lesson.sections().size(); i++) {
      Staging staging = Staging.of(lesson.sections().get(i), lesson);
      stagings.add(staging);
      steps.addAll(LessonSteps.of(i, lesson.sections().get(i).blocks(), staging));
    }
  }

  private static Optional<Long> millis(String duration) {
    Matcher matcher = DURATION.matcher(duration.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(matcher.group(2).equals("ms") ? number : number * MILLIS_A_SECOND);
  }

  /** All steps of the page. */
  public List<LessonStep> steps() {
    return List.copyOf(steps);
  }

  /** How many steps have been done. */
  public int position() {
    return position;
  }

  public boolean atEnd() {
    return position == steps.size();
  }

  /** The step that is done next; asked only before the end. */
  public LessonStep next() {
    return steps.get(position);
  }

  /** What became of the steps so far. */
  public Result result() {
    return tally.result();
  }

  /** The names of the nodes of a section, those included that start in its course. */
  public List<String> nodes(int section) {
    return stagings.get(section).nodes().stream().map(Start::handle).toList();
  }

  /** The nodes of the section being played; none before the first section that needs any. */
  public Optional<Stage> stage() {
    return Optional.ofNullable(stage);
  }

  /** Does the next step as if there were no learner: a task is solved as the page solves it. */
  public void perform() {
    LessonStep step = next();
    stageFor(step.section());
    switch (step) {
      case LessonStep.Work work -> {
        audience.task(work.task());
        solve(work);
      }
      default -> perform(step);
    }
    position++;
  }

  /** Goes past the next step without doing it, as a learner who did a task in another way does. */
  public void skip() {
    position++;
  }

  /** Makes the nodes of the next step's section ready. */
  public void prepare() {
    if (!atEnd()) {
      stageFor(next().section());
    }
  }

  /** Goes to just before a step. Nodes are as they were when it was first reached without a learner's own inputs. */
  public void goTo(int target) {
    if (target < 0 || target > steps.size()) {
      throw new IllegalArgumentException(
          "there is no step " + target + "; the page has " + steps.size());
    }
    Audience watching = audience;
    audience = Audience.NOBODY;
    try {
      stagedSection = -1;
      stage = null;
      staged = List.of();
      position = continues() || target == 0 ? 0 : firstOfSection(target);
      if (position == 0) {
        project.clear();
        tally.set(new Tally());
      } else {
        redoProject();
      }
      while (position < target) {
        perform();
      }
    } finally {
      audience = watching;
    }
  }

  private int firstOfSection(int target) {
    int first = Math.min(target, steps.size() - 1);
    int section = steps.get(first).section();
    while (first > 0 && steps.get(first - 1).section() == section) {
      first--;
    }
    return first;
  }

  /** The modules of the sections before the one that is to be played. */
  private void redoProject() {
    int section = steps.get(position).section();
    project.removeIf(code -> code.section() >= section);
    for (LessonStep step : steps.subList(0, position)) {
      boolean known = project.stream().anyMatch(code -> code.line() == step.line());
      if (step instanceof LessonStep.Definition definition && !known) {
        project.add(
            new Known(
                definition.section(), definition.line(), Optional.empty(), definition.code()));
      }
    }
  }

  private boolean continues() {
    return lesson.front().text("stage").filter("continue"::equals).isPresent();
  }

  // Stages.

  private void stageFor(int section) {
    if (section == stagedSection) {
      return;
    }
    for (int passing = stagedSection + 1; passing <= section; passing++) {
      Section its = lesson.sections().get(passing);
      boolean needed = LessonSteps.needNodes(of(passing));
      if (passing < section) {
        if (of(passing).isEmpty()) {
          audience.section(its, List.of());
        }
        continue;
      }
      Staging staging = stagings.get(section);
      audience.section(
          its, needed ? staging.first().stream().map(Start::handle).toList() : List.of());
      stagedSection = section;
      if (needed) {
        stage(staging, section);
      }
    }
    stagedSection = section;
  }

  private List<LessonStep> of(int section) {
    return steps.stream().filter(step -> step.section() == section).toList();
  }

  private void stage(Staging staging, int section) {
    boolean goesOn = continues() && stage != null;
    Stage its = goesOn ? stage : stages.get();
    stage = its;
    if (!goesOn) {
      its.install(lesson.dependencies());
    }
    List<String> before = goesOn ? staged.stream().map(Start::handle).toList() : List.of();
    if (!goesOn) {
      comparing = Comparing.ON;
      staged = List.of();
    }
    List<Start> fresh =
        staging.first().stream().filter(start -> !before.contains(start.handle())).toList();
    start(its, fresh, section);
    if (staging.connected()) {
      connect(its);
    }
  }

  /** Starts nodes and gives them the page's modules; a node that cannot start as it is described is told and left out. */
  private void start(Stage its, List<Start> nodes, int section) {
    List<Start> possible = new ArrayList<>();
    for (Start node : nodes) {
      Optional<String> problem = its.problemWith(node);
      if (problem.isPresent()) {
        audience.cannotStart(node.handle(), problem.get());
        comparing = Comparing.OFF;
      } else {
        possible.add(node);
      }
    }
    if (possible.isEmpty()) {
      return;
    }
    its.start(possible);
    List<Start> all = new ArrayList<>(staged);
    all.removeIf(known -> possible.stream().anyMatch(node -> node.handle().equals(known.handle())));
    all.addAll(possible);
    staged = List.copyOf(all);
    for (Known code : project) {
      for (Start node : possible) {
        boolean everywhere = code.node().isEmpty();
        boolean typedHere =
            code.section() < section && code.node().filter(node.handle()::equals).isPresent();
        if (everywhere || typedHere) {
          its.type(node.handle(), code.code(), limitMillis);
        }
      }
    }
  }

  private void connect(Stage its) {
    List<String> up = up();
    up.stream()
        .skip(1)
        .forEach(node -> its.holds(up.getFirst(), "Node.connect(:\"" + node + "\")", limitMillis));
    if (up.size() > 1) {
      up.forEach(node -> its.holds(node, ":global.sync()", limitMillis));
    }
  }

  /** The nodes that are up, in the order in which they were started. */
  public List<String> up() {
    Stage its = stage;
    return its == null ? List.of() : staged.stream().map(Start::handle).filter(its::isUp).toList();
  }

  private Stage staged() {
    Stage its = stage;
    if (its == null) {
      throw new AssertionError("no nodes in this section");
    }
    return its;
  }

  /** The first node of the section. */
  private String firstNode() {
    return nodes(stagedSection).getFirst();
  }

  private String node(Optional<String> named) {
    return named.filter(nodes(stagedSection)::contains).orElseGet(this::firstNode);
  }

  // Steps.

  private void perform(LessonStep step) {
    if (LessonSteps.needNodes(List.of(step))) {
      audience.next(step.line());
    }
    switch (step) {
      case LessonStep.Text text -> show(text.block());
      case LessonStep.Commands commands -> run(commands);
      case LessonStep.Input input -> type(input.prompt());
      case LessonStep.Expression expression -> evaluate(expression);
      case LessonStep.Definition definition -> define(definition);
      case LessonStep.Configuration configuration -> configure(configuration);
      case LessonStep.Ask ask -> audience.question(ask.question());
      case LessonStep.Work work -> throw new AssertionError("a task within a task: " + work.line());
      case LessonStep.Recall recall ->
          audience.summary(recall.frame(), Blank.of(LessonSteps.markdown(recall.frame())));
    }
  }

  private void show(Lesson.Block block) {
    switch (block) {
      case Prose prose -> audience.prose(prose);
      case Code code -> audience.shown(code);
      case Frame frame -> audience.frame(frame);
      case Session _ -> throw new AssertionError("a session is played, not shown");
    }
  }

  private void run(LessonStep.Commands commands) {
    audience.shown(commands.code());
    Stage its = stage;
    if (its == null || !LessonSteps.needNodes(of(stagedSection))) {
      return;
    }
    Staging staging = stagings.get(stagedSection);
    Set<String> wanted = new TreeSet<>();
    NodeCommands.starts(commands.code().text()).stream()
        .map(start -> Staging.onItsHost(start, lesson).handle())
        .forEach(wanted::add);
    List<Start> down =
        staging.nodes().stream()
            .filter(start -> wanted.contains(start.handle()) && !its.isUp(start.handle()))
            .toList();
    if (!down.isEmpty()) {
      start(its, down, stagedSection);
      audience.started(commands.line(), down.stream().map(Start::handle).toList());
    }
  }

  private void type(Prompt prompt) {
    Stage its = staged();
    String node = prompt.node().orElseGet(this::firstNode);
    if (!its.isUp(node) && comparing == Comparing.OFF) {
      tally.notCompared++;
      audience.prompt(node, prompt, List.of(), Verdict.NOT_COMPARED);
      return;
    }
    if (!its.isUp(node)) {
      tally.failed++;
      audience.prompt(node, prompt, List.of("(" + node + " is not running)"), Verdict.DIFFERS);
      return;
    }
    Answer answer = type(node, prompt.code());
    List<String> printed = lines(answer);
    if (MODULE_AT_PROMPT.matcher(prompt.code()).find()) {
      project.add(new Known(stagedSection, prompt.line(), Optional.of(node), prompt.code()));
    }
    audience.prompt(node, prompt, printed, verdict(prompt, answer, printed));
  }

  private Verdict verdict(Prompt prompt, Answer answer, List<String> printed) {
    if (answer.ending() == Ending.UNAVAILABLE) {
      comparing = Comparing.OFF;
    }
    boolean silent = prompt.expected().isEmpty() && !printed.isEmpty();
    boolean ended = answer.ending() == Ending.DONE || answer.ending() == Ending.DIED;
    if (comparing == Comparing.OFF || (silent && ended)) {
      tally.notCompared++;
      return Verdict.NOT_COMPARED;
    }
    if (ended && LooseMatch.matches(prompt.expected(), printed)) {
      tally.passed++;
      return Verdict.MATCHES;
    }
    tally.failed++;
    return Verdict.DIFFERS;
  }

  private void configure(LessonStep.Configuration configuration) {
    String configuring = Snippet.configuring(configuration.code());
    up().forEach(node -> staged().type(node, configuring, limitMillis));
    audience.defined(configuration.line(), configuration.code(), List.of());
  }

  private void define(LessonStep.Definition module) {
    if (MIX_PROJECT.matcher(module.code()).find()) {
      notRun(firstNode(), module.line(), module.code(), "a project's mix.exs is for Mix");
      return;
    }
    var problems = new ArrayList<String>();
    for (String node : up()) {
      Answer answer = type(node, module.code());
      if (problems.isEmpty() && answer.printed().contains("** (")) {
        problems.addAll(lines(answer));
      }
    }
    Matcher missing = MISSING_MODULE.matcher(String.join("\n", problems));
    if (missing.find()) {
      notRun(
          firstNode(),
          module.line(),
          module.code(),
          "module " + missing.group(1) + " is not on this page");
      return;
    }
    if (problems.isEmpty()) {
      project.add(new Known(module.section(), module.line(), Optional.empty(), module.code()));
    } else {
      tally.failed++;
    }
    audience.defined(module.line(), module.code(), problems);
  }

  private void evaluate(LessonStep.Expression expression) {
    String node = node(expression.node());
    if (!staged().isUp(node)) {
      notRun(node, expression.line(), expression.code(), node + " is not running");
      return;
    }
    Optional<String> missing = missingModule(expression.code(), node);
    if (missing.isPresent()) {
      notRun(
          node,
          expression.line(),
          expression.code(),
          "module " + missing.get() + " is not on this page");
      return;
    }
    Answer answer = type(node, expression.code());
    List<String> printed = lines(answer);
    for (Pattern reason : List.of(UNDEFINED, OUTSIDE_MODULE)) {
      Matcher matcher = reason.matcher(answer.printed());
      if (matcher.find()) {
        String what =
            reason == UNDEFINED ? matcher.group(1) : matcher.group(1) + " stands outside a module";
        notRun(node, expression.line(), expression.code(), what);
        return;
      }
    }
    audience.expression(
        node,
        expression.line(),
        expression.code(),
        printed,
        verdict(expression, answer, printed),
        note(expression, answer));
  }

  private Verdict verdict(LessonStep.Expression expression, Answer answer, List<String> printed) {
    if (answer.ending() == Ending.UNAVAILABLE) {
      comparing = Comparing.OFF;
    }
    if (expression.promised().isEmpty()) {
      return Verdict.NOT_COMPARED;
    }
    if (comparing == Comparing.OFF) {
      tally.notCompared++;
      return Verdict.NOT_COMPARED;
    }
    List<String> promised = expression.promised().get().lines().toList();
    if (LooseMatch.matches(promised, result(printed))
        || LooseMatch.matches(promised, printed)
        || LooseMatch.matchesAsTerm(promised, result(printed))) {
      tally.commentsPassed++;
      return Verdict.MATCHES;
    }
    tally.commentsFailed++;
    return Verdict.DIFFERS;
  }

  private String note(LessonStep.Expression expression, Answer answer) {
    return switch (answer.ending()) {
      case TIMED_OUT -> "still waiting after " + limitMillis + " ms";
      case INCOMPLETE -> "the expression is incomplete";
      case DIED -> node(expression.node()) + " went down";
      case UNAVAILABLE -> "not compared: it cannot be done on this machine";
      case DONE -> "";
    };
  }

  private void notRun(String node, int line, String code, String why) {
    tally.notRun++;
    audience.expression(node, line, code, List.of(), Verdict.NOT_RUN, "not run: " + why);
  }

  private Optional<String> missingModule(String code, String node) {
    return ModulesUsed.in(code).stream()
        .filter(
            module ->
                !code.contains("defmodule " + module)
                    && !staged().holds(node, "Code.ensure_loaded?(" + module + ")", limitMillis))
        .findFirst();
  }

  // Tasks.

  /** Does a task as the page does it, and makes its checks. */
  public void solve(LessonStep.Work work) {
    stageFor(work.section());
    work.solution().forEach(this::perform);
    for (Check check : work.task().checks()) {
      boolean holds = comparing == Comparing.ON && awaits(check);
      Verdict verdict;
      if (comparing == Comparing.OFF) {
        tally.notCompared++;
        verdict = Verdict.NOT_COMPARED;
      } else if (holds) {
        tally.passed++;
        verdict = Verdict.MATCHES;
      } else {
        tally.failed++;
        verdict = Verdict.DIFFERS;
      }
      audience.checked(node(check.node()), check, verdict);
    }
  }

  /** The checks of a task that do not hold now. */
  public List<Check> missing(Task task) {
    return task.checks().stream().filter(check -> !holds(check)).toList();
  }

  /** Whether a check holds now. */
  public boolean holds(Check check) {
    String node = node(check.node());
    return staged().isUp(node) && staged().holds(node, check.code(), limitMillis);
  }

  /** What follows from an input may take a while: gives it the time that an input has. */
  private boolean awaits(Check check) {
    for (long waited = 0; waited <= limitMillis; waited += CHECK_EVERY_MILLIS) {
      if (holds(check)) {
        return true;
      }
      staged().advance(CHECK_EVERY_MILLIS);
    }
    return false;
  }

  // Output.

  /** What comes after all that the code itself printed; a result of several lines begins where its first bracket does. */
  private static List<String> result(List<String> printed) {
    for (int i = printed.size() - 1; i >= 0; i--) {
      boolean inside = printed.get(i).startsWith(" ") || printed.get(i).matches("[\\]})>].*");
      if (!inside) {
        return printed.subList(i, printed.size());
      }
    }
    return printed;
  }

  /** Types a learner's own input at a node of the section. */
  public Answer typeAt(String node, String code) {
    return staged().type(node, code, limit(code));
  }

  /** What an input lets pass of the yard's time comes on top of the time it has. */
  private long limit(String code) {
    return ADVANCE
        .matcher(code)
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1).replace("_", "")))
        .reduce(limitMillis, Long::sum);
  }

  /** Types an input; one that is incomplete is broken off, so that it does not swallow the next. */
  private Answer type(String node, String code) {
    Answer answer = staged().type(node, code, limit(code));
    if (answer.ending() == Ending.INCOMPLETE) {
      staged().type(node, BREAK, limitMillis);
    }
    return answer;
  }

  private static List<String> lines(Answer answer) {
    return answer.printed().stripTrailing().lines().toList();
  }
}
