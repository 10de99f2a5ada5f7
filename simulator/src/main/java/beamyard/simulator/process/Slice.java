package beamyard.simulator.process;

import beamyard.simulator.engine.Choices;
import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.Footprint.Thing;
import beamyard.simulator.process.LocalProcess.Request;
import beamyard.simulator.process.LocalProcess.Watcher;
import beamyard.simulator.process.LocalProcess.Watching;
import beamyard.simulator.process.ProcessTable.Interruptions;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.process.SignalRoute.Sender;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Fact;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the running process of a runtime can do, during its time slice. A process that has ended itself by an exit signal
 * may still be computing for some reductions; what it does then has no effect.
 */
final class Slice implements ProcessContext {
  private final ProcessTable table;
  private @Nullable LocalProcess running;
  private long startNanos;
  private int consumed;

  Slice(ProcessTable table) {
    this.table = table;
  }

  void begin(LocalProcess process) {
    running = process;
    startNanos = table.engine.now();
    consumed = 0;
  }

  void end() {
    running = null;
    table.delivery.sliceEnded();
  }

  boolean isActive() {
    return running != null;
  }

  boolean isOf(LocalProcess process) {
    return running == process;
  }

  /** Reductions spent; a slice costs one at least, so that time goes on. */
  int consumed() {
    return Math.max(1, consumed);
  }

  private LocalProcess process() {
    if (running == null) {
      throw new AssertionError("used outside of a slice");
    }
    return running;
  }

  /** The running process has sent something by a busy connection: its slice ends, and it is suspended. */
  void suspendIfSentBy(Pid sender, Atom peer) {
    LocalProcess process = running;
    if (process != null && process.pid.equals(sender)) {
      table.suspensions.suspend(process, peer);
    }
  }

  private boolean hasEnded() {
    return process().ownExit != null || table.phase() == ProcessTable.Phase.GONE;
  }

  @Override
  public Pid self() {
    return process().pid;
  }

  @Override
  public Term upToDate(Term kept) {
    return table.identity.present(kept);
  }

  @Override
  public Atom node() {
    return table.identity.nodeName();
  }

  @Override
  public long now() {
    return startNanos + table.pace.nanosOf(consumed);
  }

  @Override
  public Clock clock() {
    return table.clock();
  }

  @Override
  public int reductionsLeft() {
    return hasEnded() || process().busyPeer != null
        ? 0
        : table.settings.reductionsPerSlice() - consumed;
  }

  @Override
  public void consume(int reductions) {
    consumed += reductions;
  }

  @Override
  public Mailbox mailbox() {
    return process().mailbox;
  }

  @Override
  public Reference makeReference() {
    return table.makeReference();
  }

  @Override
  public void send(Address to, Term message) {
    signal(to, new Signal.Message(self(), message));
  }

  @Override
  public void signal(Address to, Signal signal) {
    if (hasEnded()) {
      return;
    }
    if (signal instanceof Signal.SpawnRequest request) {
      process()
          .spawnRequests
          .put(request.reference(), new Request(Delivery.nodeOf(to), request.options()));
    }
    table.delivery.dispatch(to, signal);
  }

  @Override
  public Atom send(Address to, Term message, Set<SendOption> options) {
    Atom node = Delivery.nodeOf(to);
    boolean local =
        switch (to) {
          case Address.OfProcess(var pid) -> table.isLocal(pid);
          case Address.OfName _ -> node == table.identity.nodeName();
          case Address.OfAlias(var alias) -> table.identity.isLocal(alias);
        };
    if (local) {
      send(to, message);
      return Atom.OK;
    }
    if (options.contains(SendOption.NOCONNECT)
        && !table.surroundings.link().isConnectedOrConnecting(node)) {
      return Words.NOCONNECT;
    }
    if (!options.contains(SendOption.NOSUSPEND)) {
      send(to, message);
      return Atom.OK;
    }
    if (table.surroundings.link().isBusy(node)) {
      return Words.NOSUSPEND;
    }
    if (!hasEnded()) {
      table.delivery.dispatch(to, new Signal.Message(self(), message), Sender.UNSTOPPABLE);
    }
    return Atom.OK;
  }

  @Override
  public void beginFamilies() {
    process().family = Families.BEGINS;
  }

