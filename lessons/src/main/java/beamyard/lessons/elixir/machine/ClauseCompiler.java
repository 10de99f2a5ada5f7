package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.simulator.term.Atom;
import java.util.List;
import java.util.Optional;

/** Emits what tries clauses one after the other: {@code case}, {@code receive}, {@code try}. */
final class ClauseCompiler {
  private static final int RETURNED = FunctionCompiler.RETURNED;

  private final FunctionCompiler compiler;
  private final Assembler code;

  ClauseCompiler(FunctionCompiler compiler) {
    this.compiler = compiler;
    this.code = compiler.code;
  }

  void choose(Core.Case it, int to) {
    Optional<StaticChoice.Branches> byCondition = ConditionCompiler.branches(it);
    if (byCondition.isPresent()) {
      int otherwise = code.label();
      code.line(it.line());
      compiler.conditions.condition(it.subject(), otherwise);
      branches(
          byCondition.get(), code.constant(Atom.TRUE), code.constant(Atom.FALSE), otherwise, to);
      return;
    }
    int subject = compiler.operand(it.subject());
    Optional<StaticChoice.Branches> byTruth = StaticChoice.byTruth(it.clauses());
    if (byTruth.isPresent()) {
      int otherwise = code.label();
      code.emit(Op.IF_TRUTHY, subject);
      code.addLabel(otherwise);
      branches(byTruth.get(), subject, subject, otherwise, to);
      return;
    }
    int done = code.label();
    clauses(it.clauses(), new int[] {subject}, to, done);
    code.line(it.line());
    code.emit(Op.FAIL, Failure.of(it.failure()).ordinal(), subject);
    code.place(done);
  }

  /** What comes after a condition. The values are where that is which the clauses take. */
  private void branches(
      StaticChoice.Branches branches, int whenTrue, int whenFalse, int otherwise, int to) {
    int done = code.label();
    known(branches.ifTrue(), whenTrue, () -> compiler.emit(branches.ifTrue().body(), to));
    if (to != RETURNED) {
      code.emit(Op.JUMP);
      code.addLabel(done);
    }
    code.place(otherwise);
    known(branches.ifFalse(), whenFalse, () -> compiler.emit(branches.ifFalse().body(), to));
    code.place(done);
  }

  /** What a clause does that is known to take a value. */
  void known(Core.Clause clause, int value, Runnable body) {
    int mark = compiler.registers.mark();
    int seen = compiler.registers.seen();
    compiler.registers.declare(clause.patterns(), List.of(clause.body()));
    if (clause.patterns().getFirst() instanceof Pattern.Bind(var variable)) {
      compiler.registers.bind(variable, value);
    }
    body.run();
    compiler.registers.leave(mark, seen);
  }

  /** Tries clauses one after the other; what comes next runs if none matches. */
  private void clauses(List<Core.Clause> clauses, int[] subjects, int to, int done) {
    for (Core.Clause clause : clauses) {
      int next = code.label();
      clause(clause, subjects, next, () -> compiler.emit(clause.body(), to));
      if (to != RETURNED) {
        code.emit(Op.JUMP);
        code.addLabel(done);
      }
      code.place(next);
    }
  }

  private void clause(Core.Clause clause, int[] subjects, int next, Runnable body) {
    int mark = compiler.registers.mark();
    int seen = compiler.registers.seen();
    compiler.registers.declare(clause.patterns(), List.of(clause.body()));
    for (int i = 0; i < subjects.length; i++) {
      compiler.patterns.match(
          clause.patterns().get(i), subjects[i], next, PatternCompiler.Subject.STAYS);
    }
    compiler.conditions.guards(clause.guards(), next);
    body.run();
    compiler.registers.leave(mark, seen);
  }

  void receive(Core.Receive it, int to) {
    int deadline = Op.NONE;
    int timedOut = code.label();
    int done = code.label();
    if (it.after().isPresent()) {
      int timeout = compiler.operand(it.after().get().timeout());
      deadline = compiler.registers.temporary();
      code.line(it.line());
      code.emit(Op.RECEIVE_START, timeout, deadline);
    }
    int message =
        it.clauses().isEmpty()
            ? Op.NONE
            : compiler.registers.temporary(); // without clauses none is looked at
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
            compiler.emit(clause.body(), to);
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
    int mark = compiler.registers.mark();
    int seen = compiler.registers.seen();
    compiler.registers.declare(List.of(), List.of(body));
    compiler.emit(body, to);
    compiler.registers.leave(mark, seen);
  }

  void attempt(Core.Try it, int to) {
    if (it.after().isEmpty()) {
      caught(it, to);
      return;
    }
    int register = to == RETURNED ? compiler.registers.temporary() : to;
    int exception = compiler.registers.mark();
    compiler.registers.reserve(3);
    int cleanUp = code.label();
    int start = code.here();
    caught(it, register);
    code.move(exception, code.constant(Atom.NIL));
    code.region(start, cleanUp, exception);
    code.place(cleanUp);
    scoped(it.after().get(), compiler.registers.temporary());
    code.emit(Op.END_AFTER, exception);
    if (to == RETURNED) {
      code.emit(Op.RETURN, register);
    }
  }

  private void caught(Core.Try it, int to) {
    int handler = code.label();
    int done = code.label();
    boolean plain = it.elseClauses().isEmpty();
    int value = to == RETURNED || !plain ? compiler.registers.temporary() : to;
    int start = code.here();
    scoped(it.body(), value);
    code.region(start, handler, compiler.registers.mark());
    int exception = compiler.registers.mark();
    compiler.registers.reserve(3);
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
