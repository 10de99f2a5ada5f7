package beamyard.simulator.process;

import beamyard.simulator.process.ProcessContext.AliasMode;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessView.Status;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of one process of this runtime. {@link ProcessTable} is the only one who changes it. */
final class LocalProcess {
  /** No event is planned. */
  static final long NO_TICKET = -1;

  /**
   * A monitor that this process started.
   *
   * @param made see {@link NodeMonitors#next}
   */
  record Watching(Address watched, Term shownAs, Term tag, long made) {}

  /** A monitor that another process started on this one. */
  record Watcher(Pid pid, Address watched) {}

  /** A spawn request under way to a node. */
  record Request(Atom node, SpawnOptions options, Way way) {
    /** What became of the connection that the request went by. */
    enum Way {
      OPEN,
      LOST
    }

    Request(Atom node, SpawnOptions options) {
      this(node, options, Way.OPEN);
    }

    Request lost() {
      return new Request(node, options, Way.LOST);
    }
  }

  /** Number and serial of the pid in one number. */
  final long index;

  // What LivingProcesses keeps its processes together by.
  @Nullable LocalProcess nextInBucket;
  @Nullable LocalProcess older;
  @Nullable LocalProcess younger;

  final InitialCall initialCall;
  Pid pid;
  Routine body;
  Pid groupLeader;
  Status status = Status.RUNNABLE;
  MessageQueue mailbox = new MessageQueue();

  /** Signals that came while the process was on a scheduler; handled at the end of the slice. Made when one comes. */
  private @Nullable ArrayDeque<ProcessEvent.Arrival> arrived;

  /** How the slice that is being spent ended, or the one after which it was suspended. */
  @Nullable Outcome outcome;

  /** Set when the process ended itself by an exit signal within its slice. */
  @Nullable Term ownExit;

  /** The peer to which it has sent something by a busy connection; {@code null} if it is not suspended, or about to be. */
  @Nullable Atom busyPeer;

  /** How often other processes have suspended it and not resumed it. */
  int suspended;

  /** Whether it has used data in the slice that is being spent, and others may now come first. */
  boolean interrupted;

  long waitTicket = NO_TICKET;
  final Links links;
  final Watchers watchers;
  final SmallTable<Reference, Watching> watching;
  final SmallTable<Reference, AliasMode> aliases;

  /** Spawn requests that are not answered yet. */
  final SmallTable<Reference, Request> spawnRequests;

  /** See {@link Families}. */
  long family = Families.NONE;

  // Its neighbours in the ring of those of its family, by number; its own number if it is alone.
  long kinBefore;
  long kinAfter;

  boolean trapExit;
  MapTerm dictionary = MapTerm.EMPTY;
  MapTerm flags = MapTerm.EMPTY;
  long reductions;
  Optional<Atom> registeredName = Optional.empty();

  LocalProcess(
      long index, Pid pid, Routine body, Pid groupLeader, InitialCall initialCall, Links links) {
    this.index = index;
    this.pid = pid;
    this.body = body;
    this.groupLeader = groupLeader;
    this.initialCall = initialCall;
    this.links = links;
    kinBefore = index;
    kinAfter = index;
    watchers = new Watchers();
    watching = new SmallTable<>();
    aliases = new SmallTable<>();
    spawnRequests = new SmallTable<>();
  }

  private LocalProcess(LocalProcess original, ProcessTable table) {
    index = original.index;
    pid = original.pid;
    body = original.body.copy();
    groupLeader = original.groupLeader;
    initialCall = original.initialCall;
    status = original.status;
    mailbox = original.mailbox.copy();
    arrived = original.arrived == null ? null : original.arrived.clone();
    outcome = original.outcome;
    ownExit = original.ownExit;
    busyPeer = original.busyPeer;
    suspended = original.suspended;
    interrupted = original.interrupted;
    waitTicket = original.waitTicket;
    links = original.links.copy(table);
    watchers = original.watchers.copy();
    watching = original.watching.copy();
    aliases = original.aliases.copy();
    spawnRequests = original.spawnRequests.copy();
    family = original.family;
    kinBefore = original.kinBefore;
    kinAfter = original.kinAfter;
    trapExit = original.trapExit;
    dictionary = original.dictionary;
    flags = original.flags;
    reductions = original.reductions;
    registeredName = original.registeredName;
  }

  LocalProcess copy(ProcessTable table) {
    return new LocalProcess(this, table);
  }

  /** The node has got another name. */
  void bringUpToDate(Identity identity) {
    pid = identity.pid(index);
    groupLeader = identity.canonical(groupLeader);
    dictionary = (MapTerm) identity.present(dictionary);
    mailbox.replaceAll(identity::present);
    body.bringUpToDate(identity::present);
    links.rename(identity::canonical);
    watchers.rename(identity::canonical);
  }

  /** Keeps a signal until the slice ends. */
  void keep(ProcessEvent.Arrival arrival) {
    if (arrived == null) {
      arrived = new ArrayDeque<>();
    }
    arrived.add(arrival);
  }

  /** Takes the oldest of the signals that were kept; {@code null} if there is none left. */
  ProcessEvent.@Nullable Arrival takeKept() {
    return arrived == null ? null : arrived.poll();
  }

  /** The signals that were kept, oldest first. */
  Iterable<ProcessEvent.Arrival> kept() {
    return arrived == null ? List.of() : arrived;
  }
}
