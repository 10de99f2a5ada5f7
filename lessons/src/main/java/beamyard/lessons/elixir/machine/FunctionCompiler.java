package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.FunctionSource;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.lessons.elixir.machine.Operators.Operator;
import beamyard.lessons.elixir.machine.Operators.Shape;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns one function into code.
 *
 * <p>Registers are given out like a stack: on entering a scope one for each variable bound in it, above them
 * temporaries. The
 * arguments of a call are put where the callee's frame will begin, so a call copies nothing.
 */
final class FunctionCompiler {
  /** As a destination: the value is the value of the function. */
  static final int RETURNED = -1;

  final Assembler code = new Assembler();
  private final Unit unit;
  private final Map<BuiltinTable.Name, Integer> functions;
  private final Map<Variable, Integer> registers = new IdentityHashMap<>(); // lookups only
  private final Map<Variable, Integer> bound = new IdentityHashMap<>(); // lookups only
  private final List<Visible> visible = new ArrayList<>();
  private final PatternCompiler patterns = new PatternCompiler(this);
  private final String name;

  /** The number of the function; {@link Op#NONE} for what is no function of a module. */
  private final int self;

  private int top;
  private int frameSize;

  private record Visible(Variable variable, int operand, int start) {}

  private FunctionCompiler(
      Unit unit, Map<BuiltinTable.Name, Integer> functions, String name, int self) {
    this.unit = unit;
    this.functions = functions;
    this.name = name;
    this.self = self;
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
    compiler.reserve(source.arity());
    compiler.functionClauses(source.clauses(), source.arity());
    var origin = new Code.Origin(unit, source.name(), source.arity(), source.line());
    return compiler.code.finish(origin, source.arity(), 0, compiler.frameSize);
  }

  /** An expression at a prompt: its arguments are the values of {@code variables}; it keeps its frame to the end. */
  static Code expression(Unit unit, List<Variable> variables, Core expression) {
    var origin = new Code.Origin(unit, Atom.of("expr"), variables.size(), expression.line());
    var compiler = new FunctionCompiler(unit, new LinkedHashMap<>(), "expr/6", Op.NONE);
    compiler.reserve(variables.size());
    for (int i = 0; i < variables.size(); i++) {
      compiler.bind(variables.get(i), i);
    }
    compiler.scope(List.of(), List.of(expression));
    int value = compiler.operand(expression);
    compiler.code.emit(Op.RETURN, value);
    compiler.leave(0, 0);
    return compiler.code.finish(origin, variables.size(), 0, compiler.frameSize);
  }

  /** What stands in a file, as the function that Elixir makes of it: what it does last is a tail call. */
  static Code script(Unit unit, Core expression) {
    var origin = new Code.Origin(unit, Atom.of("__FILE__"), 1, expression.line());
    var compiler = new FunctionCompiler(unit, new LinkedHashMap<>(), "__FILE__/1", Op.NONE);
    compiler.scope(List.of(), List.of(expression));
    compiler.emit(expression, RETURNED);
    compiler.leave(0, 0);
    return compiler.code.finish(origin, 0, 0, compiler.frameSize);
  }

  private Code closure(Core.MakeFun fun, List<Variable> free, Map<Variable, Term> constants) {
    reserve(fun.arity() + free.size());
    for (int i = 0; i < free.size(); i++) {
      bind(free.get(i), fun.arity() + i);
    }
    constants.forEach((variable, value) -> bound.put(variable, code.constant(value)));
    functionClauses(fun.clauses(), fun.arity());
    var origin = new Code.Origin(unit, Atom.of(name), fun.arity() + free.size(), fun.line());
    return code.finish(origin, fun.arity(), free.size(), frameSize);
  }

  private void functionClauses(List<Core.Clause> clauses, int arity) {
    for (Core.Clause clause : clauses) {
      int next = code.label();
      int mark = top;
      int known = visible.size();
      scope(clause.patterns(), List.of(clause.body()));
      for (int i = 0; i < arity; i++) {
        patterns.match(clause.patterns().get(i), i, next, PatternCompiler.Subject.STAYS);
      }
      guards(clause.guards(), next);
      emit(clause.body(), RETURNED);
      leave(mark, known);
      code.place(next);
    }
    code.emit(Op.FUNCTION_CLAUSE);
  }

