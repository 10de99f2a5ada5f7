package beamyard.simulator.process;

import beamyard.simulator.engine.Engine;
import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.Footprint.Thing;
import beamyard.simulator.process.LocalProcess.Watcher;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessContext.AliasMode;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessEvent.Arrival;
import beamyard.simulator.process.ProcessEvent.NodeLost;
import beamyard.simulator.process.ProcessEvent.SliceEnded;
import beamyard.simulator.process.ProcessEvent.SliceStarted;
import beamyard.simulator.process.ProcessEvent.Started;
import beamyard.simulator.process.ProcessEvent.TimerFired;
import beamyard.simulator.process.ProcessEvent.WaitEnded;
import beamyard.simulator.process.ProcessSettings.Fullness;
import beamyard.simulator.process.ProcessView.Status;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Fact;
import beamyard.simulator.trace.Trace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  /**
   * So long a scheduler that sleeps takes to wake when a running process has made another runnable; the one that runs it may
   * be free before. Who spawns a process and monitors it at once therefore nearly always finds it alive, as in OTP.
   */
  private static final long WAKING_NANOS = 5_000;

  private static final Atom INIT = Atom.of("init");

  static final int SIGNAL_PRIORITY = 100;
  static final int SLICE_PRIORITY = 200;
  private static final int NUMBER_BITS = 15;

  /** As many as a real node has made when its shell is there. */
  private static final long REFERENCES_OF_A_REAL_BOOT = 48_000;

  private static final long INDEX_MASK = (1L << 28) - 1;

  final int vm;
  final ProcessSettings settings;
  final Engine engine;
  final Trace trace;
  final Slice slice = new Slice(this);
  final Delivery delivery = new Delivery(this);
  @Nullable Footprint footprint;
  final Families families = new Families(this);
  @Nullable NodeLink link;
  @Nullable SignalRoute route;
  private @Nullable Language language;
  private final LinkedHashMap<Class<?>, Object> owned = new LinkedHashMap<>();

  final Renaming renaming;

  private final LinkedHashMap<Long, LocalProcess> processes = new LinkedHashMap<>();
  final LinkedHashMap<Atom, LocalProcess> names = new LinkedHashMap<>();
  final LinkedHashMap<Reference, LocalProcess> aliasHolders = new LinkedHashMap<>();
  private final LinkedHashMap<Reference, Timer> timers = new LinkedHashMap<>();
  private final ArrayDeque<LocalProcess> runQueue = new ArrayDeque<>();
  private final @Nullable LocalProcess[] onScheduler;
  private final boolean[] busy;

  /** The events of each scheduler, which are the same each time. */
  private final SliceStarted[] started;

  private final SliceEnded[] ended;
  private final ArrayList<ProcessEvent> held = new ArrayList<>();
  private Phase phase = Phase.RUNNING;
  private long nextIndex;
  private long nextReference;
  private long nextUnlink = 1;
  private double slowness = 1;
  private Clock clock = Clock.EXACT;

  /** Whether the runtime runs. */
  public enum Phase {
    RUNNING,
    /** Nothing happens in it, but nothing is lost. */
    PAUSED,
    /** There is nothing left of it. */
    GONE
  }

  record Timer(long ticket, long atNanos, Pid starter, Address to, Term message) {}

  /** A runtime without processes. */
  public ProcessTable(int vm, ProcessSettings settings, Engine engine, Trace trace) {
    this(vm, settings, engine, trace, new Renaming());
  }

  private ProcessTable(
      int vm, ProcessSettings settings, Engine engine, Trace trace, Renaming renaming) {
    this.renaming = renaming;
    this.vm = vm;
    this.settings = settings;
    this.engine = engine;
    this.trace = trace;
    this.nextIndex = settings.firstPid();
    onScheduler = new LocalProcess[settings.schedulers()];
    busy = new boolean[settings.schedulers()];
    started = new SliceStarted[settings.schedulers()];
    ended = new SliceEnded[settings.schedulers()];
    for (int scheduler = 0; scheduler < settings.schedulers(); scheduler++) {
      started[scheduler] = new SliceStarted(vm, scheduler);
      ended[scheduler] = new SliceEnded(vm, scheduler);
    }
  }

  /** Says what surrounds the processes. Called once, before the first process is spawned or, in a copy, run. */
  public void attach(NodeLink link, SignalRoute route, Language language) {
    this.link = link;
    this.route = route;
    this.language = language;
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
    LocalProcess init = names.get(INIT);
    if (init == null) {
      return false;
    }
    return switch (event) {
      case Started(_, var index) -> isLedBy(init, processes.get(index));
      case Arrival(_, var to, var signal) ->
          isLedBy(init, find(signal.from())) && isLedBy(init, processes.get(target(to)));
      case NodeLost _, WaitEnded _, TimerFired _, SliceStarted _, SliceEnded _ -> false;
    };
  }

  private static boolean isLedBy(LocalProcess leader, @Nullable LocalProcess process) {
    return process != null && process.groupLeader.equals(leader.pid);
  }

  /** Makes something the processes' by its class: see {@link ProcessContext#owned}. */
  public <T> void own(Class<T> type, T value) {
    owned.put(type, value);
  }

  /** See {@link ProcessContext#owned}. */
  public <T> Optional<T> owned(Class<T> type) {
    return Optional.ofNullable(owned.get(type)).map(type::cast);
  }

  /**
   * An independent copy for a copy of the simulation. What surrounds it and what it owns are not copied: the owner attaches
   * the copies of those.
   */
  public ProcessTable copy(Engine engine, Trace trace) {
    var copy = new ProcessTable(vm, settings, engine, trace, renaming.copy());
    for (Map.Entry<Long, LocalProcess> entry : processes.entrySet()) {
      LocalProcess process = entry.getValue().copy(copy);
      copy.processes.put(entry.getKey(), process);
      copy.watchMailbox(process);
    }
    names.forEach((name, process) -> copy.names.put(name, copy.known(process.index)));
    aliasHolders.forEach(
        (alias, process) -> copy.aliasHolders.put(alias, copy.known(process.index)));
    copy.timers.putAll(timers);
    for (LocalProcess process : runQueue) {
      if (process.status != Status.EXITING) {
        copy.runQueue.add(copy.known(process.index));
      }
    }
    for (int i = 0; i < onScheduler.length; i++) {
      LocalProcess process = onScheduler[i];
      copy.onScheduler[i] = process == null ? null : copy.known(process.index);
      copy.busy[i] = busy[i];
    }
    copy.held.addAll(held);
    copy.phase = phase;
    copy.nextIndex = nextIndex;
    copy.nextReference = nextReference;
    copy.nextUnlink = nextUnlink;
    copy.slowness = slowness;
    copy.clock = clock;
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

  /** How long some reductions take here. */
  long nanosOf(int reductions) {
    long nanos = (long) reductions * settings.nanosPerReduction();
    return slowness == 1 ? nanos : (long) (nanos * slowness);
  }

  /** Lets all computing take so many times as long from the next slice on; 1 is as fast as it began. */
  public void slowDown(double times) {
    slowness = times;
  }

  /** The machine's clock, as the processes here read it. */
  public Clock clock() {
    return clock;
  }

  /** Puts the machine's clock on or back, against true time. */
  public void skewClock(long nanos) {
    clock = clock.skewed(nanos, engine.now());
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
    if (!renaming.isNow(link().name(), link().creation())) {
      return;
    }
    if (processes.isEmpty() && nextReference == 0) {
      renaming.forgetFormer(); // nobody holds anything of the old name
    }
    for (LocalProcess process : processes.values()) {
      process.pid = pid(process.index);
      process.groupLeader = canonical(process.groupLeader);
      process.dictionary = (MapTerm) renaming.present(process.dictionary);
      process.mailbox.replaceAll(renaming::present);
      process.body.bringUpToDate(renaming::present);
      process.links.rename(this::canonical, this);
      process.watchers.replaceAll(
          (_, watcher) -> new Watcher(canonical(watcher.pid()), watcher.watched()));
    }
  }

  Atom nodeName() {
    return renaming.node();
  }

  /** Whether a pid was made by this runtime. */
  public boolean isLocal(Pid pid) {
    return renaming.isOurs(pid.node(), pid.creation());
  }

  boolean isLocal(Reference reference) {
    return renaming.isOurs(reference.node(), reference.creation());
  }

  /** The pid in the present name of the node, if it is of this runtime. */
  Pid canonical(Pid pid) {
    return renaming.present(pid);
  }

  private Pid pid(long index) {
    return new Pid(
        nodeName(), index & ((1 << NUMBER_BITS) - 1), index >>> NUMBER_BITS, renaming.creation());
  }

  /** A pid of this runtime that no process has: what stands for the node itself. */
  Pid nobody() {
    return pid(0);
  }

  /** A new reference, unique to this runtime; its words are of the sizes that a real node's have. */
  public Reference makeReference() {
    long count = REFERENCES_OF_A_REAL_BOOT + nextReference++;
    int low = (int) (count & 0x3FFFF);
    int middle = (int) (0x46B0_0000L + vm * 0x10000L + (count >>> 18));
    int high = (int) (0x8EC0_0000L + vm * 0x9E37L);
    return new Reference(nodeName(), renaming.creation(), low, middle, high);
  }

  long makeUnlinkId() {
    return nextUnlink++;
  }

  // ------------------------------------------------------------------ processes

  @Nullable LocalProcess find(Pid pid) {
    return isLocal(pid) ? processes.get(index(pid)) : null;
  }

  long index(Pid pid) {
    return pid.serial() << NUMBER_BITS | pid.number();
  }

  private LocalProcess known(long index) {
    LocalProcess process = processes.get(index);
    if (process == null) {
      throw new AssertionError("no process " + index);
    }
    return process;
  }

  /** Spawns a process that no process asked for: those of the boot. */
  public Pid spawn(Routine body, InitialCall initialCall, Optional<Pid> groupLeader) {
    LocalProcess process =
        spawn(body, initialCall, groupLeader.orElseGet(this::nobody), Optional.empty());
    if (groupLeader.isEmpty()) {
      process.groupLeader = process.pid;
    }
    return process.pid;
  }

  LocalProcess spawn(Routine body, InitialCall initialCall, Pid groupLeader, Optional<Pid> parent) {
    while (processes.containsKey(nextIndex)) {
      nextIndex = (nextIndex + 1) & INDEX_MASK;
    }
    long index = nextIndex;
    nextIndex = (nextIndex + 1) & INDEX_MASK;
    var process =
        new LocalProcess(index, pid(index), body, groupLeader, initialCall, new Links(this));
    process.flags = settings.flags();
    processes.put(index, process);
    watchMailbox(process);
    if (trace.isOn()) {
      record(new ProcessFact.ProcessSpawned(process.pid, parent, initialCall));
    }
    engine.schedule(now(), SLICE_PRIORITY, new Started(vm, index));
    return process;
  }

  Collection<LocalProcess> living() {
    return processes.values();
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
    for (LocalProcess process : processes.values()) {
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
        : Optional.of(view(process));
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
    return Optional.ofNullable(processes.get(number)).map(ProcessTable::view);
  }

  /** Views of all processes, oldest first. */
  public List<ProcessView> views() {
    var views = new ArrayList<ProcessView>();
    for (LocalProcess process : processes.values()) {
      views.add(view(process));
    }
    return views;
  }

  private static ProcessView view(LocalProcess process) {
    var messages = new ArrayList<Term>(process.mailbox.messages());
    for (Arrival arrival : process.arrived) {
      if (arrival.signal() instanceof Signal.Message(_, var payload)) {
        messages.add(payload);
      }
    }
    var references =
        new RedBlackTree<Reference>(
            Comparator.comparingInt(Reference::high)
                .thenComparingInt(Reference::middle)
                .thenComparingInt(Reference::low));
    process.watching.keySet().forEach(references::insert);
    var monitors = new ArrayList<Term>();
    references
        .postOrder()
        .reversed()
        .forEach(reference -> monitors.add(process.watching.get(reference).shownAs()));
    var monitoredBy = new ArrayList<Pid>();
    process.watchers.values().forEach(watcher -> monitoredBy.add(watcher.pid()));
    return new ProcessView(
        process.pid,
        process.registeredName,
        process.status,
        messages,
        process.links.inOrderOfExit().reversed(),
        monitors,
        monitoredBy.reversed(),
        process.trapExit,
        process.groupLeader,
        process.dictionary,
        process.flags,
        process.reductions,
        process.initialCall,
        process.body);
  }

  /** The body of a process that makes a call, as {@link ProcessContext#call} gives it. */
  public Routine callOf(Atom module, Atom function, List<Term> arguments) {
    return language().call(module, function, arguments);
  }

  /** The body of a process that calls a function value, as {@link ProcessContext#apply} gives it. */
  public Routine applyOf(Term function, List<Term> arguments) {
    return language().apply(function, arguments);
  }

  Language language() {
    if (language == null) {
      throw new AssertionError("the process table is not attached");
    }
    return language;
  }

  NodeLink link() {
    if (link == null) {
      throw new AssertionError("the process table is not attached");
    }
    return link;
  }

  SignalRoute route() {
    if (route == null) {
      throw new AssertionError("the process table is not attached");
    }
    return route;
  }

  void record(Fact fact) {
    trace.record(now(), fact);
  }

  // ------------------------------------------------------------------ names

  /** See {@link ProcessContext#register}. */
  public boolean register(Atom name, Pid pid) {
    LocalProcess process = find(pid);
    if (process == null || process.registeredName.isPresent() || names.containsKey(name)) {
      return false;
    }
    names.put(name, process);
    process.registeredName = Optional.of(name);
    use(Access.WRITE, new Thing.Name(name));
    if (trace.isOn()) {
      record(new ProcessFact.NameRegistered(name, process.pid));
    }
    return true;
  }

  /** See {@link ProcessContext#unregister}. */
  public boolean unregister(Atom name) {
    LocalProcess process = names.remove(name);
    if (process == null) {
      return false;
    }
    process.registeredName = Optional.empty();
    use(Access.WRITE, new Thing.Name(name));
    if (trace.isOn()) {
      record(new ProcessFact.NameFreed(name, process.pid));
    }
    return true;
  }

  public Optional<Pid> whereis(Atom name) {
    return Optional.ofNullable(names.get(name)).map(process -> process.pid);
  }

  public List<Atom> registeredNames() {
    return List.copyOf(names.keySet());
  }

  // ------------------------------------------------------------------ timers

  void startTimer(Reference reference, long delayNanos, Pid starter, Address to, Term message) {
    long at = now() + Math.max(0, delayNanos);
    long ticket = engine.schedule(at, SIGNAL_PRIORITY, new TimerFired(vm, reference));
    timers.put(reference, new Timer(ticket, at, starter, to, message));
  }

  Optional<Long> cancelTimer(Reference reference) {
    use(Access.WRITE, new Thing.Shared(reference));
    Timer timer = timers.remove(reference);
    if (timer == null) {
      return Optional.empty();
    }
    engine.cancel(timer.ticket());
    return Optional.of(Math.max(0, timer.atNanos() - now()));
  }

  Optional<Long> readTimer(Reference reference) {
    return Optional.ofNullable(timers.get(reference))
        .map(timer -> Math.max(0, timer.atNanos() - now()));
  }

  private void fire(Reference reference) {
    use(Access.WRITE, new Thing.Shared(reference));
    Timer timer = timers.remove(reference);
    if (timer != null) { // else cancelled while the runtime was paused
      delivery.arrive(timer.to(), new Signal.Message(timer.starter(), timer.message()));
    }
  }

  // ------------------------------------------------------------------ from outside

  /** A signal from the network, or from the owner itself, reaches this runtime at an instant. */
  public void deliver(Address to, Signal signal, long atNanos) {
    if (phase != Phase.GONE) {
      engine.schedule(atNanos, SIGNAL_PRIORITY, new Arrival(vm, to, signal));
    }
  }

  /**
   * The connection to a node is gone: links to processes there fire {@code noconnection}, then monitors do, then unanswered
   * spawn requests are answered with it. All this happens at this instant, after
   * what has been delivered for it before and before anything that the caller delivers afterwards.
   */
  public void nodeLost(Atom node) {
    if (phase != Phase.GONE) {
      engine.schedule(now(), SIGNAL_PRIORITY, new NodeLost(vm, node));
    }
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
    processes.values().forEach(ProcessTable::end);
    processes.clear();
    names.clear();
    aliasHolders.clear();
    timers.values().forEach(timer -> engine.cancel(timer.ticket()));
    timers.clear();
    runQueue.clear();
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
          case Arrival(_, var to, var signal) -> delivery.arrive(to, signal);
          case NodeLost(_, var node) -> delivery.nodeLost(node, processes.values());
          case Started(_, var index) -> start(index);
          case WaitEnded(_, var index) -> endWait(index);
          case TimerFired(_, var timer) -> fire(timer);
          case SliceStarted(_, var scheduler) -> startSlice(scheduler);
          case SliceEnded(_, var scheduler) -> endSlice(scheduler);
        }
      }
    }
  }

  private void start(long index) {
    LocalProcess process = processes.get(index);
    if (process != null && process.status == Status.RUNNABLE) { // else killed before it ran
      makeRunnable(process);
    }
  }

  private void endWait(long index) {
    LocalProcess process = processes.get(index);
    if (process != null
        && process.status == Status.WAITING) { // else woken while the runtime was paused
      process.waitTicket = LocalProcess.NO_TICKET;
      makeRunnable(process);
    }
  }

  /** A message came: ends waiting. */
  void wake(LocalProcess process) {
    if (process.status == Status.WAITING) {
      cancelWait(process);
      makeRunnable(process);
    }
  }

  void cancelWait(LocalProcess process) {
    if (process.waitTicket != LocalProcess.NO_TICKET) {
      engine.cancel(process.waitTicket);
      process.waitTicket = LocalProcess.NO_TICKET;
    }
  }

  private void makeRunnable(LocalProcess process) {
    process.status = Status.RUNNABLE;
    runQueue.add(process);
    for (int scheduler = 0; scheduler < busy.length; scheduler++) {
      if (!busy[scheduler]) {
        long start = now() + (isAnythingRunning() ? WAKING_NANOS : 0);
        busy[scheduler] = true;
        engine.schedule(start, SLICE_PRIORITY, started[scheduler]);
        return;
      }
    }
  }

  private boolean isAnythingRunning() {
    for (LocalProcess process : onScheduler) {
      if (process != null) {
        return true;
      }
    }
    return false;
  }

  private void startSlice(int scheduler) {
    LocalProcess process = runQueue.poll();
    while (process != null && process.status != Status.RUNNABLE) {
      process = runQueue.poll();
    }
    if (process == null) {
      busy[scheduler] = false;
      return;
    }
    process.status = Status.RUNNING;
    if (footprint != null) {
      footprint.used(Access.WRITE, vm, new Thing.Work(process.index));
    }
    process.mailbox.clearNews();
    onScheduler[scheduler] = process;
    slice.begin(process);
    Outcome outcome;
    try {
      outcome = process.body.run(slice);
    } catch (SystemLimit reached) {
      outcome = new Outcome.Raised(ExceptionClass.ERROR, Words.SYSTEM_LIMIT, ListTerm.empty());
    } finally {
      slice.end();
    }
    process.outcome = outcome;
    process.reductions += slice.consumed();
    long used = nanosOf(slice.consumed());
    engine.schedule(engine.now() + used, SLICE_PRIORITY, ended[scheduler]);
  }

  private void endSlice(int scheduler) {
    LocalProcess process = onScheduler[scheduler];
    if (process == null || process.outcome == null) {
      throw new AssertionError("nothing ran on scheduler " + scheduler);
    }
    onScheduler[scheduler] = null;
    Outcome outcome = process.outcome;
    process.outcome = null;
    process.status = Status.RUNNABLE; // so that signals are handled, not kept
    if (process.ownExit != null) {
      delivery.terminate(process, process.ownExit);
    } else if (outcome instanceof Outcome.Returned) {
      delivery.terminate(process, Words.NORMAL);
    } else if (outcome instanceof Outcome.Raised raised) {
      delivery.terminate(process, exitReason(process, raised));
    }
    Arrival arrival = process.arrived.poll();
    while (arrival != null) {
      delivery.arrive(arrival.to(), arrival.signal());
      arrival = process.arrived.poll();
    }
    if (process.status != Status.EXITING) {
      goOn(process, outcome);
    }
    if (runQueue.isEmpty()) {
      busy[scheduler] = false;
    } else {
      engine.schedule(engine.now(), SLICE_PRIORITY, started[scheduler]);
    }
  }

  private void goOn(LocalProcess process, Outcome outcome) {
    long deadline = outcome instanceof Outcome.Waiting(var atNanos) ? atNanos : Long.MIN_VALUE;
    if (deadline <= engine.now() || process.mailbox.hasNews()) {
      makeRunnable(process);
      return;
    }
    process.status = Status.WAITING;
    if (deadline != Long.MAX_VALUE) {
      process.waitTicket =
          engine.schedule(deadline, SLICE_PRIORITY, new WaitEnded(vm, process.index));
    }
  }

  /** The exit reason after an exception, which is logged unless it is a plain exit. */
  private Term exitReason(LocalProcess process, Outcome.Raised raised) {
    if (raised.exceptionClass() == ExceptionClass.EXIT) {
      return raised.reason();
    }
    Term reason =
        raised.exceptionClass() == ExceptionClass.THROW
            ? Tuple.of(Words.NOCATCH, raised.reason())
            : raised.reason();
    Tuple exit = Tuple.of(reason, raised.stacktrace());
    log(new LogReport(Atom.ERROR, process.pid, Words.PROCESS_CRASH, exit), process.groupLeader);
    return exit;
  }

  /** Ends a monitor whose watched process had a name when the monitor was made; most often it has it still. */
  void removeWatcher(Atom name, Reference monitor) {
    LocalProcess holder = names.get(name);
    if (holder != null && holder.watchers.remove(monitor) != null) {
      return;
    }
    for (LocalProcess process : processes.values()) {
      process.watchers.remove(monitor);
    }
  }

  private static void end(LocalProcess process) {
    process.status = Status.EXITING;
    process.body.abandon();
  }

  /** A process left the world: nobody finds it from here on. */
  void remove(LocalProcess process) {
    end(process);
    cancelWait(process);
    processes.remove(process.index);
    process.registeredName.ifPresent(this::unregister);
    for (Map.Entry<Reference, AliasMode> alias : process.aliases.entrySet()) {
      aliasHolders.remove(alias.getKey());
    }
  }

  /** Spawns what another process asked for by a signal. */
  void spawn(Signal.SpawnRequest request) {
    LocalProcess parent = isLocal(request.from()) ? find(request.from()) : null;
    if (processes.size() >= settings.processLimit()) {
      if (settings.fullness() == Fullness.SPAWN_FAILS) {
        families.logFull(request.groupLeader());
      }
      delivery.dispatch(
          new Address.OfProcess(request.from()),
          new Signal.SpawnReply(
              nobody(),
              request.reference(),
              Optional.empty(),
              Words.SYSTEM_LIMIT,
              request.options()));
      return;
    }
    List<Term> arguments = request.arguments() instanceof ListTerm list ? list.toList() : List.of();
    LocalProcess process =
        spawn(
            language().call(request.module(), request.function(), arguments),
            new InitialCall(request.module(), request.function(), arguments.size()),
            request.groupLeader(),
            Optional.of(request.from()));
    if (parent != null) {
      Families.join(parent, process);
    }
    process.flags = request.options().flagsOver(process.flags);
    if (request.options().has(SpawnOptions.Flag.LINK)) {
      process.links.activate(canonical(request.from()));
    }
    if (request.options().has(SpawnOptions.Flag.MONITOR)) {
      process.watchers.put(
          request.reference(),
          new Watcher(canonical(request.from()), new Address.OfProcess(process.pid)));
    }
    delivery.dispatch(
        new Address.OfProcess(request.from()),
        new Signal.SpawnReply(
            process.pid,
            request.reference(),
            Optional.of(process.pid),
            Atom.OK,
            request.options()));
  }
}
