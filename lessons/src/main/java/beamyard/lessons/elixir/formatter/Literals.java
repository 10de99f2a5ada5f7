package beamyard.lessons.elixir.formatter;

import beamyard.lessons.elixir.inspect.AtomText;
import beamyard.lessons.elixir.inspect.InspectOptions;
import beamyard.lessons.elixir.inspect.Inspector;
import beamyard.lessons.elixir.inspect.StringText;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Numbers, atoms, strings, pairs and lists in the blocks that hold what is known of them; keywords. */
final class Literals {
  private final Normalizer normalizer;
  private final Normalizer.Escapes escapes;

  Literals(Normalizer normalizer, Normalizer.Escapes escapes) {
    this.normalizer = normalizer;
    this.escapes = escapes;
  }

  Term of(Term literal, Meta parent) {
    return of(literal, Meta.NONE, parent);
  }

  Term of(Term literal, Meta own, Meta parent) {
    return switch (literal) {
      case IntegerTerm number -> number(number, own, parent);
      case Float64 number -> number(number, own, parent);
      case Atom atom -> atom(atom, Normalizer.placed(own, parent));
      case Bits text when text.isBinary() ->
          Form.block(Normalizer.placed(own, parent).list(), escaped(text));
      case Tuple pair when pair.size() == 2 -> pair(pair, Normalizer.placed(own, parent));
      case ListTerm list when list.isProper() -> list(list, own, parent);
      default -> Form.block(own.list(), literal);
    };
  }

  private static Term number(Term number, Meta own, Meta parent) {
    Meta meta =
        own.get(Meta.TOKEN) == null
            ? own.with(Meta.TOKEN, Bits.of(Inspector.inspect(number, InspectOptions.ONE_LINE)))
            : own;
    return Form.block(Normalizer.placed(meta, parent).list(), number);
  }

  private Term atom(Atom atom, Meta meta) {
    Atom escaped = (Atom) escaped(atom);
    if (!AtomText.isAlias(escaped) || meta.has(Meta.DELIMITER)) {
      return Form.block(meta.list(), escaped);
    }
    String name = escaped.name();
    var segments = new ArrayList<Term>();
    if (name.equals("Elixir")) {
      segments.add(escaped);
    } else {
      for (String segment : name.substring("Elixir.".length()).split("\\.")) {
        segments.add(Atom.of(segment));
      }
    }
    return Tuple.of(Form.ALIASES, meta.list(), ListTerm.of(segments));
  }

  /** A text or the name of an atom with the escapes that it is written with. */
  Term escaped(Term literal) {
    if (escapes == Normalizer.Escapes.WRITTEN) {
      return literal;
    }
    return switch (literal) {
      case Atom atom -> Atom.of(escape(Bits.of(atom.name())));
      case Bits text -> Bits.of(escape(text));
      default -> literal;
    };
  }

  private static String escape(Bits bytes) {
    return StringText.escape(bytes);
  }

  private Term pair(Tuple pair, Meta meta) {
    Term left = normalizer.normalized(pair.get(0), meta);
    Term right =
        pair.get(1) instanceof Cons list && isKeywords(list)
            ? keywords(list, meta, true)
            : normalizer.normalized(pair.get(1), meta);
    return Form.block(meta.list(), Tuple.of(left, right));
  }

  private Term list(ListTerm list, Meta own, Meta parent) {
    if (list instanceof Cons && isPrintable(list)) {
      Meta meta =
          own.get(Meta.DELIMITER) == null ? own.with(Meta.DELIMITER, Bits.of(Texts.SINGLE)) : own;
      return Form.block(Normalizer.placed(meta, parent).list(), characters(list));
    }
    Meta meta = own;
    if (parent.has(Meta.LINE)) {
      if (meta.get(Meta.CLOSING) == null) {
        ListTerm place = ListTerm.of(Tuple.of(Meta.LINE, parent.get(Meta.LINE)));
        meta = meta.with(Meta.CLOSING, place);
      }
      meta = Normalizer.placed(meta, parent);
    }
    return Form.block(meta.list(), keywords(list, parent, false));
  }

  private static boolean isPrintable(ListTerm list) {
    for (Term element : list) {
      if (!(element instanceof SmallInt number && StringText.isPrintableAscii(number.value()))) {
        return false;
      }
    }
    return true;
  }

  private ListTerm characters(ListTerm list) {
    var text = new StringBuilder();
    list.forEach(character -> text.append((char) ((SmallInt) character).value()));
    String written = ((Bits) escaped(Bits.of(text.toString()))).text();
    return ListTerm.of(written.codePoints().mapToObj(SmallInt::of).toList());
  }

  // Keywords

  /** Whether a list is written as {@code key: value, ...}. */
  boolean isKeywords(ListTerm list) {
    return list.isProper() && isKeywords(list.toList());
  }

  private static boolean isKeywords(List<Term> elements) {
    for (Term element : elements) {
      if (!(element instanceof Tuple pair && pair.size() == 2)) {
        return false;
      }
      boolean isKey =
          isWrappedKey(pair.get(0))
              ? Form.of(pair.get(0)).meta().isKeyword()
              : pair.get(0) instanceof Atom key && !key.name().startsWith("Elixir.");
      if (!isKey) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWrappedKey(Term key) {
    return Form.wrapped(key) instanceof Atom;
  }

  /**
   * The elements of a list, those that are keywords known as such.
   *
   * @param known whether all are known to be keywords; else they are from the first on whose successors all are
   */
  ListTerm keywords(ListTerm list, Meta parent, boolean known) {
    List<Term> elements = list.toList();
    var all = new ArrayList<Term>();
    boolean areKeywords = known;
    for (int i = 0; i < elements.size(); i++) {
      Term element = elements.get(i);
      if (!Form.isPair(element)) {
        all.add(normalizer.normalized(element, parent));
        continue;
      }
      areKeywords = areKeywords || isKeywords(elements.subList(i, elements.size()));
      Tuple pair = (Tuple) element;
      all.add(
          isWrappedKey(pair.get(0))
              ? wrappedKey(pair, parent, areKeywords)
              : plainKey(pair, parent, areKeywords));
    }
    return ListTerm.of(all);
  }

  private static Term wrappedKey(Tuple pair, Meta parent, boolean isKeyword) {
    Form key = Form.of(pair.get(0));
    if (!key.meta().isKeyword() || isKeyword) {
      return pair;
    }
    Meta meta = key.meta().without(Meta.FORMAT);
    Meta line = meta.has(Meta.LINE) ? Normalizer.line(meta) : Normalizer.line(parent);
    Term plain = Tuple.of(Form.block(meta.list(), key.argument(0)), pair.get(1));
    return Form.block(line.list(), plain);
  }

  private Term plainKey(Tuple pair, Meta parent, boolean isKeyword) {
    Meta line = Normalizer.line(parent);
    Term left =
        isKeyword
            ? Form.block(line.with(Meta.FORMAT, Atom.of("keyword")).list(), escaped(pair.get(0)))
            : normalizer.normalized(pair.get(0), parent);
    Term right = normalizer.normalized(pair.get(1), parent);
    Form form = Form.of(left);
    return form != null && form.head() == Form.BLOCK && form.meta().isKeyword()
        ? Tuple.of(left, right)
        : Form.block(line.list(), Tuple.of(left, right));
  }

  /** The entries of a map, which are pairs though no keywords. */
  ListTerm entries(ListTerm list, Meta parent) {
    return ListTerm.of(
        keywords(list, parent, false).toList().stream()
            .map(entry -> Form.isPair(Form.wrapped(entry)) ? Form.wrapped(entry) : entry)
            .toList());
  }
}
