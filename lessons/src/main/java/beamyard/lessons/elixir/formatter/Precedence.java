package beamyard.lessons.elixir.formatter;

import beamyard.simulator.term.Atom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How tightly an operator binds and on which side it groups.
 *
 * @see <a href="https://hexdocs.pm/elixir/1.14/operators.html">Elixir, operators reference</a>
 */
record Precedence(int level, Side side) {
  /** The sides of an operator. */
  enum Side {
    LEFT,
    RIGHT
  }

  static final int CAPTURE = 90;

  private static final Map<Atom, Precedence> BINARY = binary();
  private static final List<Atom> UNARY = atoms("& ! ^ not + - ~~~ @");

  /** Those that begin a new line when they are broken, grouping to the left. */
  static final List<Atom> PIPELINES = atoms("|> ~>> <<~ ~> <~ <~> <|>");

  /** Those that begin a new line when they are broken, grouping to the right. */
  static final List<Atom> LINE_STARTERS = atoms("| when");

  /** Those without spaces around them. */
  static final List<Atom> TIGHT = atoms(".. //");

  /** Those that never end a line. */
  static final List<Atom> UNBROKEN = atoms("\\\\ in");

  /** Those that must not be mixed without parentheses. */
  static final List<Atom> LOGICAL = atoms("|| ||| or && &&& and");

  /** Those whose right side may begin in their line though it does not end in it. */
  static final List<Atom> HANGING = atoms("<- == != =~ === !== < > <= >= = ::");

  /** Those whose operands are operations only between parentheses. */
  static final List<Atom> STRICT =
      atoms("|> <<< >>> <~ ~> <<~ ~>> <~> <|> ^^^ +++ --- in ++ -- .. <>");

  private static List<Atom> atoms(String names) {
    return List.of(names.split(" ")).stream().map(Atom::of).toList();
  }

  private static Map<Atom, Precedence> binary() {
    var table = new LinkedHashMap<Atom, Precedence>();
    row(table, 40, Side.LEFT, "<- \\\\");
    row(table, 50, Side.RIGHT, "when");
    row(table, 60, Side.RIGHT, "::");
    row(table, 70, Side.RIGHT, "|");
    row(table, 100, Side.RIGHT, "=");
    row(table, 120, Side.LEFT, "|| ||| or");
    row(table, 130, Side.LEFT, "&& &&& and");
    row(table, 140, Side.LEFT, "== != =~ === !==");
    row(table, 150, Side.LEFT, "< <= >= >");
    row(table, 160, Side.LEFT, "|> <<< >>> <~ ~> <<~ ~>> <~> <|>");
    row(table, 170, Side.LEFT, "in");
    row(table, 180, Side.LEFT, "^^^");
    row(table, 190, Side.RIGHT, "//");
    row(table, 200, Side.RIGHT, "++ -- .. <> +++ ---");
    row(table, 210, Side.LEFT, "+ -");
    row(table, 220, Side.LEFT, "* /");
    row(table, 230, Side.LEFT, "**");
    row(table, 310, Side.LEFT, ".");
    return table;
  }

  private static void row(Map<Atom, Precedence> table, int level, Side side, String names) {
    atoms(names).forEach(name -> table.put(name, new Precedence(level, side)));
  }

  static @Nullable Precedence ofBinary(Object name) {
    return name instanceof Atom atom ? BINARY.get(atom) : null;
  }

  static boolean isUnary(Object name) {
    return name instanceof Atom atom && UNARY.contains(atom);
  }

  /** Whether {@code Macro.operator?/2} holds for a name and a number of operands. */
  static boolean isOperator(Atom name, int arity) {
    return switch (arity) {
      case 0 -> name == Form.RANGE;
      case 1 -> isUnary(name);
      case 2 -> ofBinary(name) != null && name != Form.STEP;
      case 3 -> name == Form.STEPPED_RANGE;
      default -> false;
    };
  }
}
