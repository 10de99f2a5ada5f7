package beamyard.simulator.kernel;

import beamyard.simulator.kernel.GlobalNameServer.Disconnecting;
import beamyard.simulator.kernel.GlobalNameServer.Exchange;
import beamyard.simulator.kernel.GlobalNameServer.Loss;
import beamyard.simulator.kernel.GlobalNameServer.State;
import beamyard.simulator.process.Address;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The next state of the global name server in the making, with what is to be done. Lives for one message. */
final class GlobalDraft {
  static final Atom PENDING = Atom.of("pending");

  /** Most messages have no more effects than this. */
  private static final int FEW = 2;

  final Service.Surroundings around;
  final List<Effect> effects = new ArrayList<>(FEW);
  private final State before;
  KernelSettings.Mesh mesh;
  GlobalNames names;
  GlobalLocks locks;
  boolean globalLockDown;
  MapTerm known;
  List<Atom> connected;
  List<Atom> synced;
  private Table<Exchange> exchanges;
  Table<Loss> losses;
  List<Pid> syncers;
  Optional<Pid> locker;
  Optional<Pid> registrar;
  Optional<Disconnecting> disconnecting;
  private long nextNumber;

  /** The node whose exchange was looked at or changed last: a message is about one node most often. */
  private @Nullable Atom lastNode;

  private Exchange lastExchange = Exchange.NONE;

  GlobalDraft(State state, Service.Surroundings around) {
    this.around = around;
    before = state;
    mesh = state.mesh();
    names = state.view().names();
    locks = state.view().locks();
    globalLockDown = state.globalLockDown();
    known = state.known();
    connected = state.connected();
    synced = state.synced();
    exchanges = state.exchanges();
    losses = state.losses();
    syncers = state.syncers();
    locker = state.locker();
    registrar = state.registrar();
    disconnecting = state.disconnecting();
    nextNumber = state.nextNumber();
  }

  Service.Step<State> step() {
    return new Service.Step<>(isUnchanged() ? before : changed(), effects);
  }

  private boolean isUnchanged() {
    return isViewUnchanged()
        && mesh == before.mesh()
        && globalLockDown == before.globalLockDown()
        && connected == before.connected()
        && synced == before.synced()
        && exchanges == before.exchanges()
        && losses == before.losses()
        && syncers == before.syncers()
        && locker.equals(before.locker())
        && registrar.equals(before.registrar())
        && disconnecting.equals(before.disconnecting())
        && nextNumber == before.nextNumber();
  }

  private boolean isViewUnchanged() {
    GlobalView view = before.view();
    return names == view.names() && locks == view.locks() && known == view.known();
  }

  private State changed() {
    return new State(
        mesh,
        isViewUnchanged() ? before.view() : new GlobalView(names, locks, known),
        globalLockDown,
        known,
        connected,
        synced,
        exchanges,
        losses,
        syncers,
        locker,
        registrar,
        disconnecting,
        nextNumber);
  }

  /** A number that no earlier one is greater than or equal to. */
  SmallInt nextNumber() {
    return SmallInt.of(nextNumber++);
  }

  Exchange exchange(Atom node) {
    if (node != lastNode) {
      lastExchange = exchanges.get(node).orElse(Exchange.NONE);
      lastNode = node;
    }
    return lastExchange;
  }

  void putExchange(Atom node, Exchange exchange) {
    exchanges = exchanges.with(node, exchange);
    lastNode = node;
    lastExchange = exchange;
  }

  void removeExchange(Atom node) {
    exchanges = exchanges.without(node);
    lastNode = node;
    lastExchange = Exchange.NONE;
  }

  void send(Address to, Term message) {
    effects.add(new Effect.Send(to, message));
  }

  /** {@code gen_server:cast} to the name server of a node. */
  void cast(Atom node, Term message) {
    send(new Address.OfName(Words.GLOBAL_NAME_SERVER, node), Tuple.of(Words.CAST, message));
  }

  /** A message to the name server of a node that is not worth a new connection. */
  void tellIfConnected(Atom node, Term message) {
    effects.add(
        new Effect.SendIfConnected(new Address.OfName(Words.GLOBAL_NAME_SERVER, node), message));
  }

  void tellLocker(Term message) {
    locker.ifPresent(pid -> send(new Address.OfProcess(pid), message));
  }

  void tellSyncers(Term message) {
    syncers.forEach(pid -> send(new Address.OfProcess(pid), message));
  }

  boolean isKnown(Atom node) {
    return known.containsKey(node);
  }

  boolean isPending(Atom node) {
    return known.containsKey(pending(node));
  }

  static Term pending(Atom node) {
    return Tuple.of(PENDING, node);
  }

  /** {@code [{Node, Version}]} of the known nodes. */
  ListTerm knownNodes() {
    ListTerm list = ListTerm.empty();
    for (MapTerm.Entry entry : known) {
      if (entry.key() instanceof Atom) {
        list = new Cons(Tuple.of(entry.key(), entry.value()), list);
      }
    }
    return list;
  }

  /** The known nodes, without versions. */
  ListTerm knownNames() {
    ListTerm list = ListTerm.empty();
    for (MapTerm.Entry entry : known) {
      if (entry.key() instanceof Atom) {
        list = new Cons(entry.key(), list);
      }
    }
    return list;
  }

  /** The version of a node's protocol; 0 if it is not known. */
  Term version(Atom node) {
    if (node == around.node()) {
      return SmallInt.of(GlobalNameServer.VERSION);
    }
    Term version = known.get(node);
    if (version == null) {
      version = known.get(pending(node));
    }
    return version == null ? SmallInt.of(0) : version;
  }
}
