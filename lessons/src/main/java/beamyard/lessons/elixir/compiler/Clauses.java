package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.compileError;

import beamyard.lessons.elixir.compiler.Environment.Context;
import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The special forms that have clauses. */
final class Clauses {
  private static final Atom AFTER = Atom.of("after");
  private static final Atom RESCUE = Atom.of("rescue");
  private static final Atom CATCH = Atom.of("catch");
  private static final Atom OPTIMIZE_BOOLEAN = Atom.of("optimize_boolean");

  private final Expander expander;

  Clauses(Expander expander) {
    this.expander = expander;
  }

  /** The head of a clause taken apart. */
  record Head(List<Term> patterns, List<Term> guards) {
    static Head of(List<Term> forms) {
      if (forms.size() == 1 && Quoted.isCall(forms.getFirst(), Quoted.WHEN)) {
        List<Term> parts = Quoted.arguments(forms.getFirst());
        var guards = new ArrayList<Term>();
        addGuards(parts.getLast(), guards);
        return new Head(parts.subList(0, parts.size() - 1), guards);
      }
      return new Head(forms, List.of());
    }

    static void addGuards(Term form, List<Term> into) {
      if (Quoted.isCall(form, Quoted.WHEN, 2)) {
        into.add(Quoted.argument(form, 0));
        addGuards(Quoted.argument(form, 1), into);
      } else {
        into.add(form);
      }
    }
  }

  /** A clause {@code patterns -> body}, in a scope of its own. */
  Core.Clause clause(int line, Head head, Term body, Scope outer) {
    Scope scope = outer.fork();
    int mark = expander.variables.mark();
    List<Pattern> patterns = expander.patterns.expandAll(head.patterns(), scope);
    List<Core> guards = guards(head.guards(), scope);
    Core value = expander.expand(body, scope);
    expander.close(mark, scope);
    return new Core.Clause(line, patterns, guards, value);
  }

  List<Core> guards(List<Term> forms, Scope scope) {
    var guards = new ArrayList<Core>();
    for (Term form : forms) {
      guards.add(expander.expand(form, scope.fork(scope.env.withContext(Context.GUARD))));
    }
    return guards;
  }

  /** The parts of {@code left -> right}. */
  private record Arrow(int line, List<Term> left, Term right) {}

  private List<Arrow> arrows(
      String construct, Term clauses, ListTerm meta, Scope scope, int arity) {
    if (!(clauses instanceof ListTerm list) || list.isEmpty()) {
      throw badClauses(construct, meta, scope);
    }
    var arrows = new ArrayList<Arrow>();
    for (Term element : list) {
      if (!Quoted.isCall(element, Quoted.ARROW, 2)) {
        throw badClauses(construct, meta, scope);
      }
      List<Term> left = ((ListTerm) Quoted.argument(element, 0)).toList();
      if (arity >= 0 && Head.of(left).patterns().size() != arity) {
        throw compileError(
            scope,
            Quoted.meta(element),
            "expected one argument for " + construct + " clauses (->)");
      }
      arrows.add(new Arrow(Quoted.lineOf(element), left, Quoted.argument(element, 1)));
    }
    return arrows;
  }

  private beamyard.lessons.elixir.machine.Raise badClauses(
      String construct, ListTerm meta, Scope scope) {
    return compileError(scope, meta, "expected -> clauses for " + construct);
  }

  List<Core.Clause> oneArgument(String construct, Term clauses, ListTerm meta, Scope scope) {
    var result = new ArrayList<Core.Clause>();
    for (Arrow arrow : arrows(construct, clauses, meta, scope, 1)) {
      result.add(clause(arrow.line(), Head.of(arrow.left()), arrow.right(), scope));
    }
    return result;
  }

  // ---- fn

  Core expandFn(int line, ListTerm meta, List<Term> arguments, Scope scope) {
    var clauses = new ArrayList<Core.Clause>();
    int arity = -1;
    for (Arrow arrow : arrows(":fn", ListTerm.of(arguments), meta, scope, -1)) {
      Core.Clause clause = clause(arrow.line(), Head.of(arrow.left()), arrow.right(), scope);
      if (arity >= 0 && clause.patterns().size() != arity) {
        throw compileError(
            scope, meta, "cannot mix clauses with different arities in anonymous functions");
      }
      arity = clause.patterns().size();
      clauses.add(clause);
    }
    return new Core.MakeFun(line, arity, clauses);
  }

  // ---- case, cond

