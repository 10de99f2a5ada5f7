package beamyard.simulator.kernel;

import beamyard.simulator.term.Atom;

/** Atoms that several protocols of the kernel share. */
final class Words {
  static final Atom ALIAS = Atom.of("alias");
  static final Atom BADARG = Atom.of("badarg");
  static final Atom BADRPC = Atom.of("badrpc");
  static final Atom CAST = Atom.of("$gen_cast");
  static final Atom CALL = Atom.of("$gen_call");
  static final Atom DOWN = Atom.of("DOWN");
  static final Atom ERLANG = Atom.of("erlang");
  static final Atom ERPC = Atom.of("erpc");
  static final Atom EXIT = Atom.of("exit");
  static final Atom EXIT_SIGNAL = Atom.of("EXIT");
  static final Atom FUNCTION_CLAUSE = Atom.of("function_clause");
  static final Atom GLOBAL = Atom.of("global");
  static final Atom GLOBAL_NAME_SERVER = Atom.of("global_name_server");
  static final Atom INFINITY = Atom.of("infinity");
  static final Atom KILL = Atom.of("kill");
  static final Atom KILLED = Atom.of("killed");
  static final Atom NO = Atom.of("no");
  static final Atom NOCONNECTION = Atom.of("noconnection");
  static final Atom NODEDOWN = Atom.of("nodedown");
  static final Atom NODEUP = Atom.of("nodeup");
  static final Atom NONODE = Atom.of("nonode@nohost");
  static final Atom NOPROC = Atom.of("noproc");
  static final Atom NORMAL = Atom.of("normal");
  static final Atom PG = Atom.of("pg");
  static final Atom PROCESS = Atom.of("process");
  static final Atom REX = Atom.of("rex");
  static final Atom RPC = Atom.of("rpc");
  static final Atom SHUTDOWN = Atom.of("shutdown");
  static final Atom SYSTEM = Atom.of("system");
  static final Atom TIMEOUT = Atom.of("timeout");
  static final Atom USER = Atom.of("user");
  static final Atom VALUE = Atom.of("value");
  static final Atom YES = Atom.of("yes");

  private Words() {}
}
