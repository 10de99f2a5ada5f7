package beamyard.simulator.kernel;

import beamyard.simulator.kernel.GlobalNameServer.Exchange;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * The exchange of names with another node, step by step. Each side numbers its attempts; a message of another attempt
 * than the present one is too late, and its lock is given up.
 */
final class GlobalExchange {
  static final Atom CANCEL_CONNECT = Atom.of("cancel_connect");
  static final Atom INIT_CONNECT_ACK = Atom.of("init_connect_ack");
  private static final Atom EXCHANGE = Atom.of("exchange");
  private static final Atom INIT_CONNECT = Atom.of("init_connect");
  private static final Atom IN_SYNC = Atom.of("in_sync");
  private static final Atom LOCK = Atom.of("lock");
  private static final Atom LOCKER = Atom.of("locker");
  private static final Atom NEW_NODES = Atom.of("new_nodes");
  private static final Atom NO_LONGER_A_PID = Atom.of("no_longer_a_pid");
  private static final Atom RESOLVED = Atom.of("resolved");
  private static final Atom UNUSED = Atom.of("unused");
  private static final Atom VSN = Atom.of("vsn");
  private static final SmallInt VERSION = SmallInt.of(GlobalNameServer.VERSION);

  private final GlobalDraft draft;

  GlobalExchange(GlobalDraft draft) {
    this.draft = draft;
  }

  void onCast(Tuple message) {
    if (message.isTagged(GlobalLocker.LOCK_SET, 5) && message.get(1) instanceof Pid locker) {
      if (draft.exchange(locker.node()).myTag().equals(message.get(4))) {
        draft.tellLocker(message);
      }
      return;
    }
    if (message.isTagged(INIT_CONNECT, 4)) {
      initConnect(message);
      return;
    }
    if (!(message.get(1) instanceof Atom node)) {
      return;
    }
    if (message.isTagged(GlobalLocker.LOCK_IS_SET, 4)) {
      lockIsSet(node, message.get(2), message.get(3));
    } else if (message.isTagged(EXCHANGE, 5) && message.get(2) instanceof ListTerm names) {
      hisNames(node, names, message.get(4));
    } else if (message.isTagged(GlobalResolver.EXCHANGE_OPS, 5)) {
      decided(node, message);
    } else if (message.isTagged(RESOLVED, 7)) {
      hisDecision(node, message);
    } else if (message.isTagged(NEW_NODES, 6)) {
      newNodes(message);
    } else if (message.isTagged(IN_SYNC, 3)) {
      inSync(node);
    }
  }

  /** A visible node is connected. */
  void nodeUp(Atom node) {
    if (draft.isKnown(node) || draft.exchange(node).myTag() != Atom.UNDEFINED) {
      return;
    }
    Tuple early = draft.exchange(node).early();
    if (early != null) {
      draft.cast(draft.around.node(), early);
    }
    SmallInt tag = draft.nextNumber();
    put(node, draft.exchange(node).withEarly(null).withMyTag(tag));
    Term locker = draft.locker.<Term>map(pid -> pid).orElse(Atom.UNDEFINED);
    draft.cast(
        node,
        Tuple.of(
            INIT_CONNECT,
            Tuple.of(VERSION, tag),
            draft.around.node(),
            Tuple.of(LOCKER, NO_LONGER_A_PID, draft.known, locker)));
    draft.effects.add(
        new Effect.Spawn(
            GlobalResolver.body(node, tag),
            SpawnOptions.none(),
            Tuple.of(GlobalNameServer.RESOLVER_STARTED, node)));
  }

  private void put(Atom node, Exchange exchange) {
    draft.putExchange(node, exchange);
  }

  /** {@code {init_connect, {Version, HisTag}, Node, {locker, _, HisKnown, HisLocker}}}. */
  private void initConnect(Tuple message) {
    if (!(message.get(1) instanceof Tuple version)
        || version.size() != 2
        || !(message.get(2) instanceof Atom node)
        || !(message.get(3) instanceof Tuple locker)
        || !locker.isTagged(LOCKER, 4)) {
      return;
    }
    Term hisTag = version.get(1);
    if (draft.isPending(node)) {
      tellCancel(node, hisTag);
      restart(node, draft.exchange(node).myTag());
    }
    Exchange exchange = draft.exchange(node).withHisTag(hisTag);
    if (exchange.myTag() == Atom.UNDEFINED) {
      put(node, exchange.withEarly(message)); // it came before the node was up
      return;
    }
    put(node, exchange);
    draft.tellLocker(
        Tuple.of(
            GlobalLocker.HIS_THE_LOCKER,
            locker.get(3),
            Tuple.of(VERSION, ListTerm.empty()),
            hisTag,
            exchange.myTag()));
    draft.tellIfConnected(
        node, Tuple.of(INIT_CONNECT_ACK, draft.around.node(), hisTag, exchange.myTag()));
    draft.known = draft.known.put(GlobalDraft.pending(node), VERSION);
  }

