package beamyard.simulator.kernel;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The global name server of a node: keeps global names and locks, exchanges names with each node that becomes
 * visible, makes the nodes of both partitions known to each other so that all connect to all, and breaks connections
 * that would leave partitions overlapping.
 *
 * <p>When A and B connect, each sends the other {@code init_connect}; the lockers of both lock their partitions; each
 * sends its names ({@code exchange}), resolves conflicts, sends what it decided ({@code resolved}) and tells its
 * partition of the other nodes ({@code new_nodes}), which connect to them and say {@code in_sync}.
 *
 * @see <a href="https://www.erlang.org/doc/man/global.html">OTP kernel, global</a>
 */
final class GlobalNameServer implements Service<GlobalNameServer.State> {
  private static final Optional<Atom> PUBLISHED_AS = Optional.of(Words.GLOBAL);
  private static final Atom DEL_LOCK = Atom.of("del_lock");
  private static final Atom DISCONNECT = Atom.of("disconnect");
  private static final Atom EXTRA_NODEDOWN = Atom.of("extra_nodedown");
  private static final Atom GET_KNOWN = Atom.of("get_known");
  private static final Atom GET_NAMES_EXT = Atom.of("get_names_ext");
  private static final Atom GET_PROTOCOL_VERSION = Atom.of("get_protocol_version");
  private static final Atom GET_SYNCED = Atom.of("get_synced");
  private static final Atom LOCKER_DIED = Atom.of("locker_died");
  private static final Atom PREPARE_SHUTDOWN = Atom.of("prepare_shutdown");
  private static final Atom REGISTER = Atom.of("register");
  private static final Atom REGISTRAR = Atom.of("registrar");
  private static final Atom REGISTRAR_DIED = Atom.of("registrar_died");
  private static final Atom SET_LOCK = Atom.of("set_lock");
  private static final Atom STOP = Atom.of("stop");
  private static final Atom STOPPED = Atom.of("stopped");
  private static final Atom SYNC = Atom.of("sync");
  private static final Atom TRANS_ALL_KNOWN = Atom.of("trans_all_known");
  private static final Atom UNREGISTER = Atom.of("unregister");
  private static final int REDUCTIONS_A_LOSS = 2_000;
  static final int VERSION = 8;
  static final Atom LOCKER_STARTED = Atom.of("locker_started");
  static final Atom REGISTRAR_STARTED = Atom.of("registrar_started");
  static final Atom RESOLVER_STARTED = Atom.of("resolver_started");
  static final Atom SYNCER_STARTED = Atom.of("syncer_started");
  static final Atom HELPER_STARTED = Atom.of("helper_started");
  static final Atom SYNCED = Atom.of("synced");

  /**
   * An exchange of names with one node, from {@code init_connect} to {@code resolved} or {@code in_sync}.
   *
   * @param myTag this side's number of the attempt; {@code undefined} before the node is up
   * @param hisTag the other side's number
   * @param early his {@code init_connect} that came before the node was up
   * @param lock the lock that is set, once it is
   * @param hisNames his names, if they came before the lock was known to be set
   * @param ours what is to be done here, decided by the resolver
   * @param resolved his {@code resolved}, if it came before the resolver was done
   * @param resolver the process that compares the names
   */
  record Exchange(
      Term myTag,
      Term hisTag,
      @Nullable Tuple early,
      @Nullable Term lock,
      @Nullable ListTerm hisNames,
      @Nullable ListTerm ours,
      @Nullable Tuple resolved,
      @Nullable Pid resolver) {
    static final Exchange NONE =
        new Exchange(Atom.UNDEFINED, Atom.UNDEFINED, null, null, null, null, null, null);

    Exchange withMyTag(Term tag) {
      return new Exchange(tag, hisTag, early, lock, hisNames, ours, resolved, resolver);
    }

    Exchange withHisTag(Term tag) {
      return new Exchange(myTag, tag, early, lock, hisNames, ours, resolved, resolver);
    }

    Exchange withEarly(@Nullable Tuple message) {
      return new Exchange(myTag, hisTag, message, lock, hisNames, ours, resolved, resolver);
    }

    Exchange withLock(Term id) {
      return new Exchange(myTag, hisTag, early, id, hisNames, ours, resolved, resolver);
    }

    Exchange withHisNames(ListTerm names) {
      return new Exchange(myTag, hisTag, early, lock, names, ours, resolved, resolver);
    }

    Exchange withOurs(ListTerm operations) {
      return new Exchange(myTag, hisTag, early, lock, hisNames, operations, resolved, resolver);
    }

    Exchange withResolved(Tuple message) {
      return new Exchange(myTag, hisTag, early, lock, hisNames, ours, message, resolver);
    }

    Exchange withResolver(@Nullable Pid pid) {
      return new Exchange(myTag, hisTag, early, lock, hisNames, ours, resolved, pid);
    }
  }

  /** The last loss of a connection that a node told of, so that one loss is acted on once. */
  record Loss(long creation, long number) {}

