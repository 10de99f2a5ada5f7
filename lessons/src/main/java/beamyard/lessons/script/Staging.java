package beamyard.lessons.script;

import beamyard.lessons.script.Lesson.Block;
import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.FrontMatter;
import beamyard.lessons.script.Lesson.Kind;
import beamyard.lessons.script.Lesson.Prompt;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Section;
import beamyard.lessons.script.Lesson.Session;
import beamyard.lessons.script.Stage.Start;
import beamyard.simulator.BadSetup;
import beamyard.simulator.KernelParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which nodes a section of a page needs, and whether they start connected: those that its prompts, commands or code name, in
 * the order in which they are named. A node that a prompt shows to be out of reach is not named by that prompt; if a block of
 * commands further down starts it, it is not there before. The front matter may name more ({@code nodes}), or some that are
 * talked about and never there ({@code absent}).
 *
 * @param nodes all of them
 * @param later the handles of those that a block of commands starts in the course of the section
 * @param connected whether the nodes are connected before the first step, since the section does not do so itself
 */
record Staging(List<Start> nodes, Set<String> later, boolean connected) {
  private static final String DEFAULT_NODE = "alice@localhost";
  private static final String NAME = "[a-z_][\\w-]*@[A-Za-z0-9](?:[A-Za-z0-9.\\-]*[A-Za-z0-9])?";
  private static final Pattern NODE_IN_CODE =
      Pattern.compile(
          "(?::\"?|\\b(?:[Oo]n|[Aa]t|[Ii]n|[Oo]f|[Nn]ode|[Tt]erminal|[Ss]hell):? (?:node )?:?)("
              + NAME
              + ")");
  private static final Pattern CONNECTS =
      Pattern.compile(
          "\\bNode\\.(connect|ping)\\b|\\bCluster\\.(Supervisor|Strategy)\\b|\\bnet_adm\\.|connect_node");

  /** A node that code starts is not there before. */
  private static final Pattern STARTS =
      Pattern.compile("\\b(?:Node|Sandbox|net_kernel)\\.start\\(\\[?:?\"?" + NAME + "\"?");

  private static final List<String> OUT_OF_REACH = List.of("false", ":pang", ":ignored");
  private static final Pattern TOLD_OUT_OF_REACH =
      Pattern.compile(":badrpc, :nodedown|:noconnection|no connection to");

  /** The handle of the node at which something happens for which the page names none. */
  String main() {
    return nodes.getFirst().handle();
  }

  /** The handle of the node of a prompt without a name: the one without a name, if there is one. */
  String unnamed() {
    return nodes.stream()
        .map(Start::handle)
        .filter(NodeCommands.UNNAMED::equals)
        .findFirst()
        .orElseGet(this::main);
  }

  /** The handle of the node that is named, if it is one of these; else of the main one. */
  String node(Optional<String> named) {
    return named
        .filter(name -> nodes.stream().anyMatch(start -> start.handle().equals(name)))
        .orElseGet(this::main);
  }

  /** The nodes that are up before the first step. */
  List<Start> first() {
    return nodes.stream().filter(start -> !later.contains(start.handle())).toList();
  }

  static Staging of(Section section, Lesson lesson) {
    var named = new Named(lesson);
    named.collect(section.blocks());
    lesson.front().texts("absent").stream().map(Staging::full).forEach(named.nodes::remove);
    var starts = new LinkedHashMap<String, Start>();
    boolean unnamed = named.nodes.isEmpty() && named.promptsWithoutNode;
    lesson.front().texts("nodes").stream()
        .filter(Staging::isName)
        .map(Staging::full)
        .forEach(name -> named.nodes.computeIfAbsent(name, NodeCommands::plain));
    if (named.nodes.isEmpty()) {
      String name = unnamed ? NodeCommands.UNNAMED : DEFAULT_NODE;
      named.nodes.put(name, NodeCommands.plain(name));
    }
    inOrderOfThePage(named.nodes, lesson)
        .forEach((handle, start) -> starts.put(handle, configured(start, lesson.front())));
    boolean connects =
        saysApart(section.blocks())
            || texts(section.blocks()).stream().anyMatch(text -> CONNECTS.matcher(text).find());
    return new Staging(List.copyOf(starts.values()), named.later, !connects);
  }

  /** Whether this can be the name of a node, with or without a host. */
  static boolean isName(String name) {
    return full(name).matches(NAME);
  }

  private static String full(String name) {
    return name.contains("@") ? name : name + "@" + NodeCommands.DEFAULT_HOST;
  }

