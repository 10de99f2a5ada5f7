package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Parts;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.formatter.FormatOptions;
import beamyard.lessons.elixir.formatter.Formatter;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Code whose value nobody can see. */
final class UselessCode {
  private static final Atom AT = Atom.of("@");

  private static final String IGNORED =
      " is ignored (suppress the warning by assigning the expression to the _ variable)";

  private UselessCode() {}

  /** What is to be said of the code of a function. */
  static List<Warning> of(Draft.Definition definition, Environment env) {
    var warnings = new ArrayList<Warning>();
    unreachable(definition.clauses(), " for " + definition.name(), env, warnings);
    definition.clauses().forEach(clause -> look(clause.body(), env, warnings));
    return warnings;
  }

  private static void look(Core core, Environment env, List<Warning> into) {
    switch (core) {
      case Core.Block(_, var expressions) -> {
        for (Core each : expressions.subList(0, expressions.size() - 1)) {
          ignored(each).ifPresent(message -> into.add(Warning.atLine(env, each.line(), message)));
        }
      }
      case Core.Case it when it.failure() == Core.NoClause.CASE_CLAUSE ->
          unreachable(it.clauses(), "", env, into);
      case Core.MakeFun(_, _, var clauses) -> unreachable(clauses, "", env, into);
      case Core.Receive(_, var clauses, _) -> unreachable(clauses, "", env, into);
      case Core.CallRemote call ->
          FailingCalls.message(call)
              .ifPresent(message -> into.add(Warning.atLine(env, call.line(), message)));
      default -> {}
    }
    Parts.of(core).forEach(part -> look(part, env, into));
  }

  /** Why the value of an operator should not be thrown away. */
  private static Optional<String> ignored(Core core) {
    if (!(core
            instanceof
            Core.CallRemote(_, Core.Literal(_, Atom module), Atom function, var arguments))
        || module != Quoted.ERLANG) {
      return Optional.empty();
    }
    String name = function.name();
    boolean isComparison = name.matches("==|/=|=:=|=/=|<|>|=<|>=") && arguments.size() == 2;
    if (isComparison) {
      String shown =
          switch (name) {
            case "/=" -> "!=";
            case "=:=" -> "===";
            case "=/=" -> "!==";
            case "=<" -> "<=";
            default -> name;
          };
      return Optional.of("use of operator " + shown + " has no effect");
    }
    boolean isOperator =
        name.matches("\\+|-|\\*|/|div|rem") && arguments.size() == 2
            || name.matches("\\+|-|not") && arguments.size() == 1;
    return isOperator
        ? Optional.of(
            "the result of evaluating operator '" + name + "'/" + arguments.size() + IGNORED)
        : Optional.empty();
  }

  /** Tells of clauses behind one that takes everything. */
  private static void unreachable(
      List<Core.Clause> clauses, String what, Environment env, List<Warning> into) {
    int always = 0;
    for (Core.Clause clause : clauses) {
      if (always > 0 && clause.line() > 0) {
        into.add(
            Warning.atLine(
                env,
                clause.line(),
                "this clause"
                    + what
                    + " cannot match because a previous clause at line "
                    + always
                    + " always matches"));
      }
      if (always == 0 && takesEverything(clause)) {
        always = clause.line();
      }
    }
  }

  private static boolean takesEverything(Core.Clause clause) {
    var seen = new ArrayList<Object>();
    return clause.guards().isEmpty()
        && clause.patterns().stream()
            .allMatch(
                pattern ->
                    pattern instanceof Pattern.Any
                        || pattern instanceof Pattern.Bind(var variable)
                            && !seen.contains(variable)
                            && seen.add(variable));
  }

  /** What is to be said of an expression of a block that is not the last one, as it stands in the source. */
  static Optional<Warning> ofBlock(Term form, Environment env) {
    if (env.module().isEmpty()) {
      return Optional.empty();
    }
    if (form instanceof IntegerTerm || form instanceof Float64 || form instanceof Bits) {
      return Optional.of(
          Warning.in(
              env,
              0,
              "code block contains unused literal "
                  + Formatter.text(form, FormatOptions.USUAL)
                  + " (remove the literal or assign it to _ to avoid warnings)"));
    }
    if (Quoted.isVariable(form) && ((Tuple) form).get(2) == Atom.NIL) {
      String name = ((Atom) ((Tuple) form).get(0)).name();
      return Optional.of(noEffect("variable " + name, "variable", form, env));
    }
    if (Quoted.isCall(form, AT, 1)
        && Quoted.argument(form, 0) instanceof Tuple attribute
        && attribute.size() == 3
        && !(attribute.get(2) instanceof ListTerm list && !list.isEmpty())) {
      return Optional.of(
          noEffect(
              "module attribute @" + ((Atom) attribute.get(0)).name(), "attribute", form, env));
    }
    return Optional.empty();
  }

  private static Warning noEffect(String what, String kind, Term form, Environment env) {
    return Warning.in(
        env,
        Quoted.lineOf(form),
        what
            + " in code block has no effect as it is never returned (remove the "
            + kind
            + " or assign it to _ to avoid warnings)");
  }
}
