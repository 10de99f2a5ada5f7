package beamyard.ui.desktop.run;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.ui.desktop.run.Printed.Source;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PrintedLogTest {
  private static Printed printed(long step, String text) {
    return new Printed(new Position(step, step), "alice", Source.OUTPUT, text);
  }

  @Property
  void whatIsNewIsWhatCameAfterTheEntriesThatWereSeen(
      @ForAll @Size(max = 40) List<@IntRange(max = 9) Integer> texts,
      @ForAll @IntRange(max = 50) int seen) {
    var log = new PrintedLog();
    texts.forEach(text -> log.add(printed(log.count(), "text " + text)));
    assertThat(log.count()).isEqualTo(texts.size());
    assertThat(log.since(seen))
        .extracting(Printed::text)
        .containsExactlyElementsOf(texts.stream().skip(seen).map(text -> "text " + text).toList());
  }

  @Test
  void aNodeThatPrintsForHoursFillsNoMemory() {
    var log = new PrintedLog();
    String line = "a line of a hundred characters, or nearly so many".repeat(2);
    for (int i = 0; i < 400_000; i++) {
      log.add(printed(i, line));
    }
    assertThat(log.count()).isEqualTo(400_000);
    assertThat(log.since(0)).hasSizeBetween(10_000, 100_000);
    assertThat(log.since(399_999)).hasSize(1);
    assertThat(log.until(new Position(399_998, 399_998)).count()).isEqualTo(399_999);
  }
}
