package beamyard.lessons.script;

import beamyard.lessons.elixir.syntax.ParseOptions;
import beamyard.lessons.elixir.syntax.Parsed;
import beamyard.lessons.elixir.syntax.Parser;
import beamyard.lessons.elixir.syntax.Source;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The top-level expressions of an {@code elixir} block, each with where it runs and what its comment says it gives. */
final class Snippet {
  private static final Pattern CONTINUES =
      Pattern.compile("^\\s*(\\|>|\\|\\||&&|<>|\\+\\+|\\|(?!>)|and\\b|or\\b|when\\b|->).*");
  private static final Pattern NODE =
      Pattern.compile("\\b([a-z_][\\w-]*@[A-Za-z0-9](?:[A-Za-z0-9.\\-]*[A-Za-z0-9])?)");
  private static final Pattern SHORT_NODE =
      Pattern.compile("^#+\\s*(?:[Oo]n|[Aa]t|[Nn]ode) (?:(?:the )?node )?:?\"?([a-z_]\\w*)\\b");
  private static final Pattern ARROW = Pattern.compile("^#\\s*(?:=>|->|⇒)\\s*(.*)$");
  private static final Pattern IDENTIFIER =
      Pattern.compile("#(?:PID|Reference|Port|Function|Ref)<[^<>]*>");
  private static final Pattern CONFIGURATION =
      Pattern.compile("^config\\s+(:\\w+),\\s*(.*)$", Pattern.DOTALL);

  /** A key, and what is configured for it. */
  private static final Pattern KEYED =
      Pattern.compile("^(:\\w+|[A-Z][\\w.]*),\\s*(.*)$", Pattern.DOTALL);

  private Snippet() {}

  /**
   * One expression.
   *
   * @param node the node last named in a comment above it, in full or ({@code # On bob}) by its name alone; empty if none was
   * @param promised what a comment right after it says it gives
   */
  record Expression(
      int line, String code, Kind kind, Optional<String> node, Optional<String> promised) {}

  /** What an expression is to a project. */
  enum Kind {
    /** A module: project code on every node. */
    MODULE,
    /** {@code config :app, ...}: configuration of every node. */
    CONFIGURATION,
    /** Anything else: runs at one node. */
    EXPRESSION
  }

