package beamyard.simulator.process;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.term.Pid;
import beamyard.simulator.trace.Trace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order of links, as OTP 25 showed it after the same links and unlinks. */
class LinkOrderTest {
  private final ProcessTable table = new Bench(Trace.OFF).alice();

  static List<String> recorded() throws IOException {
    try (InputStream in = LinkOrderTest.class.getResourceAsStream("link-orders.txt");
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void linksAreShownInTheOrderOfOtp(String line) {
    String[] halves = line.split(":");
    var links = new Links(table);
    for (String number : halves[0].strip().split(" ")) {
      var pid = new Pid(Bench.ALICE, Integer.parseInt(number), 0, 7);
      if (!links.removeActive(pid)) {
        links.activate(pid);
      }
    }
    List<String> shown = new ArrayList<>();
    links.inOrderOfExit().reversed().forEach(pid -> shown.add(Long.toString(pid.number())));
    String expected = halves.length > 1 ? halves[1].strip() : "";
    assertThat(shown)
        .isEqualTo(expected.isEmpty() ? List.of() : Arrays.asList(expected.split(" ")));
  }

  @Test
  void aCopyOfLinksIsIndependent() {
    var links = new Links(table);
    for (int number = 1; number <= 6; number++) {
      links.activate(new Pid(Bench.ALICE, number, 0, 7));
    }
    Links copy = links.copy(table);
    copy.removeActive(new Pid(Bench.ALICE, 3, 0, 7));
    assertThat(links.inOrderOfExit())
        .extracting(Pid::number)
        .containsExactly(1L, 3L, 6L, 5L, 4L, 2L);
    assertThat(copy.inOrderOfExit()).hasSize(5);
  }

  @Test
  void monitorsAreShownInTheOrderOfOtp() {
    var bench = new Bench(Trace.OFF);
    Pid watcher = bench.puppet(bench.alice());
    for (int number = 1; number <= 10; number++) {
      bench.let(watcher, "monitor", bench.puppet(bench.alice()));
    }
    assertThat(bench.alice().view(watcher).orElseThrow().monitors())
        .extracting(pid -> ((Pid) pid).number() - watcher.number())
        .containsExactly(4L, 6L, 8L, 9L, 10L, 7L, 5L, 2L, 3L, 1L);
  }
}
