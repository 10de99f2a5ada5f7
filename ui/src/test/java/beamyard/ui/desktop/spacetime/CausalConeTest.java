package beamyard.ui.desktop.spacetime;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.distribution.ConnectionPacket;
import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Happening.Cargo;
import beamyard.ui.desktop.run.Happening.Sent;
import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.spacetime.SpaceTimeModel.Arrow;
import beamyard.ui.desktop.spacetime.SpaceTimeModel.Fate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CausalConeTest {
  private static final int NODES = 4;
  private static final int LONGEST = 40;

  /** What is known of an arrow before it has a number. */
  private record Drawn(int from, int to, long sentNanos, int latency, boolean arrives) {}

  @Provide
  Arbitrary<List<Arrow>> histories() {
    Arbitrary<Integer> node = Arbitraries.integers().between(0, NODES - 1);
    return Combinators.combine(
            node,
            node,
            Arbitraries.longs().between(0, 100),
            Arbitraries.integers().between(1, LONGEST),
            Arbitraries.of(true, true, true, false))
        .as(Drawn::new)
        .filter(drawn -> drawn.from() != drawn.to())
        .list()
        .ofMinSize(1)
        .ofMaxSize(24)
        .map(CausalConeTest::arrows);
  }

  private static List<Arrow> arrows(List<Drawn> all) {
    var arrows = new ArrayList<Arrow>();
    for (Drawn drawn : all.stream().sorted(Comparator.comparing(Drawn::sentNanos)).toList()) {
      long number = arrows.size();
      var sent =
          new Sent(
              number,
              0,
              Cargo.TICK,
              "n" + drawn.from(),
              "n" + drawn.to(),
              "",
              "",
              new ConnectionPacket.Tick());
      var happening = new Happening(number, Position.START, drawn.sentNanos(), sent);
      var arrow = new Arrow(happening, sent, 0);
      long end = drawn.sentNanos() + drawn.latency();
      arrow.end(end, drawn.arrives() ? Fate.DELIVERED : Fate.LOST);
      arrows.add(arrow);
    }
    return arrows;
  }

  private static boolean causes(Arrow one, Arrow other) {
    return one.fate() == Fate.DELIVERED
        && one.sent().to().equals(other.sent().from())
        && one.endNanos() <= other.happening().atNanos();
  }

  /** What an arrow causes at once and further on. */
  private static Set<Arrow> after(List<Arrow> arrows, Arrow one) {
    var found = new LinkedHashSet<Arrow>();
    var open = new ArrayList<>(List.of(one));
    while (!open.isEmpty()) {
      Arrow next = open.removeLast();
      arrows.stream().filter(other -> causes(next, other) && found.add(other)).forEach(open::add);
    }
    return found;
  }

  @Property
  void theConeIsWhatAnArrowCausesAndWhatCausesIt(@ForAll("histories") List<Arrow> arrows) {
    for (Arrow chosen : arrows) {
      var expected = new LinkedHashSet<>(after(arrows, chosen));
      expected.add(chosen);
      arrows.stream().filter(other -> after(arrows, other).contains(chosen)).forEach(expected::add);
      assertThat(CausalCone.of(arrows, chosen.sent().transfer()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Property
  void theClockOfWhatIsCausedIsLater(@ForAll("histories") List<Arrow> arrows) {
    for (Arrow one : arrows) {
      Map<String, Long> before = CausalCone.clock(arrows, one.sent().transfer());
      for (Arrow other : after(arrows, one)) {
        Map<String, Long> clock = CausalCone.clock(arrows, other.sent().transfer());
        assertThat(clock).isNotEqualTo(before);
        before.forEach(
            (node, count) ->
                assertThat(clock.getOrDefault(node, 0L)).isGreaterThanOrEqualTo(count));
      }
    }
  }
}
