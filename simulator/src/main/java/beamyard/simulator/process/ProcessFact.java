package beamyard.simulator.process;

import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.trace.Fact;
import java.util.Optional;

/** What happened to processes. Links and monitors are made and removed by signals, so their facts are those of signals. */
public sealed interface ProcessFact extends Fact {
  /**
   * A process began.
   *
   * @param parent empty if no process spawned it but the runtime itself
   */
  record ProcessSpawned(Pid pid, Optional<Pid> parent, InitialCall initialCall)
      implements ProcessFact {}

  record MessageSent(Pid from, Address to, Term message) implements ProcessFact {}

  /** A message was put into a mailbox. */
  record MessageDelivered(Pid to, Pid from, Term message) implements ProcessFact {}

  /** A process took a message out of its mailbox. */
  record MessageReceived(Pid by, Term message) implements ProcessFact {}

  /** A message found nobody at its target's node. */
  record MessageDropped(Address to, Pid from, Term message) implements ProcessFact {}

  /** A signal that is no message was sent. */
  record SignalSent(Address to, Signal signal) implements ProcessFact {}

  /** A signal that is no message reached its process and was handled. */
  record SignalDelivered(Pid to, Signal signal) implements ProcessFact {}

  /** The process has sent something by the connection to a peer, which is busy, and stands still until it is not. */
  record ProcessSuspended(Pid pid, Atom peer) implements ProcessFact {}

  record ProcessResumed(Pid pid) implements ProcessFact {}

  record NameRegistered(Atom name, Pid pid) implements ProcessFact {}

  /** A registered name is free again, because it was unregistered or its process exited. */
  record NameFreed(Atom name, Pid pid) implements ProcessFact {}

  record ProcessExited(Pid pid, Term reason) implements ProcessFact {}

  /** A report was handed to the logger. */
  record ReportLogged(LogReport report) implements ProcessFact {}
}
