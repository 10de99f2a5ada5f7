package beamyard.lessons.script;

import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Prompt;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Session;
import beamyard.lessons.script.LessonPlayer.Audience;
import beamyard.lessons.script.LessonPlayer.Verdict;
import beamyard.lessons.script.Stage.Answer;
import beamyard.lessons.script.Stage.Ending;
import beamyard.lessons.script.Stage.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does single steps of a page on the nodes of their section, and compares what comes of them with what the page shows. */
final class StepPlayer {
  private static final Pattern UNDEFINED =
      Pattern.compile("\\*\\* \\(CompileError\\) .*?(undefined (?:function|variable) \\S+)");
  private static final Pattern MISSING_MODULE =
      Pattern.compile("module (\\S+) is not (?:loaded and could not be found|available)");
  private static final Pattern MIX_PROJECT = Pattern.compile("\\buse Mix\\.Project\\b");
  private static final Pattern OUTSIDE_MODULE =
      Pattern.compile("cannot invoke (\\S+) outside module");
  private static final Pattern MODULE_AT_PROMPT =
      Pattern.compile("^\\s*(?:defmodule|defprotocol|defimpl)\\b");
  private static final String ERROR = "** (";

  private final Lesson lesson;
  private final List<Staging> stagings;
  private final PageNodes nodes;
  private final Tally tally;
  private final TaskChecks checks;

  StepPlayer(Lesson lesson, List<Staging> stagings, PageNodes nodes, Tally tally) {
    this.lesson = lesson;
    this.stagings = stagings;
    this.nodes = nodes;
    this.tally = tally;
    this.checks = new TaskChecks(nodes, this::nodeOf);
  }

  TaskChecks checks() {
    return checks;
  }

  /** Does a step of the section whose nodes are ready, before an audience. */
  void perform(LessonStep step, Audience audience) {
    if (LessonSteps.needNodes(step)) {
      audience.next(step.line());
    }
    switch (step) {
      case LessonStep.Text text -> show(text.block(), audience);
      case LessonStep.Commands commands -> run(commands, audience);
      case LessonStep.Input input -> type(input, audience);
      case LessonStep.Expression expression -> evaluate(expression, audience);
      case LessonStep.Definition definition -> define(definition, audience);
      case LessonStep.Configuration configuration -> configure(configuration, audience);
      case LessonStep.Ask ask -> audience.question(ask.question());
      case LessonStep.Work work -> solve(work, audience);
      case LessonStep.Recall recall -> audience.summary(recall.frame(), Blank.of(recall.frame()));
    }
  }

  /** What a step leaves to later sections, if it goes well. */
  void remember(LessonStep step) {
    switch (step) {
      case LessonStep.Definition its -> nodes.remember(its.section(), its.line(), its.code());
      case LessonStep.Configuration its ->
          nodes.remember(its.section(), its.line(), Snippet.configuring(its.code()));
      case LessonStep.Input its when MODULE_AT_PROMPT.matcher(its.prompt().code()).find() ->
          nodes.remember(its.section(), its.line(), nodeOf(its), its.prompt().code());
      case LessonStep.Input _,
          LessonStep.Text _,
          LessonStep.Commands _,
          LessonStep.Expression _,
          LessonStep.Ask _,
          LessonStep.Work _,
          LessonStep.Recall _ -> {}
    }
  }

  private static void show(Lesson.Block block, Audience audience) {
    switch (block) {
      case Prose prose -> audience.prose(prose);
      case Code code -> audience.shown(code);
      case Frame frame -> audience.frame(frame);
      case Session _ -> throw new AssertionError("a session is played, not shown");
    }
  }

