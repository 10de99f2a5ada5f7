package beamyard.lessons.elixir.machine;

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
import beamyard.simulator.process.Suspending;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands for a process where there is none: it runs code, slice after slice, and has nobody to talk to. Whatever needs a node
 * or other processes fails with {@link AssertionError}.
 */
public abstract class LoneContext implements ProcessContext {
  private static final int SLICE = 4000;

  private int left = SLICE;

  /** Runs one slice. */
  public Outcome slice(Routine routine) {
    left = SLICE;
    return routine.run(this);
  }

  /** Runs slice after slice, for as long as it only yields. */
  public Outcome untilItWaits(Routine routine) {
    Outcome outcome = slice(routine);
    while (outcome instanceof Outcome.Yielded) {
      outcome = slice(routine);
    }
    return outcome;
  }

  private AssertionError hasNone(String what) {
    return new AssertionError(this + ": no " + what);
  }

  @Override
  public MapTerm dictionary() {
    return MapTerm.EMPTY;
  }

  @Override
  public void setDictionary(MapTerm dictionary) {
    throw hasNone("dictionary");
  }

  @Override
  public long now() {
    return 0;
  }

  @Override
  public Term upToDate(Term kept) {
    return kept;
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
  public int reductionsLeft() {
    return left;
  }

  @Override
  public void consume(int reductions) {
    left -= reductions;
  }

  @Override
  public Mailbox mailbox() {
    throw hasNone("mailbox");
  }

  @Override
  public Reference makeReference() {
    throw hasNone("makeReference");
  }

  @Override
  public void send(Address to, Term message) {
    throw hasNone("send");
  }

  @Override
  public void signal(Address to, Signal signal) {
    throw hasNone("signal");
  }

  @Override
  public Atom send(Address to, Term message, Set<SendOption> options) {
    throw hasNone("send");
  }

  @Override
  public void beginFamilies() {
    throw hasNone("beginFamilies");
  }

  @Override
  public Spawned spawn(Routine body, SpawnOptions options, InitialCall initialCall) {
    throw hasNone("spawn");
  }

  @Override
  public Routine call(Atom module, Atom function, List<Term> arguments) {
    return Execution.ofCall(module, function, arguments);
  }

  @Override
  public Routine apply(Term function, List<Term> arguments) {
    return Execution.ofApply(function, arguments);
  }

  @Override
  public void link(Pid other) {
    throw hasNone("link");
  }

  @Override
  public void unlink(Pid other) {
    throw hasNone("unlink");
  }

  @Override
  public void exit(Pid other, Term reason, ExitCause cause) {
    throw hasNone("exit");
  }

  @Override
  public Reference monitor(Address watched, MonitorOptions options) {
    throw hasNone("monitor");
  }

  @Override
  public void monitor(Reference reference, Address watched, MonitorOptions options) {
    throw hasNone("monitor");
  }

  @Override
  public boolean demonitor(Reference reference, DemonitorOptions options) {
    throw hasNone("demonitor");
  }

  @Override
  public Reference alias(AliasMode mode) {
    throw hasNone("alias");
  }

  @Override
  public boolean unalias(Reference alias) {
    throw hasNone("unalias");
  }

  @Override
  public boolean trapExit() {
    return false;
  }

  @Override
  public void setTrapExit(boolean trap) {
    throw hasNone("setTrapExit");
  }

  @Override
  public Pid groupLeader() {
    throw hasNone("groupLeader");
  }

  @Override
  public void setGroupLeader(Pid leader) {
    throw hasNone("setGroupLeader");
  }

  @Override
  public MapTerm flags() {
    return MapTerm.EMPTY;
  }

  @Override
  public void setFlags(MapTerm flags) {
    throw hasNone("setFlags");
  }

  @Override
  public boolean register(Atom name, Pid pid) {
    throw hasNone("register");
  }

  @Override
  public boolean unregister(Atom name) {
    throw hasNone("unregister");
  }

  @Override
  public Optional<Pid> whereis(Atom name) {
    throw hasNone("whereis");
  }

  @Override
  public List<Atom> registeredNames() {
    throw hasNone("registeredNames");
  }

  @Override
  public boolean isAlive(Pid pid) {
    throw hasNone("isAlive");
  }

  @Override
  public List<Pid> processes() {
    throw hasNone("processes");
  }

  @Override
  public Optional<ProcessView> view(Pid pid) {
    throw hasNone("view");
  }

  @Override
  public Reference startTimer(long delayNanos, Address to, TimerMessage message) {
    throw hasNone("startTimer");
  }

  @Override
  public void startTimer(Reference timer, long delayNanos, Address to, TimerMessage message) {
    throw hasNone("startTimer");
  }

  @Override
  public Optional<Long> cancelTimer(Reference timer) {
    throw hasNone("cancelTimer");
  }

  @Override
  public Optional<Long> readTimer(Reference timer) {
    throw hasNone("readTimer");
  }

  @Override
  public Suspending suspending() {
    throw hasNone("suspending");
  }

  @Override
  public NodeLink distribution() {
    throw hasNone("distribution");
  }

  @Override
  public void log(LogReport report) {
    throw hasNone("log");
  }
}
