package beamyard.simulator.process;

import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessEvent.Arrival;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A process at one instant, for {@code Process.info} and for views.
 *
 * @param suspending whom it has suspended: {@code {Pid, ActiveSuspendCount, OutstandingSuspendCount}}
 */
public record ProcessView(
    Pid pid,
    Optional<Atom> registeredName,
    Status status,
    List<Term> messages,
    List<Pid> links,
    List<Term> monitors,
    List<Pid> monitoredBy,
    List<Term> suspending,
    boolean trapExit,
    Pid groupLeader,
    MapTerm dictionary,
    MapTerm flags,
    long reductions,
    InitialCall initialCall,
    Routine body) {
  /** What a process is doing. */
  public enum Status {
    RUNNING,
    RUNNABLE,
    WAITING,
    SUSPENDED,
    EXITING
  }

  /** How a process is now. */
  static ProcessView of(LocalProcess process, List<Term> suspending) {
    var messages = new ArrayList<Term>(process.mailbox.messages());
    for (Arrival arrival : process.kept()) {
      if (arrival.signal() instanceof Signal.Message(_, var payload)) {
        messages.add(payload);
      }
    }
    var references =
        new RedBlackTree<Reference>(
            Comparator.comparingInt(Reference::high)
                .thenComparingInt(Reference::middle)
                .thenComparingInt(Reference::low));
    process.watching.forEach((monitor, _) -> references.insert(monitor));
    var monitors = new ArrayList<Term>();
    references
        .postOrder()
        .reversed()
        .forEach(reference -> monitors.add(process.watching.get(reference).shownAs()));
    return new ProcessView(
        process.pid,
        process.registeredName,
        process.status,
        messages,
        process.links.inOrderOfExit().reversed(),
        monitors,
        process.watchers.toldByProcessInfo(),
        suspending,
        process.trapExit,
        process.groupLeader,
        process.dictionary,
        process.flags,
        process.reductions,
        process.initialCall,
        process.body);
  }
}
