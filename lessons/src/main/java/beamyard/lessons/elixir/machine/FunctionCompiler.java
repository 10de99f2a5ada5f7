package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.FunctionSource;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Turns one function into code.
 *
 * <p>The arguments of a call are put where the callee's frame will begin, so a call copies nothing. What an expression is decides
 * who emits it: {@link CallCompiler}, {@link ConstructionCompiler}, {@link ClauseCompiler}, {@link ConditionCompiler}.
 */
final class FunctionCompiler {
  /** As a destination: the value is the value of the function. */
  static final int RETURNED = -1;

  final Assembler code = new Assembler();
  final Registers registers;
  final PatternCompiler patterns = new PatternCompiler(this);
  final ConditionCompiler conditions = new ConditionCompiler(this);
  private final ConstructionCompiler constructions = new ConstructionCompiler(this);
  private final CallCompiler calls = new CallCompiler(this);
  final ClauseCompiler clauses = new ClauseCompiler(this);
  private final Unit unit;
  private final Map<BuiltinTable.Name, Integer> functions;
  private final String name;
  private final Numbering closuresNamed;

  /** The number of the function; {@link Op#NONE} for what is no function of a module. */
  private final int self;

  /** Numbers the closures of one function. */
  private static final class Numbering {
    int next;
  }

  private FunctionCompiler(
      Unit unit, Map<BuiltinTable.Name, Integer> functions, String name, int self) {
    this(unit, functions, name, self, new Numbering());
  }

  private FunctionCompiler(
      Unit unit,
      Map<BuiltinTable.Name, Integer> functions,
      String name,
      int self,
      Numbering closuresNamed) {
    this.unit = unit;
    this.functions = functions;
    this.name = name;
    this.self = self;
    this.closuresNamed = closuresNamed;
    this.registers = new Registers(code, unit.name() + " " + name);
  }

  /**
   * A function of a module.
   *
   * @param functions the numbers of all functions of the module
   */
  static Code function(
      Unit unit, Map<BuiltinTable.Name, Integer> functions, FunctionSource source) {
    String name = source.name().name() + "/" + source.arity();
    int self = functions.get(new BuiltinTable.Name(unit.name(), source.name(), source.arity()));
    var compiler = new FunctionCompiler(unit, functions, name, self);
    compiler.registers.reserve(source.arity());
    compiler.functionClauses(source.clauses(), source.arity());
    var origin = new Code.Origin(unit, source.name(), source.arity(), source.line(), source.file());
    return compiler.code.finish(origin, source.arity(), 0, compiler.registers.frameSize());
  }

  /** An expression that is evaluated, as at a prompt: its arguments are the values of {@code variables}; it keeps its frame to the end. */
  static Code expression(Code.Origin origin, List<Variable> variables, Core expression) {
    var compiler = new FunctionCompiler(origin.unit(), new LinkedHashMap<>(), "expr/6", Op.NONE);
    compiler.registers.reserve(variables.size());
    for (int i = 0; i < variables.size(); i++) {
      compiler.registers.bind(variables.get(i), i);
    }
    compiler.registers.declare(List.of(), List.of(expression));
    int value = compiler.operand(expression);
    compiler.code.emit(Op.RETURN, value);
    compiler.registers.leave(0, 0);
    return compiler.code.finish(origin, variables.size(), 0, compiler.registers.frameSize());
  }

  /** What stands in a file, as the function that Elixir makes of it: what it does last is a tail call. */
  static Code script(Unit unit, Core expression) {
    var origin = new Code.Origin(unit, Atom.of("__FILE__"), 1, expression.line());
    var compiler = new FunctionCompiler(unit, new LinkedHashMap<>(), "__FILE__/1", Op.NONE);
    compiler.registers.declare(List.of(), List.of(expression));
    compiler.emit(expression, RETURNED);
    compiler.registers.leave(0, 0);
    return compiler.code.finish(origin, 0, 0, compiler.registers.frameSize());
  }

  /**
   * Compiles a function value made inside this function; gives its number in the unit.
   *
   * @param free the variables of this function that it uses
   * @param constants those whose values are known
   */
  int closure(Core.MakeFun fun, List<Variable> free, SequencedMap<Variable, Term> constants) {
    int index = unit.reserveClosure();
    var inner = new FunctionCompiler(unit, functions, name, Op.NONE, closuresNamed);
    unit.setClosure(index, inner.closureCode(fun, free, constants));
    code.makes(index);
    return index;
  }

  private Code closureCode(
      Core.MakeFun fun, List<Variable> free, SequencedMap<Variable, Term> constants) {
    registers.reserve(fun.arity() + free.size());
    for (int i = 0; i < free.size(); i++) {
      registers.bind(free.get(i), fun.arity() + i);
    }
    constants.forEach(registers::bindConstant);
    functionClauses(fun.clauses(), fun.arity());
    // named after the function it is made in, inner ones first
    Atom own = Atom.of("-" + name + "-fun-" + closuresNamed.next++ + "-");
    var origin = new Code.Origin(unit, own, fun.arity() + free.size(), fun.line());
    return code.finish(origin, fun.arity(), free.size(), registers.frameSize());
  }

