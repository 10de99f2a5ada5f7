package beamyard.simulator.process;

import beamyard.simulator.term.Atom;

/** The atoms of signals. */
final class Words {
  static final Atom NORMAL = Atom.of("normal");
  static final Atom KILL = Atom.of("kill");
  static final Atom KILLED = Atom.of("killed");
  static final Atom NOPROC = Atom.of("noproc");
  static final Atom NET_KERNEL = Atom.of("net_kernel");
  static final Atom NOCONNECTION = Atom.of("noconnection");
  static final Atom NODEDOWN = Atom.of("nodedown");
  static final Atom NOCONNECT = Atom.of("noconnect");
  static final Atom NOSUSPEND = Atom.of("nosuspend");
  static final Atom NOCATCH = Atom.of("nocatch");
  static final Atom ABANDONED = Atom.of("abandoned");
  static final Atom EXIT = Atom.of("EXIT");
  static final Atom DOWN = Atom.of("DOWN");
  static final Atom PROCESS = Atom.of("process");
  static final Atom TIMEOUT = Atom.of("timeout");
  static final Atom SYSTEM_LIMIT = Atom.of("system_limit");
  static final Atom PROCESS_LIMIT = Atom.of("process_limit");
  static final Atom MAILBOX_LIMIT = Atom.of("mailbox_limit");
  static final Atom PROCESS_CRASH = Atom.of("process_crash");

  private Words() {}
}