  private void tellCancel(Atom node, Term hisTag) {
    draft.tellIfConnected(node, Tuple.of(CANCEL_CONNECT, draft.around.node(), hisTag));
  }

  private void restart(Atom node, Term myTag) {
    cancel(node, myTag, GlobalLocker.NO_FUN);
    reset(node);
    draft.known = draft.known.remove(GlobalDraft.pending(node));
    if (myTag instanceof SmallInt) {
      nodeUp(node);
    }
  }

  /** The other side gave this attempt up. */
  void cancelConnect(Atom node, Term myTag) {
    if (draft.exchange(node).myTag().equals(myTag)) {
      restart(node, myTag);
    }
  }

  /** The other side has got our {@code init_connect}: the tags must be those of the same attempt. */
  void acknowledged(Atom node, Term hisIdeaOfMyTag, Term hisTag) {
    Exchange exchange = draft.exchange(node);
    boolean agree = exchange.myTag().equals(hisIdeaOfMyTag) && exchange.hisTag().equals(hisTag);
    if (!agree) {
      tellCancel(node, hisTag);
      restart(node, exchange.myTag());
    }
  }

  /** Has the locker and the other side give up an attempt, and ends its resolver. */
  void cancel(Atom node, Term tag, Term function) {
    draft.tellLocker(Tuple.of(GlobalLocker.CANCEL, node, tag, function));
    Exchange exchange = draft.exchange(node);
    if (!exchange.myTag().equals(tag)) {
      return;
    }
    if (draft.isPending(node)) {
      tellCancel(node, exchange.hisTag());
    }
    Pid resolver = exchange.resolver();
    if (resolver != null) {
      draft.effects.add(new Effect.Exit(resolver, Words.KILL));
    }
  }

  void reset(Atom node) {
    draft.removeExchange(node);
  }

  private boolean isCurrent(Atom node, Term myTag) {
    if (draft.exchange(node).myTag().equals(myTag)) {
      return true;
    }
    cancel(node, myTag, GlobalLocker.NO_FUN);
    return false;
  }

  /** Both partitions are locked: sends our names. */
  private void lockIsSet(Atom node, Term myTag, Term lockId) {
    if (!isCurrent(node, myTag)) {
      return;
    }
    Exchange exchange = draft.exchange(node);
    draft.cast(
        node,
        Tuple.of(
            EXCHANGE,
            draft.around.node(),
            new GlobalRegistry(draft).everyName(),
            ListTerm.empty(),
            exchange.hisTag()));
    put(node, exchange.withLock(lockId));
    resolveWhenReady(node);
  }

  private void hisNames(Atom node, ListTerm names, Term myTag) {
    if (isCurrent(node, myTag)) {
      put(node, draft.exchange(node).withHisNames(names));
      resolveWhenReady(node);
    }
  }

  private void resolveWhenReady(Atom node) {
    Exchange exchange = draft.exchange(node);
    Pid resolver = exchange.resolver();
    ListTerm names = exchange.hisNames();
    if (exchange.lock() != null && names != null && resolver != null) {
      draft.send(new Address.OfProcess(resolver), Tuple.of(GlobalResolver.RESOLVE, names, node));
    }
  }

  /** {@code {exchange_ops, Node, MyTag, Ours, Theirs}}: the resolver is done. */
  private void decided(Atom node, Tuple message) {
    if (!isCurrent(node, message.get(2)) || !(message.get(3) instanceof ListTerm ours)) {
      return;
    }
    Exchange exchange = draft.exchange(node).withOurs(ours);
    put(node, exchange);
    draft.cast(
        node,
        Tuple.of(
            RESOLVED,
            draft.around.node(),
            message.get(4),
            draft.knownNodes(),
            UNUSED,
            ListTerm.empty(),
            exchange.hisTag()));
    Tuple his = exchange.resolved();
    if (his != null) {
      resolved(node, ours, his);
    }
  }

  /** {@code {resolved, Node, HisDecision, HisKnown, _, _, MyTag}}. */
  private void hisDecision(Atom node, Tuple message) {
    if (!isCurrent(node, message.get(6))) {
      return;
    }
    ListTerm ours = draft.exchange(node).ours();
    if (ours == null) {
      put(node, draft.exchange(node).withResolved(message));
    } else {
      resolved(node, ours, message);
    }
  }

