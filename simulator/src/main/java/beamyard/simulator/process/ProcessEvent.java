package beamyard.simulator.process;

import beamyard.simulator.engine.Event;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Reference;

/** What happens later inside one runtime. The owner hands it to {@link ProcessTable#handle} of the table of that number. */
public sealed interface ProcessEvent extends Event {
  /** The number of the runtime: see {@link ProcessTable}. */
  int vm();

  /** A signal reaches its target. */
  record Arrival(int vm, Address to, Signal signal) implements ProcessEvent {}

  /** The connection to a node is gone; what came through it before has arrived before. */
  record NodeLost(int vm, Atom node) implements ProcessEvent {}

  /** A spawned process may run. */
  record Started(int vm, long index) implements ProcessEvent {}

  /** A process that was interrupted at its use of {@linkplain Footprint.Thing.Data data} may go on. */
  record WentOn(int vm, long index) implements ProcessEvent {}

  /** The time that a process wanted to wait at most is over. */
  record WaitEnded(int vm, long index) implements ProcessEvent {}

  record TimerFired(int vm, Reference timer) implements ProcessEvent {}

  /** A scheduler is free to take the next process of the run queue. */
  record SliceStarted(int vm, int scheduler) implements ProcessEvent {}

  /** The process on a scheduler has used up the virtual time of its slice. */
  record SliceEnded(int vm, int scheduler) implements ProcessEvent {}
}
