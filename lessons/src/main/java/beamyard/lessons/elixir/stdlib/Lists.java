package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.Builtin;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.lessons.elixir.machine.YardLimit;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermOrder;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** The functions of module {@code lists} that call no functions. */
final class Lists {
  private static final String LISTS = "lists";

  private Lists() {}

  /** Functions that OTP has in C, which refuse arguments with {@code badarg}; the others have no clause for them. */
  private static final List<String> IN_C =
      List.of("reverse/2", "keyfind/3", "keymember/3", "keysearch/3", "member/2");

  static void define(BuiltinTable table) {
    var functions = new BuiltinTable();
    defineAll(functions);
    for (BuiltinTable.Name name : functions.names()) {
      Builtin builtin = Objects.requireNonNull(functions.builtin(name));
      String function = name.function().name();
      table.define(
          LISTS,
          function,
          name.arity(),
          IN_C.contains(function + "/" + name.arity()) ? builtin : clauses(builtin));
    }
  }

  private static Builtin clauses(Builtin builtin) {
    return (self, arguments) -> {
      try {
        return builtin.call(self, arguments);
      } catch (Raise raise) {
        throw raise.isLocated() || raise.reason() != Atom.of("badarg")
            ? raise
            : Raise.error(Atom.of("function_clause"));
      }
    };
  }

  private static void defineAll(BuiltinTable table) {
    table.define(LISTS, "reverse", 1, (_, a) -> reverse(a[0], Nil.NIL, "function_clause"));
    table.define(LISTS, "reverse", 2, (_, a) -> reverse(a[0], a[1], "badarg"));
    table.define(
        LISTS,
        "append",
        2,
        (self, a) -> {
          ErlangOperators.costs(self, a[0]);
          return ErlangOperators.append(a[0], a[1]);
        });
    table.define(
        LISTS,
        "append",
        1,
        (_, a) -> {
          Term all = Nil.NIL;
          for (Term list : Arguments.list(a[0]).reversed()) {
            all = ErlangOperators.append(list, all);
          }
          return all;
        });
    table.define(
        LISTS,
        "concat",
        1,
        (_, a) -> {
          var text = new StringBuilder();
          for (Term thing : Arguments.list(a[0])) {
            text.append(thing instanceof ListTerm ? Arguments.charlist(thing) : thing.toString());
          }
          return Arguments.charlist(text.toString());
        });
    table.define(LISTS, "subtract", 2, (_, a) -> ErlangOperators.difference(a[0], a[1]));
    table.define(LISTS, "member", 2, (_, a) -> Atom.of(Arguments.list(a[1]).contains(a[0])));
    table.define(LISTS, "nth", 2, (_, a) -> nth(a[0], a[1]));
    table.define(LISTS, "nthtail", 2, (_, a) -> drop(a[1], Arguments.size(a[0])));
    table.define(
        LISTS,
        "last",
        1,
        (_, a) -> {
          List<Term> list = Arguments.list(a[0]);
          return list.isEmpty() ? noClause() : list.getLast();
        });
    table.define(
        LISTS,
        "droplast",
        1,
        (_, a) -> {
          List<Term> list = Arguments.list(a[0]);
          return list.isEmpty() ? noClause() : ListTerm.of(list.subList(0, list.size() - 1));
        });
    table.define(
        LISTS,
        "sum",
        1,
        (_, a) -> Arguments.list(a[0]).stream().reduce(SmallInt.of(0), Arithmetic::add));
    table.define(
        LISTS,
        "max",
        1,
        (_, a) ->
            Arguments.list(a[0]).stream()
                .reduce((x, y) -> TermOrder.STANDARD.compare(y, x) > 0 ? y : x)
                .orElseGet(Lists::noClause));
    table.define(
        LISTS,
        "min",
        1,
        (_, a) ->
            Arguments.list(a[0]).stream()
                .reduce((x, y) -> TermOrder.STANDARD.compare(y, x) < 0 ? y : x)
                .orElseGet(Lists::noClause));
    table.define(
        LISTS, "seq", 2, (_, a) -> sequence(Arguments.number(a[0]), Arguments.number(a[1]), 1));
    table.define(
        LISTS,
        "seq",
        3,
        (_, a) -> {
          try {
            return sequence(Arguments.number(a[0]), Arguments.number(a[1]), Arguments.number(a[2]));
          } catch (Raise raise) {
            throw raise.of(LISTS, "seq", a);
          }
        });
    table.define(
        LISTS,
        "duplicate",
        2,
        (_, a) -> {
          int count = Arguments.size(a[0]);
          YardLimit.HEAP.check(count);
          return ListTerm.of(Collections.nCopies(count, a[1]));
        });
    table.define(
        LISTS, "sublist", 2, (_, a) -> sublist(Arguments.list(a[0]), 0, Arguments.size(a[1])));
    table.define(
        LISTS,
        "sublist",
        3,
        (_, a) -> sublist(Arguments.list(a[0]), Arguments.size(a[1]) - 1, Arguments.size(a[2])));
    table.define(
        LISTS,
        "split",
        2,
        (_, a) -> {
          List<Term> list = Arguments.list(a[1]);
          int count = Arguments.size(a[0]);
          if (count > list.size()) {
            throw Raise.badarg();
          }
          return Tuple.of(
              ListTerm.of(list.subList(0, count)), ListTerm.of(list.subList(count, list.size())));
        });
    table.define(
        LISTS,
        "delete",
        2,
        (_, a) -> {
          var list = Arguments.list(a[1]);
          list.remove(a[0]);
          return ListTerm.of(list);
        });
    table.define(LISTS, "flatten", 1, (_, a) -> flatten(a[0], Nil.NIL));
    table.define(LISTS, "flatten", 2, (_, a) -> flatten(a[0], a[1]));
    table.define(
        LISTS,
        "flatlength",
        1,
        (_, a) -> SmallInt.of(((ListTerm) flatten(a[0], Nil.NIL)).length()));
    table.define(
        LISTS,
        "join",
        2,
        (_, a) -> {
          var joined = new ArrayList<Term>();
          for (Term element : Arguments.list(a[1])) {
            if (!joined.isEmpty()) {
              joined.add(a[0]);
            }
            joined.add(element);
          }
          return ListTerm.of(joined);
        });
    table.define(
        LISTS,
        "prefix",
        2,
        (_, a) -> {
          List<Term> prefix = Arguments.list(a[0]);
          List<Term> list = Arguments.list(a[1]);
          return Atom.of(
              prefix.size() <= list.size() && list.subList(0, prefix.size()).equals(prefix));
        });
    table.define(
        LISTS,
        "suffix",
        2,
        (_, a) -> {
          List<Term> suffix = Arguments.list(a[0]);
          List<Term> list = Arguments.list(a[1]);
          int from = list.size() - suffix.size();
          return Atom.of(from >= 0 && list.subList(from, list.size()).equals(suffix));
        });
    sorting(table);
    keys(table);
    zipping(table);
  }