  /** Both sides have decided: does it, tells the own partition, and knows the nodes of the other from here on. */
  private void resolved(Atom node, ListTerm ours, Tuple his) {
    if (!(his.get(2) instanceof ListTerm hisDecision)
        || !(his.get(3) instanceof ListTerm hisKnown)) {
      return;
    }
    ListTerm operations = Lists.join(ours, hisDecision);
    Exchange exchange = draft.exchange(node);
    Term lock = exchange.lock();
    var newNodes = new ArrayList<Term>();
    newNodes.add(Tuple.of(node, draft.version(node)));
    hisKnown.forEach(each -> newNodes.add(versioned(each)));
    List<Atom> hisNodes = hisKnown.toList().stream().map(GlobalExchange::nodeOf).toList();
    connectAll(hisNodes);
    Term about =
        ListTerm.of(Tuple.of(VSN, VERSION), Tuple.of(LOCK, lock == null ? Atom.UNDEFINED : lock));
    new GlobalRegistry(draft)
        .apply(operations, GlobalRegistry.setFor(lock == null ? Atom.UNDEFINED : lock));
    draft.tellSyncers(Tuple.of(GlobalNameServer.SYNCED, ListTerm.of(node)));
    hisNodes.forEach(each -> finish(each, GlobalLocker.NO_FUN));
    Term news =
        Tuple.of(
            NEW_NODES,
            draft.around.node(),
            operations,
            ListTerm.empty(),
            ListTerm.of(newNodes),
            about);
    finish(node, GlobalLocker.telling(oldNodes(), news));
    draft.tellLocker(Tuple.of(GlobalLocker.ADD_TO_KNOWN, ListTerm.of(addToKnown(newNodes))));
    draft.synced = ServerCall.before(node, draft.synced);
  }

  private Term versioned(Term nodeWithVersion) {
    boolean unknown =
        nodeWithVersion instanceof Atom
            || nodeWithVersion instanceof Tuple pair && pair.get(1).equals(SmallInt.of(0));
    return unknown
        ? Tuple.of(nodeOf(nodeWithVersion), draft.version(nodeOf(nodeWithVersion)))
        : nodeWithVersion;
  }

  private static Atom nodeOf(Term nodeWithVersion) {
    return Shape.atom(
        nodeWithVersion instanceof Tuple
            ? Shape.tuple(nodeWithVersion, 2).get(0)
            : nodeWithVersion);
  }

  private List<Atom> oldNodes() {
    var nodes = new ArrayList<Atom>();
    for (MapTerm.Entry entry : draft.known) {
      if (entry.key() instanceof Atom node) {
        nodes.add(node);
      }
    }
    return nodes;
  }

  private void finish(Atom node, Term function) {
    draft.known = draft.known.remove(GlobalDraft.pending(node));
    cancel(node, draft.exchange(node).myTag(), function);
    reset(node);
  }

  /** Makes nodes known; returns those that were not. */
  private List<Atom> addToKnown(List<Term> nodesWithVersions) {
    var added = new ArrayList<Atom>();
    for (Term each : nodesWithVersions) {
      Atom node = nodeOf(each);
      if (node != draft.around.node() && !draft.isKnown(node)) {
        added.addFirst(node);
        draft.known =
            draft.known.put(node, each instanceof Tuple pair ? pair.get(1) : SmallInt.of(0));
      }
    }
    return added;
  }

  /** {@code {new_nodes, Node, Operations, _, NewNodes, About}}: a node of the own partition met another partition. */
  private void newNodes(Tuple message) {
    if (!(message.get(2) instanceof ListTerm operations)
        || !(message.get(4) instanceof ListTerm nodes)) {
      return;
    }
    List<Atom> added = addToKnown(nodes.toList());
    connectAll(added);
    Term lock = Atom.UNDEFINED;
    if (message.get(5) instanceof ListTerm about) {
      for (Term each : about) {
        if (each instanceof Tuple pair && pair.isTagged(LOCK, 2)) {
          lock = pair.get(1);
        }
      }
    }
    new GlobalRegistry(draft).apply(operations, GlobalRegistry.setFor(lock));
    draft.tellLocker(Tuple.of(GlobalLocker.ADD_TO_KNOWN, ListTerm.of(added)));
  }

  /** Each node is connected to by a process of its own, which then says {@code in_sync}. */
  private void connectAll(List<Atom> nodes) {
    for (Atom node : nodes) {
      draft.effects.add(
          new Effect.Spawn(
              GlobalSync.joining(node), SpawnOptions.none(), GlobalNameServer.HELPER_STARTED));
    }
  }

  /** A node of another partition knows us: nothing is left to exchange with it. */
  private void inSync(Atom node) {
    draft.tellSyncers(Tuple.of(GlobalNameServer.SYNCED, ListTerm.of(node)));
    if (!draft.synced.contains(node)) {
      draft.synced = ServerCall.before(node, draft.synced);
    }
    finish(node, GlobalLocker.NO_FUN);
  }
}
