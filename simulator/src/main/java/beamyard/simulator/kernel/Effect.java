package beamyard.simulator.kernel;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.LogReport;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;

/** What a {@link Service} wants done, in order. */
public sealed interface Effect {
  record Send(Address to, Term message) implements Effect {}

  /** Sends only if there is a connection, up or being made: {@code erlang:send/3} with {@code noconnect}. */
  record SendIfConnected(Address to, Term message) implements Effect {}

  /** Starts a monitor whose reference the service made beforehand. */
  record Monitor(Address watched, Reference reference) implements Effect {}

  record Demonitor(Reference reference) implements Effect {}

  record Link(Pid other) implements Effect {}

  record Unlink(Pid other) implements Effect {}

  record Exit(Pid other, Term reason) implements Effect {}

  /** Spawns a helper process; the service gets {@code {tag, Pid}} as a message before the helper runs. */
  record Spawn(Routine body, SpawnOptions options, Term tag) implements Effect {}

  /** Sends {@code message} to the service itself after a delay. */
  record StartTimer(long delayNanos, Term message, Reference timer) implements Effect {}

  record CancelTimer(Reference timer) implements Effect {}

  /** Subscribes the service to {@code {nodeup, Node}} and {@code {nodedown, Node}} of visible nodes. */
  record MonitorNodes() implements Effect {}

  record Disconnect(Atom node) implements Effect {}

  record Connect(Atom node) implements Effect {}

  record Log(LogReport report) implements Effect {}

  /** Ends the service. */
  record Stop(Term reason) implements Effect {}
}
