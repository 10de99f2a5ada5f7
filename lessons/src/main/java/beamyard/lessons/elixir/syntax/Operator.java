package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.Atom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elixir's operators, tightest first. The parser has no other knowledge of precedence.
 *
 * @see <a href="https://hexdocs.pm/elixir/1.14/operators.html">Elixir, operators reference</a>
 */
enum Operator {
  AT("@", TokenKind.AT_OP, 320, Associativity.PREFIX),
  NOT("not", TokenKind.UNARY_OP, 300, Associativity.PREFIX),
  BANG("!", TokenKind.UNARY_OP, 300, Associativity.PREFIX),
  PIN("^", TokenKind.UNARY_OP, 300, Associativity.PREFIX),
  BIT_NOT("~~~", TokenKind.UNARY_OP, 300, Associativity.PREFIX),
  POWER("**", TokenKind.POWER_OP, 230, Associativity.LEFT),
  TIMES("*", TokenKind.MULT_OP, 220, Associativity.LEFT),
  DIVIDE("/", TokenKind.MULT_OP, 220, Associativity.LEFT),
  PLUS("+", TokenKind.DUAL_OP, 210, Associativity.LEFT),
  MINUS("-", TokenKind.DUAL_OP, 210, Associativity.LEFT),
  CONCATENATE("++", TokenKind.CONCAT_OP, 200, Associativity.RIGHT),
  SUBTRACT("--", TokenKind.CONCAT_OP, 200, Associativity.RIGHT),
  TRIPLE_PLUS("+++", TokenKind.CONCAT_OP, 200, Associativity.RIGHT),
  TRIPLE_MINUS("---", TokenKind.CONCAT_OP, 200, Associativity.RIGHT),
  JOIN("<>", TokenKind.CONCAT_OP, 200, Associativity.RIGHT),
  RANGE("..", TokenKind.RANGE_OP, 200, Associativity.RIGHT),
  STEP("//", TokenKind.TERNARY_OP, 190, Associativity.RIGHT),
  XOR("^^^", TokenKind.XOR_OP, 180, Associativity.LEFT),
  IN("in", TokenKind.IN_OP, 170, Associativity.LEFT),
  NOT_IN("not in", TokenKind.IN_OP, 170, Associativity.LEFT),
  PIPE_INTO("|>", TokenKind.ARROW_OP, 160, Associativity.LEFT),
  SHIFT_LEFT("<<<", TokenKind.ARROW_OP, 160, Associativity.LEFT),
  SHIFT_RIGHT(">>>", TokenKind.ARROW_OP, 160, Associativity.LEFT),
  ARROW_LEFT_LEFT("<<~", TokenKind.ARROW_OP, 160, Associativity.LEFT),
  ARROW_RIGHT_RIGHT("~>>", TokenKind.ARROW_OP, 160, Associativity.LEFT),
  ARROW_LEFT("<~", TokenKind.ARROW_OP, 160, Associativity.LEFT),
  ARROW_RIGHT("~>", TokenKind.ARROW_OP, 160, Associativity.LEFT),
  ARROW_BOTH("<~>", TokenKind.ARROW_OP, 160, Associativity.LEFT),
  ARROW_BAR("<|>", TokenKind.ARROW_OP, 160, Associativity.LEFT),
  LESS("<", TokenKind.REL_OP, 150, Associativity.LEFT),
  GREATER(">", TokenKind.REL_OP, 150, Associativity.LEFT),
  LESS_OR_EQUAL("<=", TokenKind.REL_OP, 150, Associativity.LEFT),
  GREATER_OR_EQUAL(">=", TokenKind.REL_OP, 150, Associativity.LEFT),
  EQUAL("==", TokenKind.COMP_OP, 140, Associativity.LEFT),
  NOT_EQUAL("!=", TokenKind.COMP_OP, 140, Associativity.LEFT),
  TEXT_MATCH("=~", TokenKind.COMP_OP, 140, Associativity.LEFT),
  STRICT_EQUAL("===", TokenKind.COMP_OP, 140, Associativity.LEFT),
  STRICT_NOT_EQUAL("!==", TokenKind.COMP_OP, 140, Associativity.LEFT),
  AND_AND("&&", TokenKind.AND_OP, 130, Associativity.LEFT),
  AND_AND_AND("&&&", TokenKind.AND_OP, 130, Associativity.LEFT),
  AND("and", TokenKind.AND_OP, 130, Associativity.LEFT),
  OR_OR("||", TokenKind.OR_OP, 110, Associativity.LEFT),
  OR_OR_OR("|||", TokenKind.OR_OP, 110, Associativity.LEFT),
  OR("or", TokenKind.OR_OP, 110, Associativity.LEFT),
  MATCH("=", TokenKind.MATCH_OP, 100, Associativity.RIGHT),
  CAPTURE("&", TokenKind.CAPTURE_OP, 90, Associativity.PREFIX),
  ASSOC("=>", TokenKind.ASSOC_OP, 80, Associativity.RIGHT),
  BAR("|", TokenKind.PIPE_OP, 70, Associativity.RIGHT),
  TYPE("::", TokenKind.TYPE_OP, 60, Associativity.RIGHT),
  WHEN("when", TokenKind.WHEN_OP, 50, Associativity.RIGHT),
  IN_MATCH("<-", TokenKind.IN_MATCH_OP, 40, Associativity.LEFT),
  DEFAULT("\\\\", TokenKind.IN_MATCH_OP, 40, Associativity.LEFT),
  STAB("->", TokenKind.STAB_OP, 10, Associativity.RIGHT);

