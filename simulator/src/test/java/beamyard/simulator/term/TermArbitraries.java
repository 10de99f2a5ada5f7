package beamyard.simulator.term;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Terms for properties: every kind, with the values that comparing and coding find difficult more often than chance has them. */
public final class TermArbitraries {
  private TermArbitraries() {}

  /** Terms of every kind, nested up to three levels. */
  public static Arbitrary<Term> terms() {
    return nested(3, Arbitraries.<Term>oneOf(data(), identifiers(), functions()));
  }

  /** Terms without identifiers and functions. */
  public static Arbitrary<Term> plainTerms() {
    return nested(3, data());
  }

  private static Arbitrary<Term> data() {
    return Arbitraries.<Term>oneOf(
        integers(), floats(), atoms(), bits(), Arbitraries.just(Nil.NIL), small());
  }

  private static Arbitrary<Term> small() {
    return Arbitraries.of(
        SmallInt.of(0),
        SmallInt.of(1),
        new Float64(1.0),
        new Float64(0.0),
        new Float64(-0.0),
        Atom.of("a"),
        Tuple.EMPTY);
  }

  public static Arbitrary<Term> integers() {
    Arbitrary<BigInteger> nearPowers =
        Combinators.combine(
                Arbitraries.integers().between(0, 130), Arbitraries.integers().between(-2, 2))
            .as(
                (exponent, away) ->
                    BigInteger.ONE.shiftLeft(exponent).add(BigInteger.valueOf(away)));
    return Arbitraries.oneOf(
            Arbitraries.longs().between(-300, 300).map(BigInteger::valueOf),
            Arbitraries.longs().map(BigInteger::valueOf),
            nearPowers,
            nearPowers.map(BigInteger::negate))
        .map(IntegerTerm::of);
  }

  public static Arbitrary<Term> floats() {
    Arbitrary<Double> whole =
        integers().map(integer -> ((IntegerTerm) integer).bigValue().doubleValue());
    return Arbitraries.oneOf(Arbitraries.doubles(), whole).map(Float64::new);
  }

  public static Arbitrary<Term> atoms() {
    Arbitrary<String> odd =
        Arbitraries.of(
            "", "ok", "Elixir.Enum", "é", "\uFFFD", "\uD83D\uDE00", "\uD83D\uDE00a", "中文", "a b");
    return Arbitraries.oneOf(odd, Arbitraries.strings().alpha().ofMaxLength(4)).map(Atom::of);
  }

  public static Arbitrary<Term> bits() {
    Arbitrary<Bits> any =
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(30)
            .flatMap(
                bytes ->
                    Arbitraries.integers()
                        .between(0, bytes.length * 8)
                        .map(size -> Bits.of(bytes).sliceBits(0, size)));
    return Arbitraries.<Term>oneOf(any, Arbitraries.strings().ofMaxLength(5).map(Bits::of));
  }

  private static Arbitrary<Term> identifiers() {
    Arbitrary<Atom> nodes = Arbitraries.of("a@h", "b@h", "alice@localhost").map(Atom::of);
    Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 5);
    Arbitrary<Integer> creations = Arbitraries.of(0, 1, 2, -1);
    return Arbitraries.<Term>oneOf(
        Combinators.combine(nodes, numbers, numbers, creations).as(Pid::new),
        Combinators.combine(nodes, numbers.map(n -> (long) n << 6 * n), creations).as(Port::new),
        Combinators.combine(nodes, creations, numbers, Arbitraries.of(0, -1, 7), numbers)
            .as(Reference::new));
  }

  private static Arbitrary<Term> functions() {
    Arbitrary<Atom> modules = Arbitraries.of("lists", "Elixir.Enum").map(Atom::of);
    Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 255);
    return Arbitraries.<Term>oneOf(
        Combinators.combine(modules, atoms().map(atom -> (Atom) atom), numbers)
            .as(ExternalFun::new),
        Combinators.combine(
                modules, numbers, Arbitraries.integers(), numbers, data().list().ofMaxSize(2))
            .as(
                (module, index, uniq, arity, free) ->
                    new Closure(module, index, uniq, arity, List.copyOf(free), Optional.empty())));
  }

  private static Arbitrary<Term> nested(int depth, Arbitrary<Term> leaves) {
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<Term> inner = nested(depth - 1, leaves);
    Arbitrary<List<Term>> some = inner.list().ofMaxSize(4);
    Arbitrary<Term> bytes =
        Arbitraries.integers()
            .between(0, 255)
            .map(i -> (Term) SmallInt.of(i))
            .list()
            .ofMaxSize(6)
            .map(ListTerm::of);
    return Arbitraries.<Term>oneOf(
        leaves,
        some.map(elements -> Tuple.of(elements.toArray(Term[]::new))),
        some.map(ListTerm::of),
        bytes,
        Combinators.combine(some, leaves).as(TermArbitraries::improper),
        Combinators.combine(inner, inner)
            .as(MapTerm.Entry::new)
            .list()
            .ofMaxSize(4)
            .map(MapTerm::ofEntries),
        bigMaps(leaves));
  }

  private static Term improper(List<Term> elements, Term tail) {
    Term list = tail;
    for (Term element : elements.reversed()) {
      list = new Cons(element, list);
    }
    return list;
  }

  private static Arbitrary<Term> bigMaps(Arbitrary<Term> values) {
    return Combinators.combine(
            Arbitraries.integers().between(28, 50), Arbitraries.integers().between(0, 20), values)
        .as(
            (size, start, value) -> {
              var entries = new ArrayList<MapTerm.Entry>();
              for (int i = 0; i < size; i++) {
                entries.add(new MapTerm.Entry(SmallInt.of(start + i), value));
              }
              return MapTerm.ofEntries(entries);
            });
  }
}
