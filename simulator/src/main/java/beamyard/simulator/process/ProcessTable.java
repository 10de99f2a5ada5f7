package beamyard.simulator.process;

import beamyard.simulator.engine.Engine;
import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.Footprint.Thing;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessEvent.Arrival;
import beamyard.simulator.process.ProcessEvent.NodeLost;
import beamyard.simulator.process.ProcessEvent.SliceEnded;
import beamyard.simulator.process.ProcessEvent.SliceStarted;
import beamyard.simulator.process.ProcessEvent.Started;
import beamyard.simulator.process.ProcessEvent.TimerFired;
import beamyard.simulator.process.ProcessEvent.WaitEnded;
import beamyard.simulator.process.ProcessEvent.WentOn;
import beamyard.simulator.process.ProcessView.Status;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.trace.Fact;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All processes of one booted runtime: from its start until it is shut down or killed. The node may get a name, lose it and
 * get another meanwhile; the owner then calls {@link #identityChanged}.
 *
 * <p>A runtime has a number, unique among the boots of a simulation, which its events carry. What one process does to
 * another, on this node or another, becomes an event at the instant of doing; so signals arrive in the order in which they
 * were sent, and never before they were sent. A slice is computed at once when it begins; its effects carry the instants
 * inside the slice, and what reaches the process meanwhile is handled when the slice ends, as in OTP.
 *
 * <p>Before anything runs, the owner says by {@link #attach} what surrounds the runtime.
 *
 * @see <a href="https://www.erlang.org/doc/reference_manual/processes.html">Erlang reference manual, processes</a>
 */
public final class ProcessTable {
  static final int SIGNAL_PRIORITY = 100;
  static final int SLICE_PRIORITY = 200;
  private static final long INDEX_MASK = (1L << 28) - 1;

  final int vm;
  final ProcessSettings settings;
  final Engine engine;
  final Trace trace;
  final Slice slice = new Slice(this);
  final Delivery delivery = new Delivery(this);
  Interruptions interruptions = Interruptions.NONE;
  @Nullable Footprint footprint;
  final Families families = new Families(this);
  final Spawning spawning = new Spawning(this);
  final Losses losses = new Losses(this);
  final Names names = new Names(this);
  final Services services = new Services(this);
  final Timers timers = new Timers(this);
  final Suspensions suspensions = new Suspensions(this);
  final NodeMonitors nodeMonitors = new NodeMonitors();
  final Suspenders suspenders = new Suspenders(this);
  @Nullable SystemMonitor systemMonitor;
  final Schedulers schedulers;
  final Identity identity;
  final Surroundings surroundings = new Surroundings();

  private final LivingProcesses processes = new LivingProcesses();
  final LinkedHashMap<Reference, LocalProcess> aliasHolders = new LinkedHashMap<>();
  private final ArrayList<ProcessEvent> held = new ArrayList<>();
  private Phase phase = Phase.RUNNING;
  private long nextIndex;
  final Pace pace;

  /** Whether the runtime runs. */
  public enum Phase {
    RUNNING,
    /** Nothing happens in it, but nothing is lost. */
    PAUSED,
    /** There is nothing left of it. */
    GONE
  }

  /** A runtime without processes. */
  public ProcessTable(int vm, ProcessSettings settings, Engine engine, Trace trace) {
    this(vm, settings, engine, trace, new Identity(vm));
  }

  private ProcessTable(
      int vm, ProcessSettings settings, Engine engine, Trace trace, Identity identity) {
    this.identity = identity;
    this.vm = vm;
    this.settings = settings;
    this.engine = engine;
    this.trace = trace;
    this.nextIndex = settings.firstPid();
    this.pace = new Pace(settings.nanosPerReduction());
    this.schedulers = new Schedulers(this, settings.schedulers());
  }

  /** Says what surrounds the processes. Called once, before the first process is spawned or, in a copy, run. */
  public void attach(NodeLink link, SignalRoute route, Language language) {
    surroundings.attach(link, route, language);
    identityChanged();
  }

  /** Tells somebody what is used from now on; {@code null} for nobody. */
  public void tell(@Nullable Footprint told) {
    footprint = told;
  }

  /** Tells who wants to know it that something of this runtime is used. */
  public void use(Access access, Thing thing) {
    if (footprint != null) {
      footprint.used(access, vm, thing);
    }
  }

  /** The number of the process that an address stands for now; -1 if there is none. */
  public long target(Address address) {
    LocalProcess process =
        switch (address) {
          case Address.OfProcess(var pid) -> find(pid);
          case Address.OfName(var name, _) -> names.get(name);
          case Address.OfAlias(var alias) -> aliasHolders.get(alias);
        };
    return process == null ? -1 : process.index;
  }

  /**
   * Whether an event is between processes of the node's own services alone: those whose group leader is {@code init}, as that
   * of the kernel's processes is.
   */
  public boolean isOfServicesOnly(ProcessEvent event) {
    return services.isOfThemOnly(event);
  }

  /** Makes something the processes' by its class: see {@link ProcessContext#owned}. */
  public <T> void own(Class<T> type, T value) {
    surroundings.own(type, value);
  }

  /** See {@link ProcessContext#owned}. */
  public <T> Optional<T> owned(Class<T> type) {
    return surroundings.owned(type);
  }

  /**
   * An independent copy for a copy of the simulation. What surrounds it and what it owns are not copied: the owner attaches
   * the copies of those.
   */
  public ProcessTable copy(Engine engine, Trace trace) {
    var copy = new ProcessTable(vm, settings, engine, trace, identity.copy());
    for (LocalProcess original : processes) {
      LocalProcess process = original.copy(copy);
      copy.processes.add(process);
      copy.watchMailbox(process);
    }
    copy.names.copyFrom(names);
    aliasHolders.forEach(
        (alias, process) -> copy.aliasHolders.put(alias, copy.known(process.index)));
    copy.timers.copyFrom(timers);
    copy.schedulers.copyFrom(schedulers);
    copy.suspensions.copyFrom(suspensions);
    copy.nodeMonitors.copyFrom(nodeMonitors);
    copy.suspenders.copyFrom(suspenders);
    copy.systemMonitor = systemMonitor;
    copy.held.addAll(held);
    copy.phase = phase;
    copy.nextIndex = nextIndex;
    copy.pace.copyFrom(pace);
    copy.interruptions = interruptions;
    return copy;
  }

  /** The number of this runtime. */
  public int vm() {
    return vm;
  }

  public Phase phase() {
    return phase;
  }

  /** The instant inside the slice if a process is running right now, else the engine's. */
  public long now() {
    return slice.isActive() ? slice.now() : engine.now();
  }

  /** Says whether a process that has used data is interrupted, until its {@link WentOn} comes to pass. */
  public void interrupt(Interruptions which) {
    interruptions = which;
  }

  /** Where processes are interrupted besides at the end of their slices. */
  public enum Interruptions {
    NONE,
    /** After each use of {@linkplain Footprint.Thing.Data data}, unless it is the kernel's services that use it. */
    AT_DATA
  }

  /** Lets all computing take so many times as long from the next slice on; 1 is as fast as it began. */
  public void slowDown(double times) {
    pace.slowDown(times);
  }

  /** The machine's clock, as the processes here read it. */
  public Clock clock() {
    return pace.clock();
  }

  /** Puts the machine's clock on or back, against true time. */
  public void skewClock(long nanos) {
    pace.skewClock(nanos, engine.now());
  }

  /** The process that is running right now, as in a call to {@link NodeLink}; empty outside of slices. */
  public Optional<ProcessContext> running() {
    return slice.isActive() ? Optional.of(slice) : Optional.empty();
  }

  // ------------------------------------------------------------------ identity

  /**
   * The node got or lost its name: pids of this runtime are of the new name and creation from here on. Those that processes
   * hold from before still reach their processes, and are brought up to date when they are sent; but they are not equal to
   * the new ones, unlike in OTP.
   */
  public void identityChanged() {
    if (!identity.isNow(surroundings.link().name(), surroundings.link().creation())) {
      return;
    }
    if (processes.isEmpty()) {
      identity.forgetFormerIfUnused();
    }
    for (LocalProcess process : processes) {
      process.bringUpToDate(identity);
    }
  }

  /** Whether a pid was made by this runtime. */
  public boolean isLocal(Pid pid) {
    return identity.isLocal(pid);
  }

  /** A new reference, unique to this runtime; its words are of the sizes that a real node's have. */
  public Reference makeReference() {
    return identity.makeReference();
  }

  // ------------------------------------------------------------------ processes

  @Nullable LocalProcess find(Pid pid) {
    return isLocal(pid) ? processes.get(Identity.index(pid)) : null;
  }

  @Nullable LocalProcess get(long index) {
    return processes.get(index);
  }

  LocalProcess known(long index) {
    LocalProcess process = processes.get(index);
    if (process == null) {
      throw new AssertionError("no process " + index);
    }
    return process;
  }

  /** Spawns a process that no process asked for: those of the boot. */
  public Pid spawn(Routine body, InitialCall initialCall, Optional<Pid> groupLeader) {
    LocalProcess process =
        spawn(body, initialCall, groupLeader.orElseGet(identity::nobody), Optional.empty());
    if (groupLeader.isEmpty()) {
      process.groupLeader = process.pid;
    }
    return process.pid;
  }

  LocalProcess spawn(Routine body, InitialCall initialCall, Pid groupLeader, Optional<Pid> parent) {
    while (processes.get(nextIndex) != null) {
      nextIndex = (nextIndex + 1) & INDEX_MASK;
    }
    long index = nextIndex;
    nextIndex = (nextIndex + 1) & INDEX_MASK;
    var process =
        new LocalProcess(
            index, identity.pid(index), body, groupLeader, initialCall, new Links(this));
    process.flags = settings.flags();
    processes.add(process);
    watchMailbox(process);
    if (trace.isOn()) {
      record(new ProcessFact.ProcessSpawned(process.pid, parent, initialCall));
    }
    engine.schedule(now(), SLICE_PRIORITY, new Started(vm, index));
    return process;
  }

  LivingProcesses living() {
    return processes;
  }

  private void watchMailbox(LocalProcess process) {
    if (trace.isOn()) {
      process.mailbox.listen(
          message -> record(new ProcessFact.MessageReceived(process.pid, message)));
    }
  }

  /** Pids below a number are not used: those that a real boot spends on processes which are not simulated. */
  public void skipPidsTo(long number) {
    nextIndex = Math.max(nextIndex, number);
  }

  /** The living processes, oldest first. */
  public List<Pid> processes() {
    var pids = new ArrayList<Pid>();
    for (LocalProcess process : processes) {
      pids.add(process.pid);
    }
    return pids;
  }

  public boolean isAlive(Pid pid) {
    LocalProcess process = find(pid);
    return process != null && !delivery.isDoomed(process);
  }

  /** A view of a process of this node; empty if it is not alive. */
  public Optional<ProcessView> view(Pid pid) {
    LocalProcess process = find(pid);
    return process == null || delivery.isDoomed(process)
        ? Optional.empty()
        : Optional.of(viewOf(process));
  }

  private ProcessView viewOf(LocalProcess process) {
    return ProcessView.of(process, suspenders.of(process));
  }

  /** How many messages wait in the mailbox of a process of this node; 0 if it is not alive. */
  public int messagesOf(Pid pid) {
    LocalProcess process = find(pid);
    return process == null ? 0 : process.mailbox.size();
  }

  /** The messages in the mailbox of a process of this node; none if it is not alive. */
  public Iterable<Term> mailboxOf(Pid pid) {
    LocalProcess process = find(pid);
    return process == null ? List.of() : process.mailbox.messages();
  }

  public ProcessSettings settings() {
    return settings;
  }

  /** A view of the process of a number, as {@link #target} gives it; empty if it is not alive. */
  public Optional<ProcessView> view(long number) {
    return Optional.ofNullable(processes.get(number)).map(this::viewOf);
  }

  /** Views of all processes, oldest first. */
  public List<ProcessView> views() {
    return views(Integer.MAX_VALUE);
  }

  /** Views of so many processes at most, the oldest. */
  public List<ProcessView> views(int most) {
    var views = new ArrayList<ProcessView>();
    for (LocalProcess process : processes) {
      if (views.size() == most) {
        break;
      }
      views.add(viewOf(process));
    }
    return views;
  }

  /** The body of a process that makes a call, as {@link ProcessContext#call} gives it. */
  public Routine callOf(Atom module, Atom function, List<Term> arguments) {
    return surroundings.language().call(module, function, arguments);
  }

  /** The body of a process that calls a function value, as {@link ProcessContext#apply} gives it. */
  public Routine applyOf(Term function, List<Term> arguments) {
    return surroundings.language().apply(function, arguments);
  }

  void record(Fact fact) {
    trace.record(now(), fact);
  }

  // ------------------------------------------------------------------ names

  /** See {@link ProcessContext#register}. */
  public boolean register(Atom name, Pid pid) {
    return names.register(name, pid);
  }

  public Optional<Pid> whereis(Atom name) {
    return names.whereis(name);
  }

  public List<Atom> registeredNames() {
    return names.all();
  }

  // ------------------------------------------------------------------ from outside

  /** A signal from the network, or from the owner itself, reaches this runtime at an instant. */
  public void deliver(Address to, Signal signal, long atNanos) {
    if (phase != Phase.GONE) {
      engine.schedule(atNanos, SIGNAL_PRIORITY, new Arrival(vm, to, signal));
    }
  }

  /**
   * The connection to a node is gone: links to processes there fire {@code noconnection}, then monitors of processes there and of
   * the node do, in the order in which they were made, then unanswered spawn requests are answered with it. All this happens at this instant, after
   * what has been delivered for it before and before anything that the caller delivers afterwards.
   */
  public void nodeLost(Atom node) {
    if (phase != Phase.GONE) {
      engine.schedule(now(), SIGNAL_PRIORITY, new NodeLost(vm, node));
    }
  }

  /** One more message about the loss of a node for a process; see {@link NodeLink#monitorNode}. */
  public void monitorNode(Pid watcher, Atom node) {
    LocalProcess process = find(watcher);
    if (process != null) {
      nodeMonitors.add(node, process.index);
    }
  }

  /** One message less. */
  public void demonitorNode(Pid watcher, Atom node) {
    LocalProcess process = find(watcher);
    if (process != null) {
      nodeMonitors.remove(node, process.index);
    }
  }

  /** The connection to a node is no longer busy, or is gone: the processes that it has suspended go on. */
  public void resume(Atom node) {
    resume(node, List.of());
  }

  /** As {@link #resume(Atom)}, but some stay suspended: what they have sent last is withheld still. */
  public void resume(Atom node, Collection<Pid> staying) {
    if (phase != Phase.GONE) {
      suspensions.resume(node, staying);
    }
  }

  /** {@code system_monitor/2}: who is told from now on, of what; empty for nobody. */
  public void setSystemMonitor(Optional<SystemMonitor> monitor) {
    systemMonitor = monitor.orElse(null);
  }

  /** Who is told what goes wrong in the runtime; empty if nobody is. */
  public Optional<SystemMonitor> systemMonitor() {
    return Optional.ofNullable(systemMonitor);
  }

  /** See {@link NodeLink#abandonSpawnRequest}. */
  public boolean abandonSpawnRequest(Pid requester, Reference request) {
    LocalProcess process = find(requester);
    return process != null && process.spawnRequests.remove(request) != null;
  }

  /** Hands a report to the logger of this node. */
  public void log(LogReport report, Pid groupLeader) {
    if (trace.isOn()) {
      record(new ProcessFact.ReportLogged(report));
    }
    owned(LogSink.class)
        .ifPresent(
            sink ->
                sink.log(report, groupLeader, now())
                    .forEach(
                        post ->
                            delivery.dispatch(
                                post.to(), new Signal.Message(report.source(), post.message()))));
  }

  /** Stalls everything, as a stopped operating system process does. What happens to it meanwhile happens at {@link #resume}. */
  public void pause() {
    if (phase == Phase.RUNNING) {
      phase = Phase.PAUSED;
    }
  }

  public void resume() {
    if (phase == Phase.PAUSED) {
      phase = Phase.RUNNING;
      for (ProcessEvent event : held) {
        boolean isSlice =
            event instanceof SliceStarted
                || event instanceof SliceEnded
                || event instanceof Started;
        engine.schedule(engine.now(), isSlice ? SLICE_PRIORITY : SIGNAL_PRIORITY, event);
      }
      held.clear();
    }
  }

  /** Everything is gone at once; nobody is told. */
  public void kill() {
    phase = Phase.GONE;
    processes.forEach(ProcessTable::end);
    processes.clear();
    names.clear();
    aliasHolders.clear();
    timers.cancelAll();
    schedulers.clear();
    suspensions.clear();
    suspenders.clear();
    held.clear();
  }

  // ------------------------------------------------------------------ scheduling

  /** Handles an event of this runtime, at its instant. */
  public void handle(ProcessEvent event) {
    switch (phase) {
      case GONE -> {}
      case PAUSED -> held.add(event);
      case RUNNING -> {
        switch (event) {
          case SliceStarted started -> schedulers.startSlice(started.scheduler());
          case SliceEnded ended -> schedulers.endSlice(ended.scheduler());
          case Arrival arrival -> delivery.arrive(arrival.to(), arrival.signal());
          case NodeLost lost -> losses.lose(lost.node(), processes);
          case Started started -> schedulers.start(started.index());
          case WentOn on -> schedulers.goOnAfterInterruption(on.index());
          case WaitEnded ended -> schedulers.endWait(ended.index());
          case TimerFired fired -> timers.fire(fired.timer());
        }
      }
    }
  }

  private static void end(LocalProcess process) {
    process.status = Status.EXITING;
    process.body.abandon();
  }

  /** A process left the world: nobody finds it from here on. */
  void remove(LocalProcess process) {
    end(process);
    schedulers.cancelWait(process);
    families.leave(process);
    processes.remove(process);
    suspenders.remove(process);
    process.registeredName.ifPresent(names::unregister);
    if (systemMonitor != null && systemMonitor.pid().equals(process.pid)) {
      systemMonitor = null;
    }
    process.aliases.forEach((alias, _) -> aliasHolders.remove(alias));
  }
}