  private static void sorting(BuiltinTable table) {
    table.define(
        LISTS,
        "sort",
        1,
        (self, a) -> {
          List<Term> list = Arguments.list(a[0]);
          self.consume(list.size() / 8);
          list.sort(TermOrder.STANDARD);
          return ListTerm.of(list);
        });
    table.define(LISTS, "usort", 1, (_, a) -> ListTerm.of(unique(Arguments.list(a[0]))));
    for (String name : new String[] {"merge", "umerge"}) {
      boolean dropsDuplicates = name.equals("umerge");
      table.define(
          LISTS,
          name,
          2,
          (_, a) -> {
            var all = Arguments.list(a[0]);
            all.addAll(Arguments.list(a[1]));
            if (dropsDuplicates) {
              return ListTerm.of(unique(all));
            }
            all.sort(TermOrder.STANDARD);
            return ListTerm.of(all);
          });
    }
    table.define(
        LISTS,
        "keysort",
        2,
        (_, a) -> {
          int at = position(a[0]);
          var list = tuples(a[1], at);
          list.sort(Comparator.comparing(t -> Arguments.tuple(t).get(at), TermOrder.STANDARD));
          return ListTerm.of(list);
        });
    table.define(
        LISTS,
        "ukeysort",
        2,
        (_, a) -> {
          int at = position(a[0]);
          var set =
              new TreeSet<Term>(
                  Comparator.comparing(t -> Arguments.tuple(t).get(at), TermOrder.STANDARD));
          set.addAll(tuples(a[1], at));
          return ListTerm.of(List.copyOf(set));
        });
  }

  /** The index of an element in tuples, from 0. */
  private static int position(Term term) {
    if (term instanceof SmallInt number
        && number.value() > 0
        && number.value() < Integer.MAX_VALUE) {
      return (int) number.value() - 1;
    }
    throw Raise.error(Atom.of("function_clause"));
  }