  // Registers and scopes.

  private void reserve(int count) {
    top += count;
    frameSize = Math.max(frameSize, top);
  }

  int temporary() {
    reserve(1);
    return top - 1;
  }

  int mark() {
    return top;
  }

  void release(int mark) {
    top = mark;
  }

  private void scope(List<Pattern> ofPatterns, List<Core> expressions) {
    for (Variable variable : Scopes.bound(ofPatterns, expressions)) {
      registers.put(variable, temporary());
    }
  }

  private void leave(int mark, int known) {
    while (visible.size() > known) {
      Visible last = visible.removeLast();
      code.visible(last.variable(), last.operand(), last.start());
      bound.remove(last.variable());
    }
    top = mark;
  }

  boolean isBound(Variable variable) {
    return bound.containsKey(variable);
  }

  int operandOf(Variable variable) {
    Integer operand = bound.get(variable);
    if (operand == null) {
      throw new AssertionError(
          "used before it is bound: " + variable + " in " + unit.name() + " " + name);
    }
    return operand;
  }

  int registerOf(Variable variable) {
    return registers.get(variable);
  }

  void bind(Variable variable, int operand) {
    bound.put(variable, operand);
    visible.add(new Visible(variable, operand, code.here()));
  }

  // Expressions.

  /** Evaluates an expression; gives the register or constant where its value is. */
  int operand(Core expression) {
    switch (expression) {
      case Core.Literal(_, var value) -> {
        return code.constant(value);
      }
      case Core.Use(_, var variable) -> {
        return operandOf(variable);
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
        Optional<Term> constant = constant(expression);
        if (constant.isPresent()) {
          return code.constant(constant.get());
        }
        int register = temporary();
        emit(expression, register);
        return register;
      }
    }
  }

  private void discard(Core expression) {
    int mark = top;
    operand(expression);
    top = mark;
  }

  private int match(Core.Match match) {
    int mark = top;
    if (match.pattern() instanceof Pattern.Bind(var variable) && !isBound(variable)) {
      if (match.value() instanceof Core.Use || constant(match.value()).isPresent()) {
        int operand = operand(match.value());
        bind(variable, operand);
        return operand;
      }
      int register = registerOf(variable);
      emit(match.value(), register);
      top = mark;
      bind(variable, register);
      return register;
    }
    int value = operand(match.value());
    int fail = code.label();
    int done = code.label();
    var subject =
        match.value() instanceof Core.Use || value < 0
            ? PatternCompiler.Subject.STAYS
            : PatternCompiler.Subject.PASSES;
    int inner = top;
    patterns.match(match.pattern(), value, fail, subject);
    top = inner;
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
    int mark = top;
    switch (expression) {
      case Core.Literal _, Core.Use _, Core.Match _ -> finish(operand(expression), to);
      case Core.Block(_, var expressions) -> {
        for (Core each : expressions.subList(0, expressions.size() - 1)) {
          discard(each);
        }
        emit(expressions.getLast(), to);
      }
      case Core.CallLocal call -> callLocal(call, to);
      case Core.CallRemote call -> callRemote(call, to);
      case Core.CallFun call -> callFun(call, to);
      case Core.Case it -> choose(it, to);
      case Core.Receive it -> receive(it, to);
      case Core.Try it -> attempt(it, to);
      default -> {
        Optional<Term> constant = constant(expression);
        if (constant.isPresent()) {
          finish(code.constant(constant.get()), to);
        } else {
          int register = to == RETURNED ? temporary() : to;
          construct(expression, register);
          if (to == RETURNED) {
            code.emit(Op.RETURN, register);
          }
        }
      }
    }
    top = mark;
  }

  private void finish(int operand, int to) {
    if (to == RETURNED) {
      code.emit(Op.RETURN, operand);
    } else if (operand != to) {
      code.emit(Op.MOVE, to, operand);
    }
  }

