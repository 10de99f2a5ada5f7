package beamyard.simulator.kernel;

import beamyard.simulator.kernel.GlobalNameServer.Disconnecting;
import beamyard.simulator.kernel.GlobalNameServer.Loss;
import beamyard.simulator.kernel.KernelSettings.Connect;
import beamyard.simulator.process.LogReport;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which nodes belong together. A node that loses a connection tells all others ({@code lost_connection}), and each of
 * them gives up one of the two nodes, so that those who are left are all connected to each other.
 */
final class GlobalMesh {
  static final Atom LOST_CONNECTION = Atom.of("lost_connection");
  static final Atom REMOVE_CONNECTION = Atom.of("remove_connection");
  private static final Atom OVERLAP_DISCONNECT = Atom.of("overlap_disconnect");
  private static final Atom REMOVING = Atom.of("removing");
  private static final Atom WARNING = Atom.of("warning");
  private static final long FIRST_VERSION_THAT_PREVENTS = 7;

  private final GlobalDraft draft;

  GlobalMesh(GlobalDraft draft) {
    this.draft = draft;
  }

  /** Why a node is no longer one of ours. */
  private enum Departure {
    /** The connection broke: the others are told. */
    LOST,
    /** We are about to break the connection, on request; when it breaks nobody is told. */
    REMOVED,
    IGNORED
  }

  void nodeUp(Atom node) {
    if (node == draft.around.node()) {
      return;
    }
    draft.connected = appended(draft.connected, node);
    if (draft.mesh.connect() == Connect.ALL) {
      new GlobalExchange(draft).nodeUp(node);
    }
  }

  void nodeDown(Atom node) {
    if (!draft.connected.contains(node)) {
      return; // distribution was turned off: it is this node's former name
    }
    draft.connected = without(draft.connected, node);
    Disconnecting disconnecting =
        draft.disconnecting.filter(each -> each.left().contains(node)).orElse(null);
    if (disconnecting == null) {
      depart(node, Departure.LOST);
      return;
    }
    depart(node, Departure.IGNORED);
    List<Atom> left = without(disconnecting.left(), node);
    draft.disconnecting =
        Optional.of(new Disconnecting(disconnecting.caller(), disconnecting.nodes(), left));
    answerWhenAllAreGone();
  }

  /** A node that another node told of could not be connected to. */
  void neverUp(Atom node) {
    draft.tellSyncers(Tuple.of(Words.NODEDOWN, node));
    depart(node, Departure.LOST);
  }

  private void depart(Atom node, Departure departure) {
    var exchange = new GlobalExchange(draft);
    exchange.cancel(node, draft.exchange(node).myTag(), GlobalLocker.NO_FUN);
    draft.tellLocker(Tuple.of(GlobalLocker.REMOVE_FROM_KNOWN, node));
    exchange.reset(node);
    Term removing = Tuple.of(REMOVING, node);
    boolean expected = draft.known.containsKey(removing);
    if (departure == Departure.LOST && !expected) {
      tellOfLoss(node);
    }
    draft.known =
        departure == Departure.REMOVED
            ? draft.known.put(removing, Words.YES)
            : draft.known.remove(removing);
    draft.known = draft.known.remove(GlobalDraft.pending(node)).remove(node);
    draft.synced = without(draft.synced, node);
  }

  private void tellOfLoss(Atom node) {
    if (draft.mesh.preventsOverlap()) {
      tellOthers(
          Tuple.of(
              LOST_CONNECTION,
              draft.around.node(),
              SmallInt.of(draft.around.self().creation()),
              draft.nextNumber(),
              node),
          node);
    }
  }

  private void tellOthers(Term message, Atom except) {
    for (MapTerm.Entry entry : draft.known) {
      Term key = entry.key();
      Term node =
          key instanceof Tuple pending && pending.isTagged(GlobalDraft.PENDING, 2)
              ? pending.get(1)
              : key;
      if (node instanceof Atom other
          && other != except
          && entry.value() instanceof SmallInt version
          && version.value() >= FIRST_VERSION_THAT_PREVENTS) {
        draft.tellIfConnected(other, message);
      }
    }
  }

  /** {@code {lost_connection, NodeA, Creation, Number, NodeB}}: two nodes are no longer connected. */
  void connectionLost(Tuple message) {
    if (!draft.mesh.preventsOverlap()
        || !(message.get(1) instanceof Atom first)
        || !(message.get(2) instanceof SmallInt creation)
        || !(message.get(3) instanceof SmallInt number)
        || !(message.get(4) instanceof Atom second)) {
      return;
    }
    Term pair = Tuple.of(first, second);
    Loss last = draft.losses.get(pair).orElse(null);
    if (last != null && last.creation() == creation.value() && number.value() <= last.number()) {
      return; // it has come another way already
    }
    tellOthers(message, first);
    draft.losses = draft.losses.with(pair, new Loss(creation.value(), number.value()));
    Atom leaving = draft.around.node() == second ? first : second;
    if (draft.isKnown(leaving) || draft.isPending(leaving)) {
      draft.tellIfConnected(leaving, Tuple.of(REMOVE_CONNECTION, draft.around.node()));
      log("requested disconnect from", leaving);
      depart(leaving, Departure.REMOVED);
    }
  }

  /** Another node asks to be disconnected from. */
  void askedToDisconnect(Atom node) {
    if (draft.isKnown(node) || draft.isPending(node)) {
      draft.effects.add(new Effect.Disconnect(node));
      depart(node, Departure.REMOVED);
      log("disconnected", node);
    }
  }

  private void log(String what, Atom node) {
    draft.effects.add(
        new Effect.Log(
            new LogReport(
                WARNING,
                draft.around.self(),
                OVERLAP_DISCONNECT,
                Tuple.of(draft.around.node(), Bits.of(what), node))));
  }

  /** {@code global:disconnect/0}: leaves all nodes, and tells nobody that connections were lost. */
  void disconnectAll(Caller caller) {
    draft.connected.forEach(node -> draft.effects.add(new Effect.Disconnect(node)));
    draft.disconnecting = Optional.of(new Disconnecting(caller, draft.connected, draft.connected));
    answerWhenAllAreGone();
  }

  private void answerWhenAllAreGone() {
    draft
        .disconnecting
        .filter(each -> each.left().isEmpty())
        .ifPresent(
            each -> {
              draft.effects.add(each.caller().reply(ListTerm.of(each.nodes().reversed())));
              draft.disconnecting = Optional.empty();
            });
  }

  private static List<Atom> appended(List<Atom> nodes, Atom last) {
    var more = new ArrayList<Atom>(nodes.size() + 1);
    more.addAll(nodes);
    more.add(last);
    return more;
  }

  private static List<Atom> without(List<Atom> nodes, Atom node) {
    var rest = new ArrayList<>(nodes);
    rest.remove(node);
    return rest;
  }
}
