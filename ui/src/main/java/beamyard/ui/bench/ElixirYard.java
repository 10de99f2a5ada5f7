package beamyard.ui.bench;

import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.script.Stage;
import beamyard.lessons.script.Stage.Answer;
import beamyard.lessons.script.Stage.Ending;
import beamyard.lessons.script.Stage.Start;
import java.util.ArrayList;
import java.util.Map;

/** Nodes {@code n1@localhost}, {@code n2@localhost}, ... with Elixir and the source of the benchmarks. */
final class ElixirYard {
  private static final long LIMIT_MILLIS = 3_600_000;
  private final SimulatedStage stage = SimulatedStage.withSeed(1);

  ElixirYard(int size) {
    var starts = new ArrayList<Start>();
    for (int i = 1; i <= size; i++) {
      starts.add(
          new Start(
              handle(i),
              JavaNodes.label(i),
              "localhost",
              Stage.Naming.SHORT,
              "bench",
              Stage.Visibility.VISIBLE,
              Map.of(),
              Stage.Logging.OFF));
    }
    stage.start(starts);
    for (int i = 1; i <= size; i++) {
      type(handle(i), Peer.source());
    }
    for (int i = 2; i <= size; i++) {
      evaluate("Node.connect(:" + handle(i) + ")", "true");
    }
  }

  static String handle(int number) {
    return JavaNodes.label(number) + "@localhost";
  }

  /** Types at the first node's shell; fails if something else is printed. */
  void evaluate(String code, String expected) {
    String printed = type(handle(1), code).strip();
    if (!printed.equals(expected)) {
      throw new AssertionError(code + " gave " + printed + " and not " + expected);
    }
  }

  String type(String handle, String code) {
    Answer answer = stage.type(handle, code, LIMIT_MILLIS);
    if (answer.ending() != Ending.DONE) {
      throw new AssertionError(code + " ended " + answer.ending() + ": " + answer.printed());
    }
    return answer.printed();
  }
}
