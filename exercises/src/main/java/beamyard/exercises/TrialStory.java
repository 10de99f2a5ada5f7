package beamyard.exercises;

import beamyard.lessons.exploration.RunStory;
import beamyard.simulator.process.ProcessFact.ProcessSpawned;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** A trial as a story: of the check, of the caller of the learner's code that it tries, and of what that starts. */
final class TrialStory implements RunStory.Cast {
  private static final String CHECK = "the check";
  private static final String CALLER = "the caller";
  private static final Atom STEP = Atom.of("step");

  private final String first;
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private boolean begun;

  private TrialStory(String first) {
    this.first = first;
  }

  /** The lines; the last one says how it ended. */
  static List<String> of(Trial trial) {
    var plot =
        new RunStory.Plot(trial.startNanos(), trial.endNanos(), trial.facts(), trial.faults());
    return RunStory.of(plot, new TrialStory(trial.labels().getFirst()), trial.failure());
  }

  @Override
  public SequencedMap<Pid, String> present() {
    return new LinkedHashMap<>();
  }

  /** The check comes first; what it starts on its own node is the learner's code that it tries. */
  @Override
  public Optional<String> name(ProcessSpawned spawned, Optional<String> parent) {
    if (!begun) {
      begun = true;
      return Optional.of(CHECK);
    }
    String node = RunStory.label(spawned.pid());
    boolean attempt = parent.filter(CHECK::equals).isPresent();
    String kind = attempt && node.equals(first) ? CALLER : node + "'s process";
    int number = counts.merge(kind, 1, Integer::sum);
    return Optional.of(kind.equals(CALLER) && number == 1 ? kind : kind + " " + number);
  }

  @Override
  public Optional<String> aside(Term message) {
    return message instanceof Tuple step
            && step.isTagged(STEP, 2)
            && step.get(1) instanceof Bits text
        ? Optional.of(text.text())
        : Optional.empty();
  }

  /** That an attempt has ended is told by what the check says of it. */
  @Override
  public boolean isOwnAffair(String told, String ended) {
    return told.equals(CHECK) && ended.startsWith(CALLER);
  }
}