  /** A call of {@code disconnect/0} that waits for nodes to go. */
  record Disconnecting(Caller caller, List<Atom> nodes, List<Atom> left) {}

  /**
   * What the name server knows.
   *
   * @param known as OTP keeps it: {@code Node => Version}, {@code {pending, Node} => Version}, {@code {removing,
   *     Node} => yes}
   * @param connected visible nodes that are connected
   * @param synced nodes with the same names
   */
  record State(
      KernelSettings.Mesh mesh,
      GlobalView view,
      boolean globalLockDown,
      MapTerm known,
      List<Atom> connected,
      List<Atom> synced,
      Table<Exchange> exchanges,
      Table<Loss> losses,
      List<Pid> syncers,
      Optional<Pid> locker,
      Optional<Pid> registrar,
      Optional<Disconnecting> disconnecting,
      long nextNumber) {}

  private final KernelSettings settings;

  GlobalNameServer(KernelSettings settings) {
    this.settings = settings;
  }

  @Override
  public boolean trapsExits() {
    return true;
  }

  @Override
  public Optional<Atom> publishedAs() {
    return PUBLISHED_AS;
  }

  @Override
  public Object published(State state) {
    return state.view;
  }

  @Override
  public Step<State> start(Surroundings around) {
    var state =
        new State(
            settings.mesh(),
            GlobalView.EMPTY,
            false,
            MapTerm.EMPTY,
            around.nodes(),
            List.of(),
            Table.empty(),
            Table.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1);
    SpawnOptions linked = SpawnOptions.of(SpawnOptions.Flag.LINK);
    return Step.of(
        state,
        new Effect.MonitorNodes(),
        new Effect.Spawn(GlobalLocker.body(settings.hostName()), linked, LOCKER_STARTED),
        new Effect.Spawn(GlobalRegistrar.body(), linked, REGISTRAR_STARTED));
  }

  /**
   * A lost node takes longer than another message, as all tables are gone through: whoever closes two connections in one go has closed the
   * second before the nodes at its end are told of the first.
   */
  @Override
  public int reductions(Term message) {
    return message instanceof Tuple loss && loss.isTagged(Words.NODEDOWN, 2)
        ? REDUCTIONS_A_LOSS
        : Service.super.reductions(message);
  }

  @Override
  public Step<State> handle(State state, Term message, Surroundings around) {
    var draft = new GlobalDraft(state, around);
    if (message instanceof Tuple call && call.isTagged(Words.CALL, 3)) {
      Caller.of(call.get(1)).ifPresent(caller -> onCall(draft, caller, call.get(2)));
    } else if (message instanceof Tuple cast && cast.isTagged(Words.CAST, 2)) {
      if (cast.get(1) instanceof Tuple request && request.size() > 1) {
        new GlobalExchange(draft).onCast(request);
      }
    } else if (message instanceof Tuple info && info.size() > 1) {
      onInfo(draft, info);
    }
    return draft.step(); // OTP logs a warning of what it does not know and goes on
  }

  private static void onCall(GlobalDraft draft, Caller caller, Term request) {
    var registry = new GlobalRegistry(draft);
    switch (request) {
      case Tuple registrar when registrar.isTagged(REGISTRAR, 2) ->
          draft.registrar.ifPresent(
              pid ->
                  draft.send(
                      new Address.OfProcess(pid),
                      Tuple.of(TRANS_ALL_KNOWN, registrar.get(1), caller.from())));
      case Tuple register
          when register.isTagged(REGISTER, 4) && register.get(2) instanceof Pid pid -> {
        registry.insert(
            register.get(1), pid, register.get(3), lock -> lock.holder(caller.pid()).isPresent());
        draft.effects.add(caller.reply(Words.YES));
      }
      case Tuple unregister when unregister.isTagged(UNREGISTER, 2) -> {
        registry.delete(unregister.get(1));
        draft.effects.add(caller.reply(Atom.OK));
      }
      case Tuple set when set.isTagged(SET_LOCK, 2) && LockId.of(set.get(1)).isPresent() ->
          draft.effects.add(
              caller.reply(
                  Atom.of(registry.setLock(LockId.of(set.get(1)).orElseThrow(), caller.pid()))));
      case Tuple del when del.isTagged(DEL_LOCK, 2) && LockId.of(del.get(1)).isPresent() -> {
        registry.deleteLock(LockId.of(del.get(1)).orElseThrow(), caller.pid());
        draft.effects.add(caller.reply(Atom.TRUE));
      }
      case Atom known when known == GET_KNOWN ->
          draft.effects.add(caller.reply(draft.knownNames()));
      case Atom synced when synced == GET_SYNCED ->
          draft.effects.add(caller.reply(ListTerm.of(draft.synced)));
      case Atom version when version == GET_PROTOCOL_VERSION ->
          draft.effects.add(caller.reply(SmallInt.of(VERSION)));
      case Atom names when names == GET_NAMES_EXT ->
          draft.effects.add(caller.reply(ListTerm.empty()));
      case Tuple sync when sync.isTagged(SYNC, 2) && sync.get(1) instanceof ListTerm nodes ->
          startSync(draft, caller, nodes);
      case Tuple sync when sync.isTagged(SYNC, 2) -> // it fails in the server itself
          draft.effects.add(new Effect.Stop(noNodes(draft.around.node(), sync.get(1))));
      case Atom disconnect when disconnect == DISCONNECT ->
          new GlobalMesh(draft).disconnectAll(caller);
      case Atom stop when stop == STOP -> {
        draft.effects.add(caller.reply(STOPPED));
        draft.effects.add(new Effect.Stop(Words.NORMAL));
      }
      default -> {} // OTP logs a warning; the caller waits in vain
    }
  }

