package beamyard.lessons.elixir.machine;

import beamyard.simulator.Cluster;
import beamyard.simulator.Node;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.LogReport;
import beamyard.simulator.process.Mailbox;
import beamyard.simulator.process.NodeLink;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.Raised;
import beamyard.simulator.process.Outcome.Returned;
import beamyard.simulator.process.Outcome.Waiting;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A process without a node: enough to run code that bothers nobody else. */
final class LoneProcess implements ProcessContext {
  private static final int SLICE = 4000;

  final Inbox mailbox = new Inbox();
  private final Map<Class<?>, Object> owned = new LinkedHashMap<>();
  long now;
  long used;
  private int left = SLICE;

  LoneProcess(Object... owned) {
    own(Node.class, Cluster.of("lone").simulation().node("lone"));
    for (Object each : owned) {
      this.owned.put(each.getClass(), each);
    }
  }

  <T> void own(Class<T> type, T value) {
    owned.put(type, value);
  }

  /** Runs slice after slice to the end; lets time pass when it waits. */
  Outcome finish(Routine routine) {
    while (true) {
      left = SLICE;
      Outcome outcome = routine.run(this);
      if (outcome instanceof Returned || outcome instanceof Raised) {
        return outcome;
      }
      if (outcome instanceof Waiting(long deadline)) {
        if (deadline == Long.MAX_VALUE) {
          return outcome;
        }
        now = Math.max(now, deadline);
        used = 0;
      }
    }
  }

  /** Runs one slice. */
  Outcome slice(Routine routine) {
    left = SLICE;
    return routine.run(this);
  }

  /** The messages of a lone process. */
  static final class Inbox implements Mailbox {
    final List<Term> messages = new ArrayList<>();
    int cursor;

    @Override
    public Term next() {
      return cursor < messages.size() ? messages.get(cursor++) : null;
    }

    @Override
    public void take() {
      messages.remove(cursor - 1);
      cursor = 0;
    }

    @Override
    public void restart() {
      cursor = 0;
    }

    @Override
    public int size() {
      return messages.size();
    }

    @Override
    public int fetched() {
      return messages.size();
    }

    @Override
    public void fetch() {}

    @Override
    public Iterable<Term> messages() {
      return messages;
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
    return now + used * 10;
  }

  @Override
  public int reductionsLeft() {
    return left;
  }

  @Override
  public void consume(int reductions) {
    left -= reductions;
    used += reductions;
  }

  @Override
  public Mailbox mailbox() {
    return mailbox;
  }

  @Override
  public Reference makeReference() {
    throw new AssertionError("a lone process has no makeReference");
  }

  @Override
  public void send(Address to, Term message) {
    throw new AssertionError("a lone process has no send");
  }

  @Override
  public void signal(Address to, Signal signal) {
    throw new AssertionError("a lone process has no signal");
  }

  @Override
  public Atom send(Address to, Term message, Set<SendOption> options) {
    throw new AssertionError("a lone process has no send with options");
  }

  @Override
  public void beginFamilies() {
    throw new AssertionError("a lone process has no beginFamilies");
  }

  @Override
  public Spawned spawn(Routine body, SpawnOptions options, InitialCall initialCall) {
    throw new AssertionError("a lone process has no spawn");
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
    throw new AssertionError("a lone process has no link");
  }

  @Override
  public void unlink(Pid other) {
    throw new AssertionError("a lone process has no unlink");
  }

  @Override
  public void exit(Pid other, Term reason, ExitCause cause) {
    throw new AssertionError("a lone process has no exit");
  }

  @Override
  public Reference monitor(Address watched, MonitorOptions options) {
    throw new AssertionError("a lone process has no monitor");
  }

  @Override
  public void monitor(Reference reference, Address watched, MonitorOptions options) {
    throw new AssertionError("a lone process has no monitor");
  }

  @Override
  public boolean demonitor(Reference reference, DemonitorOptions options) {
    throw new AssertionError("a lone process has no demonitor");
  }

  @Override
  public Reference alias(AliasMode mode) {
    throw new AssertionError("a lone process has no alias");
  }

  @Override
  public boolean unalias(Reference alias) {
    throw new AssertionError("a lone process has no unalias");
  }

  @Override
  public boolean trapExit() {
    throw new AssertionError("a lone process has no trapExit");
  }

  @Override
  public void setTrapExit(boolean trap) {
    throw new AssertionError("a lone process has no setTrapExit");
  }

  @Override
  public Pid groupLeader() {
    throw new AssertionError("a lone process has no groupLeader");
  }

  @Override
  public void setGroupLeader(Pid leader) {
    throw new AssertionError("a lone process has no setGroupLeader");
  }

  @Override
  public MapTerm dictionary() {
    return MapTerm.EMPTY;
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
  public void setDictionary(MapTerm dictionary) {
    throw new AssertionError("a lone process has no setDictionary");
  }

  @Override
  public boolean register(Atom name, Pid pid) {
    throw new AssertionError("a lone process has no register");
  }

  @Override
  public boolean unregister(Atom name) {
    throw new AssertionError("a lone process has no unregister");
  }

  @Override
  public Optional<Pid> whereis(Atom name) {
    throw new AssertionError("a lone process has no whereis");
  }

  @Override
  public List<Atom> registeredNames() {
    throw new AssertionError("a lone process has no registeredNames");
  }

  @Override
  public boolean isAlive(Pid pid) {
    throw new AssertionError("a lone process has no isAlive");
  }

  @Override
  public List<Pid> processes() {
    throw new AssertionError("a lone process has no processes");
  }

  @Override
  public Optional<ProcessView> view(Pid pid) {
    throw new AssertionError("a lone process has no view");
  }

  @Override
  public Reference startTimer(long delayNanos, Address to, TimerMessage message) {
    throw new AssertionError("a lone process has no startTimer");
  }

  @Override
  public void startTimer(Reference timer, long delayNanos, Address to, TimerMessage message) {
    throw new AssertionError("a lone process has no startTimer");
  }

  @Override
  public Optional<Long> cancelTimer(Reference timer) {
    throw new AssertionError("a lone process has no cancelTimer");
  }

  @Override
  public Optional<Long> readTimer(Reference timer) {
    throw new AssertionError("a lone process has no readTimer");
  }

  @Override
  public NodeLink distribution() {
    throw new AssertionError("a lone process has no distribution");
  }

  @Override
  public <T> T owned(Class<T> type) {
    return type.cast(owned.get(type));
  }

  @Override
  public void log(LogReport report) {
    throw new AssertionError("a lone process has no log");
  }
}
