package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.compileError;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Clauses of {@code rescue}: they take exceptions by name, and errors of Erlang that have such a name in Elixir. */
final class Rescue {
  private static final Atom IN = Atom.of("in");
  private static final String ANY_ERROR = "Elixir.ErlangError";

  private Rescue() {}

  static Core.Clause clause(Expander expander, int line, Term head, Term body, Scope outer) {
    Scope scope = outer.fork();
    int mark = expander.variables.mark();
    var reason = new Variable("reason");
    var stack = new Variable("__STACKTRACE__");
    Term variable = null;
    Term names = head;
    if (Quoted.isCall(head, IN, 2)) {
      variable = Quoted.argument(head, 0);
      names = Quoted.argument(head, 1);
    } else if (Quoted.isVariable(head)) {
      variable = head;
      names = Quoted.variable("_", Nil.NIL, Atom.NIL);
    }
    List<Core> guards = new ArrayList<>();
    boolean explained = true;
    if (!isUnderscore(names)) {
      List<Atom> rescued = names(expander, names, line, scope);
      for (Atom name : rescued) {
        guards.addAll(tests(line, name, reason));
      }
      explained = isExplained(rescued);
    }
    scope.stacktrace = stack;
    Core bind = null;
    if (variable != null && !isUnderscore(variable)) {
      Core normal =
          Kernels.remote(
              line,
              "Elixir.Exception",
              "normalize",
              new Core.Literal(line, Atom.ERROR),
              new Core.Use(line, reason),
              explained ? new Core.Use(line, stack) : new Core.Literal(line, Nil.NIL));
      bind = new Core.Match(line, expander.patterns.expand(variable, scope), normal);
    }
    Core bodyCore = expander.expand(body, scope);
    expander.close(mark, scope);
    return new Core.Clause(
        line,
        List.of(new Pattern.Exactly(Atom.ERROR), new Pattern.Bind(reason), new Pattern.Bind(stack)),
        guards,
        bind == null ? bodyCore : new Core.Block(line, List.of(bind, bodyCore)));
  }

  private static final Set<String> BY_STACK =
      Set.of( // lookups only
          "Elixir.ArgumentError",
          "Elixir.SystemLimitError",
          "Elixir.UndefinedFunctionError",
          "Elixir.FunctionClauseError",
          "Elixir.KeyError",
          ANY_ERROR);

  private static final Set<String> WITHOUT_STACK =
      Set.of( // lookups only
          "Elixir.ArithmeticError",
          "Elixir.CondClauseError",
          "Elixir.BadArityError",
          "Elixir.BadFunctionError",
          "Elixir.BadMapError",
          "Elixir.BadStructError",
          "Elixir.BadBooleanError",
          "Elixir.CaseClauseError",
          "Elixir.TryClauseError",
          "Elixir.WithClauseError",
          "Elixir.MatchError");

  private static boolean isUnderscore(@Nullable Term form) {
    return form != null && Quoted.isVariable(form) && ((Tuple) form).get(0) == Quoted.UNDERSCORE;
  }

  private static List<Atom> names(Expander expander, Term form, int line, Scope scope) {
    Term expanded = expander.expandAll(form, scope);
    List<Term> forms =
        expanded instanceof ListTerm list && !list.isEmpty() ? list.toList() : List.of(expanded);
    var names = new ArrayList<Atom>();
    for (Term element : forms) {
      Atom name = expander.expandToAtom(element, scope);
      if (name == null) {
        throw compileError(
            scope.env,
            Quoted.lineOf(form) == 0 ? line : Quoted.lineOf(form),
            "invalid \"rescue\" clause. The clause should match on an alias,"
                + " a variable or be in the \"var in [alias]\" format");
      }
      names.add(name);
    }
    return names;
  }

  /**
   * Whether the exception is told by its stack trace, too. As in Elixir 1.14 the last name decides that stands for an error of
   * Erlang.
   */
  private static boolean isExplained(List<Atom> rescued) {
    return rescued.reversed().stream()
        .map(Atom::name)
        .filter(name -> BY_STACK.contains(name) || WITHOUT_STACK.contains(name))
        .findFirst()
        .map(BY_STACK::contains)
        .orElse(true);
  }

  /** Guards of which one holds if the reason is the named exception. */
  private static List<Core> tests(int line, Atom name, Variable reason) {
    var tests = new ArrayList<Core>();
    Core value = new Core.Use(line, reason);
    tests.add(
        Kernels.erlang(
            line,
            "=:=",
            Kernels.erlang(line, "map_get", literal(line, "__struct__"), value),
            new Core.Literal(line, name)));
    switch (name.name()) {
      case "Elixir.ArithmeticError" -> tests.add(is(line, value, "badarith"));
      case "Elixir.ArgumentError" -> tests.add(is(line, value, "badarg"));
      case "Elixir.SystemLimitError" -> tests.add(is(line, value, "system_limit"));
      case "Elixir.CondClauseError" -> tests.add(is(line, value, "cond_clause"));
      case "Elixir.UndefinedFunctionError" -> tests.add(is(line, value, "undef"));
      case "Elixir.FunctionClauseError" -> tests.add(is(line, value, "function_clause"));
      case "Elixir.BadArityError" -> tests.add(tagged(line, value, "badarity", 2));
      case "Elixir.BadFunctionError" -> tests.add(tagged(line, value, "badfun", 2));
      case "Elixir.BadMapError" -> tests.add(tagged(line, value, "badmap", 2));
      case "Elixir.BadStructError" -> tests.add(tagged(line, value, "badstruct", 3));
      case "Elixir.BadBooleanError" -> tests.add(tagged(line, value, "badbool", 3));
      case "Elixir.CaseClauseError" -> tests.add(tagged(line, value, "case_clause", 2));
      case "Elixir.TryClauseError" -> tests.add(tagged(line, value, "try_clause", 2));
      case "Elixir.WithClauseError" -> tests.add(tagged(line, value, "with_clause", 2));
      case "Elixir.MatchError" -> tests.add(tagged(line, value, "badmatch", 2));
      case "Elixir.KeyError" -> {
        tests.add(tagged(line, value, "badkey", 2));
        tests.add(tagged(line, value, "badkey", 3));
      }
      case ANY_ERROR -> {
        tests.clear();
        tests.add(
            Kernels.erlang(
                line,
                "not",
                Kernels.and(
                    line,
                    Kernels.erlang(line, "is_map", value),
                    Kernels.erlang(line, "is_map_key", literal(line, "__exception__"), value))));
        tests.add(
            Kernels.erlang(
                line,
                "=:=",
                Kernels.erlang(line, "map_get", literal(line, "__struct__"), value),
                new Core.Literal(line, name)));
      }
      default -> {}
    }
    return tests;
  }

  private static Core literal(int line, String atom) {
    return new Core.Literal(line, Atom.of(atom));
  }

  private static Core is(int line, Core value, String atom) {
    return Kernels.erlang(line, "=:=", value, literal(line, atom));
  }

  private static Core tagged(int line, Core value, String tag, int size) {
    return Kernels.and(
        line,
        Kernels.erlang(
            line,
            "=:=",
            Kernels.erlang(line, "tuple_size", value),
            new Core.Literal(line, SmallInt.of(size))),
        Kernels.erlang(
            line,
            "=:=",
            Kernels.erlang(line, "element", new Core.Literal(line, SmallInt.of(1)), value),
            literal(line, tag)));
  }
}
