package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.syntax.ParseOptions;
import beamyard.lessons.elixir.syntax.Parser;
import beamyard.lessons.elixir.syntax.Source;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * The expansion of a macro as Elixir text with holes, {@code unquote(name)} and {@code unquote_splicing(name)}. What the text
 * names is {@code Kernel}'s whatever the place of use imports, and its variables are its own.
 */
final class Template {
  private static final Atom UNQUOTE = Atom.of("unquote");
  private static final Atom UNQUOTE_SPLICING = Atom.of("unquote_splicing");

  private final Term quoted;

  private Template(Term quoted) {
    this.quoted = quoted;
  }

  static Template of(String text) {
    return new Template(Parser.quoted(Source.of("kernel.ex", text), ParseOptions.LINES));
  }

  /** Fills the holes. */
  Term fill(Expander expander, ListTerm meta, Object... namesAndValues) {
    var holes = new java.util.LinkedHashMap<String, Term>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      holes.put((String) namesAndValues[i], (Term) namesAndValues[i + 1]);
    }
    return fill(quoted, new Filling(holes, Quoted.meta(Quoted.line(meta)), expander.nextCounter()));
  }

  private record Filling(java.util.Map<String, Term> holes, ListTerm meta, SmallInt counter) {
    Term hole(Term node) {
      String name = ((Atom) ((Tuple) Quoted.argument(node, 0)).get(0)).name();
      Term value = holes.get(name);
      if (value == null) {
        throw new AssertionError("no value for " + name);
      }
      return value;
    }
  }

  private static Term fill(Term form, Filling filling) {
    return switch (form) {
      case Tuple tuple when Quoted.isCall(tuple, UNQUOTE, 1) -> filling.hole(tuple);
      case Tuple tuple when tuple.size() == 3 && tuple.get(1) instanceof ListTerm meta -> {
        Term callee = fill(tuple.get(0), filling);
        ListTerm marked = Quoted.without(Quoted.without(meta, Quoted.LINE), Atom.of("do"));
        for (Term pair : filling.meta()) {
          marked = new Cons(pair, marked);
        }
        if (tuple.get(2) instanceof Atom && callee instanceof Atom name) {
          boolean isSpecial = name.name().startsWith("__") || name == Quoted.UNDERSCORE;
          yield isSpecial
              ? Tuple.of(callee, marked, Atom.NIL)
              : Tuple.of(
                  callee, Quoted.with(marked, Quoted.COUNTER, filling.counter()), Quoted.KERNEL);
        }
        List<Term> arguments = ((ListTerm) tuple.get(2)).toList();
        if (callee == Quoted.ALIASES) {
          yield Tuple.of(callee, Quoted.with(marked, Quoted.ALIAS, Atom.FALSE), tuple.get(2));
        }
        if (callee instanceof Atom name && isKernel(name, arguments.size())) {
          marked =
              Quoted.with(
                  marked,
                  Quoted.IMPORTS,
                  ListTerm.of(Tuple.of(SmallInt.of(arguments.size()), Quoted.KERNEL)));
          marked = Quoted.with(marked, Quoted.CONTEXT, Quoted.KERNEL);
        }
        yield Tuple.of(callee, marked, fill(tuple.get(2), filling));
      }
      case Tuple tuple ->
          Tuple.of(tuple.elements().stream().map(part -> fill(part, filling)).toArray(Term[]::new));
      case Cons list -> fillList(list, filling);
      default -> form;
    };
  }

  private static boolean isKernel(Atom name, int arity) {
    return KernelNames.isMacro(name, arity) || KernelNames.isFunction(name, arity);
  }

  private static Term fillList(Cons list, Filling filling) {
    var elements = new ArrayList<Term>();
    Term rest = list;
    while (rest instanceof Cons cons) {
      if (Quoted.isCall(cons.head(), UNQUOTE_SPLICING, 1)) {
        elements.addAll(((ListTerm) filling.hole(cons.head())).toList());
      } else {
        elements.add(fill(cons.head(), filling));
      }
      rest = cons.tail();
    }
    return rest == Nil.NIL ? ListTerm.of(elements) : list;
  }
}
