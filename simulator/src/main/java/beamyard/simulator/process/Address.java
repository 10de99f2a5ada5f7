package beamyard.simulator.process;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;

/** Whom a signal is for. */
public sealed interface Address {
  /** A process. */
  record OfProcess(Pid pid) implements Address {}

  /** Whoever has a registered name on a node when the signal arrives there. */
  record OfName(Atom name, Atom node) implements Address {}

  /** The process that made an alias, while the alias is active. */
  record OfAlias(Reference alias) implements Address {}
}
