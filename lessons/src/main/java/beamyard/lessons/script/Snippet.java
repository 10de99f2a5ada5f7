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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The top-level expressions of an {@code elixir} block, each with where it runs and what its comment says it gives. */
final class Snippet {
  private static final Pattern CONTINUES =
      Pattern.compile("^\\s*(\\|>|\\|\\||&&|<>|\\+\\+|\\|(?!>)|and\\b|or\\b|when\\b|->).*");
  private static final Pattern NODE = Pattern.compile("\\b([a-z_]\\w*@[A-Za-z0-9.\\-]+)");
  private static final Pattern CONFIGURATION =
      Pattern.compile("^config\\s+(:\\w+),\\s*(.*)$", Pattern.DOTALL);

  private Snippet() {}

  /**
   * One expression.
   *
   * @param node the node last named in a comment above it; empty if none was
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

  static List<Expression> expressions(int firstLine, String text) {
    List<String> lines = text.lines().toList();
    var expressions = new ArrayList<Expression>();
    Optional<String> node = Optional.empty();
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at).strip();
      if (line.isEmpty()) {
        at++;
      } else if (line.startsWith("#")) {
        Matcher named = NODE.matcher(line);
        node = named.find() ? Optional.of(named.group(1)) : node;
        at++;
      } else {
        int end = endOf(lines, at);
        String code = String.join("\n", lines.subList(at, end)).stripTrailing();
        expressions.add(
            new Expression(firstLine + at, code, kind(code), node, promised(lines, end)));
        at = end;
      }
    }
    return expressions;
  }

  /** The expression that sets what a {@code config} line configures. */
  static String configuring(String code) {
    Matcher matcher = CONFIGURATION.matcher(code);
    if (!matcher.matches()) {
      throw new AssertionError("not a configuration: " + code);
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
    return !(Parser.parse(new Source("snippet", code, 1, 1), ParseOptions.LINES)
        instanceof Parsed.Incomplete);
  }

  /** The comment right after an expression, if it is a term and nothing but. */
  private static Optional<String> promised(List<String> lines, int end) {
    if (end >= lines.size() || !lines.get(end).strip().startsWith("#")) {
      return Optional.empty();
    }
    String comment =
        lines.get(end).strip().replaceFirst("^#\\s*(=>)?\\s*", "").replaceFirst("\\s+--\\s.*$", "");
    boolean isTerm =
        Parser.parse(new Source("comment", comment, 1, 1), ParseOptions.LINES)
                instanceof Parsed.Quoted(Term form)
            && isLiteral(form);
    return isTerm ? Optional.of(comment) : Optional.empty();
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
