package beamyard.lessons.exploration;

import beamyard.lessons.exploration.RunStory.Plot;
import beamyard.simulator.Node;
import beamyard.simulator.Simulation;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessFact.ProcessSpawned;
import beamyard.simulator.process.ProcessView;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The run of a program under a {@link Disturbance} as a story: of the program itself and of the processes that it starts. Those
 * that ask for its properties are left out.
 */
final class ProgramStory implements RunStory.Cast {
  private static final Atom EVALUATOR = Atom.of("Elixir.IEx.Evaluator");
  private static final Atom SANDBOX = Atom.of("Elixir.Sandbox");
  private static final List<String> OF_NOBODY = List.of("erlang", "proc_lib");

  private final SequencedMap<Pid, String> present = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  /** The story of a run that is about to begin: the program will be typed at a node. */
  ProgramStory(Simulation beginning, String first) {
    Node node = beginning.node(first);
    for (Pid pid : node.processes().processes()) {
      node.processes()
          .view(pid)
          .filter(ProgramStory::isEvaluator)
          .ifPresent(_ -> present.put(pid, "the program"));
    }
  }

  static List<String> of(Plot plot, ProgramStory story) {
    return RunStory.of(plot, story, Optional.empty());
  }

  static boolean isEvaluator(ProcessView view) {
    return view.dictionary().get(Atom.of("$initial_call")) instanceof Tuple call
        && call.size() == 3
        && call.get(0) == EVALUATOR;
  }

  @Override
  public SequencedMap<Pid, String> present() {
    return present;
  }

  @Override
  public Optional<String> name(ProcessSpawned spawned, Optional<String> parent) {
    InitialCall call = spawned.initialCall();
    if (call.module() == SANDBOX) {
      return Optional.empty();
    }
    String label = RunStory.label(spawned.pid());
    String kind =
        OF_NOBODY.contains(call.module().name())
            ? label + "'s process"
            : call.module().name().replaceFirst("^Elixir\\.", "")
                + "."
                + call.function().name()
                + " at "
                + label;
    int number = counts.merge(kind, 1, Integer::sum);
    return Optional.of(
        number == 1 && !OF_NOBODY.contains(call.module().name()) ? kind : kind + " " + number);
  }
}
