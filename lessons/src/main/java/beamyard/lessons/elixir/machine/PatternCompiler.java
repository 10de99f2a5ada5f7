package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;

/** Turns patterns into tests and moves. */
final class PatternCompiler {
  /** Whether the value keeps its place for as long as variables bound to it can be used. */
  enum Subject {
    STAYS,
    PASSES
  }

  private final FunctionCompiler function;

  PatternCompiler(FunctionCompiler function) {
    this.function = function;
  }

  /** Matches the value of an operand; goes to {@code fail} if it does not match. */
  void match(Pattern pattern, int value, int fail, Subject subject) {
    Assembler code = function.code;
    switch (pattern) {
      case Pattern.Any _ -> {}
      case Pattern.Bind(var variable) -> bind(variable, value, fail, subject);
      case Pattern.Exactly(var term) -> {
        boolean alone = term instanceof Atom || term == Nil.NIL; // there is one object for it
        test(alone ? Op.IF_IDENTICAL : Op.IF_SAME, value, code.constant(term), fail);
      }
      case Pattern.Pinned(var expression) ->
          test(Op.IF_SAME, value, function.conditions.guardedOperand(expression, fail), fail);
      case Pattern.OfTuple(var elements) -> {
        test(Op.MATCH_TUPLE, value, elements.size(), fail);
        for (int i = 0; i < elements.size(); i++) {
          Pattern element = elements.get(i);
          int mark = function.registers.mark();
          int register = destination(element);
          if (register != Op.NONE) {
            code.emit(Op.ELEMENT, register, value, i);
            inner(element, register, fail);
          }
          function.registers.release(mark);
        }
      }
      case Pattern.OfCons(var head, var tail) -> {
        int mark = function.registers.mark();
        int first = destination(head);
        int rest = isFreshSame(head, tail) ? function.registers.temporary() : destination(tail);
        code.emit(Op.MATCH_CONS, value, first, rest);
        code.addLabel(fail);
        if (first != Op.NONE) {
          inner(head, first, fail);
        }
        if (rest != Op.NONE) {
          inner(tail, rest, fail);
        }
        function.registers.release(mark);
      }
      case Pattern.OfMap(var pairs) -> {
        code.emit(Op.MATCH_MAP, value);
        code.addLabel(fail);
        for (Pattern.KeyPattern pair : pairs) {
          int mark = function.registers.mark();
          int key = function.conditions.guardedOperand(pair.key(), fail);
          int register = destination(pair.value());
          int target = register == Op.NONE ? function.registers.temporary() : register;
          code.emit(Op.MAP_VALUE, target, value, key);
          code.addLabel(fail);
          if (register != Op.NONE) {
            inner(pair.value(), register, fail);
          }
          function.registers.release(mark);
        }
      }
      case Pattern.OfBits bits -> bits(bits, value, fail);
      case Pattern.Both(var left, var right) -> {
        match(left, value, fail, subject);
        match(right, value, fail, subject);
      }
    }
  }

  private void test(int op, int x, int y, int fail) {
    function.code.emit(op, x, y);
    function.code.addLabel(fail);
  }

  private void bind(Variable variable, int value, int fail, Subject subject) {
    if (function.registers.isBound(variable)) {
      test(Op.IF_SAME, value, function.registers.operandOf(variable), fail);
    } else if (subject == Subject.STAYS) {
      function.registers.bind(variable, value);
    } else {
      int register = function.registers.registerOf(variable);
      function.code.move(register, value);
      function.registers.bind(variable, register);
    }
  }

  /** Head and tail are the same variable, not bound yet. */
  private boolean isFreshSame(Pattern head, Pattern tail) {
    return head instanceof Pattern.Bind(var a)
        && tail instanceof Pattern.Bind(var b)
        && a == b
        && !function.registers.isBound(a);
  }

  /**
   * Where a part of the value goes: the register of the variable it is bound to, or a temporary; none if not
   * needed.
   */
  private int destination(Pattern pattern) {
    return switch (pattern) {
      case Pattern.Any _ -> Op.NONE;
      case Pattern.Bind(var variable) when !function.registers.isBound(variable) ->
          function.registers.registerOf(variable);
      default -> function.registers.temporary();
    };
  }

  private void inner(Pattern pattern, int register, int fail) {
    if (pattern instanceof Pattern.Bind(var variable)
        && !function.registers.isBound(variable)
        && function.registers.registerOf(variable) == register) {
      function.registers.bind(variable, register);
    } else {
      match(pattern, register, fail, Subject.PASSES);
    }
  }

  private void bits(Pattern.OfBits bits, int value, int fail) {
    Assembler code = function.code;
    int mark = function.registers.mark();
    int position = function.registers.temporary();
    code.emit(Op.MATCH_BITS, value, position);
    code.addLabel(fail);
    boolean takesRest = false;
    for (Pattern.SegmentPattern segment : bits.segments()) {
      int inner = function.registers.mark();
      var format =
          new BitSyntax.Format(segment.type(), segment.unit(), segment.sign(), segment.endian());
      int size =
          segment.size().map(it -> function.conditions.guardedOperand(it, fail)).orElse(Op.NONE);
      boolean sized = segment.type() == Core.Type.BINARY || segment.type() == Core.Type.BITSTRING;
      if (size == Op.NONE && sized && segment.value() instanceof Pattern.Exactly(Bits literal)) {
        size = code.constant(SmallInt.of(literal.bitSize() / segment.unit()));
      }
      takesRest = size == Op.NONE && sized;
      int register = destination(segment.value());
      code.emit(Op.MATCH_SEGMENT, code.pool(format), value, position, register, size);
      code.addLabel(fail);
      if (register != Op.NONE) {
        inner(segment.value(), register, fail);
      }
      function.registers.release(inner);
    }
    if (!takesRest) {
      test(Op.MATCH_BITS_END, value, position, fail);
    }
    function.registers.release(mark);
  }
}
