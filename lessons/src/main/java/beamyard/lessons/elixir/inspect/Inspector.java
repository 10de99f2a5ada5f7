package beamyard.lessons.elixir.inspect;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ExternalFun;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Port;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Terms as Elixir 1.14's {@code inspect} prints them. */
public final class Inspector {
  static final Atom STRUCT = Atom.of("__struct__");
  static final Atom EXCEPTION = Atom.of("__exception__");

  private final Surroundings surroundings;

  public Inspector(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Thrown where a struct has an implementation of {@code Inspect} in Elixir, which only a process can run. */
  public static final class NeedsElixir extends RuntimeException {
    private static final long serialVersionUID = 1;

    NeedsElixir(Atom module) {
      super(module.name(), null, false, false);
    }
  }

  /**
   * The text of a term on a node of which nothing is known.
   *
   * @throws NeedsElixir never, as no module is known
   */
  public static String inspect(Term term, InspectOptions options) {
    return new Inspector(Surroundings.NONE).text(term, options);
  }

  /**
   * The text of a term.
   *
   * @throws NeedsElixir if there is a struct in it that Elixir code prints
   */
  public String text(Term term, InspectOptions options) {
    return Layout.format(Doc.group(doc(term, options)), options.width());
  }

  /**
   * The document of a term.
   *
   * @throws NeedsElixir if there is a struct in it that Elixir code prints
   */
  public Doc doc(Term term, InspectOptions options) {
    return switch (term) {
      case Atom atom -> Doc.text(AtomText.inspect(atom));
      case IntegerTerm integer -> Doc.text(integer(integer.bigValue(), options.base()));
      case Float64(double value) -> Doc.text(FloatText.inspect(value));
      case Bits bits -> bits(bits, options);
      case Nil _ ->
          options.charlists() == InspectOptions.Charlists.AS_CHARLISTS
              ? Doc.text("''")
              : Doc.text("[]");
      case Cons list -> list(list, options);
      case Tuple tuple ->
          container("{", ListTerm.of(tuple.elements()), "}", options, Breaking.FLEX, this::doc);
      case MapTerm map -> map(map, options);
      case ExternalFun(Atom module, Atom function, int arity) ->
          Doc.text(
              "&" + AtomText.inspect(module) + "." + AtomText.function(function) + "/" + arity);
      case Closure closure ->
          Doc.text(
              "#Function<"
                  + closure.index()
                  + "."
                  + Integer.toUnsignedString(closure.uniq())
                  + "/"
                  + closure.arity()
                  + " in "
                  + surroundings.origin(closure)
                  + ">");
      case Pid pid ->
          Doc.text(
              "#PID<"
                  + surroundings.nodeNumber(pid.node())
                  + "."
                  + pid.number()
                  + "."
                  + pid.serial()
                  + ">");
      case Port port ->
          Doc.text("#Port<" + surroundings.nodeNumber(port.node()) + "." + port.number() + ">");
      case Reference reference ->
          Doc.text(
              "#Reference<"
                  + surroundings.nodeNumber(reference.node())
                  + "."
                  + Integer.toUnsignedString(reference.high())
                  + "."
                  + Integer.toUnsignedString(reference.middle())
                  + "."
                  + reference.low()
                  + ">");
    };
  }

  private static String integer(BigInteger value, InspectOptions.Base base) {
    String sign = value.signum() < 0 ? "-" : "";
    return switch (base) {
      case DECIMAL -> value.toString();
      case HEX -> sign + "0x" + value.abs().toString(16).toUpperCase(Locale.ROOT);
      case OCTAL -> sign + "0o" + value.abs().toString(8);
      case BINARY -> sign + "0b" + value.abs().toString(2);
    };
  }

  private static Doc bits(Bits bits, InspectOptions options) {
    if (options.binaries() == InspectOptions.Binaries.AS_STRINGS && bits.isBinary()) {
      return Doc.text(Strings.lenient(bits, options.printableLimit()));
    }
    if (options.binaries() == InspectOptions.Binaries.INFER && bits.isBinary()) {
      String text = Strings.printable(bits, options.printableLimit());
      if (text != null) {
        return Doc.text(text);
      }
    }
    if (bits.bitSize() == 0) {
      return Doc.text("<<>>");
    }
    int whole = bits.bitSize() / 8;
    int shown = Math.min(whole, options.limit());
    Doc inner = Doc.Empty.EMPTY;
    int left = bits.bitSize() - whole * 8;
    if (shown < whole || left > 0 && shown >= options.limit()) {
      inner = Doc.text("...");
    } else if (left > 0) {
      int last = bits.byteAt(whole) >>> (8 - left);
      inner = Doc.text(integer(BigInteger.valueOf(last), options.base()) + "::size(" + left + ")");
    }
    for (int i = shown - 1; i >= 0; i--) {
      String text = integer(BigInteger.valueOf(bits.byteAt(i)), options.base());
      inner =
          inner == Doc.Empty.EMPTY && i == whole - 1
              ? Doc.text(text)
              : Doc.concat(Doc.text(text + ","), new Doc.Break(" ", Doc.Break.Kind.FLEX), inner);
    }
    return Doc.group(Doc.concat(Doc.text("<<"), Doc.nest(inner, 2), Doc.text(">>")));
  }

  private Doc list(Cons list, InspectOptions options) {
    switch (options.charlists()) {
      case INFER -> {
        if (Strings.isCharlist(list, options.printableLimit())) {
          return Doc.text(Strings.charlist(list, options.printableLimit()));
        }
      }
      case AS_CHARLISTS -> {
        return Doc.text(Strings.charlist(list, options.printableLimit()));
      }
      case AS_LISTS -> {}
    }
    return isKeyword(list)
        ? container("[", list, "]", options, Breaking.STRICT, this::keyword)
        : container("[", list, "]", options, Breaking.MAYBE, this::doc);
  }

  private Doc keyword(Term pair, InspectOptions options) {
    Tuple tuple = (Tuple) pair;
    return Doc.concat(
        Doc.text(AtomText.key((Atom) tuple.get(0))), Doc.text(" "), doc(tuple.get(1), options));
  }

  private Doc association(Term pair, InspectOptions options) {
    Tuple tuple = (Tuple) pair;
    return Doc.concat(
        Doc.concat(doc(tuple.get(0), options), Doc.text(" => ")), doc(tuple.get(1), options));
  }

  static boolean isKeyword(ListTerm list) {
    Term rest = list;
    while (rest instanceof Cons cons) {
      if (!(cons.head() instanceof Tuple tuple
          && tuple.size() == 2
          && isKeywordKey(tuple.get(0)))) {
        return false;
      }
      rest = cons.tail();
    }
    return rest == Nil.NIL && list != Nil.NIL;
  }

  private static boolean isKeywordKey(Term key) {
    return key instanceof Atom atom && !atom.name().startsWith("Elixir.");
  }

  private Doc map(MapTerm map, InspectOptions options) {
    if (options.structs() == InspectOptions.Structs.PRINT
        && map.get(STRUCT) instanceof Atom module) {
      Doc special = BuiltInStructs.doc(this, module, map, options);
      if (special != null) {
        return special;
      }
      switch (surroundings.struct(module)) {
        case Surroundings.StructShape.OwnImplementation _ -> throw new NeedsElixir(module);
        case Surroundings.StructShape.Fields(List<Atom> names) -> {
          if (hasExactly(map, names)) {
            return struct(module, map, names, options);
          }
        }
        case Surroundings.StructShape.Unknown _ -> {}
      }
    }
    return plainMap(map, options);
  }

  private static boolean hasExactly(MapTerm map, List<Atom> names) {
    return map.size() == names.size() + 1 && names.stream().allMatch(map::containsKey);
  }

  private Doc struct(Atom module, MapTerm map, List<Atom> names, InspectOptions options) {
    var pairs = new ArrayList<Term>();
    for (Atom name : names) {
      if (name != EXCEPTION) {
        pairs.add(Tuple.of(name, map.get(name)));
      }
    }
    return fields("%" + AtomText.inspect(module) + "{", pairs, "}", options);
  }

  Doc fields(String left, List<Term> pairs, String right, InspectOptions options) {
    return container(left, ListTerm.of(pairs), right, options, Breaking.STRICT, this::keyword);
  }

  private Doc plainMap(MapTerm map, InspectOptions options) {
    var pairs = new ArrayList<Term>(map.size());
    boolean keywords = true;
    for (MapTerm.Entry entry : map) {
      keywords &= isKeywordKey(entry.key());
      pairs.add(Tuple.of(entry.key(), entry.value()));
    }
    return container(
        "%{",
        ListTerm.of(pairs),
        "}",
        options,
        Breaking.STRICT,
        keywords ? this::keyword : this::association);
  }

  /** How a container breaks when it does not fit. */
  enum Breaking {
    /** One element a line. */
    STRICT,
    /** As many elements in a line as fit. */
    FLEX,
    /** Flex if all elements are simple. */
    MAYBE
  }

  /** A container of elements, at most as many as the limit says. */
  Doc container(
      String left,
      ListTerm elements,
      String right,
      InspectOptions options,
      Breaking breaking,
      BiFunction<Term, InspectOptions, Doc> element) {
    if (elements == Nil.NIL) {
      return Doc.text(left + right);
    }
    var docs = new ArrayList<Doc>();
    boolean simple = breaking == Breaking.MAYBE;
    @Nullable Doc improper = null;
    InspectOptions remaining = options;
    Term rest = elements;
    while (rest != Nil.NIL) {
      if (remaining.limit() == 0) {
        docs.add(Doc.text("..."));
        break;
      }
      remaining = remaining.oneLess();
      if (!(rest instanceof Cons cons)) {
        throw new AssertionError("a list ends in a list or an improper tail");
      }
      Doc doc = element.apply(cons.head(), remaining);
      simple = simple && doc.isSimple();
      docs.add(doc);
      rest = cons.tail();
      if (!(rest instanceof ListTerm)) {
        improper = element.apply(rest, remaining);
        simple = simple && improper.isSimple();
        break;
      }
    }
    boolean flex = simple || breaking == Breaking.FLEX;
    Doc inside = joined(docs, improper, flex ? Doc.Break.Kind.FLEX : Doc.Break.Kind.STRICT);
    return flex
        ? Doc.group(Doc.concat(Doc.text(left), Doc.nest(inside, 1), Doc.text(right)))
        : Doc.group(
            Doc.concat(
                Doc.nest(Doc.glue(Doc.text(left), "", inside), 2),
                new Doc.Break("", Doc.Break.Kind.STRICT),
                Doc.text(right)));
  }

  private static Doc joined(List<Doc> docs, @Nullable Doc improper, Doc.Break.Kind kind) {
    Doc all = docs.getLast();
    if (improper != null) {
      all = Doc.concat(all, Doc.text(" |"), new Doc.Break(" ", kind), improper);
    }
    for (int i = docs.size() - 2; i >= 0; i--) {
      all = Doc.concat(docs.get(i), Doc.text(","), new Doc.Break(" ", kind), all);
    }
    return all;
  }
}