  /** How operators of the same precedence group, or that the operator stands before its only operand. */
  enum Associativity {
    LEFT,
    RIGHT,
    PREFIX
  }

  /** The precedence of {@code +}, {@code -} and {@code //} before an operand. */
  static final int PREFIX_PRECEDENCE = 300;

  /** Lower than every operator that builds expressions. */
  static final int LOWEST = 20;

  private static final Operator[][] BY_FIRST_CHARACTER = byFirstCharacter();

  private final String text;
  private final TokenKind kind;
  private final int precedence;
  private final Associativity associativity;
  private final Atom atom;

  Operator(String text, TokenKind kind, int precedence, Associativity associativity) {
    this.text = text;
    this.kind = kind;
    this.precedence = precedence;
    this.associativity = associativity;
    this.atom = Atom.of(text);
  }

  String text() {
    return text;
  }

  TokenKind kind() {
    return kind;
  }

  int precedence() {
    return precedence;
  }

  Atom atom() {
    return atom;
  }

  /** Whether this combines two expressions; {@code =>} and {@code ->} belong to maps and clauses. */
  boolean isBinary() {
    return associativity != Associativity.PREFIX && this != ASSOC && this != STAB;
  }

  /** The lowest precedence that the right operand may have. */
  int rightPrecedence() {
    return associativity == Associativity.RIGHT ? precedence : precedence + 1;
  }

  /** The operator made of exactly {@code length} punctuation characters from {@code position}, if there is one. */
  static @Nullable Operator at(int[] text, int position, int length) {
    if (position + length > text.length || text[position] >= BY_FIRST_CHARACTER.length) {
      return null;
    }
    next:
    for (Operator candidate : BY_FIRST_CHARACTER[text[position]]) {
      if (candidate.text.length() != length) {
        continue;
      }
      for (int i = 1; i < length; i++) {
        if (candidate.text.charAt(i) != text[position + i]) {
          continue next;
        }
      }
      return candidate;
    }
    return null;
  }

  private static Operator[][] byFirstCharacter() {
    List<List<Operator>> lists = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      lists.add(new ArrayList<>());
    }
    for (Operator operator : values()) {
      if (!Character.isLetter(operator.text.charAt(0))) {
        lists.get(operator.text.charAt(0)).add(operator);
      }
    }
    return lists.stream().map(list -> list.toArray(Operator[]::new)).toArray(Operator[][]::new);
  }
}
