package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Emits what makes values: data structures, functions, modules. */
final class ConstructionCompiler {
  private final FunctionCompiler compiler;
  private final Assembler code;

  ConstructionCompiler(FunctionCompiler compiler) {
    this.compiler = compiler;
    this.code = compiler.code;
  }

  /** The value of an expression made of literals only. */
  static Optional<Term> constant(Core expression) {
    return switch (expression) {
      case Core.Literal(_, var value) -> Optional.of(value);
      case Core.MakeTuple(_, var elements) ->
          constants(elements).map(it -> Tuple.of(it.toArray(Term[]::new)));
      case Core.MakeCons cons -> {
        var heads = new ArrayList<Core>();
        Core rest = cons;
        while (rest instanceof Core.MakeCons(_, var head, var tail)) {
          heads.add(head);
          rest = tail;
        }
        Optional<Term> end =
            rest instanceof Core.Literal(_, var value) ? Optional.of(value) : Optional.empty();
        yield end.isEmpty()
            ? end
            : constants(heads)
                .map(
                    elements -> {
                      Term list = end.get();
                      for (Term head : elements.reversed()) {
                        list = new Cons(head, list);
                      }
                      return list;
                    });
      }
      default -> Optional.empty();
    };
  }

  private static Optional<List<Term>> constants(List<Core> expressions) {
    var values = new ArrayList<Term>();
    for (Core expression : expressions) {
      Optional<Term> value = constant(expression);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(values);
  }

  /** Makes a value in a register. */
  void emit(Core expression, int to) {
    switch (expression) {
      case Core.MakeTuple(_, var elements) -> {
        List<Integer> operands = compiler.operands(elements);
        code.emit(Op.TUPLE, to, operands.size());
        code.add(operands);
      }
      case Core.MakeCons cons -> {
        var operands = new ArrayList<Integer>();
        Core rest = cons;
        while (rest instanceof Core.MakeCons(_, var head, var tail)) {
          operands.add(compiler.operand(head));
          rest = tail;
        }
        int end = compiler.operand(rest);
        if (operands.size() == 1) {
          code.emit(Op.CONS, to, operands.getFirst(), end);
        } else {
          code.emit(Op.LIST, to, operands.size());
          operands.add(end);
          code.add(operands);
        }
      }
      case Core.Bindings(_, var variables) -> {
        List<Integer> operands = new ArrayList<>();
        variables.forEach(variable -> operands.add(compiler.registers.operandOf(variable)));
        code.emit(Op.LIST, to, operands.size());
        operands.add(code.constant(Nil.NIL));
        code.add(operands);
      }
      case Core.MakeMap(_, var pairs) -> {
        List<Integer> operands = pairs(pairs);
        code.emit(Op.MAP, to, pairs.size());
        code.add(operands);
      }
      case Core.UpdateMap(int line, var map, var pairs) -> {
        int subject = compiler.operand(map);
        List<Integer> operands = pairs(pairs);
        code.line(line);
        code.emit(Op.UPDATE_MAP, to, subject, pairs.size());
        code.add(operands);
      }
      case Core.MakeBits(int line, var segments) -> {
        var operands = new ArrayList<Integer>();
        var formats = new ArrayList<BitSyntax.Format>();
        for (Core.Segment segment : segments) {
          formats.add(
              new BitSyntax.Format(
                  segment.type(), segment.unit(), segment.sign(), segment.endian()));
          operands.add(compiler.operand(segment.value()));
          operands.add(segment.size().map(compiler::operand).orElse(Op.NONE));
        }
        code.line(line);
        code.emit(
            Op.BITS, to, code.pool(formats.toArray(BitSyntax.Format[]::new)), segments.size());
        code.add(operands);
      }
      case Core.MakeFun fun -> makeFun(fun, to);
      case Core.CaptureLocal(int line, var function, int arity) ->
          captureLocal(line, function, arity, to);
      case Core.CaptureRemote(int line, var module, var function, var arity) -> {
        int m = compiler.operand(module);
        int f = compiler.operand(function);
        int a = compiler.operand(arity);
        code.line(line);
        code.emit(Op.EXTERNAL_FUN, to, m, f, a);
      }
      case Core.DefineModule(int line, var module, var source) -> {
        int m = compiler.operand(module);
        code.line(line);
        code.emit(Op.DEFINE_MODULE, code.pool(source), m, source.captured().size());
        source
            .captured()
            .forEach(variable -> code.add(List.of(compiler.registers.operandOf(variable))));
        code.add(List.of(to));
      }
      default -> throw new AssertionError("not a construction: " + expression);
    }
  }

  private List<Integer> pairs(List<Core.Pair> pairs) {
    var operands = new ArrayList<Integer>();
    for (Core.Pair pair : pairs) {
      operands.add(compiler.operand(pair.key()));
      operands.add(compiler.operand(pair.value()));
    }
    return operands;
  }

  private void makeFun(Core.MakeFun fun, int to) {
    var free = new ArrayList<Variable>();
    var constants = new LinkedHashMap<Variable, Term>();
    var operands = new ArrayList<Integer>();
    for (Variable variable : Scopes.used(fun.clauses())) {
      if (compiler.registers.isBound(variable)) {
        int operand = compiler.registers.operandOf(variable);
        if (operand < 0) {
          constants.put(variable, code.constantAt(operand));
        } else {
          free.add(variable);
          operands.add(operand);
        }
      }
    }
    int index = compiler.closure(fun, free, constants);
    code.emit(Op.CLOSURE, to, index, operands.size());
    code.add(operands);
  }

  private void captureLocal(int line, Atom function, int arity, int to) {
    var arguments = new ArrayList<Core>();
    var parameters = new ArrayList<Pattern>();
    for (int i = 0; i < arity; i++) {
      var variable = new Variable("argument" + i);
      parameters.add(new Pattern.Bind(variable));
      arguments.add(new Core.Use(line, variable));
    }
    var body = new Core.CallLocal(line, function, arguments);
    var clause = new Core.Clause(line, parameters, List.of(), body);
    makeFun(new Core.MakeFun(line, arity, List.of(clause)), to);
  }
}