  @Override
  public Spawned spawn(Routine body, SpawnOptions options, InitialCall initialCall) {
    if (hasEnded()) {
      return new Spawned(table.identity.nobody(), Optional.empty());
    }
    LocalProcess parent = process();
    if (!table.families.hasRoomFor(parent)) {
      table.families.meetLimit(parent);
      throw new SystemLimit("more than " + table.settings.processLimit() + " processes");
    }
    LocalProcess child =
        table.spawn(body, initialCall, parent.groupLeader, Optional.of(parent.pid));
    table.families.join(parent, child);
    child.flags = options.flagsOver(child.flags);
    if (options.has(SpawnOptions.Flag.LINK)) {
      parent.links.activate(child.pid);
      child.links.activate(parent.pid);
    }
    Optional<Reference> monitor = Optional.empty();
    if (options.has(SpawnOptions.Flag.MONITOR)) {
      Reference reference = makeReference();
      var watched = new Address.OfProcess(child.pid);
      parent.watching.put(
          reference,
          new Watching(
              watched,
              child.pid,
              options.monitorTag().orElse(Words.DOWN),
              table.nodeMonitors.next()));
      child.watchers.addNear(reference, new Watcher(parent.pid, watched));
      monitor = Optional.of(reference);
    }
    return new Spawned(child.pid, monitor);
  }

  @Override
  public Routine call(Atom module, Atom function, List<Term> arguments) {
    return table.surroundings.language().call(module, function, arguments);
  }

  @Override
  public Routine apply(Term function, List<Term> arguments) {
    return table.surroundings.language().apply(function, arguments);
  }

  @Override
  public void link(Pid other) {
    Pid pid = table.identity.canonical(other);
    if (hasEnded() || pid.equals(self()) || process().links.isActive(pid)) {
      return;
    }
    process().links.activate(pid);
    signal(new Address.OfProcess(pid), new Signal.Link(self()));
  }

  @Override
  public void unlink(Pid other) {
    Pid pid = table.identity.canonical(other);
    if (hasEnded() || !process().links.isActive(pid)) {
      return;
    }
    long id = table.identity.makeUnlinkId();
    process().links.deactivate(pid, id);
    signal(new Address.OfProcess(pid), new Signal.Unlink(self(), id));
  }

  @Override
  public void exit(Pid other, Term reason, ExitCause cause) {
    signal(new Address.OfProcess(other), new Signal.Exit(self(), reason, cause));
  }

  @Override
  public Reference monitor(Address watched, MonitorOptions options) {
    Reference reference = makeReference();
    monitor(reference, watched, options);
    return reference;
  }

  @Override
  public void monitor(Reference reference, Address watched, MonitorOptions options) {
    if (hasEnded()) {
      return;
    }
    if (options.alias() != AliasMode.NONE) {
      activate(reference, options.alias());
    }
    Optional<Pid> resolved =
        switch (watched) {
          case Address.OfProcess(var pid) -> Optional.of(table.identity.canonical(pid));
          case Address.OfName(var name, var node) when node == table.identity.nodeName() ->
              table.whereis(name);
          case Address.OfName _, Address.OfAlias _ -> Optional.empty();
        };
    if (resolved.isPresent() && resolved.get().equals(self())) {
      return; // a process does not outlive itself
    }
    Address target = resolved.<Address>map(Address.OfProcess::new).orElse(watched);
    process()
        .watching
        .put(
            reference,
            new Watching(
                target,
                Delivery.shown(watched),
                options.tag().orElse(Words.DOWN),
                table.nodeMonitors.next()));
    signal(target, new Signal.Monitor(self(), reference, watched));
  }

  @Override
  public boolean demonitor(Reference reference, DemonitorOptions options) {
    if (hasEnded()) {
      return false;
    }
    LocalProcess self = process();
    boolean found = table.delivery.demonitor(self, reference);
    AliasMode mode = self.aliases.get(reference);
    if (mode == AliasMode.DEMONITOR || mode == AliasMode.REPLY_DEMONITOR) {
      table.delivery.removeAlias(self, reference);
    }
    if (options == DemonitorOptions.FLUSH) {
      self.mailbox.removeFirst(
          message ->
              message instanceof Tuple tuple
                  && tuple.size() == 5
                  && tuple.get(1).equals(reference));
    }
    return found;
  }