  private void functionClauses(List<Core.Clause> clauses, int arity) {
    for (Core.Clause clause : clauses) {
      int next = code.label();
      int mark = registers.mark();
      int known = registers.seen();
      registers.declare(clause.patterns(), List.of(clause.body()));
      for (int i = 0; i < arity; i++) {
        patterns.match(clause.patterns().get(i), i, next, PatternCompiler.Subject.STAYS);
      }
      conditions.guards(clause.guards(), next);
      emit(clause.body(), RETURNED);
      registers.leave(mark, known);
      code.place(next);
    }
    code.emit(Op.FUNCTION_CLAUSE);
  }

  /** The number of a function of the module. */
  int numberOf(Atom function, int arity) {
    Integer number = functions.get(new BuiltinTable.Name(unit.name(), function, arity));
    if (number == null) {
      throw new AssertionError("no function " + function + "/" + arity + " in " + unit.name());
    }
    return number;
  }

  /** Whether a number is that of the function which is compiled. */
  boolean isSelf(int number) {
    return number == self;
  }

  /** Evaluates an expression; gives the register or constant where its value is. */
  int operand(Core expression) {
    switch (expression) {
      case Core.Literal(_, var value) -> {
        return code.constant(value);
      }
      case Core.Use(_, var variable) -> {
        return registers.operandOf(variable);
      }
      case Core.Match match -> {
        return match(match);
      }
      case Core.Block(_, var expressions) -> {
        for (Core each : expressions.subList(0, expressions.size() - 1)) {
          discard(each);
        }
        return operand(expressions.getLast());
      }
      default -> {
        Optional<Term> constant = ConstructionCompiler.constant(expression);
        if (constant.isPresent()) {
          return code.constant(constant.get());
        }
        int register = registers.temporary();
        emit(expression, register);
        return register;
      }
    }
  }

  private void discard(Core expression) {
    int mark = registers.mark();
    operand(expression);
    registers.release(mark);
  }

  private int match(Core.Match match) {
    int mark = registers.mark();
    if (match.pattern() instanceof Pattern.Bind(var variable) && !registers.isBound(variable)) {
      if (match.value() instanceof Core.Use
          || ConstructionCompiler.constant(match.value()).isPresent()) {
        int operand = operand(match.value());
        registers.bind(variable, operand);
        return operand;
      }
      int register = registers.registerOf(variable);
      emit(match.value(), register);
      registers.release(mark);
      registers.bind(variable, register);
      return register;
    }
    int value = operand(match.value());
    int fail = code.label();
    int done = code.label();
    var subject =
        match.value() instanceof Core.Use || value < 0
            ? PatternCompiler.Subject.STAYS
            : PatternCompiler.Subject.PASSES;
    int inner = registers.mark();
    patterns.match(match.pattern(), value, fail, subject);
    registers.release(inner);
    code.emit(Op.JUMP);
    code.addLabel(done);
    code.place(fail);
    code.line(match.line());
    code.emit(Op.FAIL, Failure.BADMATCH.ordinal(), value);
    code.place(done);
    return value;
  }

  /** Evaluates an expression into a register, or returns its value. */
  void emit(Core expression, int to) {
    int mark = registers.mark();
    switch (expression) {
      case Core.Literal _, Core.Use _, Core.Match _ -> finish(operand(expression), to);
      case Core.Block(_, var expressions) -> {
        for (Core each : expressions.subList(0, expressions.size() - 1)) {
          discard(each);
        }
        emit(expressions.getLast(), to);
      }
      case Core.CallLocal call -> calls.callLocal(call, to);
      case Core.CallRemote call -> calls.callRemote(call, to);
      case Core.CallFun call -> calls.callFun(call, to);
      case Core.Case it -> clauses.choose(it, to);
      case Core.Receive it -> clauses.receive(it, to);
      case Core.Try it -> clauses.attempt(it, to);
      default -> {
        Optional<Term> constant = ConstructionCompiler.constant(expression);
        if (constant.isPresent()) {
          finish(code.constant(constant.get()), to);
        } else {
          int register = to == RETURNED ? registers.temporary() : to;
          constructions.emit(expression, register);
          if (to == RETURNED) {
            code.emit(Op.RETURN, register);
          }
        }
      }
    }
    registers.release(mark);
  }

  private void finish(int operand, int to) {
    if (to == RETURNED) {
      code.emit(Op.RETURN, operand);
    } else if (operand != to) {
      code.move(to, operand);
    }
  }

  /** Evaluates expressions; gives where their values are. */
  List<Integer> operands(List<Core> expressions) {
    var operands = new ArrayList<Integer>();
    expressions.forEach(expression -> operands.add(operand(expression)));
    return operands;
  }
}
