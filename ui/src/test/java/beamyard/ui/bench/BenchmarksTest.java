package beamyard.ui.bench;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Simulation;
import beamyard.simulator.trace.Trace;
import beamyard.ui.bench.Row.Goal;
import beamyard.ui.bench.Row.Unit;
import beamyard.ui.bench.Row.Verdict;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BenchmarksTest {
  private static Verdict verdict(double figure, Goal goal, OptionalDouble peer) {
    return new Row("something", figure, Unit.MILLIS, goal, peer).verdict();
  }

  @Test
  void aFigureIsHeldAgainstItsGoal() {
    OptionalDouble none = OptionalDouble.empty();
    assertThat(verdict(10, new Goal.AtLeast(10), none)).isEqualTo(Verdict.REACHED);
    assertThat(verdict(9, new Goal.AtLeast(10), none)).isEqualTo(Verdict.MISSED);
    assertThat(verdict(10, new Goal.AtMost(10), none)).isEqualTo(Verdict.REACHED);
    assertThat(verdict(11, new Goal.AtMost(10), none)).isEqualTo(Verdict.MISSED);
    assertThat(verdict(11, new Goal.None(), none)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aFigureIsHeldAgainstThePeerOnlyWhereThereIsOne() {
    assertThat(verdict(30, new Goal.TimesPeer(3), OptionalDouble.of(10)))
        .isEqualTo(Verdict.REACHED);
    assertThat(verdict(31, new Goal.TimesPeer(3), OptionalDouble.of(10))).isEqualTo(Verdict.MISSED);
    assertThat(verdict(31, new Goal.TimesPeer(3), OptionalDouble.empty()))
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void theScenarioEndsInAgreementFromTheBootAndFromACopyOfTheMesh() {
    for (long seed = 1; seed <= 3; seed++) {
      Simulation mesh = ScenarioBenchmark.meshed(seed);
      Simulation copy = mesh.copy(Trace.OFF);
      ScenarioBenchmark.play(mesh);
      ScenarioBenchmark.play(copy);
      assertThat(copy.now()).isEqualTo(mesh.now());
    }
  }

  @Test
  void theElixirThatIsMeasuredComputesWhatItShould() {
    var yard = new ElixirYard(2);
    yard.evaluate("Bench.fib(15)", "610");
    yard.evaluate("Bench.words(Bench.text(3000))", "1000");
    yard.evaluate("Bench.pipeline(10)", "95");
    yard.evaluate("Bench.deep(5000)", "5000");
    yard.evaluate("Bench.round_trips(100)", ":ok");
    yard.evaluate("Bench.pairs(:n2@localhost, 3, 10)", ":ok");
  }
}
