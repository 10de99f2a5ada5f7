package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.Machine;
import beamyard.lessons.elixir.machine.ModuleDefiner;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.LogReport;
import beamyard.simulator.process.Mailbox;
import beamyard.simulator.process.NodeLink;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessView;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.Signal;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stands for a process where the library is compiled: it has code and a compiler, and nobody to talk to. */
final class CompilingProcess implements ProcessContext {
  private static final int SLICE = 4000;

  private final CodeServer code;
  private final Compiler compiler;
  private MapTerm dictionary = MapTerm.EMPTY;
  private int left = SLICE;

  CompilingProcess(CodeServer code, Compiler compiler) {
    this.code = code;
    this.compiler = compiler;
  }

  /** Runs a routine to its end. */
  Outcome finish(Routine routine) {
    while (true) {
      left = SLICE;
      Outcome outcome = routine.run(this);
      switch (outcome) {
        case Outcome.Returned _, Outcome.Raised _ -> {
          return outcome;
        }
        case Outcome.Waiting _ ->
            throw new AssertionError("a module of the library waits while it is compiled");
        case Outcome.Yielded _ -> {}
      }
    }
  }

  @Override
  public Pid self() {
    return new Pid(node(), 1, 0, 0);
  }

  @Override
  public Atom node() {
    return Atom.of("nonode@nohost");
  }

  @Override
  public long now() {
    return 0;
  }

  @Override
  public int reductionsLeft() {
    return left;
  }

  @Override
  public void consume(int reductions) {
    left -= reductions;
  }

  @Override
  public Mailbox mailbox() {
    throw new AssertionError("code of the library is compiled without a process: no mailbox");
  }

  @Override
  public Reference makeReference() {
    throw new AssertionError("code of the library is compiled without a process: no makeReference");
  }

  @Override
  public void send(Address to, Term message) {
    throw new AssertionError("code of the library is compiled without a process: no send");
  }

  @Override
  public void signal(Address to, Signal signal) {
    throw new AssertionError("code of the library is compiled without a process: no signal");
  }

  @Override
  public Atom send(Address to, Term message, Set<SendOption> options) {
    throw new AssertionError("code of the library is compiled without a process: no send");
  }

  @Override
  public void beginFamilies() {
    throw new AssertionError("code of the library is compiled without a process: no beginFamilies");
  }

  @Override
  public Spawned spawn(Routine body, SpawnOptions options, InitialCall initialCall) {
    throw new AssertionError("code of the library is compiled without a process: no spawn");
  }

  @Override
  public Routine call(Atom module, Atom function, List<Term> arguments) {
    return new Machine().call(module, function, arguments);
  }

  @Override
  public Routine apply(Term function, List<Term> arguments) {
    return new Machine().apply(function, arguments);
  }

  @Override
  public void link(Pid other) {
    throw new AssertionError("code of the library is compiled without a process: no link");
  }

  @Override
  public void unlink(Pid other) {
    throw new AssertionError("code of the library is compiled without a process: no unlink");
  }

  @Override
  public void exit(Pid other, Term reason, ExitCause cause) {
    throw new AssertionError("code of the library is compiled without a process: no exit");
  }

  @Override
  public Reference monitor(Address watched, MonitorOptions options) {
    throw new AssertionError("code of the library is compiled without a process: no monitor");
  }

  @Override
  public void monitor(Reference reference, Address watched, MonitorOptions options) {
    throw new AssertionError("code of the library is compiled without a process: no monitor");
  }

  @Override
  public boolean demonitor(Reference reference, DemonitorOptions options) {
    throw new AssertionError("code of the library is compiled without a process: no demonitor");
  }

  @Override
  public Reference alias(AliasMode mode) {
    throw new AssertionError("code of the library is compiled without a process: no alias");
  }

  @Override
  public boolean unalias(Reference alias) {
    throw new AssertionError("code of the library is compiled without a process: no unalias");
  }

  @Override
  public boolean trapExit() {
    return false;
  }

  @Override
  public void setTrapExit(boolean trap) {
    throw new AssertionError("code of the library is compiled without a process: no setTrapExit");
  }

  @Override
  public Pid groupLeader() {
    throw new AssertionError("code of the library is compiled without a process: no groupLeader");
  }

  @Override
  public void setGroupLeader(Pid leader) {
    throw new AssertionError(
        "code of the library is compiled without a process: no setGroupLeader");
  }

  @Override
  public MapTerm dictionary() {
    return dictionary;
  }

  @Override
  public MapTerm flags() {
    return MapTerm.EMPTY;
  }

  @Override
  public void setFlags(MapTerm flags) {
    throw new AssertionError("no process flags here");
  }

  @Override
  public void setDictionary(MapTerm changed) {
    dictionary = changed;
  }

  @Override
  public boolean register(Atom name, Pid pid) {
    throw new AssertionError("code of the library is compiled without a process: no register");
  }

  @Override
  public boolean unregister(Atom name) {
    throw new AssertionError("code of the library is compiled without a process: no unregister");
  }

  @Override
  public Optional<Pid> whereis(Atom name) {
    throw new AssertionError("code of the library is compiled without a process: no whereis");
  }

  @Override
  public List<Atom> registeredNames() {
    throw new AssertionError(
        "code of the library is compiled without a process: no registeredNames");
  }

  @Override
  public boolean isAlive(Pid pid) {
    throw new AssertionError("code of the library is compiled without a process: no isAlive");
  }

  @Override
  public List<Pid> processes() {
    throw new AssertionError("code of the library is compiled without a process: no processes");
  }

  @Override
  public Optional<ProcessView> view(Pid pid) {
    throw new AssertionError("code of the library is compiled without a process: no view");
  }

  @Override
  public Reference startTimer(long delayNanos, Address to, TimerMessage message) {
    throw new AssertionError("code of the library is compiled without a process: no startTimer");
  }

  @Override
  public void startTimer(Reference timer, long delayNanos, Address to, TimerMessage message) {
    throw new AssertionError("code of the library is compiled without a process: no startTimer");
  }

  @Override
  public Optional<Long> cancelTimer(Reference timer) {
    throw new AssertionError("code of the library is compiled without a process: no cancelTimer");
  }

  @Override
  public Optional<Long> readTimer(Reference timer) {
    throw new AssertionError("code of the library is compiled without a process: no readTimer");
  }

  @Override
  public NodeLink distribution() {
    throw new AssertionError("code of the library is compiled without a process: no distribution");
  }

  @Override
  public <T> T owned(Class<T> type) {
    if (type == CodeServer.class) {
      return type.cast(code);
    }
    if (type == ModuleDefiner.class) {
      return type.cast(compiler);
    }
    throw new AssertionError(
        "code of the library is compiled without a node: no " + type.getSimpleName());
  }

  @Override
  public void log(LogReport report) {
    throw new AssertionError("code of the library is compiled without a process: no log");
  }
}
