package beamyard.ui.desktop.spacetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimeScaleTest {
  private static final long LONGEST = 10_000_000_000L;

  private static List<Long> mark(TimeScale scale, List<Long> gaps) {
    var instants = new ArrayList<Long>();
    long at = 0;
    for (long gap : gaps) {
      at += gap;
      scale.mark(at);
      instants.add(at);
    }
    return instants;
  }

  @Property
  void whatIsLaterIsNeverFurtherUp(
      @ForAll @Size(min = 1, max = 80) List<@LongRange(max = LONGEST) Long> gaps,
      @ForAll @LongRange(max = 80 * LONGEST) long one,
      @ForAll @LongRange(max = 80 * LONGEST) long other) {
    var scale = new TimeScale();
    mark(scale, gaps);
    assertThat(scale.y(Math.min(one, other))).isLessThanOrEqualTo(scale.y(Math.max(one, other)));
    assertThat(scale.y(Math.max(one, other))).isLessThan(scale.height());
  }

  @Property
  void aMarkedInstantIsFoundAtItsHeight(
      @ForAll @Size(min = 1, max = 80) List<@LongRange(min = 1, max = LONGEST) Long> gaps) {
    var scale = new TimeScale();
    for (long instant : mark(scale, gaps)) {
      assertThat(scale.instantAbove(scale.y(instant))).isEqualTo(instant);
    }
    assertThat(scale.instantAbove(-1)).isEqualTo(Long.MIN_VALUE);
  }

  @Property
  void everySilenceIsToldAndLabelsDoNotLieOverEachOther(
      @ForAll @Size(min = 1, max = 80)
          List<@LongRange(min = 1, max = 3 * TimeScale.SILENCE_NANOS) Long> gaps) {
    var scale = new TimeScale();
    mark(scale, gaps);
    assertThat(scale.silences(0, scale.height()).values())
        .containsExactlyElementsOf(
            gaps.subList(1, gaps.size()).stream()
                .filter(gap -> gap >= TimeScale.SILENCE_NANOS)
                .toList());
    double before = Double.NEGATIVE_INFINITY;
    for (TimeScale.Tick tick : scale.ticks(0, scale.height(), 40)) {
      assertThat(tick.y() - before).isGreaterThanOrEqualTo(20);
      before = tick.y();
    }
  }

  @Test
  void aSecondOfSilenceIsOnlyALittleLongerThanAMillisecond() {
    var scale = new TimeScale();
    mark(scale, List.of(0L, 1_000_000L, 1_000_000_000L));
    double brief = scale.y(1_000_000) - scale.y(0);
    double lengthy = scale.y(1_001_000_000) - scale.y(1_000_000);
    assertThat(lengthy).isGreaterThan(brief).isLessThan(2 * brief);
  }
}