  /** A node as the page's front matter wants all of its nodes; what its own command says goes before. */
  private static Start configured(Start start, FrontMatter front) {
    Map<String, String> kernel = new LinkedHashMap<>();
    if (front.values().get("kernel") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> put(kernel, String.valueOf(key), String.valueOf(value)));
    }
    front.text("start_pg").ifPresent(value -> put(kernel, "start_pg", value));
    kernel.putAll(start.kernel());
    return new Start(
        start.handle(),
        start.name(),
        start.host(),
        start.naming(),
        start.cookie(),
        start.visibility(),
        kernel,
        start.logging());
  }

  /** What cannot be meant was told when the page was read; the rest of the page still plays. */
  private static void put(Map<String, String> kernel, String parameter, String value) {
    try {
      KernelParameters.DEFAULT.with(parameter, value);
      kernel.put(parameter, value);
    } catch (BadSetup impossible) {
      kernel.remove(parameter);
    }
  }

  /** The first node of a section is the one that the page names first, wherever that is. */
  private static SequencedMap<String, Start> inOrderOfThePage(
      SequencedMap<String, Start> named, Lesson lesson) {
    var onPage = new Named(lesson);
    lesson.sections().forEach(section -> onPage.collect(section.blocks()));
    var ordered = new LinkedHashMap<String, Start>();
    onPage.nodes.keySet().stream()
        .filter(named::containsKey)
        .forEach(name -> ordered.put(name, named.get(name)));
    named.forEach(ordered::putIfAbsent);
    return ordered;
  }

  /** Whether a frame says {@code stage="apart"}: a task that only its solution connects. */
  private static boolean saysApart(List<Block> blocks) {
    return blocks.stream()
        .anyMatch(
            block ->
                block instanceof Frame frame
                    && (frame.attributes().getOrDefault("stage", "").equals("apart")
                        || saysApart(frame.blocks())));
  }

  /** What is typed in a section. What a learner may do in a task does not say how it begins. */
  private static List<String> texts(List<Block> blocks) {
    var texts = new ArrayList<String>();
    for (Block block : blocks) {
      switch (block) {
        case Code code when code.language().equals(CodeLanguage.ELIXIR) -> texts.add(code.text());
        case Code _, Prose _ -> {}
        case Session session -> session.prompts().forEach(prompt -> texts.add(prompt.code()));
        case Frame frame when frame.kind() == Kind.SOLUTION || frame.kind() == Kind.HINT -> {}
        case Frame frame -> texts.addAll(texts(frame.blocks()));
      }
    }
    return texts;
  }

  /** The nodes that blocks name. */
  private static final class Named {
    private final Lesson lesson;
    private final SequencedMap<String, Start> nodes = new LinkedHashMap<>();
    private final Set<String> outOfReach = new TreeSet<>();
    private final Set<String> there = new TreeSet<>();
    private final Set<String> later = new TreeSet<>();
    private boolean promptsWithoutNode;

    Named(Lesson lesson) {
      this.lesson = lesson;
    }

    void collect(List<Block> blocks) {
      for (Block block : blocks) {
        switch (block) {
          case Code code when code.language().equals(CodeLanguage.SHELL) -> commands(code.text());
          case Code code when code.language().equals(CodeLanguage.ELIXIR) -> named(code.text());
          case Code code when code.language().equals(CodeLanguage.CHECK) -> named(code.text());
          case Code _, Prose _ -> {}
          case Session session -> session.prompts().forEach(this::prompt);
          case Frame frame -> collect(frame.blocks());
        }
      }
    }

    private void prompt(Prompt prompt) {
      prompt.node().ifPresent(name -> nodes.computeIfAbsent(name, NodeCommands::plain));
      prompt.node().ifPresent(there::add);
      promptsWithoutNode |= prompt.node().isEmpty();
      if (showsThatItIsNotThere(prompt)) {
        Matcher matcher = NODE_IN_CODE.matcher(prompt.code());
        while (matcher.find()) {
          if (!there.contains(matcher.group(1))) {
            outOfReach.add(matcher.group(1));
          }
        }
      } else {
        named(prompt.code());
      }
    }

    /** Whether the page shows that a node cannot be reached: naming it so is no wish to have it. */
    private static boolean showsThatItIsNotThere(Prompt prompt) {
      return (CONNECTS.matcher(prompt.code()).find()
              && prompt.expected().size() == 1
              && OUT_OF_REACH.contains(prompt.expected().getFirst().strip()))
          || prompt.expected().stream().anyMatch(line -> TOLD_OUT_OF_REACH.matcher(line).find());
    }

    private void named(String code) {
      Matcher matcher = NODE_IN_CODE.matcher(STARTS.matcher(code).replaceAll(""));
      while (matcher.find()) {
        nodes.computeIfAbsent(matcher.group(1), NodeCommands::plain);
      }
    }

    /** A name that is taken already is shown, not run. */
    private void commands(String text) {
      for (Start start : NodeCommands.starts(text)) {
        Start placed = onItsHost(start, lesson);
        boolean first = there.add(placed.handle());
        if (first) {
          nodes.put(placed.handle(), placed);
        }
        if (first && outOfReach.contains(placed.handle())) {
          later.add(placed.handle());
        }
      }
    }
  }

  /**
   * A node as a block of commands on a page starts it: a name given without a host has the one with which the page's prompts
   * show it.
   */
  static Start onItsHost(Start start, Lesson lesson) {
    if (!start.host().equals(NodeCommands.DEFAULT_HOST) || start.name().isEmpty()) {
      return start;
    }
    return lesson.sections().stream()
        .flatMap(section -> prompts(section.blocks()).stream())
        .flatMap(prompt -> prompt.node().stream())
        .filter(name -> name.startsWith(start.name() + "@"))
        .findFirst()
        .filter(name -> !name.equals(start.handle()))
        .filter(
            name ->
                lesson.sections().stream()
                    .flatMap(section -> prompts(section.blocks()).stream())
                    .noneMatch(prompt -> prompt.node().equals(Optional.of(start.handle()))))
        .map(
            name ->
                new Start(
                    name,
                    start.name(),
                    name.substring(name.indexOf('@') + 1),
                    start.naming(),
                    start.cookie(),
                    start.visibility(),
                    start.kernel(),
                    start.logging()))
        .orElse(start);
  }

  private static List<Prompt> prompts(List<Block> blocks) {
    var prompts = new ArrayList<Prompt>();
    for (Block block : blocks) {
      switch (block) {
        case Session session -> prompts.addAll(session.prompts());
        case Frame frame -> prompts.addAll(prompts(frame.blocks()));
        case Code _, Prose _ -> {}
      }
    }
    return prompts;
  }
}
