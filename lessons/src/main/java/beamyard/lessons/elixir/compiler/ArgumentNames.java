package beamyard.lessons.elixir.compiler;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/** The names under which documentation shows a function's arguments: those of its variables, else what kind of value is matched. */
final class ArgumentNames {
  private static final Atom DEFAULT = Atom.of("\\\\");

  private ArgumentNames() {}

  /** The names of the arguments of the first clause; of those that differ in another clause, the names that are variables there. */
  static List<Term> merged(List<Term> before, List<Term> arguments) {
    var names = new ArrayList<Term>();
    for (int i = 0; i < before.size(); i++) {
      Term one = before.get(i);
      boolean isNamed = isVariable(one) || Quoted.isCall(one, DEFAULT, 2);
      names.add(isNamed ? one : arguments.get(i));
    }
    return names;
  }

  /** As text, {@code "map(enumerable, fun)"}; names that come up again are numbered. */
  static List<Term> shown(List<Term> arguments) {
    var counts = new LinkedHashMap<String, Integer>();
    for (Term argument : arguments) {
      counts.merge(name(plain(argument)), 1, Integer::sum);
    }
    var numbers = new LinkedHashMap<String, Integer>();
    var shown = new ArrayList<Term>();
    for (Term argument : arguments) {
      String name = name(plain(argument));
      String numbered =
          counts.get(name) > 1 && !name.equals("_")
              ? name + numbers.merge(name, 1, Integer::sum)
              : name;
      Term variable = Quoted.variable(numbered, Nil.NIL, Atom.NIL);
      shown.add(
          Quoted.isCall(argument, DEFAULT, 2)
              ? Tuple.of(DEFAULT, Nil.NIL, ListTerm.of(variable, Quoted.argument(argument, 1)))
              : variable);
    }
    return shown;
  }

  private static Term plain(Term argument) {
    return Quoted.isCall(argument, DEFAULT, 2) ? Quoted.argument(argument, 0) : argument;
  }

  private static boolean isVariable(Term form) {
    return Quoted.isVariable(form)
        || Quoted.isCall(form, Quoted.MATCH, 2)
            && (Quoted.isVariable(Quoted.argument(form, 0))
                || Quoted.isVariable(Quoted.argument(form, 1)));
  }

  private static String name(Term form) {
    if (Quoted.isVariable(form)) {
      String name = ((Atom) ((Tuple) form).get(0)).name();
      return name.length() > 1 && name.startsWith("_") ? name.substring(1) : name;
    }
    if (Quoted.isCall(form, Quoted.MATCH, 2)) {
      Term left = Quoted.argument(form, 0);
      Term right = Quoted.argument(form, 1);
      return Quoted.isVariable(right) || !Quoted.isVariable(left) ? name(right) : name(left);
    }
    Tuple node = Quoted.node(form);
    if (node != null && node.get(0) instanceof Atom function) {
      return switch (function.name()) {
        case "%{}" -> "map";
        case "%" -> struct(Quoted.argument(form, 0));
        default -> "arg";
      };
    }
    return switch (form) {
      case Bits _ -> "binary";
      case IntegerTerm _ -> "int";
      case Float64 _ -> "float";
      case ListTerm _ -> "list";
      case Atom atom when atom == Atom.TRUE || atom == Atom.FALSE -> "bool";
      case Atom _ -> "atom";
      default -> "arg";
    };
  }

  /** The last part of a struct's name, {@code date_range} of {@code Date.Range} as {@code range}. */
  private static String struct(Term module) {
    if (Quoted.isAlias(module) && Quoted.arguments(module).getLast() instanceof Atom last) {
      return last.name().replaceAll("(?<=[a-z0-9])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
    return "struct";
  }
}
