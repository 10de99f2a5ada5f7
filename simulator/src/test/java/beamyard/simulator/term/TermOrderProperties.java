package beamyard.simulator.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TermOrderProperties {
  @Provide
  Arbitrary<Term> terms() {
    return TermArbitraries.terms();
  }

  /** Terms that are often alike. */
  @Provide
  Arbitrary<List<Term>> relatives() {
    return Combinators.combine(
            TermArbitraries.terms().list().ofMinSize(1).ofMaxSize(3), TermArbitraries.terms())
        .flatAs(
            (few, other) ->
                Arbitraries.of(few).list().ofSize(3).map(picked -> replacedOnce(picked, other)));
  }

  private static List<Term> replacedOnce(List<Term> terms, Term other) {
    return terms.size() < 3
        ? terms
        : List.of(terms.get(0), wrapped(terms.get(1), other), wrapped(terms.get(2), other));
  }

  private static Term wrapped(Term term, Term other) {
    return term instanceof Cons cons ? new Cons(cons.head(), other) : term;
  }

  @Provide
  Arbitrary<Term> numbers() {
    return Arbitraries.oneOf(TermArbitraries.integers(), TermArbitraries.floats());
  }

  @Property(tries = 500)
  void turningAPairRoundTurnsItsOrderRound(@ForAll("relatives") List<Term> terms) {
    for (Comparator<Term> order : List.of(TermOrder.STANDARD, TermOrder.EXACT)) {
      for (Term a : terms) {
        for (Term b : terms) {
          assertThat(Integer.signum(order.compare(a, b)))
              .isEqualTo(-Integer.signum(order.compare(b, a)));
        }
      }
    }
  }

  @Property(tries = 500)
  void theOrderIsTransitive(@ForAll("relatives") List<Term> terms) {
    for (Comparator<Term> order : List.of(TermOrder.STANDARD, TermOrder.EXACT)) {
      List<Term> sorted = terms.stream().sorted(order).toList();
      for (int i = 0; i < sorted.size(); i++) {
        for (int j = i; j < sorted.size(); j++) {
          assertThat(order.compare(sorted.get(i), sorted.get(j))).isNotPositive();
        }
      }
    }
  }

  @Property(tries = 500)
  void exactlyEqualTermsAreThoseThatCompareEqualExactly(@ForAll("relatives") List<Term> terms) {
    for (Term a : terms) {
      for (Term b : terms) {
        assertThat(a.equals(b)).isEqualTo(TermOrder.EXACT.compare(a, b) == 0);
        if (a.equals(b)) {
          assertThat(a).hasSameHashCodeAs(b);
          assertThat(PortableHash.phash2(a)).isEqualTo(PortableHash.phash2(b));
          assertThat(InternalHash.of(a)).isEqualTo(InternalHash.of(b));
          assertThat(TermOrder.STANDARD.compare(a, b)).isZero();
        }
      }
    }
  }

  @Property
  void numbersCompareByTheirExactValues(@ForAll("numbers") Term a, @ForAll("numbers") Term b) {
    assertThat(Integer.signum(TermOrder.STANDARD.compare(a, b)))
        .isEqualTo(decimal(a).compareTo(decimal(b)));
  }

  private static BigDecimal decimal(Term number) {
    return number instanceof Float64(double value)
        ? new BigDecimal(value)
        : new BigDecimal(((IntegerTerm) number).bigValue());
  }

  @Example
  void termsNestedAMillionDeepCompareAndAreCodedAndHashed() {
    Term a = deep(1_000_000, Atom.of("a"));
    Term b = deep(1_000_000, Atom.of("b"));
    assertThat(TermOrder.STANDARD.compare(a, b)).isNegative();
    assertThat(a.equals(b)).isFalse();
    assertThat(a.equals(deep(1_000_000, Atom.of("a")))).isTrue();
    assertThat(a).hasSameHashCodeAs(deep(1_000_000, Atom.of("a")));
    assertThat(PortableHash.phash2(a)).isNotEqualTo(PortableHash.phash2(b));
    assertThat(TermCodec.decode(TermCodec.encode(a)).equals(a)).isTrue();
  }

  private static Term deep(int depth, Term innermost) {
    Term term = innermost;
    for (int i = 0; i < depth; i++) {
      term =
          switch (i % 3) {
            case 0 -> Tuple.of(Atom.OK, term);
            case 1 -> new Cons(term, Nil.NIL);
            default -> MapTerm.of(Atom.OK, term);
          };
    }
    return term;
  }
}
