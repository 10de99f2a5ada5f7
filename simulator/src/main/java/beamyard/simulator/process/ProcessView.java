package beamyard.simulator.process;

import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import java.util.List;
import java.util.Optional;

/** A process at one instant, for {@code Process.info} and for views. */
public record ProcessView(
    Pid pid,
    Optional<Atom> registeredName,
    Status status,
    List<Term> messages,
    List<Pid> links,
    List<Term> monitors,
    List<Pid> monitoredBy,
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
}
