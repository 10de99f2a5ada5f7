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
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of one process of this runtime. {@link ProcessTable} is the only one who changes it. */
final class LocalProcess {
  /** No event is planned. */
  static final long NO_TICKET = -1;

  /** A monitor that this process started. */
  record Watching(Address watched, Term shownAs, Term tag) {}

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

  final InitialCall initialCall;
  Pid pid;
  Routine body;
  Pid groupLeader;
  Status status = Status.RUNNABLE;
  MessageQueue mailbox = new MessageQueue();

  /** Signals that came while the process was on a scheduler; handled at the end of the slice. */
  final ArrayDeque<ProcessEvent.Arrival> arrived = new ArrayDeque<>();

  /** How the slice that is being spent ended, or the one after which it was suspended. */
  @Nullable Outcome outcome;

  /** Set when the process ended itself by an exit signal within its slice. */
  @Nullable Term ownExit;

  /** The peer to which it has sent something by a busy connection; {@code null} if it is not suspended, or about to be. */
  @Nullable Atom busyPeer;

  /** Whether it has used data in the slice that is being spent, and others may now come first. */
  boolean interrupted;

  long waitTicket = NO_TICKET;
  final Links links;
  final LinkedHashMap<Reference, Watching> watching = new LinkedHashMap<>();
  final Watchers watchers;
  final LinkedHashMap<Reference, AliasMode> aliases = new LinkedHashMap<>();

  /** Spawn requests that are not answered yet. */
  final LinkedHashMap<Reference, Request> spawnRequests = new LinkedHashMap<>();

  /** See {@link Families}. */
  long family = Families.NONE;

  boolean trapExit;
  MapTerm dictionary = MapTerm.EMPTY;
  MapTerm flags = MapTerm.EMPTY;
  long reductions;
  Optional<Atom> registeredName = Optional.empty();

  LocalProcess(
      long index, Pid pid, Routine body, Pid groupLeader, InitialCall initialCall, Links links) {
    this(index, pid, body, groupLeader, initialCall, links, new Watchers());
  }

  private LocalProcess(
      long index,
      Pid pid,
      Routine body,
      Pid groupLeader,
      InitialCall initialCall,
      Links links,
      Watchers watchers) {
    this.links = links;
    this.watchers = watchers;
    this.index = index;
    this.pid = pid;
    this.body = body;
    this.groupLeader = groupLeader;
    this.initialCall = initialCall;
  }

  LocalProcess copy(ProcessTable table) {
    var copy =
        new LocalProcess(
            index, pid, body.copy(), groupLeader, initialCall, links.copy(table), watchers.copy());
    copy.status = status;
    copy.mailbox = mailbox.copy();
    copy.arrived.addAll(arrived);
    copy.outcome = outcome;
    copy.ownExit = ownExit;
    copy.busyPeer = busyPeer;
    copy.interrupted = interrupted;
    copy.waitTicket = waitTicket;
    copy.watching.putAll(watching);
    copy.aliases.putAll(aliases);
    copy.spawnRequests.putAll(spawnRequests);
    copy.family = family;
    copy.trapExit = trapExit;
    copy.dictionary = dictionary;
    copy.flags = flags;
    copy.reductions = reductions;
    copy.registeredName = registeredName;
    return copy;
  }
}
