package beamyard.lessons.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;

/** Whatever is typed, Elixir's own errors are the worst that comes of it. */
class MutatedSourcesProperties {
  private static final MutatedYard YARD = new MutatedYard();

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void aDamagedSourceNeverMakesTheYardFail(
      @ForAll @LongRange(min = 1, max = 1_000_000_000) long number) {
    String source = YARD.source(number);
    assertThat(YARD.mistakeAt(source)).as("source %d:%n%s", number, source).isEmpty();
  }
}