  Core expandCase(int line, ListTerm meta, List<Term> arguments, Scope scope) {
    Core subject = expander.expand(arguments.getFirst(), scope);
    Term clauseForms = doOf("case", arguments.get(1), meta, scope);
    List<Core.Clause> clauses = oneArgument(":do in \"case\"", clauseForms, meta, scope);
    if (Quoted.has(meta, OPTIMIZE_BOOLEAN) && isBoolean(subject)) {
      Core.Clause whenFalse = clauses.get(0);
      Core.Clause whenTrue = clauses.get(1);
      clauses =
          List.of(
              new Core.Clause(
                  whenFalse.line(),
                  List.of(new Pattern.Exactly(Atom.FALSE)),
                  List.of(),
                  whenFalse.body()),
              new Core.Clause(
                  whenTrue.line(),
                  List.of(new Pattern.Exactly(Atom.TRUE)),
                  List.of(),
                  whenTrue.body()));
    }
    return new Core.Case(line, subject, clauses, failure(meta));
  }

  private static Core.NoClause failure(ListTerm meta) {
    return switch (Quoted.get(meta, Atom.of("bad_boolean"))) {
      case Atom operator when operator.name().equals("and") -> Core.NoClause.BAD_BOOLEAN_AND;
      case Atom _ -> Core.NoClause.BAD_BOOLEAN_OR;
      case null, default -> Core.NoClause.CASE_CLAUSE;
    };
  }

  /** Options that a construct does not have are told before one is missed that it needs. */
  static void refuseOthers(
      String construct, Term options, List<Atom> allowed, ListTerm meta, Scope scope) {
    if (!Quoted.isKeywords(options)) {
      return;
    }
    for (Term option : (ListTerm) options) {
      Atom key = (Atom) ((Tuple) option).get(0);
      if (!allowed.contains(key)) {
        throw compileError(
            scope, meta, "unexpected option :" + key.name() + " in \"" + construct + "\"");
      }
    }
  }

  private Term doOf(String construct, Term options, ListTerm meta, Scope scope) {
    refuseOthers(construct, options, List.of(Quoted.DO), meta, scope);
    Term body = Quoted.get(options, Quoted.DO);
    if (body == null) {
      throw compileError(scope, meta, "missing :do option in \"" + construct + "\"");
    }
    return body;
  }

  /** Whether an expression can only be {@code true} or {@code false} (or raise). */
  static boolean isBoolean(Core core) {
    return switch (core) {
      case Core.Literal(_, Atom atom) -> atom == Atom.TRUE || atom == Atom.FALSE;
      case Core.CallRemote(_, Core.Literal(_, Atom module), Atom function, List<Core> arguments)
          when module == Quoted.ERLANG ->
          switch (function.name()) {
            case "==", "/=", "=:=", "=/=", "<", ">", "=<", ">=" -> arguments.size() == 2;
            case "not" -> true;
            default -> function.name().startsWith("is_");
          };
      case Core.Case choice
          when choice.failure() == Core.NoClause.BAD_BOOLEAN_AND
              || choice.failure() == Core.NoClause.BAD_BOOLEAN_OR ->
          choice.clauses().stream().allMatch(clause -> isBoolean(clause.body()));
      default -> false;
    };
  }

  /** Chooses by truth: {@code false} and {@code nil} are not true. */
  static Core ifTrue(int line, Core condition, Core then, Core otherwise) {
    if (condition instanceof Core.Literal(_, Term value)) {
      return value == Atom.FALSE || value == Atom.NIL ? otherwise : then;
    }
    if (isBoolean(condition)) {
      return new Core.Case(
          line,
          condition,
          List.of(
              new Core.Clause(line, List.of(new Pattern.Exactly(Atom.FALSE)), List.of(), otherwise),
              new Core.Clause(line, List.of(new Pattern.Exactly(Atom.TRUE)), List.of(), then)),
          Core.NoClause.CASE_CLAUSE);
    }
    var value = new Variable("value");
    return new Core.Case(
        line,
        condition,
        List.of(
            new Core.Clause(
                line,
                List.of(new Pattern.Bind(value)),
                List.of(
                    Kernels.erlang(
                        line, "=:=", new Core.Use(line, value), new Core.Literal(line, Atom.FALSE)),
                    Kernels.erlang(
                        line, "=:=", new Core.Use(line, value), new Core.Literal(line, Atom.NIL))),
                otherwise),
            new Core.Clause(line, List.of(new Pattern.Any()), List.of(), then)),
        Core.NoClause.CASE_CLAUSE);
  }

  Core expandCond(int line, ListTerm meta, List<Term> arguments, Scope scope) {
    List<Arrow> arrows =
        arrows(":do in \"cond\"", doOf("cond", arguments.getFirst(), meta, scope), meta, scope, 1);
    return cond(line, arrows, 0, scope);
  }

