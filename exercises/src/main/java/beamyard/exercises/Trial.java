package beamyard.exercises;

import beamyard.lessons.exploration.RunStory;
import beamyard.lessons.exploration.TimedFault;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.ProcessFact;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Fact;
import beamyard.simulator.trace.FactList.Dated;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;

/**
 * One run of one check.
 *
 * @param labels the nodes, the first being the one that ran the check
 * @param faults what went wrong, in the order of time
 * @param facts all that happened from the start to the end
 */
record Trial(
    List<String> labels,
    List<TimedFault> faults,
    long startNanos,
    long endNanos,
    Ending ending,
    List<Dated> facts) {
  private static final Tuple BEGINS = Tuple.of(Atom.of("danger"), Atom.of("begins"));
  private static final Tuple ENDS = Tuple.of(Atom.of("danger"), Atom.of("ends"));

  /** How it ended. */
  sealed interface Ending {
    record Passed() implements Ending {}

    record Failed(String message) implements Ending {}
  }

  boolean failed() {
    return ending instanceof Ending.Failed;
  }

  /** Why it failed; empty if it passed. */
  Optional<String> failure() {
    return ending instanceof Ending.Failed(String message)
        ? Optional.of(message)
        : Optional.empty();
  }

  /** The processes that the check and the solution started, in order. */
  SequencedSet<Pid> processes() {
    var processes = new LinkedHashSet<Pid>();
    for (Dated dated : facts) {
      if (dated.fact() instanceof ProcessFact.ProcessSpawned spawned) {
        processes.add(spawned.pid());
      }
    }
    return processes;
  }

  /**
   * The instants at which something happens that has to do with the check and a node, rising: those in which the check says it
   * may be hit, or all, if it never says so.
   */
  List<Long> instantsAt(String node) {
    SequencedSet<Pid> ours = processes();
    var instants = new TreeSet<Long>();
    boolean exposed = facts.stream().noneMatch(dated -> marks(dated.fact(), BEGINS));
    for (Dated dated : facts) {
      exposed = marks(dated.fact(), BEGINS) || exposed && !marks(dated.fact(), ENDS);
      boolean counts =
          switch (dated.fact()) {
            case ProcessFact.ProcessSpawned(var pid, _, _) -> RunStory.label(pid).equals(node);
            case ProcessFact.ProcessExited(var pid, _) -> RunStory.label(pid).equals(node);
            case ProcessFact.MessageDelivered(var to, var from, _) ->
                (ours.contains(to) || ours.contains(from))
                    && (RunStory.label(to).equals(node) || RunStory.label(from).equals(node));
            case ProcessFact.MessageSent(var from, var to, _) ->
                ours.contains(from) && (RunStory.label(from).equals(node) || isAt(to, node));
            case ProcessFact.SignalSent(var to, var signal) ->
                ours.contains(signal.from()) && isAt(to, node);
            default -> false;
          };
      if (counts && exposed && dated.atNanos() < endNanos) {
        instants.add(dated.atNanos());
      }
    }
    return List.copyOf(instants);
  }

  private static boolean marks(Fact fact, Tuple mark) {
    return fact instanceof ProcessFact.MessageSent(_, _, var message) && message.equals(mark);
  }

  private static boolean isAt(Address address, String node) {
    return switch (address) {
      case Address.OfProcess(var pid) -> RunStory.label(pid).equals(node);
      case Address.OfName(_, var at) -> at.name().startsWith(node + "@");
      case Address.OfAlias _ -> false;
    };
  }

  /** Whether a process of the check or the solution lives on a node right after an instant. */
  boolean isBusyAt(String node, long atNanos) {
    var living = new ArrayList<Pid>();
    for (Dated dated : facts) {
      if (dated.atNanos() > atNanos) {
        break;
      }
      switch (dated.fact()) {
        case ProcessFact.ProcessSpawned(var pid, _, _) when RunStory.label(pid).equals(node) ->
            living.add(pid);
        case ProcessFact.ProcessExited(var pid, _) -> living.remove(pid);
        default -> {}
      }
    }
    return !living.isEmpty();
  }
}
