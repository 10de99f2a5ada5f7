package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.compileError;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code with}: a chain of matches that ends early with the first value that does not match. */
final class With {
  private static final Atom ARROW = Atom.of("<-");

  private final Expander expander;
  private final int line;
  private final ListTerm meta;
  private final List<Term> steps;
  private final Term body;
  private final Scope outer;
  private final @Nullable Term elseForms;
  private final @Nullable Variable elseFun;

  /** Where the scope of the steps and the body begins. */
  private final int mark;

  private With(
      Expander expander,
      int line,
      ListTerm meta,
      List<Term> steps,
      Term body,
      @Nullable Term elseForms,
      Scope outer) {
    this.expander = expander;
    this.line = line;
    this.meta = meta;
    this.steps = steps;
    this.body = body;
    this.outer = outer;
    this.elseForms = elseForms;
    this.mark = expander.variables.mark();
    long matches = steps.stream().filter(step -> Quoted.isCall(step, ARROW, 2)).count();
    this.elseFun = elseForms != null && matches > 1 ? new Variable("else") : null;
  }

  static Core expand(
      Expander expander, int line, ListTerm meta, List<Term> arguments, Scope scope) {
    Term options = arguments.isEmpty() ? beamyard.simulator.term.Nil.NIL : arguments.getLast();
    Clauses.refuseOthers("with", options, List.of(Quoted.DO, Quoted.ELSE), meta, scope);
    Term body = Quoted.get(options, Quoted.DO);
    if (body == null) {
      throw compileError(scope, meta, "missing :do option in \"with\"");
    }
    Term elseForms = Quoted.get(options, Quoted.ELSE);
    if (elseForms != null
        && !(elseForms instanceof Cons clauses && Quoted.isCall(clauses.head(), Quoted.ARROW, 2))) {
      throw compileError(scope, meta, "expected -> clauses for :else in \"with\"");
    }
    return new With(
            expander,
            line,
            meta,
            arguments.subList(0, arguments.size() - 1),
            body,
            elseForms,
            scope)
        .build();
  }

  private Core build() {
    Core chain = step(0, outer.fork());
    if (elseFun == null) {
      return chain;
    }
    var value = new Variable("value");
    Core handler =
        new Core.MakeFun(
            line,
            1,
            List.of(
                new Core.Clause(
                    line,
                    List.of(new Pattern.Bind(value)),
                    List.of(),
                    elseCase(new Core.Use(line, value)))));
    return new Core.Block(
        line, List.of(new Core.Match(line, new Pattern.Bind(elseFun), handler), chain));
  }

  private Core elseCase(Core value) {
    List<Core.Clause> clauses =
        expander.clauses.oneArgument(":else in \"with\"", elseForms, meta, outer);
    return new Core.Case(line, value, clauses, Core.NoClause.WITH_CLAUSE);
  }

  private Core step(int index, Scope scope) {
    if (index == steps.size()) {
      Core value = expander.expand(body, scope);
      expander.close(mark, scope);
      return value;
    }
    Term step = steps.get(index);
    if (!Quoted.isCall(step, ARROW, 2)) {
      Core core = expander.expand(step, scope);
      return sequence(core, step(index + 1, scope));
    }
    Core value = expander.expand(Quoted.argument(step, 1), scope);
    Clauses.Head head = Clauses.Head.of(List.of(Quoted.argument(step, 0)));
    List<Pattern> patterns = expander.patterns.expandAll(head.patterns(), scope);
    List<Core> guards = expander.clauses.guards(head.guards(), scope);
    int at = Quoted.lineOf(step);
    var clauses = new ArrayList<Core.Clause>();
    clauses.add(new Core.Clause(at, patterns, guards, step(index + 1, scope)));
    boolean always =
        guards.isEmpty()
            && (patterns.getFirst() instanceof Pattern.Any
                || patterns.getFirst() instanceof Pattern.Bind);
    if (!always) {
      var other = new Variable("other");
      Core use = new Core.Use(at, other);
      Core otherwise =
          elseForms == null
              ? use
              : elseFun == null
                  ? elseCase(use)
                  : new Core.CallFun(at, new Core.Use(at, elseFun), List.of(use));
      clauses.add(new Core.Clause(at, List.of(new Pattern.Bind(other)), List.of(), otherwise));
    }
    return new Core.Case(at, value, clauses, Core.NoClause.WITH_CLAUSE);
  }

  private Core sequence(Core first, Core rest) {
    return new Core.Block(line, List.of(first, rest));
  }
}