  private void run(LessonStep.Commands commands, Audience audience) {
    audience.shown(commands.code());
    Set<String> wanted = new TreeSet<>();
    NodeCommands.starts(commands.code().text()).stream()
        .map(start -> Staging.onItsHost(start, lesson).handle())
        .forEach(wanted::add);
    List<Start> down =
        stagings.get(commands.section()).nodes().stream()
            .filter(start -> wanted.contains(start.handle()) && !nodes.isUp(start.handle()))
            .toList();
    if (nodes.areOf(commands.section()) && !down.isEmpty()) {
      List<PageNodes.Refusal> refused = nodes.start(down, commands.section());
      refused.forEach(refusal -> audience.cannotStart(refusal.node(), refusal.why()));
      List<String> started = down.stream().map(Start::handle).filter(nodes::isUp).toList();
      if (!started.isEmpty()) {
        audience.started(commands.line(), started);
      }
    }
  }

  // Where a step happens.

  /** The node at which a step happens. */
  String nodeOf(LessonStep step) {
    Staging staging = stagings.get(step.section());
    return switch (step) {
      case LessonStep.Input input -> input.prompt().node().orElseGet(staging::unnamed);
      case LessonStep.Expression expression -> staging.node(expression.node());
      case LessonStep.Text _,
          LessonStep.Commands _,
          LessonStep.Definition _,
          LessonStep.Configuration _,
          LessonStep.Ask _,
          LessonStep.Work _,
          LessonStep.Recall _ ->
          staging.main();
    };
  }

  private String nodeOf(int section, Optional<String> named) {
    return stagings.get(section).node(named);
  }

  // Prompts.

  private void type(LessonStep.Input input, Audience audience) {
    Prompt prompt = input.prompt();
    String node = nodeOf(input);
    if (!nodes.isUp(node)) {
      boolean known = nodes.isComplete();
      audience.prompt(
          node,
          prompt,
          known ? List.of("(" + node + " is not running)") : List.of(),
          tally.count(known ? Verdict.DIFFERS : Verdict.NOT_COMPARED));
      return;
    }
    Answer answer = nodes.typeWhole(node, prompt.code());
    List<String> printed = told(prompt.code(), answer, answer.printed());
    List<String> withErrors = told(prompt.code(), answer, answer.shown());
    if (verdict(prompt, answer, withErrors) == Verdict.MATCHES) {
      printed = withErrors;
    }
    remember(input);
    audience.prompt(node, prompt, printed, tally.count(verdict(prompt, answer, printed)));
  }

  /** What was printed, and why there is no more of it; a page may or may not show what goes to standard error. */
  private List<String> told(String code, Answer answer, String text) {
    var printed = new ArrayList<>(lines(text));
    switch (answer.ending()) {
      case INCOMPLETE -> printed.add("(the expression is not complete)");
      case TIMED_OUT -> printed.add("(still running after " + nodes.limit().of(code) + " ms)");
      case DONE, DIED, UNAVAILABLE -> {}
    }
    return List.copyOf(printed);
  }

  private Verdict verdict(Prompt prompt, Answer answer, List<String> printed) {
    boolean silent = prompt.expected().isEmpty() && !printed.isEmpty();
    boolean ended = answer.ending() == Ending.DONE || answer.ending() == Ending.DIED;
    if (!nodes.isComplete() || (silent && ended)) {
      return Verdict.NOT_COMPARED;
    }
    return ended && LooseMatch.matches(prompt.expected(), printed)
        ? Verdict.MATCHES
        : Verdict.DIFFERS;
  }

  // Project code.

  private void configure(LessonStep.Configuration configuration, Audience audience) {
    String configuring = Snippet.configuring(configuration.code());
    nodes.up().forEach(node -> nodes.type(node, configuring));
    remember(configuration);
    audience.defined(configuration.line(), configuration.code(), List.of());
  }

  private void define(LessonStep.Definition module, Audience audience) {
    if (MIX_PROJECT.matcher(module.code()).find()) {
      notRun(module, module.code(), "a project's mix.exs is for Mix", audience);
      return;
    }
    var problems = new ArrayList<String>();
    for (String node : nodes.up()) {
      Answer answer = nodes.typeWhole(node, module.code());
      if (problems.isEmpty() && answer.printed().contains(ERROR)) {
        problems.addAll(lines(answer));
      }
    }
    Matcher missing = MISSING_MODULE.matcher(String.join("\n", problems));
    if (missing.find()) {
      notRun(module, module.code(), missing(missing.group(1)), audience);
      return;
    }
    if (problems.isEmpty()) {
      remember(module);
    } else {
      tally.count(Verdict.DIFFERS);
    }
    audience.defined(module.line(), module.code(), problems);
  }

