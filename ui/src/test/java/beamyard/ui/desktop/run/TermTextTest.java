package beamyard.ui.desktop.run;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class TermTextTest {
  private static final Term HUGE = IntegerTerm.of(BigInteger.TEN.pow(100_000));
  private static final String WORDS = "\"an integer of about 100000 digits\"";

  private static Term atom(String name) {
    return Atom.of(name);
  }

  @Test
  void aNumberThatNobodyReadsIsTold() {
    assertThat(TermText.of(HUGE)).isEqualTo(WORDS);
    assertThat(TermText.of(Tuple.of(atom("a"), ListTerm.of(atom("b"), HUGE))))
        .isEqualTo("{:a, [:b, " + WORDS + "]}");
    assertThat(TermText.of(MapTerm.of(atom("n"), HUGE))).isEqualTo("%{n: " + WORDS + "}");
    assertThat(TermText.of(new Cons(HUGE, atom("end")))).isEqualTo("[" + WORDS + " | :end]");
  }

  @Test
  void whatIsReadIsPrintedAsInspectDoes() {
    Term number = IntegerTerm.of(BigInteger.TWO.pow(100));
    assertThat(TermText.of(Tuple.of(atom("a"), number)))
        .isEqualTo("{:a, 1267650600228229401496703205376}");
  }
}