  private Core cond(int line, List<Arrow> arrows, int index, Scope outer) {
    if (index == arrows.size()) {
      return Kernels.erlang(line, "error", new Core.Literal(line, Atom.of("cond_clause")));
    }
    Arrow arrow = arrows.get(index);
    Scope scope = outer.fork();
    if (Quoted.isVariable(arrow.left().getFirst())
        && ((Tuple) arrow.left().getFirst()).get(0) == Quoted.UNDERSCORE) {
      throw compileError(
          scope,
          Quoted.meta(arrow.left().getFirst()),
          "invalid use of _ inside \"cond\". If you want the"
              + " last clause to always match, you probably meant to use: true ->");
    }
    int mark = expander.variables.mark();
    Core condition = expander.expand(arrow.left().getFirst(), scope);
    Core body = expander.expand(arrow.right(), scope);
    expander.close(mark, scope);
    return ifTrue(arrow.line(), condition, body, cond(line, arrows, index + 1, outer));
  }

  // ---- receive

  Core expandReceive(int line, ListTerm meta, List<Term> arguments, Scope scope) {
    Term options = arguments.getFirst();
    refuseOthers("receive", options, List.of(Quoted.DO, AFTER), meta, scope);
    Term forms = Quoted.get(options, Quoted.DO);
    Term after = Quoted.get(options, AFTER);
    if (forms == null && after == null) {
      throw compileError(scope, meta, "missing :do/:after option in \"receive\"");
    }
    boolean isEmpty =
        forms == null
            || Quoted.isCall(forms, Quoted.BLOCK, 0)
            || forms == Atom.NIL
            || forms == Nil.NIL;
    List<Core.Clause> clauses =
        isEmpty ? List.of() : oneArgument(":do in \"receive\"", forms, meta, scope);
    Optional<Core.After> timeout = Optional.empty();
    if (after != null) {
      List<Arrow> arrows =
          after instanceof Cons cons
                  && cons.tail() == Nil.NIL
                  && Quoted.isCall(cons.head(), Quoted.ARROW, 2)
              ? arrows(":after in \"receive\"", after, meta, scope, 1)
              : List.of();
      if (arrows.size() != 1) {
        throw compileError(scope, meta, "expected a single -> clause for :after in \"receive\"");
      }
      Scope inner = scope.fork();
      Core limit = expander.expand(arrows.getFirst().left().getFirst(), inner);
      timeout = Optional.of(new Core.After(limit, closed(arrows.getFirst().right(), inner)));
    }
    return new Core.Receive(line, clauses, timeout);
  }

  // ---- try

  Core expandTry(int line, ListTerm meta, List<Term> arguments, Scope scope) {
    Term options = arguments.getFirst();
    Term body = Quoted.get(options, Quoted.DO);
    if (body == null) {
      throw compileError(scope, meta, "missing :do option in \"try\"");
    }
    if (((ListTerm) options).length() == 1) {
      throw compileError(scope, meta, "missing :catch/:rescue/:after option in \"try\"");
    }
    Core bodyCore = closed(body, scope.fork());
    var catches = new ArrayList<Core.Clause>();
    Term rescue = Quoted.get(options, RESCUE);
    if (rescue != null) {
      for (Arrow arrow : arrows(":rescue in \"try\"", rescue, meta, scope, 1)) {
        catches.add(
            Rescue.clause(expander, arrow.line(), arrow.left().getFirst(), arrow.right(), scope));
      }
    }
    Term catching = Quoted.get(options, CATCH);
    if (catching != null) {
      for (Arrow arrow : arrows(":catch in \"try\"", catching, meta, scope, -1)) {
        catches.add(catchClause(arrow, meta, scope));
      }
    }
    Term otherwise = Quoted.get(options, Quoted.ELSE);
    List<Core.Clause> elses =
        otherwise == null ? List.of() : oneArgument(":else in \"try\"", otherwise, meta, scope);
    Term after = Quoted.get(options, AFTER);
    Optional<Core> afterCore =
        after == null ? Optional.empty() : Optional.of(closed(after, scope.fork()));
    return new Core.Try(line, bodyCore, elses, catches, afterCore);
  }

  private Core.Clause catchClause(Arrow arrow, ListTerm meta, Scope outer) {
    Head head = Head.of(arrow.left());
    Scope scope = outer.fork();
    int mark = expander.variables.mark();
    var patterns = new ArrayList<Pattern>();
    if (head.patterns().size() == 1) {
      patterns.add(new Pattern.Exactly(Atom.of("throw")));
    } else if (head.patterns().size() != 2) {
      throw compileError(
          outer, meta, "expected one or two args for :catch clauses (->) in \"try\"");
    }
    patterns.addAll(expander.patterns.expandAll(head.patterns(), scope));
    var stack = new Variable("__STACKTRACE__");
    patterns.add(new Pattern.Bind(stack));
    scope.stacktrace = stack;
    List<Core> guards = guards(head.guards(), scope);
    Core body = expander.expand(arrow.right(), scope);
    expander.close(mark, scope);
    return new Core.Clause(arrow.line(), patterns, guards, body);
  }

  /** An expression in a scope of its own. */
  private Core closed(Term form, Scope scope) {
    int mark = expander.variables.mark();
    Core core = expander.expand(form, scope);
    expander.close(mark, scope);
    return core;
  }
}