  // Expressions of snippets.

  private void evaluate(LessonStep.Expression expression, Audience audience) {
    String node = nodeOf(expression);
    String code = expression.code();
    if (!nodes.isUp(node)) {
      notRun(expression, code, node + " is not running", audience);
      return;
    }
    Optional<String> missing = missingModule(code, node);
    if (missing.isPresent()) {
      notRun(expression, code, missing(missing.get()), audience);
      return;
    }
    Answer answer = nodes.typeWhole(node, code);
    Optional<String> senseless = senseless(answer);
    if (senseless.isPresent()) {
      notRun(expression, code, senseless.get(), audience);
      return;
    }
    List<String> printed = lines(answer);
    Verdict verdict =
        expression.promised().isEmpty()
            ? Verdict.NOT_COMPARED
            : tally.countComment(verdict(expression.promised().get(), printed));
    audience.expression(
        node, expression.line(), code, printed, verdict, note(node, code, answer.ending()));
  }

  /** Why an expression of a snippet stands for more than is on the page; empty if it does not. */
  private static Optional<String> senseless(Answer answer) {
    Matcher undefined = UNDEFINED.matcher(answer.printed());
    if (undefined.find()) {
      return Optional.of(undefined.group(1));
    }
    Matcher outside = OUTSIDE_MODULE.matcher(answer.printed());
    return outside.find()
        ? Optional.of(outside.group(1) + " stands outside a module")
        : Optional.empty();
  }

  private Verdict verdict(String comment, List<String> printed) {
    if (!nodes.isComplete()) {
      return Verdict.NOT_COMPARED;
    }
    List<String> promised = comment.lines().toList();
    boolean same =
        LooseMatch.matches(promised, result(printed))
            || LooseMatch.matches(promised, printed)
            || LooseMatch.matchesAsTerm(promised, result(printed));
    return same ? Verdict.MATCHES : Verdict.DIFFERS;
  }

  private String note(String node, String code, Ending ending) {
    return switch (ending) {
      case TIMED_OUT -> "still waiting after " + nodes.limit().of(code) + " ms";
      case INCOMPLETE -> "the expression is incomplete";
      case DIED -> node + " went down";
      case UNAVAILABLE -> "not compared: it cannot be done on this machine";
      case DONE -> "";
    };
  }

  private void notRun(LessonStep step, String code, String why, Audience audience) {
    audience.expression(
        nodeOf(step),
        step.line(),
        code,
        List.of(),
        tally.count(Verdict.NOT_RUN),
        "not run: " + why);
  }

  private static String missing(String module) {
    return "module " + module + " is not on this page";
  }

  private Optional<String> missingModule(String code, String node) {
    return ModulesUsed.in(code).stream()
        .filter(
            module ->
                !code.contains("defmodule " + module)
                    && !nodes.holds(node, "Code.ensure_loaded?(" + module + ")"))
        .findFirst();
  }

  // Tasks.

  /** Does a task as the page does it, and makes its checks. */
  private void solve(LessonStep.Work work, Audience audience) {
    audience.task(work.task());
    work.solution().forEach(step -> perform(step, audience));
    for (Task.Check check : work.task().checks()) {
      Verdict verdict =
          !nodes.isComplete()
              ? Verdict.NOT_COMPARED
              : checks.awaits(work.section(), check) ? Verdict.MATCHES : Verdict.DIFFERS;
      audience.checked(nodeOf(work.section(), check.node()), check, tally.count(verdict));
    }
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

  private static List<String> lines(Answer answer) {
    return lines(answer.printed());
  }

  private static List<String> lines(String text) {
    return text.stripTrailing().lines().toList();
  }
}
