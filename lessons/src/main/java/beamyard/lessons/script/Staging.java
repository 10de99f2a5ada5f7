package beamyard.lessons.script;

import beamyard.lessons.script.Lesson.Block;
import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Prompt;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Section;
import beamyard.lessons.script.Lesson.Session;
import beamyard.lessons.script.Stage.Logging;
import beamyard.lessons.script.Stage.Naming;
import beamyard.lessons.script.Stage.Start;
import beamyard.lessons.script.Stage.Visibility;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which nodes a section of a page needs, and whether they start connected: those that its prompts, commands or code name, in
 * the order in which they are named. A node that a prompt shows to be out of reach is not named by that prompt.
 *
 * @param connected whether the nodes are connected before the first step, since the section does not do so itself
 */
record Staging(List<Start> nodes, boolean connected) {
  private static final String DEFAULT_NODE = "alice@localhost";
  private static final String DEFAULT_COOKIE = "secret";
  private static final Pattern NODE_IN_CODE =
      Pattern.compile("(?::\"?|\\b[Oo]n (?:node )?)([a-z_]\\w*@[A-Za-z0-9.\\-]+)");
  private static final Pattern COMMAND = Pattern.compile("^\\s*(?:\\$ )?iex\\s+(.*)$");
  private static final Pattern OPTION =
      Pattern.compile("--(sname|name|cookie|hidden)(?:[ =]+(\\S+))?");
  private static final Pattern CONNECTS =
      Pattern.compile("\\bNode\\.(connect|ping)\\b|\\bCluster\\.Supervisor\\b|net_adm\\.ping");

  static Staging of(Section section, Lesson lesson) {
    var named = new LinkedHashMap<String, Start>();
    collect(section.blocks(), named);
    for (String name : lesson.front().texts("nodes")) {
      named.computeIfAbsent(name, Staging::plain);
    }
    SequencedMap<String, Start> nodes = inOrderOfThePage(named, lesson);
    if (nodes.isEmpty()) {
      nodes.put(DEFAULT_NODE, plain(DEFAULT_NODE));
    }
    boolean connects =
        texts(section.blocks()).stream().anyMatch(text -> CONNECTS.matcher(text).find());
    return new Staging(List.copyOf(nodes.values()), !connects);
  }

  /** The first node of a section is the one that the page names first, wherever that is. */
  private static SequencedMap<String, Start> inOrderOfThePage(
      SequencedMap<String, Start> named, Lesson lesson) {
    var onPage = new LinkedHashMap<String, Start>();
    lesson.sections().forEach(section -> collect(section.blocks(), onPage));
    var ordered = new LinkedHashMap<String, Start>();
    onPage.keySet().stream()
        .filter(named::containsKey)
        .forEach(name -> ordered.put(name, named.get(name)));
    named.forEach(ordered::putIfAbsent);
    return ordered;
  }

  private static void collect(List<Block> blocks, SequencedMap<String, Start> nodes) {
    for (Block block : blocks) {
      switch (block) {
        case Code code when code.language().equals("bash") -> commands(code.text(), nodes);
        case Code code when code.language().equals("elixir") -> named(code.text(), nodes);
        case Code _, Prose _ -> {}
        case Session session ->
            session
                .prompts()
                .forEach(
                    prompt -> {
                      prompt.node().ifPresent(name -> nodes.computeIfAbsent(name, Staging::plain));
                      if (!showsThatItIsNotThere(prompt)) {
                        named(prompt.code(), nodes);
                      }
                    });
        case Frame frame -> collect(frame.blocks(), nodes);
      }
    }
  }

  private static List<String> texts(List<Block> blocks) {
    var texts = new ArrayList<String>();
    for (Block block : blocks) {
      switch (block) {
        case Code code when code.language().equals("elixir") -> texts.add(code.text());
        case Code _, Prose _ -> {}
        case Session session -> session.prompts().forEach(prompt -> texts.add(prompt.code()));
        case Frame frame -> texts.addAll(texts(frame.blocks()));
      }
    }
    return texts;
  }

  /** Whether the page shows that a node cannot be reached: naming it so is no wish to have it. */
  private static boolean showsThatItIsNotThere(Prompt prompt) {
    return CONNECTS.matcher(prompt.code()).find()
        && (prompt.expected().equals(List.of("false"))
            || prompt.expected().equals(List.of(":pang")));
  }

  private static void named(String code, SequencedMap<String, Start> nodes) {
    Matcher matcher = NODE_IN_CODE.matcher(code);
    while (matcher.find()) {
      nodes.computeIfAbsent(matcher.group(1), Staging::plain);
    }
  }

  /** The nodes that a block of commands starts; a name that is taken already is shown, not run. */
  private static void commands(String text, SequencedMap<String, Start> nodes) {
    for (String line : text.lines().toList()) {
      Matcher command = COMMAND.matcher(line);
      if (command.matches()) {
        start(command.group(1)).ifPresent(start -> nodes.putIfAbsent(start.handle(), start));
      }
    }
  }

  private static java.util.Optional<Start> start(String arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    Matcher option = OPTION.matcher(arguments.replaceFirst("\\s#.*$", ""));
    while (option.find()) {
      options.put(
          option.group(1), option.group(2) == null ? "" : option.group(2).replace("\"", ""));
    }
    String given = options.getOrDefault("sname", options.getOrDefault("name", ""));
    if (given.isEmpty()) {
      return java.util.Optional.empty();
    }
    String name = given.contains("@") ? given : given + "@localhost";
    return java.util.Optional.of(
        new Start(
            name,
            name.substring(0, name.indexOf('@')),
            name.substring(name.indexOf('@') + 1),
            options.containsKey("sname") ? Naming.SHORT : Naming.LONG,
            options.getOrDefault("cookie", DEFAULT_COOKIE),
            options.containsKey("hidden") ? Visibility.HIDDEN : Visibility.VISIBLE,
            new LinkedHashMap<>(),
            Logging.ON));
  }

  private static Start plain(String name) {
    String host = name.substring(name.indexOf('@') + 1);
    return new Start(
        name,
        name.substring(0, name.indexOf('@')),
        host,
        host.contains(".") ? Naming.LONG : Naming.SHORT,
        DEFAULT_COOKIE,
        Visibility.VISIBLE,
        new LinkedHashMap<>(),
        Logging.ON);
  }
}
