package beamyard.lessons.exploration;

import beamyard.lessons.script.Program;
import beamyard.lessons.script.ScriptProblem;
import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.script.Stage;
import beamyard.lessons.script.Stage.Ending;
import beamyard.lessons.script.Stage.Logging;
import beamyard.lessons.script.Stage.Naming;
import beamyard.lessons.script.Stage.Start;
import beamyard.lessons.script.Stage.Visibility;
import beamyard.simulator.Simulation;
import beamyard.simulator.trace.Trace;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A program about to begin: its nodes are up and, unless wanted apart, connected, and its modules loaded on each. Every run is a
 * copy of it with a seed of its own, so that what all runs have in common is done once.
 */
public final class Rehearsal {
  private static final String COOKIE = "secret";
  private static final long LIMIT_MILLIS = 60_000;

  private final Program program;
  private final List<String> nodes;
  private final Beginning beginning;
  private final Simulation prepared;

  /** How the nodes begin. */
  public enum Beginning {
    CONNECTED,
    APART
  }

  /** Prepares a program; {@link ScriptProblem} if its modules do not compile. */
  public Rehearsal(Program program, List<Start> starts, Beginning beginning) {
    this.program = program;
    this.beginning = beginning;
    this.nodes = starts.stream().map(Start::handle).toList();
    var stage = SimulatedStage.withSeed(1);
    stage.start(starts);
    if (beginning == Beginning.CONNECTED) {
      for (String other : nodes.subList(1, nodes.size())) {
        type(stage, nodes.getFirst(), "Node.connect(:\"" + other + "\")");
      }
      nodes.forEach(node -> type(stage, node, ":global.sync()"));
    }
    for (String module : program.modules()) {
      for (String node : nodes) {
        String printed = type(stage, node, module + "\n; IEx.dont_display_result()");
        if (printed.contains("** (")) {
          throw new ScriptProblem(program.file(), 0, "does not compile: " + printed.strip());
        }
      }
    }
    prepared = stage.simulation();
  }

  /** Prepares what a counterexample was found with: its program on nodes of its names. */
  public static Rehearsal of(Counterexample known) {
    return new Rehearsal(
        Program.parse(known.program(), known.text()),
        known.nodes().stream().map(Rehearsal::plainNode).toList(),
        known.beginning());
  }

  /** A node of a full name, with OTP's defaults. */
  public static Start plainNode(String name) {
    String host = name.substring(name.indexOf('@') + 1);
    return new Start(
        name,
        name.substring(0, name.indexOf('@')),
        host,
        host.contains(".") ? Naming.LONG : Naming.SHORT,
        COOKIE,
        Visibility.VISIBLE,
        new LinkedHashMap<>(),
        Logging.ON);
  }

  private String type(Stage stage, String node, String code) {
    Stage.Answer answer = stage.type(node, code, LIMIT_MILLIS);
    if (answer.ending() == Ending.INCOMPLETE) {
      throw new ScriptProblem(
          program.file(), 0, "is incomplete: an 'end', bracket or quote is missing");
    }
    return answer.printed();
  }

  public Program program() {
    return program;
  }

  public List<String> nodes() {
    return nodes;
  }

  Beginning beginning() {
    return beginning;
  }

  /** A cluster of its own for one run. Several threads may ask at a time. */
  Simulation begin(long seed, Trace trace) {
    return prepared.copy(seed, trace);
  }
}
