package beamyard.lessons.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The long run of {@link MutatedSourcesProperties}: the profile {@code campaign}. */
@Tag("campaign")
class MutationCampaignTest {
  private static final int RUNS = Integer.getInteger("campaign.runs", 100_000);
  private static final int SHOWN = 20;

  @Test
  void noneOfAHundredThousandDamagedSourcesMakesTheYardFail() {
    var yard = new MutatedYard();
    var failures = new ArrayList<String>();
    for (int number = 1; number <= RUNS && failures.size() < SHOWN; number++) {
      String source = yard.source(number);
      Optional<String> mistake = yard.mistakeAt(source);
      int which = number;
      mistake.ifPresent(what -> failures.add("source %d: %s%n%s".formatted(which, what, source)));
    }
    assertThat(failures).isEqualTo(List.of());
  }
}
