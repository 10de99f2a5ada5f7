package beamyard.simulator.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClosureTest {
  private record Source(String text) implements Closure.FunctionCode {
    @Override
    public Term asTerm() {
      return Bits.of(text);
    }
  }

  private record Opaque(int number) implements Closure.FunctionCode {}

  private static Closure made(Closure.FunctionCode code) {
    return new Closure(Atom.of("erl_eval"), 42, 3316493, 1, List.of(Atom.OK), Optional.of(code));
  }

  @Test
  void functionsMadeAtAPromptAreOrderedByTheirCode() {
    Closure a = made(new Source("fn x -> x end"));
    Closure b = made(new Source("fn y -> y end"));
    assertThat(TermOrder.STANDARD.compare(a, b)).isNegative();
    assertThat(TermOrder.STANDARD.compare(a, made(new Source("fn x -> x end")))).isZero();
    assertThat(a).isNotEqualTo(b);
    var builder = MapTerm.builder();
    for (int i = 0; i < 50; i++) {
      builder.put(made(new Source("fn -> " + i + " end")), SmallInt.of(i));
    }
    assertThat(builder.build().size()).isEqualTo(50);
  }

  @Test
  void functionsWhoseCodeSaysNothingAreEqualOrNotButHaveNoOrder() {
    assertThat(made(new Opaque(1)))
        .isEqualTo(made(new Opaque(1)))
        .isNotEqualTo(made(new Opaque(2)));
    assertThat(TermOrder.STANDARD.compare(made(new Opaque(1)), made(new Opaque(1)))).isZero();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> TermOrder.STANDARD.compare(made(new Opaque(1)), made(new Opaque(2))))
        .withMessageContaining("order of functions with different code");
    var builder = MapTerm.builder();
    for (int i = 0; i < 50; i++) {
      builder.put(made(new Opaque(i)), SmallInt.of(i));
    }
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(builder::build);
  }

  @Test
  void aFunctionMadeAtAPromptIsWrittenWithItsCodeAndReadWithoutIt() {
    byte[] bytes = TermCodec.encode(made(new Source("fn x -> x end")));
    assertThat(TermCodec.decode(bytes))
        .isEqualTo(
            new Closure(
                Atom.of("erl_eval"),
                42,
                3316493,
                1,
                List.of(Atom.OK, Bits.of("fn x -> x end")),
                Optional.empty()));
  }
}
