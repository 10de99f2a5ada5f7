package beamyard.ui.desktop.run;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.shell.ElixirNodes;
import beamyard.simulator.Simulation;
import beamyard.simulator.SimulationSettings;
import beamyard.simulator.trace.Trace;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class KeyframesTest {
  private static final int MOST = 64;
  private final Motion empty =
      Motion.free(
          Trace.OFF,
          trace -> new Simulation(SimulationSettings.seed(1), ElixirNodes.shared(), trace));

  /** A run of so many events, of which every thousandth can be a keyframe. */
  private Keyframes of(int thousands) {
    var keyframes = new Keyframes();
    keyframes.keep(Position.START, empty, 0);
    for (long step = 1; step <= thousands; step++) {
      if (keyframes.isDue(step * 1_000)) {
        keyframes.keep(new Position(step * 1_000, step), empty, 0);
      }
    }
    return keyframes;
  }

  @Property(tries = 40)
  void howeverLongARunIsThereAreNeverMore(@ForAll @IntRange(min = 1, max = 60_000) int thousands) {
    assertThat(of(thousands).count()).isBetween(1, MOST);
  }

  @Property(tries = 40)
  void noMomentIsFarFromOne(
      @ForAll @IntRange(min = 1, max = 60_000) int thousands,
      @ForAll @IntRange(min = 0, max = 100) int percent) {
    long step = thousands * 10L * percent;
    Position found = of(thousands).before(new Position(step, Long.MAX_VALUE)).getKey();
    assertThat(step - found.step()).isBetween(0L, Math.max(8_000, thousands * 1_000L / 8));
  }

  @Property(tries = 20)
  void aMomentBeforeTheBeginningIsFoundFromTheBeginning(
      @ForAll @IntRange(min = 1, max = 5_000) int thousands) {
    assertThat(of(thousands).before(new Position(-1, -1)).getKey()).isEqualTo(Position.START);
  }
}