  /** The value of an expression made of literals only. */
  private static Optional<Term> constant(Core expression) {
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

  private List<Integer> operands(List<Core> expressions) {
    var operands = new ArrayList<Integer>();
    expressions.forEach(expression -> operands.add(operand(expression)));
    return operands;
  }

  private void construct(Core expression, int to) {
    switch (expression) {
      case Core.MakeTuple(_, var elements) -> {
        List<Integer> operands = operands(elements);
        code.emit(Op.TUPLE, to, operands.size());
        code.add(operands);
      }
      case Core.MakeCons cons -> {
        var operands = new ArrayList<Integer>();
        Core rest = cons;
        while (rest instanceof Core.MakeCons(_, var head, var tail)) {
          operands.add(operand(head));
          rest = tail;
        }
        int end = operand(rest);
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
        variables.forEach(variable -> operands.add(operandOf(variable)));
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
        int subject = operand(map);
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
          operands.add(operand(segment.value()));
          operands.add(segment.size().map(this::operand).orElse(Op.NONE));
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
        int m = operand(module);
        int f = operand(function);
        int a = operand(arity);
        code.line(line);
        code.emit(Op.EXTERNAL_FUN, to, m, f, a);
      }
      case Core.DefineModule(int line, var module, var source) -> {
        int m = operand(module);
        code.line(line);
        code.emit(Op.DEFINE_MODULE, code.pool(source), m, source.captured().size());
        source.captured().forEach(variable -> code.add(List.of(operandOf(variable))));
        code.add(List.of(to));
      }
      default -> throw new AssertionError("not a construction: " + expression);
    }
  }

  private List<Integer> pairs(List<Core.Pair> pairs) {
    var operands = new ArrayList<Integer>();
    for (Core.Pair pair : pairs) {
      operands.add(operand(pair.key()));
      operands.add(operand(pair.value()));
    }
    return operands;
  }

  private void makeFun(Core.MakeFun fun, int to) {
    var free = new ArrayList<Variable>();
    var constants = new LinkedHashMap<Variable, Term>();
    var operands = new ArrayList<Integer>();
    for (Variable variable : Scopes.used(fun.clauses())) {
      if (isBound(variable)) {
        int operand = operandOf(variable);
        if (operand < 0) {
          constants.put(variable, code.constantAt(operand));
        } else {
          free.add(variable);
          operands.add(operand);
        }
      }
    }
    int index = unit.reserveClosure();
    String inner = "-" + name + "-fun-" + index + "-";
    unit.setClosure(
        index, new FunctionCompiler(unit, functions, inner, Op.NONE).closure(fun, free, constants));
    code.makes(index);
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

  // Calls.

  /** Puts arguments into consecutive registers from the next free one; gives that. */
  private int arguments(List<Core> arguments) {
    int first = top;
    for (int i = 0; i < arguments.size(); i++) {
      reserve(1);
      emit(arguments.get(i), first + i);
    }
    return first;
  }

  private void callLocal(Core.CallLocal call, int to) {
    Integer function =
        functions.get(new BuiltinTable.Name(unit.name(), call.function(), call.arguments().size()));
    if (function == null) {
      throw new AssertionError(
          "no function " + call.function() + "/" + call.arguments().size() + " in " + unit.name());
    }
    if (to == RETURNED && function == self) {
      SelfCall.emit(this, call);
      return;
    }
    int first = arguments(call.arguments());
    code.line(call.line());
    if (to == RETURNED) {
      code.emit(Op.TAIL_CALL, function, first, call.arguments().size());
    } else {
      code.emit(Op.CALL, function, first, to);
    }
  }

  private void callFun(Core.CallFun call, int to) {
    int fun = operand(call.function());
    int first = arguments(call.arguments());
    code.line(call.line());
    if (to == RETURNED) {
      code.emit(Op.TAIL_FUN, fun, first, call.arguments().size());
    } else {
      code.emit(Op.CALL_FUN, fun, first, call.arguments().size(), to);
    }
  }

  private void callRemote(Core.CallRemote call, int to) {
    List<Core> arguments = call.arguments();
    if (call.module() instanceof Core.Literal(_, Atom module)) {
      if (module == Operators.ERLANG && inlined(call, to)) {
        return;
      }
      int first = arguments(arguments);
      int site = code.pool(new CallSite(module, call.function(), arguments.size()));
      code.line(call.line());
      if (to == RETURNED) {
        code.emit(Op.TAIL_REMOTE, site, first);
      } else {
        code.emit(Op.CALL_REMOTE, site, first, to);
      }
      return;
    }
    int module = operand(call.module());
    int function = code.constant(call.function());
    int first = arguments(arguments);
    code.line(call.line());
    if (to == RETURNED) {
      code.emit(Op.TAIL_COMPUTED, module, function, first, arguments.size());
    } else {
      code.emit(Op.CALL_COMPUTED, module, function, first, arguments.size(), to);
    }
  }

  /** Calls of {@code erlang} that are instructions. */
  private boolean inlined(Core.CallRemote call, int to) {
    List<Core> arguments = call.arguments();
    String function = call.function().name();
    int arity = arguments.size();
    if (function.equals("apply") && (arity == 2 || arity == 3)) {
      apply(call, to);
      return true;
    }
    boolean lazy = arity == 2 && (function.equals("andalso") || function.equals("orelse"));
    Operator operator = Operators.find(call.function(), arity);
    if (operator == null && !lazy) {
      return false;
    }
    int register = to == RETURNED ? temporary() : to;
    if (lazy) {
      lazily(call, register, function.equals("andalso"));
    } else {
      operator(call, operator, register);
    }
    if (to == RETURNED) {
      code.emit(Op.RETURN, register);
    }
    return true;
  }

  private void operator(Core.CallRemote call, Operator operator, int register) {
    int x = operand(call.arguments().getFirst());
    if (operator.shape == Shape.BINARY) {
      int y = operand(call.arguments().get(1));
      code.line(call.line());
      switch (operator) {
        case ADD -> code.emit(Op.ADD, register, x, y);
        case SUBTRACT -> code.emit(Op.SUBTRACT, register, x, y);
        default -> code.emit(Op.BINARY, operator.ordinal(), register, x, y);
      }
    } else {
      code.line(call.line());
      code.emit(Op.UNARY, operator.ordinal(), register, x);
    }
  }

  private void lazily(Core.CallRemote call, int register, boolean and) {
    int done = code.label();
    int other = code.label();
    int mark = top;
    int left = operand(call.arguments().getFirst());
    code.line(call.line());
    code.emit(Op.CHECK_BOOLEAN, left);
    code.emit(and ? Op.IF_TRUE : Op.IF_FALSE, left);
    code.addLabel(other);
    top = mark;
    emit(call.arguments().get(1), register);
    code.emit(Op.JUMP);
    code.addLabel(done);
    code.place(other);
    code.emit(Op.MOVE, register, code.constant(Atom.of(!and)));
    code.place(done);
  }

  private void apply(Core.CallRemote call, int to) {
    List<Integer> operands = operands(call.arguments());
    boolean named = operands.size() == 3;
    int op =
        to == RETURNED
            ? named ? Op.TAIL_APPLY : Op.TAIL_APPLY_FUN
            : named ? Op.APPLY : Op.APPLY_FUN;
    code.line(call.line());
    code.emit(op);
    operands.add(top);
    if (to != RETURNED) {
      operands.add(to);
    }
    code.add(operands);
  }

  // Conditions.

  /** One of the guards must hold, or it goes to {@code fail}. */
  void guards(List<Core> guards, int fail) {
    int holds = code.label();
    for (int i = 0; i < guards.size(); i++) {
      boolean last = i == guards.size() - 1;
      int next = last ? fail : code.label();
      guarded(guards.get(i), next);
      if (!last) {
        code.emit(Op.JUMP);
        code.addLabel(holds);
        code.place(next);
      }
    }
    code.place(holds);
  }

  private void guarded(Core guard, int fail) {
    int start = code.here();
    condition(guard, fail);
    code.region(start, fail, Code.NO_REGISTER);
  }

  /** The operand of an expression inside a pattern: if it raises, the pattern does not match. */
  int guardedOperand(Core expression, int fail) {
    int start = code.here();
    int operand = operand(expression);
    code.region(start, fail, Code.NO_REGISTER);
    return operand;
  }

  /** Goes on if the expression is {@code true}, else to {@code fail}. */
  private void condition(Core expression, int fail) {
    int mark = top;
    if (expression
            instanceof
            Core.CallRemote(int line, Core.Literal(_, Atom module), Atom function, var arguments)
        && module == Operators.ERLANG) {
      if (arguments.size() == 2 && function.name().equals("andalso")) {
        condition(arguments.getFirst(), fail, line);
        condition(arguments.get(1), fail);
        return;
      }
      if (arguments.size() == 2 && function.name().equals("orelse")) {
        int other = code.label();
        int holds = code.label();
        condition(arguments.getFirst(), other, line);
        code.emit(Op.JUMP);
        code.addLabel(holds);
        code.place(other);
        condition(arguments.get(1), fail);
        code.place(holds);
        return;
      }
      Operator operator = Operators.find(function, arguments.size());
      if (operator != null && test(operator, arguments, fail)) {
        top = mark;
        return;
      }
    }
    int value = operand(expression);
    code.emit(Op.IF_TRUE, value);
    code.addLabel(fail);
    top = mark;
  }

  /** The left side of a lazy operator: raises {@code badarg} unless it is a boolean. */
  private void condition(Core expression, int fail, int line) {
    if (isBoolean(expression)) {
      condition(expression, fail);
    } else {
      int mark = top;
      int value = operand(expression);
      code.line(line);
      code.emit(Op.CHECK_BOOLEAN, value);
      code.emit(Op.IF_TRUE, value);
      code.addLabel(fail);
      top = mark;
    }
  }

  private boolean test(Operator operator, List<Core> arguments, int fail) {
    int comparison =
        switch (operator) {
          case LESS, GREATER -> Op.IF_LESS;
          case AT_MOST, AT_LEAST -> Op.IF_AT_MOST;
          case EQUAL -> Op.IF_EQUAL;
          case UNEQUAL -> Op.IF_UNEQUAL;
          case SAME -> Op.IF_SAME;
          case DIFFERENT -> Op.IF_DIFFERENT;
          default -> Op.NONE;
        };
    if (comparison != Op.NONE) {
      int x = operand(arguments.getFirst());
      int y = operand(arguments.get(1));
      boolean swapped = operator == Operator.GREATER || operator == Operator.AT_LEAST;
      code.emit(comparison, swapped ? y : x, swapped ? x : y);
    } else if (operator.shape == Shape.TEST) {
      int x = operand(arguments.getFirst());
      code.emit(Op.IF_TYPE, operator.ordinal(), x);
    } else {
      return false;
    }
    code.addLabel(fail);
    return true;
  }

  /** Whether an expression gives a boolean, if it gives anything. */
  private static boolean isBoolean(Core expression) {
    if (!(expression
            instanceof
            Core.CallRemote(_, Core.Literal(_, Atom module), Atom function, var arguments))
        || module != Operators.ERLANG) {
      return false;
    }
    if (arguments.size() == 2
        && (function.name().equals("andalso") || function.name().equals("orelse"))) {
      return isBoolean(arguments.get(1));
    }
    Operator operator = Operators.find(function, arguments.size());
    return operator != null
        && (operator.shape == Shape.TEST
            || switch (operator) {
              case LESS,
                  AT_MOST,
                  GREATER,
                  AT_LEAST,
                  EQUAL,
                  UNEQUAL,
                  SAME,
                  DIFFERENT,
                  AND,
                  OR,
                  XOR,
                  NOT ->
                  true;
              default -> false;
            });
  }

  // Clauses.

  private void choose(Core.Case it, int to) {
    if (isBoolean(it.subject())) {
      Optional<Core.Clause> ifTrue = StaticChoice.of(it.clauses(), Atom.TRUE);
      Optional<Core.Clause> ifFalse = StaticChoice.of(it.clauses(), Atom.FALSE);
      if (ifTrue.isPresent() && ifFalse.isPresent() && ifTrue.get() != ifFalse.get()) {
        int otherwise = code.label();
        int done = code.label();
        code.line(it.line());
        condition(it.subject(), otherwise);
        known(ifTrue.get(), Atom.TRUE, to);
        code.emit(Op.JUMP);
        code.addLabel(done);
        code.place(otherwise);
        known(ifFalse.get(), Atom.FALSE, to);
        code.place(done);
        return;
      }
    }
    int subject = operand(it.subject());
    int done = code.label();
    clauses(it.clauses(), new int[] {subject}, to, done);
    code.line(it.line());
    code.emit(Op.FAIL, Failure.of(it.failure()).ordinal(), subject);
    code.place(done);
  }

  /** The body of a clause that is known to take a value. */
  private void known(Core.Clause clause, Atom value, int to) {
    int mark = top;
    int seen = visible.size();
    scope(clause.patterns(), List.of(clause.body()));
    if (clause.patterns().getFirst() instanceof Pattern.Bind(var variable)) {
      bind(variable, code.constant(value));
    }
    emit(clause.body(), to);
    leave(mark, seen);
  }

  /** Tries clauses one after the other; what comes next runs if none matches. */
  private void clauses(List<Core.Clause> clauses, int[] subjects, int to, int done) {
    for (Core.Clause clause : clauses) {
      int next = code.label();
      clause(clause, subjects, next, () -> emit(clause.body(), to));
      if (to != RETURNED) {
        code.emit(Op.JUMP);
        code.addLabel(done);
      }
      code.place(next);
    }
  }

  private void clause(Core.Clause clause, int[] subjects, int next, Runnable body) {
    int mark = top;
    int seen = visible.size();
    scope(clause.patterns(), List.of(clause.body()));
    for (int i = 0; i < subjects.length; i++) {
      patterns.match(clause.patterns().get(i), subjects[i], next, PatternCompiler.Subject.STAYS);
    }
    guards(clause.guards(), next);
    body.run();
    leave(mark, seen);
  }

  private void receive(Core.Receive it, int to) {
    int deadline = Op.NONE;
    int timedOut = code.label();
    int done = code.label();
    if (it.after().isPresent()) {
      int timeout = operand(it.after().get().timeout());
      deadline = temporary();
      code.line(it.line());
      code.emit(Op.RECEIVE_START, timeout, deadline);
    }
    int message =
        it.clauses().isEmpty() ? Op.NONE : temporary(); // without clauses none is looked at
    int next = code.label();
    code.place(next);
    code.line(it.line());
    code.emit(Op.RECEIVE_NEXT, message, deadline);
    code.addLabel(timedOut);
    for (Core.Clause clause : it.clauses()) {
      int other = code.label();
      clause(
          clause,
          new int[] {message},
          other,
          () -> {
            code.emit(Op.RECEIVE_TAKE);
            emit(clause.body(), to);
          });
      if (to != RETURNED) {
        code.emit(Op.JUMP);
        code.addLabel(done);
      }
      code.place(other);
    }
    code.emit(Op.JUMP);
    code.addLabel(next);
    code.place(timedOut);
    it.after().ifPresent(after -> scoped(after.body(), to));
    code.place(done);
  }

  private void scoped(Core body, int to) {
    int mark = top;
    int seen = visible.size();
    scope(List.of(), List.of(body));
    emit(body, to);
    leave(mark, seen);
  }

  private void attempt(Core.Try it, int to) {
    if (it.after().isEmpty()) {
      caught(it, to);
      return;
    }
    int register = to == RETURNED ? temporary() : to;
    int exception = top;
    reserve(3);
    int cleanUp = code.label();
    int start = code.here();
    caught(it, register);
    code.emit(Op.MOVE, exception, code.constant(Atom.NIL));
    code.region(start, cleanUp, exception);
    code.place(cleanUp);
    scoped(it.after().get(), temporary());
    code.emit(Op.END_AFTER, exception);
    if (to == RETURNED) {
      code.emit(Op.RETURN, register);
    }
  }

  private void caught(Core.Try it, int to) {
    int handler = code.label();
    int done = code.label();
    boolean plain = it.elseClauses().isEmpty();
    int value = to == RETURNED || !plain ? temporary() : to;
    int start = code.here();
    scoped(it.body(), value);
    code.region(start, handler, top);
    int exception = top;
    reserve(3);
    if (plain) {
      if (to == RETURNED) {
        code.emit(Op.RETURN, value);
      }
    } else {
      clauses(it.elseClauses(), new int[] {value}, to, done);
      code.line(it.line());
      code.emit(Op.FAIL, Failure.TRY_CLAUSE.ordinal(), value);
    }
    code.emit(Op.JUMP);
    code.addLabel(done);
    code.place(handler);
    clauses(it.catchClauses(), new int[] {exception, exception + 1, exception + 2}, to, done);
    code.emit(Op.RERAISE, exception);
    code.place(done);
  }
}