  /** A list of tuples that all have an element at an index. */
  private static List<Term> tuples(Term term, int at) {
    List<Term> list = proper(term);
    for (Term tuple : list) {
      if (!(tuple instanceof Tuple of && at < of.size())) {
        throw Raise.badarg().of("erlang", "element", SmallInt.of(at + 1L), tuple);
      }
    }
    return list;
  }

  private static List<Term> unique(List<Term> list) {
    var set = new TreeSet<>(TermOrder.STANDARD);
    set.addAll(list);
    return List.copyOf(set);
  }

  private static void keys(BuiltinTable table) {
    table.define(
        LISTS,
        "keyfind",
        3,
        (_, a) -> {
          int index = find(a[0], a[1], a[2]);
          return index < 0 ? Atom.FALSE : elementOf(a[2], index);
        });
    table.define(LISTS, "keymember", 3, (_, a) -> Atom.of(find(a[0], a[1], a[2]) >= 0));
    table.define(
        LISTS,
        "keysearch",
        3,
        (_, a) -> {
          int index = find(a[0], a[1], a[2]);
          return index < 0 ? Atom.FALSE : Tuple.of(Atom.of("value"), elementOf(a[2], index));
        });
    table.define(
        LISTS,
        "keydelete",
        3,
        (_, a) -> {
          int index = find(a[0], a[1], a[2]);
          List<Term> list = Arguments.list(a[2]);
          if (index < 0) {
            return a[2];
          }
          list.remove(index);
          return ListTerm.of(list);
        });
    table.define(
        LISTS,
        "keytake",
        3,
        (_, a) -> {
          int index = find(a[0], a[1], a[2]);
          if (index < 0) {
            return Atom.FALSE;
          }
          List<Term> list = Arguments.list(a[2]);
          Term taken = list.remove(index);
          return Tuple.of(Atom.of("value"), taken, ListTerm.of(list));
        });
    table.define(
        LISTS,
        "keyreplace",
        4,
        (_, a) -> {
          int index = find(a[0], a[1], a[2]);
          List<Term> list = Arguments.list(a[2]);
          if (index < 0) {
            return a[2];
          }
          list.set(index, Arguments.tuple(a[3]));
          return ListTerm.of(list);
        });
    table.define(
        LISTS,
        "keystore",
        4,
        (_, a) -> {
          int index = find(a[0], a[1], a[2]);
          List<Term> list = Arguments.list(a[2]);
          if (index < 0) {
            list.add(Arguments.tuple(a[3]));
          } else {
            list.set(index, Arguments.tuple(a[3]));
          }
          return ListTerm.of(list);
        });
  }

  /** The index of the first tuple whose element compares equal to a key; -1 if there is none. */
  private static int find(Term key, Term position, Term list) {
    int at = Arguments.size(position) - 1;
    if (at < 0) {
      throw Raise.badarg();
    }
    int index = 0;
    Term rest = list;
    while (rest instanceof Cons cons) {
      if (cons.head() instanceof Tuple tuple
          && at < tuple.size()
          && (tuple.get(at).equals(key) || TermOrder.STANDARD.compare(tuple.get(at), key) == 0)) {
        return index;
      }
      index++;
      rest = cons.tail();
    }
    if (rest != Nil.NIL) {
      throw Raise.badarg();
    }
    return -1;
  }

  private static Term elementOf(Term list, int index) {
    Term rest = list;
    for (int i = 0; i < index; i++) {
      rest = ((Cons) rest).tail();
    }
    return ((Cons) rest).head();
  }

  private static void zipping(BuiltinTable table) {
    table.define(
        LISTS,
        "zip",
        2,
        (_, a) -> {
          List<Term> left = Arguments.list(a[0]);
          List<Term> right = Arguments.list(a[1]);
          int both = Math.min(left.size(), right.size());
          if (left.size() != right.size()) {
            throw Raise.error(Atom.of("function_clause"))
                .of(
                    "lists",
                    "zip",
                    ListTerm.of(left.subList(both, left.size())),
                    ListTerm.of(right.subList(both, right.size())));
          }
          var pairs = new ArrayList<Term>();
          for (int i = 0; i < left.size(); i++) {
            pairs.add(Tuple.of(left.get(i), right.get(i)));
          }
          return ListTerm.of(pairs);
        });
    table.define(
        LISTS,
        "unzip",
        1,
        (_, a) -> {
          var left = new ArrayList<Term>();
          var right = new ArrayList<Term>();
          for (Term pair : Arguments.list(a[0])) {
            if (!(pair instanceof Tuple tuple && tuple.size() == 2)) {
              return noClause();
            }
            left.add(tuple.get(0));
            right.add(tuple.get(1));
          }
          return Tuple.of(ListTerm.of(left), ListTerm.of(right));
        });
    table.define(
        LISTS,
        "enumerate",
        1,
        (_, a) -> {
          var pairs = new ArrayList<Term>();
          for (Term element : Arguments.list(a[0])) {
            pairs.add(Tuple.of(SmallInt.of(pairs.size() + 1), element));
          }
          return ListTerm.of(pairs);
        });
  }

