package beamyard.lessons.elixir.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * The source of a module whose functions do arbitrary things, most of them wrong: arithmetic on anything, conditions that are
 * no booleans, patterns that do not match, throws that nobody catches. All of them end: what calls counts down.
 *
 * <p>Each function takes two values and a number; {@link #FUNCTIONS} are their names.
 */
final class RandomModule {
  static final List<String> FUNCTIONS =
      List.of("f0", "f1", "f2", "each", "numbers", "truths", "shapes", "turns");

  private static final List<String> LITERALS =
      List.of(
          "0",
          "1",
          "-1",
          "7",
          "1.0",
          "9_223_372_036_854_775_807",
          "-9_223_372_036_854_775_808",
          "123456789012345678901",
          "2.5",
          "-0.0",
          ":ok",
          "nil",
          "true",
          "false",
          "[]",
          "{}",
          "%{}",
          "\"s\"");
  private static final List<String> BINARY =
      List.of(
          "+", "-", "+", "-", "<", "<=", ">", ">=", "==", "!=", "===", "!==", "and", "or", "&&",
          "||", "*");
  private static final List<String> TESTS =
      List.of(
          "is_list",
          "is_integer",
          "is_number",
          "is_tuple",
          "is_map",
          "is_atom",
          "is_binary",
          "is_float",
          "is_boolean",
          "is_function");
  private static final List<String> CALLED_WITH_ONE =
      List.of("hd", "tl", "length", "tuple_size", "map_size", "not", "!", "abs");

  private static final List<String> TEMPLATES =
      List.of(
          "[#, #]",
          "{#, #}",
          "[# | #]",
          "%{a: #, b: #}",
          "%{# | a: #}",
          "cond do\n# -> #\n# -> #\nend",
          "throw(#)",
          "exit(#)",
          ":erlang.error(#)",
          "elem(#, 0)",
          "elem(#, 1)");

  /** Which of them lie where something changes: equal ones of two types, the ends of 64 bits, a root of their product. */
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "7",
          "-7",
          "2",
          "1.0",
          "-1.0",
          "7.0",
          "0.0",
          "-0.0",
          "2.5",
          "3_037_000_500",
          "9_223_372_036_854_775_807",
          "-9_223_372_036_854_775_808",
          "1_208_925_819_614_629_174_706_176");

  private static final List<String> ARITHMETIC =
      List.of("# + #", "# - #", "# * #", "div(#, #)", "rem(#, #)");
  private static final List<String> COMPARISONS =
      List.of("# < #", "# <= #", "# > #", "# >= #", "# == #", "# != #", "# === #", "# !== #");

  private static final List<String> TRUTHS =
      List.of(
          "# and #",
          "# or #",
          "not #",
          "# && #",
          "# || #",
          "!#",
          ":erlang.andalso(#, #)",
          ":erlang.orelse(#, #)",
          "if #, do: :yes, else: :no",
          "if # and #, do: :yes, else: :no",
          "if # || #, do: :yes, else: :no",
          "case # do\nv when v and # -> {:yes, v}\n_ -> :no\nend",
          "case # do\nv when v or # -> {:yes, v}\n_ -> :no\nend",
          "case # do\nv when not v -> {:yes, v}\n_ -> :no\nend",
          "case # do\ntrue -> :yes\nfalse -> :no\nend");

  private static final String FUEL = "n - 1";

  /** What is computed again and again calls nothing, and makes nothing that grows twofold each time. */
  private static final String NO_FUEL = "";

  private final Random random;
  private int nextVariable;

  private RandomModule(long seed) {
    random = new Random(seed);
  }

  /** The module that a seed gives. */
  static String source(String name, long seed) {
    return new RandomModule(seed).module(name);
  }

  private String module(String name) {
    var source = new StringBuilder("defmodule " + name + " do\n");
    for (String function : FUNCTIONS.subList(0, 3)) {
      source.append("  def ").append(function).append("(x, _, 0), do: x\n");
      if (random.nextBoolean()) {
        List<String> bound = new ArrayList<>();
        String patterns = pattern(2, bound) + ", " + pattern(1, bound) + ", n";
        String guard = guard(bound);
        bound.add("n");
        define(source, function + "(" + patterns + ")" + guard, bound, 3);
      }
      define(source, function + "(x, y, n)", List.of("x", "y"), 3);
    }
    each(source, "each(x, y, n)", () -> expression(List.of("x", "y"), 2, FUEL));
    each(source, "numbers(x, y, _)", this::ofNumbers);
    each(source, "truths(x, y, _)", () -> filled(pick(TRUTHS), List.of("true", "false", "nil")));
    each(source, "shapes(x, y, _)", this::ofShapes);
    source.append("  def turns(x, y, n) when is_integer(n) and n > 0 do\n");
    String x = part(List.of("x", "y", "n"), 2, NO_FUEL);
    String y = part(List.of("x", "y", "n"), 2, NO_FUEL);
    source.append("    turns(" + x + ", " + y + ", n - 1)\n  end\n");
    source.append("  def turns(x, y, _), do: {x, y}\nend\n");
    return source.toString();
  }

  /** A function of small expressions side by side, so that an error in one leaves the others to be compared. */
  private void each(StringBuilder source, String head, Supplier<String> expression) {
    var expressions = new ArrayList<String>();
    for (int i = 0; i < 12; i++) {
      expressions.add("(try do " + expression.get() + " catch kind, value -> {kind, value} end)");
    }
    source.append("  def ").append(head).append(", do: [");
    source.append(String.join(", ", expressions).replace("\n", "\n    ")).append("]\n");
  }

  private String ofNumbers() {
    String form =
        switch (random.nextInt(6)) {
          case 0, 1 -> pick(ARITHMETIC);
          case 2 -> pick(COMPARISONS);
          case 3 -> "if " + pick(COMPARISONS) + ", do: :yes, else: :no";
          case 4 ->
              "case # do\nv when "
                  + pick(COMPARISONS).replaceFirst("#", "v")
                  + " -> :yes\n_ -> :no\nend";
          default ->
              "case {#, #} do\n{v, v} -> v\n{" + pick(NUMBERS) + ", v} -> {v}\n_ -> :no\nend";
        };
    return filled(form, NUMBERS);
  }

  /** What a value is, by two patterns, the second of which is often one that the first is like. */
  private String ofShapes() {
    var bound = new ArrayList<String>();
    String first = pattern(2, bound);
    String second =
        pick(
            List.of(
                "%{b: v}",
                "%{a: _, b: v}", "[v]", "[_ | v]", "{v}", "{_, _, v}", "v when is_list(v)"));
    return filled(
        "case # do\n"
            + first
            + " -> {1, ["
            + String.join(", ", bound)
            + "]}\n"
            + second
            + " -> {2, v}\n_ -> :no\nend",
        LITERALS);
  }

  /** Puts an argument or a literal in each place that is marked by {@code #}. */
  private String filled(String template, List<String> literals) {
    String text = template;
    while (text.contains("#")) {
      String part = random.nextInt(3) == 0 ? pick(literals) : pick(List.of("x", "y"));
      text = text.replaceFirst("#", part);
    }
    return text;
  }

  private void define(StringBuilder source, String head, List<String> variables, int depth) {
    source.append("  def ").append(head).append(" do\n    ");
    source.append(block(variables, depth).replace("\n", "\n    ")).append("\n  end\n");
  }

  private String pick(List<String> some) {
    return some.get(random.nextInt(some.size()));
  }

  private String variable() {
    return "v" + nextVariable++;
  }

  /** Statements, of which all but the last may bind. */
  private String block(List<String> variables, int depth) {
    var known = new ArrayList<>(variables);
    var statements = new ArrayList<String>();
    for (int i = random.nextInt(3); i > 0; i--) {
      String value = expression(known, depth - 1, FUEL);
      var bound = new ArrayList<String>();
      String pattern = random.nextInt(3) == 0 ? pattern(2, bound) : variable();
      statements.add(pattern + " = " + value);
      known.addAll(bound.isEmpty() && pattern.startsWith("v") ? List.of(pattern) : bound);
    }
    statements.add(expression(known, depth, FUEL));
    return String.join("\n", statements);
  }

  private String expression(List<String> variables, int depth, String fuel) {
    if (depth <= 0 || random.nextInt(8) == 0) {
      return random.nextInt(3) == 0 ? pick(LITERALS) : pick(variables);
    }
    boolean mayGrow = !fuel.isEmpty();
    return mayGrow && random.nextInt(20) >= 7
        ? rich(variables, depth)
        : fill(simple(mayGrow), variables, depth, fuel);
  }

  private String simple(boolean mayGrow) {
    List<String> operators = mayGrow ? BINARY : BINARY.subList(0, BINARY.size() - 1);
    return switch (random.nextInt(9)) {
      case 0, 1, 2 -> "(# " + pick(operators) + " #)";
      case 3 -> pick(List.of("div(#, #)", "rem(#, #)"));
      case 4 -> pick(TESTS) + "(#)";
      case 5 -> pick(CALLED_WITH_ONE) + "(#)";
      case 6, 7 -> "if # " + pick(operators) + " #, do: #, else: #";
      default -> "if #, do: #, else: #";
    };
  }

  private String rich(List<String> variables, int depth) {
    return switch (random.nextInt(7)) {
      case 0 -> choice(fill("case # do\n", variables, depth, FUEL), variables, depth);
      case 1 -> tried(variables, depth);
      case 2 -> applied(variables, depth);
      case 3, 4 ->
          fill(pick(FUNCTIONS.subList(0, 3)) + "(#, #, " + FUEL + ")", variables, depth, FUEL);
      default -> fill(pick(TEMPLATES), variables, depth, FUEL);
    };
  }

  /** Puts expressions in the places of a template that are marked by {@code #}. */
  private String fill(String template, List<String> variables, int depth, String fuel) {
    var text = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      char next = template.charAt(i);
      text.append(next == '#' ? part(variables, depth, fuel) : String.valueOf(next));
    }
    return text.toString();
  }

  private String part(List<String> variables, int depth, String fuel) {
    String part = expression(variables, depth - 1, fuel);
    return part.contains(" ") || part.contains("\n") ? "(" + part + ")" : part;
  }

  private String choice(String beginning, List<String> variables, int depth) {
    var text = new StringBuilder(beginning);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      var known = new ArrayList<String>();
      String pattern = pattern(2, known);
      String guard = guard(known);
      known.addAll(variables);
      text.append(pattern + guard + " -> " + part(known, depth, FUEL) + "\n");
    }
    return text.append("end").toString();
  }

  private String tried(List<String> variables, int depth) {
    String caught =
        pick(
            List.of(
                "kind, value -> {kind, value}",
                "value -> {:thrown, value}",
                ":error, value -> {:error, value}",
                ":exit, _ -> " + pick(variables)));
    String after = random.nextInt(4) == 0 ? "\nafter\n" + part(variables, depth, FUEL) : "";
    return "try do\n" + block(variables, depth - 1) + "\ncatch\n" + caught + after + "\nend";
  }

  private String applied(List<String> variables, int depth) {
    String parameter = variable();
    var known = new ArrayList<>(variables);
    known.add(parameter);
    return "(fn "
        + parameter
        + " -> "
        + part(known, depth, FUEL)
        + " end).("
        + part(variables, depth, FUEL)
        + ")";
  }

  /** A pattern, whose variables are added to those that are bound. */
  private String pattern(int depth, List<String> bound) {
    return switch (random.nextInt(depth == 0 ? 4 : 9)) {
      case 0 -> pick(LITERALS);
      case 1 -> "_";
      case 2 -> bound.isEmpty() ? fresh(bound) : pick(bound);
      case 3, 4 -> fresh(bound);
      case 5 -> "[" + pattern(depth - 1, bound) + " | " + pattern(depth - 1, bound) + "]";
      case 6 -> "{" + pattern(depth - 1, bound) + ", " + pattern(depth - 1, bound) + "}";
      case 7 -> "[" + pattern(depth - 1, bound) + ", " + pattern(depth - 1, bound) + "]";
      default -> "%{a: " + pattern(depth - 1, bound) + "}";
    };
  }

  private String fresh(List<String> bound) {
    String variable = variable();
    bound.add(variable);
    return variable;
  }

  private String guard(List<String> bound) {
    if (bound.isEmpty() || random.nextBoolean()) {
      return "";
    }
    String test = pick(TESTS) + "(" + pick(bound) + ")";
    String comparison =
        pick(bound)
            + pick(List.of(" < ", " >= ", " == ", " === ", " != ", " !== ", " + 1 > "))
            + pick(LITERALS);
    return " when "
        + (random.nextBoolean() ? test : comparison)
        + (random.nextInt(3) == 0 ? pick(List.of(" and ", " or ")) + test : "");
  }
}