  @Override
  public Reference alias(AliasMode mode) {
    Reference alias = makeReference();
    activate(alias, mode);
    return alias;
  }

  private void activate(Reference alias, AliasMode mode) {
    process().aliases.put(alias, mode);
    table.aliasHolders.put(alias, process());
  }

  @Override
  public boolean unalias(Reference alias) {
    return table.delivery.removeAlias(process(), alias);
  }

  @Override
  public boolean trapExit() {
    return process().trapExit;
  }

  @Override
  public void setTrapExit(boolean trap) {
    process().trapExit = trap;
  }

  @Override
  public Pid groupLeader() {
    return process().groupLeader;
  }

  @Override
  public void setGroupLeader(Pid leader) {
    process().groupLeader = leader;
  }

  @Override
  public MapTerm dictionary() {
    return process().dictionary;
  }

  @Override
  public MapTerm flags() {
    return process().flags;
  }

  @Override
  public void setFlags(MapTerm flags) {
    process().flags = flags;
  }

  @Override
  public void setDictionary(MapTerm dictionary) {
    process().dictionary = dictionary;
  }

  @Override
  public boolean register(Atom name, Pid pid) {
    return !hasEnded() && table.names.register(name, pid);
  }

  @Override
  public boolean unregister(Atom name) {
    return !hasEnded() && table.names.unregister(name);
  }

  @Override
  public Optional<Pid> whereis(Atom name) {
    use(Access.READ, new Thing.Name(name));
    return table.whereis(name);
  }

  @Override
  public List<Atom> registeredNames() {
    return table.names.all();
  }

  @Override
  public boolean isAlive(Pid pid) {
    use(Access.READ, new Thing.Life(Identity.index(pid)));
    arriveFirst(pid);
    return table.isAlive(pid);
  }

  @Override
  public List<Pid> processes() {
    return table.processes();
  }

  @Override
  public Optional<ProcessView> view(Pid pid) {
    use(Access.READ, new Thing.Life(Identity.index(pid)));
    use(Access.READ, new Thing.Work(Identity.index(pid)));
    arriveFirst(pid);
    return table.view(pid);
  }

  private void arriveFirst(Pid pid) {
    LocalProcess process = table.find(pid);
    if (process != null) {
      table.delivery.flush(process);
    }
  }

  @Override
  public Reference startTimer(long delayNanos, Address to, TimerMessage message) {
    Reference timer = makeReference();
    startTimer(timer, delayNanos, to, message);
    return timer;
  }

  @Override
  public void startTimer(Reference timer, long delayNanos, Address to, TimerMessage message) {
    if (hasEnded()) {
      return;
    }
    Term sent =
        message.form() == TimerMessage.Form.BARE
            ? message.message()
            : Tuple.of(Words.TIMEOUT, timer, message.message());
    table.timers.start(timer, delayNanos, self(), to, sent);
  }

  @Override
  public Optional<Long> cancelTimer(Reference timer) {
    return table.timers.cancel(timer);
  }

  @Override
  public Optional<Long> readTimer(Reference timer) {
    use(Access.READ, new Thing.Shared(timer));
    return table.timers.read(timer);
  }

  @Override
  public NodeLink distribution() {
    use(Access.READ, Footprint.CONNECTIONS);
    return table.surroundings.link();
  }

  @Override
  public Suspending suspending() {
    return new Suspending(table, process());
  }

  @Override
  public <T> T owned(Class<T> type) {
    if (type == Choices.class) {
      use(Access.WRITE, new Thing.Shared(type));
    }
    return table
        .owned(type)
        .orElseThrow(() -> new AssertionError("the node has no " + type.getName()));
  }

  @Override
  public void use(Access access, Thing thing) {
    table.use(access, thing);
    boolean interrupts =
        table.interruptions == Interruptions.AT_DATA
            && thing instanceof Thing.Data
            && !table.services.isOneOfThem(process());
    if (interrupts) {
      process().interrupted = true;
      consume(reductionsLeft());
    }
  }

  @Override
  public boolean isInterrupted() {
    return process().interrupted;
  }

  @Override
  public void log(LogReport report) {
    table.log(report, groupLeader());
  }

  @Override
  public void record(Supplier<? extends Fact> fact) {
    if (table.trace.isOn()) {
      table.trace.record(now(), fact.get());
    }
  }
}
