package beamyard.ui.desktop.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimesTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  @Property
  void aRoundStepIsNotBelowWhatIsNeededAndNotFarAboveIt(
      @ForAll @LongRange(min = MILLI, max = 100_000 * SECOND) long least) {
    assertThat(Times.roundStep(least)).isBetween(least, 5 * least / 2 + 1);
  }

  @Property
  void whatIsToldRoughlyReadsAsNoMoreThanWhatIsToldExactly(
      @ForAll @LongRange(min = MILLI, max = SECOND - 1) long nanos) {
    assertThat(millis(Times.finely(nanos)))
        .isLessThanOrEqualTo(millis(Times.toTheMicrosecond(nanos)));
  }

  private static double millis(String text) {
    return Double.parseDouble(text.replace(" ms", ""));
  }

  @Test
  void stepsAreThoseThatPeopleCountIn() {
    assertThat(
            List.of(MILLI, 3 * MILLI, 6 * MILLI, 30 * MILLI, 600 * MILLI, 1_100 * MILLI).stream()
                .map(Times::roundStep))
        .containsExactly(MILLI, 5 * MILLI, 10 * MILLI, 50 * MILLI, SECOND, 2 * SECOND);
    assertThat(Times.roundStep(21 * SECOND)).isEqualTo(30 * SECOND);
    assertThat(Times.roundStep(31 * SECOND)).isEqualTo(60 * SECOND);
    assertThat(Times.roundStep(61 * SECOND)).isEqualTo(120 * SECOND);
    assertThat(Times.roundStep(150 * SECOND)).isEqualTo(300 * SECOND);
  }

  @Test
  void roundInstantsHaveNoMoreDigitsThanTheyNeed() {
    assertThat(
            List.of(2 * SECOND, 500 * MILLI, 10 * SECOND, 60 * SECOND, 150 * SECOND).stream()
                .map(Times::roundInstant))
        .containsExactly("2 s", "0.5 s", "10 s", "1:00", "2:30");
  }
}