  private static List<Term> proper(Term list) {
    if (list instanceof ListTerm proper && proper.isProper()) {
      return Arguments.list(list);
    }
    throw Raise.error(Atom.of("function_clause"));
  }

  private static Term noClause() {
    throw Raise.error(Atom.of("function_clause"));
  }

  /** The elements of a proper list in reverse order, and a tail behind them. */
  private static Term reverse(Term list, Term tail, String ifImproper) {
    Term reversed = tail;
    Term rest = list;
    while (rest instanceof Cons cons) {
      reversed = new Cons(cons.head(), reversed);
      rest = cons.tail();
    }
    if (rest != Nil.NIL) {
      throw Raise.error(Atom.of(ifImproper));
    }
    return reversed;
  }

  private static Term drop(Term list, int count) {
    Term rest = list;
    for (int i = 0; i < count; i++) {
      if (!(rest instanceof Cons cons)) {
        return noClause();
      }
      rest = cons.tail();
    }
    return rest;
  }

  /** As the real one, which counts down while it walks: what is left of both stands in its error. */
  private static Term nth(Term index, Term list) {
    Term rest = list;
    long left = index instanceof SmallInt number ? number.value() : 0;
    while (left > 1 && rest instanceof Cons cons) {
      rest = cons.tail();
      left--;
    }
    if (left == 1 && rest instanceof Cons cons) {
      return cons.head();
    }
    Term shown = index instanceof SmallInt ? SmallInt.of(left) : index;
    ListTerm location =
        ListTerm.of(
            Tuple.of(Atom.of("file"), Arguments.charlist("lists.erl")),
            Tuple.of(Atom.of("line"), SmallInt.of(198)));
    throw Raise.error(Atom.of("function_clause"))
        .in(Tuple.of(Atom.of(LISTS), Atom.of("nth"), ListTerm.of(shown, rest), location));
  }

  private static Term sequence(long from, long to, long step) {
    if (step == 0 && from != to || step > 0 && from - step > to || step < 0 && from - step < to) {
      throw Raise.badarg();
    }
    if (step == 0) {
      return ListTerm.of(SmallInt.of(from));
    }
    long count = Math.floorDiv(to - from, step) + 1;
    YardLimit.HEAP.check(count);
    Term list = Nil.NIL;
    for (long i = count - 1; i >= 0; i--) {
      list = new Cons(SmallInt.of(from + i * step), list);
    }
    return list;
  }

  private static Term sublist(List<Term> list, int from, int count) {
    if (from < 0) {
      throw Raise.error(Atom.of("function_clause"));
    }
    int start = Math.min(from, list.size());
    return ListTerm.of(list.subList(start, (int) Math.min((long) start + count, list.size())));
  }

  /** All elements that are no lists, in order, then the tail. */
  private static Term flatten(Term list, Term tail) {
    var elements = new ArrayList<Term>();
    if (!(list instanceof ListTerm) || !(tail instanceof ListTerm)) {
      throw Raise.error(Atom.of("function_clause"));
    }
    collect(list, elements);
    return ErlangOperators.append(ListTerm.of(elements), tail);
  }

  private static void collect(Term list, List<Term> elements) {
    var rest = new java.util.ArrayDeque<Term>();
    rest.push(list);
    while (!rest.isEmpty()) {
      switch (rest.pop()) {
        case Cons cons when cons.head() instanceof ListTerm -> {
          rest.push(cons.tail());
          rest.push(cons.head());
        }
        case Cons cons -> {
          elements.add(cons.head());
          rest.push(cons.tail());
        }
        case Nil _ -> {}
        case Term improper ->
            throw Raise.error(Atom.of("function_clause"))
                .of("lists", "do_flatten", improper, Nil.NIL);
      }
    }
  }
}