  /**
   * @param nodes the names in full that a comment may mean
   */
  static List<Expression> expressions(int firstLine, String text, List<String> nodes) {
    List<String> lines = text.lines().toList();
    var expressions = new ArrayList<Expression>();
    Optional<String> node = Optional.empty();
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at).strip();
      if (line.isEmpty()) {
        at++;
      } else if (line.startsWith("#")) {
        node = promised(List.of(line)).isPresent() ? node : named(line, nodes).or(previous(node));
        at++;
      } else {
        int end = endOf(lines, at);
        List<String> following = comments(lines, end);
        String code = String.join("\n", lines.subList(at, end)).stripTrailing();
        expressions.add(
            new Expression(
                firstLine + at,
                code,
                kind(code),
                node,
                besides(code).or(() -> promised(following))));
        at = end;
      }
    }
    return expressions;
  }

  /** The expression that sets what a {@code config} line configures: values of an application, or of one of its keys. */
  static String configuring(String code) {
    Matcher matcher = CONFIGURATION.matcher(code);
    if (!matcher.matches()) {
      return ":ok"; // what opens a file of configuration sets nothing
    }
    Matcher keyed = KEYED.matcher(matcher.group(2));
    if (keyed.matches()) {
      return "Application.put_env("
          + matcher.group(1)
          + ", "
          + keyed.group(1)
          + ", "
          + (keyed.group(2).matches("(?s)[a-z_]\\w*[?!]?: .*")
              ? "[" + keyed.group(2) + "]"
              : keyed.group(2))
          + ")";
    }
    return "Enum.each(["
        + matcher.group(2)
        + "], fn {key, value} -> Application.put_env("
        + matcher.group(1)
        + ", key, value) end)";
  }

  private static Kind kind(String code) {
    if (code.startsWith("defmodule ")
        || code.startsWith("defprotocol ")
        || code.startsWith("defimpl ")) {
      return Kind.MODULE;
    }
    if (code.equals("import Config") || code.equals("use Mix.Config")) {
      return Kind.CONFIGURATION;
    }
    return CONFIGURATION.matcher(code).matches() ? Kind.CONFIGURATION : Kind.EXPRESSION;
  }

  /** The index behind the last line of the expression that starts at a line. */
  private static int endOf(List<String> lines, int start) {
    for (int end = start + 1; end <= lines.size(); end++) {
      boolean goesOn =
          nextCodeLine(lines, end).map(line -> CONTINUES.matcher(line).matches()).orElse(false);
      if (!goesOn && isComplete(String.join("\n", lines.subList(start, end)))) {
        return end;
      }
    }
    return lines.size();
  }

  private static Optional<String> nextCodeLine(List<String> lines, int from) {
    return lines.stream()
        .skip(from)
        .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
        .findFirst();
  }

  private static boolean isComplete(String code) {
    return !(parsed(code + "\n") instanceof Parsed.Incomplete);
  }

  private static Optional<String> named(String comment, List<String> nodes) {
    Matcher full = NODE.matcher(comment);
    while (full.find()) {
      if (nodes.contains(full.group(1))) {
        return Optional.of(full.group(1));
      }
    }
    Matcher alone = SHORT_NODE.matcher(comment);
    while (alone.find()) {
      String beginning = alone.group(1) + "@";
      Optional<String> node = nodes.stream().filter(name -> name.startsWith(beginning)).findFirst();
      if (node.isPresent()) {
        return node;
      }
    }
    return Optional.empty();
  }

  private static Supplier<Optional<String>> previous(Optional<String> node) {
    return () -> node;
  }

  /** The lines of comment right after an expression, up to the next that is not one. */
  private static List<String> comments(List<String> lines, int from) {
    var comments = new ArrayList<String>();
    for (int i = from; i < lines.size() && lines.get(i).strip().startsWith("#"); i++) {
      comments.add(lines.get(i).strip());
    }
    return comments;
  }

  /** What a comment on an expression's last line says it gives. */
  private static Optional<String> besides(String code) {
    String last = code.substring(code.lastIndexOf('\n') + 1);
    Parsed whole = parsed(code);
    for (int at = last.indexOf('#'); at >= 0; at = last.indexOf('#', at + 1)) {
      String without = code.substring(0, code.length() - last.length() + at);
      if (at > 0 && !without.isBlank() && parsed(without).equals(whole)) {
        return promised(List.of(last.substring(at)));
      }
    }
    return Optional.empty();
  }

  /**
   * What comments say an expression gives: the first one, as far as it goes, if it is a term and nothing but. A lone name
   * counts only behind an arrow; it may be the beginning of a remark.
   */
  private static Optional<String> promised(List<String> comments) {
    if (comments.isEmpty()) {
      return Optional.empty();
    }
    Matcher arrow = ARROW.matcher(comments.getFirst());
    boolean pointed = arrow.matches();
    var text = new StringBuilder(pointed ? arrow.group(1) : content(comments.getFirst()));
    for (int i = 1; i < comments.size() && !isComplete(plain(text.toString())); i++) {
      text.append('\n').append(content(comments.get(i)));
    }
    String comment = text.toString().replaceFirst("\\s+(--|—|–)\\s.*$", "");
    boolean isTerm =
        parsed(plain(comment)) instanceof Parsed.Quoted(Term form)
            && isLiteral(form)
            && (pointed || !isAlias(form));
    return isTerm ? Optional.of(comment) : Optional.empty();
  }

  private static String content(String comment) {
    return comment.replaceFirst("^#\\s?", "");
  }

  /** The text of a term with identifiers as something that can be parsed. */
  private static String plain(String comment) {
    return IDENTIFIER.matcher(comment).replaceAll(":identifier");
  }

  private static boolean isAlias(Term form) {
    return form instanceof Tuple tuple && tuple.isTagged(Atom.of("__aliases__"), 3);
  }

  private static Parsed parsed(String code) {
    return Parser.parse(new Source("snippet", code, 1, 1), ParseOptions.LINES);
  }

  private static boolean isLiteral(Term form) {
    return switch (form) {
      case Tuple tuple when tuple.size() == 3 && tuple.get(1) instanceof ListTerm ->
          tuple.get(0) instanceof Atom atom
              && List.of("{}", "%{}", "__aliases__").contains(atom.name())
              && tuple.get(2) instanceof ListTerm arguments
              && arguments.toList().stream().allMatch(Snippet::isLiteral);
      case Tuple tuple -> tuple.elements().stream().allMatch(Snippet::isLiteral);
      case ListTerm list -> list.toList().stream().allMatch(Snippet::isLiteral);
      default -> true;
    };
  }
}
