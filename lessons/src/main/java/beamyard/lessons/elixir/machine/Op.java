package beamyard.lessons.elixir.machine;

/**
 * The instructions: one number each, followed by their operands. In the comments {@code d} is a register to write,
 * {@code x},
 * {@code y}, {@code z} operands to read, {@code L} where to go if it fails, {@code p} an index into the pool, {@code
 * n} a
 * number.
 */
final class Op {
  /** An operand that is not there. */
  static final int NONE = Integer.MIN_VALUE;

  /** d x. */
  static final int MOVE = 0;

  /** L. */
  static final int JUMP = 1;

  /** x. */
  static final int RETURN = 2;

  /** function, first argument's register, d. */
  static final int CALL = 3;

  /** function, first argument's register, n arguments. */
  static final int TAIL_CALL = 4;

  /** p, first argument's register, d. */
  static final int CALL_REMOTE = 5;

  /** p, first argument's register. */
  static final int TAIL_REMOTE = 6;

  /** x, first argument's register, n arguments, d. */
  static final int CALL_FUN = 7;

  /** x, first argument's register, n arguments. */
  static final int TAIL_FUN = 8;

  /** x module, y function, first argument's register, n arguments, d. */
  static final int CALL_COMPUTED = 9;

  /** x module, y function, first argument's register, n arguments. */
  static final int TAIL_COMPUTED = 10;

  /** x module, y function, z list, free register, d. */
  static final int APPLY = 11;

  /** x module, y function, z list, free register. */
  static final int TAIL_APPLY = 12;

  /** x fun, y list, free register, d. */
  static final int APPLY_FUN = 13;

  /** x fun, y list, free register. */
  static final int TAIL_APPLY_FUN = 14;

  /** d x y. */
  static final int ADD = 15;

  /** d x y. */
  static final int SUBTRACT = 16;

  /** operator, d x y. */
  static final int BINARY = 17;

  /** operator, d x. */
  static final int UNARY = 18;

  /** x y L. */
  static final int IF_LESS = 19;

  /** x y L. */
  static final int IF_AT_MOST = 20;

  /** x y L. */
  static final int IF_EQUAL = 21;

  /** x y L. */
  static final int IF_UNEQUAL = 22;

  /** x y L. */
  static final int IF_SAME = 23;

  /** x y L. */
  static final int IF_DIFFERENT = 24;

  /** operator, x L. */
  static final int IF_TYPE = 25;

  /** x L: goes on if it is {@code true}. */
  static final int IF_TRUE = 26;

  /** x L: goes on if it is {@code false}. */
  static final int IF_FALSE = 27;

  /** x: raises {@code badarg} unless it is a boolean. */
  static final int CHECK_BOOLEAN = 28;

  /** x, d head, d tail (each may be {@link #NONE}), L. */
  static final int MATCH_CONS = 29;

  /** x n L. */
  static final int MATCH_TUPLE = 30;

  /** d x n. */
  static final int ELEMENT = 31;

  /** x L. */
  static final int MATCH_MAP = 32;

  /** d x y key, L. */
  static final int MAP_VALUE = 33;

  /** x, d position, L. */
  static final int MATCH_BITS = 34;

  /** p, x, position register, d, y size, L. */
  static final int MATCH_SEGMENT = 35;

  /** x, position register, L. */
  static final int MATCH_BITS_END = 36;

  /** d x y. */
  static final int CONS = 37;

  /** d n x..., y tail. */
  static final int LIST = 38;

  /** d n x.... */
  static final int TUPLE = 39;

  /** d n pairs x y.... */
  static final int MAP = 40;

  /** d x map, n pairs y z.... */
  static final int UPDATE_MAP = 41;

  /** d closure, n x.... */
  static final int CLOSURE = 42;

  /** d x module, y function, z arity. */
  static final int EXTERNAL_FUN = 43;

  /** d p, n values and sizes x y.... */
  static final int BITS = 44;

  /** kind, x. */
  static final int FAIL = 45;

  /** No operands. */
  static final int FUNCTION_CLAUSE = 46;

  /** Register of class, reason and trace. */
  static final int RERAISE = 47;

  /** The same; does nothing if the class is {@code nil}. */
  static final int END_AFTER = 48;

  /** x timeout, d deadline. */
  static final int RECEIVE_START = 49;

  /** d message, deadline register (or {@link #NONE}), L for the timeout. */
  static final int RECEIVE_NEXT = 50;

  /** No operands. */
  static final int RECEIVE_TAKE = 51;

  /** p, x name, n x..., d. */
  static final int DEFINE_MODULE = 52;

  /** No operands; the arguments are in their registers: the function calls itself and is done. */
  static final int TAIL_SELF = 53;

  /** d x d x: two moves. */
  static final int MOVE_2 = 54;

  /** d x d x d x: three moves. */
  static final int MOVE_3 = 55;

  /** x L: goes on unless it is {@code false} or {@code nil}. */
  static final int IF_TRUTHY = 56;

  /** x y L: goes on if both are the same object, as equal atoms and empty lists are. */
  static final int IF_IDENTICAL = 57;

  /** How many numbers the instruction at an index has, itself among them. */
  static int length(int[] ins, int pc) {
    return switch (ins[pc]) {
      case TAIL_SELF, FUNCTION_CLAUSE, RECEIVE_TAKE -> 1;
      case JUMP, RETURN, CHECK_BOOLEAN, RERAISE, END_AFTER -> 2;
      case MOVE, TAIL_REMOTE, IF_TRUE, IF_FALSE, IF_TRUTHY, MATCH_MAP, RECEIVE_START, FAIL -> 3;
      case CALL, TAIL_CALL, CALL_REMOTE, TAIL_FUN, TAIL_APPLY_FUN, ADD, SUBTRACT, UNARY -> 4;
      case IF_LESS, IF_AT_MOST, IF_EQUAL, IF_UNEQUAL, IF_SAME, IF_DIFFERENT, IF_TYPE -> 4;
      case IF_IDENTICAL, MATCH_TUPLE, ELEMENT, CONS, RECEIVE_NEXT, MATCH_BITS, MATCH_BITS_END -> 4;
      case MOVE_2, CALL_FUN, BINARY, MATCH_CONS, MAP_VALUE, APPLY_FUN, TAIL_COMPUTED -> 5;
      case TAIL_APPLY, EXTERNAL_FUN -> 5;
      case CALL_COMPUTED, APPLY -> 6;
      case MOVE_3, MATCH_SEGMENT -> 7;
      case TUPLE -> 3 + ins[pc + 2];
      case LIST -> 4 + ins[pc + 2];
      case MAP -> 3 + 2 * ins[pc + 2];
      case CLOSURE -> 4 + ins[pc + 3];
      case UPDATE_MAP, BITS -> 4 + 2 * ins[pc + 3];
      case DEFINE_MODULE -> 5 + ins[pc + 3];
      default -> throw new AssertionError("no such instruction: " + ins[pc]);
    };
  }

  private Op() {}
}
