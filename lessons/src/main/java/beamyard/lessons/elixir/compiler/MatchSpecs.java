package beamyard.lessons.elixir.compiler;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Match specifications from functions: what {@code :ets.fun2ms/1} gives for a function written at a prompt.
 *
 * @see <a href="https://www.erlang.org/doc/man/ets.html#fun2ms-1">OTP stdlib, ets:fun2ms/1</a>
 */
final class MatchSpecs {
  private static final Atom WHOLE = Atom.of("$_");
  private static final Map<String, String> NAMES = names(); // lookups only

  private final Map<String, Term> variables = new LinkedHashMap<>(); // lookups only

  private MatchSpecs() {}

  /**
   * The specification as a quoted form, or a call that tells why there is none; empty if the argument is no function with
   * clauses of one argument each.
   */
  static Optional<Term> of(List<Term> arguments) {
    if (arguments.size() != 1 || !Quoted.isCall(arguments.getFirst(), Quoted.FN)) {
      return Optional.empty();
    }
    var rows = new ArrayList<Term>();
    for (Term clause : Quoted.arguments(arguments.getFirst())) {
      if (!(Quoted.argument(clause, 0) instanceof Cons heads && heads.tail() == Nil.NIL)) {
        return Optional.empty();
      }
      Term head = heads.head();
      if (!isMatchable(Quoted.isCall(head, Quoted.WHEN) ? Quoted.argument(head, 0) : head)) {
        return Optional.of(Quoted.remote(Atom.of("ets"), "__refused__", Nil.NIL));
      }
      rows.add(new MatchSpecs().row(head, Quoted.argument(clause, 1)));
    }
    return Optional.of(ListTerm.of(rows));
  }

  private static boolean isMatchable(Term pattern) {
    return Quoted.isVariable(pattern)
        || isTuple(pattern)
        || Quoted.isCall(pattern, Quoted.MATCH, 2)
            && (isTuple(Quoted.argument(pattern, 0)) || isTuple(Quoted.argument(pattern, 1)));
  }

  private Term row(Term head, Term body) {
    boolean guarded = Quoted.isCall(head, Quoted.WHEN);
    Term pattern = pattern(guarded ? Quoted.argument(head, 0) : head);
    ListTerm guards = guarded ? ListTerm.of(value(Quoted.argument(head, 1))) : Nil.NIL;
    List<Term> results = Quoted.expressions(body).stream().map(this::value).toList();
    return tuple(pattern, guards, ListTerm.of(results));
  }

  private Term pattern(Term form) {
    if (Quoted.isCall(form, Quoted.MATCH, 2)) {
      Term left = Quoted.argument(form, 0);
      boolean named = Quoted.isVariable(left);
      variables.put(name(named ? left : Quoted.argument(form, 1)), WHOLE);
      return head(named ? Quoted.argument(form, 1) : left);
    }
    return head(form);
  }

  private Term head(Term form) {
    if (Quoted.isVariable(form)) {
      String name = name(form);
      return name.equals("_")
          ? Atom.of("_")
          : variables.computeIfAbsent(name, _ -> Atom.of("$" + (numbered() + 1)));
    }
    return each(form, this::head);
  }

  private long numbered() {
    return variables.values().stream().filter(value -> value != WHOLE).count();
  }

  private Term value(Term form) {
    if (Quoted.isVariable(form)) {
      Term known = variables.get(name(form));
      return known != null ? known : tuple(Atom.of("const"), form);
    }
    if (isTuple(form)) {
      return tuple(each(form, this::value));
    }
    if (form instanceof Tuple call
        && call.size() == 3
        && call.get(2) instanceof ListTerm list
        && call.get(0) instanceof Atom name
        && !name.name().startsWith("%")
        && !name.name().equals("__aliases__")) {
      return operation(name.name(), list.toList());
    }
    return each(form, this::value);
  }

  private Term operation(String name, List<Term> given) {
    List<Term> arguments = new ArrayList<>(given.stream().map(this::value).toList());
    if (name.equals("elem") && arguments.size() == 2 && given.get(1) instanceof SmallInt index) {
      return tuple(Atom.of("element"), SmallInt.of(index.value() + 1), arguments.get(0));
    }
    arguments.addFirst(Atom.of(NAMES.getOrDefault(name, name)));
    return tuple(arguments.toArray(Term[]::new));
  }

  private static boolean isTuple(Term form) {
    return Quoted.isCall(form, Quoted.TUPLE) || form instanceof Tuple pair && pair.size() == 2;
  }

  private static Term each(Term form, java.util.function.UnaryOperator<Term> change) {
    return switch (form) {
      case Tuple pair when pair.size() == 2 ->
          tuple(change.apply(pair.get(0)), change.apply(pair.get(1)));
      case Tuple call when call.size() == 3 && call.get(2) instanceof ListTerm list ->
          Tuple.of(
              call.get(0), call.get(1), ListTerm.of(list.toList().stream().map(change).toList()));
      case ListTerm list when !list.isEmpty() && list.isProper() ->
          ListTerm.of(list.toList().stream().map(change).toList());
      default -> form;
    };
  }

  private static Term tuple(Term... elements) {
    return elements.length == 2 ? Tuple.of(elements) : Quoted.tuple(Nil.NIL, elements);
  }

  private static String name(Term variable) {
    return ((Atom) ((Tuple) variable).get(0)).name();
  }

  private static Map<String, String> names() {
    var names = new LinkedHashMap<String, String>();
    names.put("and", "andalso");
    names.put("or", "orelse");
    names.put("!=", "/=");
    names.put("<=", "=<");
    names.put("===", "=:=");
    names.put("!==", "=/=");
    return names;
  }
}