  private static Term noNodes(Atom node, Term given) {
    Term frame =
        Tuple.of(Atom.of("lists"), Atom.of("delete"), ListTerm.of(node, given), ListTerm.empty());
    return Tuple.of(Words.FUNCTION_CLAUSE, ListTerm.of(frame));
  }

  private static void startSync(GlobalDraft draft, Caller caller, ListTerm nodes) {
    ListTerm waiting =
        Lists.without(Lists.delete(draft.around.node(), nodes), ListTerm.of(draft.synced));
    draft.effects.add(
        new Effect.Spawn(
            GlobalSync.body(waiting, caller),
            SpawnOptions.of(SpawnOptions.Flag.LINK),
            SYNCER_STARTED));
  }

  private static void onInfo(GlobalDraft draft, Tuple info) {
    var mesh = new GlobalMesh(draft);
    if (info.isTagged(Words.DOWN, 5) && info.get(1) instanceof Reference monitor) {
      new GlobalRegistry(draft).down(monitor);
    } else if (info.isTagged(Words.EXIT_SIGNAL, 3)) {
      onExit(draft, info);
    } else if (info.get(1) instanceof Pid pid && info.size() == 2) {
      onStarted(draft, info.get(0), pid);
    } else if (info.isTagged(Words.NODEUP, 2) && info.get(1) instanceof Atom node) {
      mesh.nodeUp(node);
    } else if (info.isTagged(Words.NODEDOWN, 2) && info.get(1) instanceof Atom node) {
      mesh.nodeDown(node);
    } else if (info.isTagged(EXTRA_NODEDOWN, 2) && info.get(1) instanceof Atom node) {
      mesh.neverUp(node);
    } else if (info.isTagged(GlobalMesh.LOST_CONNECTION, 5)) {
      mesh.connectionLost(info);
    } else if (info.isTagged(GlobalMesh.REMOVE_CONNECTION, 2) && info.get(1) instanceof Atom node) {
      mesh.askedToDisconnect(node);
    } else if (info.isTagged(GlobalExchange.CANCEL_CONNECT, 3)
        && info.get(1) instanceof Atom node) {
      new GlobalExchange(draft).cancelConnect(node, info.get(2));
    } else if (info.isTagged(GlobalExchange.INIT_CONNECT_ACK, 4)
        && info.get(1) instanceof Atom node) {
      new GlobalExchange(draft).acknowledged(node, info.get(2), info.get(3));
    } else if (info.isTagged(PREPARE_SHUTDOWN, 3) && info.get(1) instanceof Pid from) {
      draft.mesh =
          new KernelSettings.Mesh(KernelSettings.Connect.SINGLY, KernelSettings.Overlap.ALLOWED);
      draft.send(new Address.OfProcess(from), Tuple.of(info.get(2), Atom.OK));
    }
  }

  private static void onStarted(GlobalDraft draft, Term what, Pid pid) {
    if (what == LOCKER_STARTED) {
      draft.locker = Optional.of(pid);
    } else if (what == REGISTRAR_STARTED) {
      draft.registrar = Optional.of(pid);
    } else if (what == SYNCER_STARTED) {
      draft.syncers = ServerCall.before(pid, draft.syncers);
    } else if (what instanceof Tuple resolver
        && resolver.isTagged(RESOLVER_STARTED, 2)
        && resolver.get(1) instanceof Atom node) {
      Exchange exchange = draft.exchange(node);
      if (exchange != Exchange.NONE) {
        draft.putExchange(node, exchange.withResolver(pid));
      }
    }
  }

  private static void onExit(GlobalDraft draft, Tuple exit) {
    Term pid = exit.get(1);
    if (draft.locker.<Term>map(locker -> locker).filter(pid::equals).isPresent()) {
      draft.effects.add(new Effect.Stop(Tuple.of(LOCKER_DIED, exit)));
    } else if (draft.registrar.<Term>map(registrar -> registrar).filter(pid::equals).isPresent()) {
      draft.effects.add(new Effect.Stop(Tuple.of(REGISTRAR_DIED, exit)));
    } else {
      draft.syncers = draft.syncers.stream().filter(syncer -> !syncer.equals(pid)).toList();
    }
  }
}
