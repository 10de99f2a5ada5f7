package beamyard.simulator.kernel;

import beamyard.simulator.process.Address;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The process groups of one scope on one node. The scopes of connected nodes discover each other when a connection
 * comes up, tell each other all their local members once ({@code sync}) and then every change ({@code join}, {@code
 * leave}). They converge on the same view; at one instant their views may differ. A group without members does not
 * exist.
 *
 * @see <a href="https://www.erlang.org/doc/man/pg.html">OTP kernel, pg</a>
 */
final class ProcessGroups implements Service<ProcessGroups.State> {
  static final Atom DISCOVER = Atom.of("discover");
  static final Atom JOIN = Atom.of("join");
  static final Atom JOIN_LOCAL = Atom.of("join_local");
  static final Atom LEAVE = Atom.of("leave");
  static final Atom LEAVE_LOCAL = Atom.of("leave_local");
  static final Atom MONITOR = Atom.of("monitor");
  static final Atom DEMONITOR = Atom.of("demonitor");
  static final Atom SYNC = Atom.of("sync");
  static final Atom NOT_JOINED = Atom.of("not_joined");

  /** Where a scope of OTP 25 fails that is called, cast or told what it does not know. */
  private static final ListTerm CALLED =
      stack(
          frame("pg", "handle_call", 3, 339),
          frame("gen_server", "try_handle_call", 4, 1149),
          frame("gen_server", "handle_msg", 6, 1178));

  private static final ListTerm CAST = otherwise("handle_cast", 353);
  private static final ListTerm TOLD = otherwise("handle_info", 447);

  /** The members of one group: all of them, and those of this node, newest first. */
  record Members(ListTerm all, ListTerm local) {
    static final Members NONE = new Members(ListTerm.empty(), ListTerm.empty());
  }

  /** What callers read. */
  record View(Table<Members> groups) {}

  /** A process of this node, with the groups it is in; one it joined twice is there twice. */
  private record Member(Reference monitor, ListTerm groups) {}

  /** The same scope on another node, with what it told of its members. */
  private record Peer(Reference monitor, Table<ListTerm> groups) {}

  private record Watcher(Pid pid, Reference monitor) {}

  private record GroupMonitor(Pid watcher, Term group) {}

  record State(
      View view,
      Table<Member> local,
      Table<Peer> remote,
      Table<Pid> scopeMonitors,
      Table<GroupMonitor> groupMonitors,
      Table<List<Watcher>> watchedGroups) {}

  /** Most messages have no more effects than this. */
  private static final int FEW = 2;

  private final Atom scope;

  ProcessGroups(Atom scope) {
    this.scope = scope;
  }

  private static ListTerm otherwise(String callback, int line) {
    return stack(
        frame("pg", callback, 2, line),
        frame("gen_server", "try_dispatch", 4, 1123),
        frame("gen_server", "handle_msg", 6, 1200));
  }

  private static ListTerm stack(Term... frames) {
    return new Cons(
        frames[0],
        new Cons(frames[1], ListTerm.of(frames[2], frame("proc_lib", "init_p_do_apply", 3, 240))));
  }

  private static Term frame(String module, String function, int arity, int line) {
    var file = new ArrayList<Term>();
    (module + ".erl").chars().forEach(character -> file.add(SmallInt.of(character)));
    return Tuple.of(
        Atom.of(module),
        Atom.of(function),
        SmallInt.of(arity),
        ListTerm.of(
            Tuple.of(Atom.of("file"), ListTerm.of(file)),
            Tuple.of(Atom.of("line"), SmallInt.of(line))));
  }

  @Override
  public Optional<Atom> publishedAs() {
    return Optional.of(scope);
  }

  @Override
  public Object published(State state) {
    return state.view;
  }

  @Override
  public Term shown(State state) {
    MapTerm local = MapTerm.EMPTY;
    for (var member : state.local) {
      local = local.put(member.key(), Tuple.of(member.value().monitor, member.value().groups));
    }
    MapTerm remote = MapTerm.EMPTY;
    for (var peer : state.remote) {
      MapTerm told = MapTerm.EMPTY;
      for (var group : peer.value().groups) {
        told = told.put(group.key(), group.value());
      }
      remote = remote.put(peer.key(), Tuple.of(peer.value().monitor, told));
    }
    MapTerm scopes = MapTerm.EMPTY;
    for (var monitor : state.scopeMonitors) {
      scopes = scopes.put(monitor.key(), monitor.value());
    }
    MapTerm monitors = MapTerm.EMPTY;
    for (var monitor : state.groupMonitors) {
      GroupMonitor of = monitor.value();
      monitors = monitors.put(monitor.key(), Tuple.of(of.watcher, of.group));
    }
    MapTerm watched = MapTerm.EMPTY;
    for (var group : state.watchedGroups) {
      var pairs = new ArrayList<Term>();
      group.value().forEach(watcher -> pairs.add(Tuple.of(watcher.pid, watcher.monitor)));
      watched = watched.put(group.key(), ListTerm.of(pairs));
    }
    return Tuple.of(Atom.of("state"), scope, local, remote, scopes, monitors, watched);
  }

  @Override
  public Step<State> start(Surroundings around) {
    var effects = new ArrayList<Effect>();
    effects.add(new Effect.MonitorNodes());
    for (Atom node : around.nodes()) {
      effects.add(
          new Effect.SendIfConnected(
              new Address.OfName(scope, node), Tuple.of(DISCOVER, around.self())));
    }
    return new Step<>(
        new State(
            new View(Table.empty()),
            Table.empty(),
            Table.empty(),
            Table.empty(),
            Table.empty(),
            Table.empty()),
        effects);
  }

  @Override
  public Step<State> handle(State state, Term message, Surroundings around) {
    return new Draft(state, around).take(message);
  }

  /** The next state in the making. */
  private final class Draft {
    private final Surroundings around;
    private final List<Effect> effects = new ArrayList<>(FEW);
    private final State before;
    private Table<Members> groups;
    private Table<Member> local;
    private Table<Peer> remote;
    private Table<Pid> scopeMonitors;
    private Table<GroupMonitor> groupMonitors;
    private Table<List<Watcher>> watchedGroups;

    Draft(State state, Surroundings around) {
      this.around = around;
      this.before = state;
      this.groups = state.view.groups;
      this.local = state.local;
      this.remote = state.remote;
      this.scopeMonitors = state.scopeMonitors;
      this.groupMonitors = state.groupMonitors;
      this.watchedGroups = state.watchedGroups;
    }

    private Step<State> step() {
      boolean same =
          groups == before.view.groups
              && local == before.local
              && remote == before.remote
              && scopeMonitors == before.scopeMonitors
              && groupMonitors == before.groupMonitors
              && watchedGroups == before.watchedGroups;
      return new Step<>(same ? before : changed(), effects);
    }

    private State changed() {
      View view = groups == before.view.groups ? before.view : new View(groups);
      return new State(view, local, remote, scopeMonitors, groupMonitors, watchedGroups);
    }

    Step<State> take(Term message) {
      if (message instanceof Tuple call && call.isTagged(Words.CALL, 3)) {
        Optional<Caller> caller = Caller.of(call.get(1));
        if (caller.isPresent() && onCall(caller.get(), call.get(2))) {
          return step();
        }
        return crash(CALLED);
      }
      if (message instanceof Tuple cast && cast.isTagged(Words.CAST, 2)) {
        return cast.get(1) instanceof Tuple sync
                && sync.isTagged(SYNC, 3)
                && sync.get(1) instanceof Pid peer
                && sync.get(2) instanceof ListTerm told
            ? onSync(peer, told)
            : crash(CAST);
      }
      return message instanceof Tuple tuple && onInfo(tuple) ? step() : crash(TOLD);
    }

    /** As in OTP, a scope that gets something it does not know dies. */
    private Step<State> crash(ListTerm stack) {
      return Step.of(before, new Effect.Stop(Tuple.of(Words.BADARG, stack)));
    }

    private boolean onCall(Caller caller, Term request) {
      switch (request) {
        case Tuple join when join.isTagged(JOIN_LOCAL, 3) -> {
          joinLocal(join.get(1), join.get(2));
          effects.add(caller.reply(Atom.OK));
        }
        case Tuple leave when leave.isTagged(LEAVE_LOCAL, 3) ->
            effects.add(
                caller.reply(leaveLocal(leave.get(1), leave.get(2)) ? Atom.OK : NOT_JOINED));
        case Atom monitor when monitor == MONITOR -> {
          Reference reference = watch(caller.pid());
          scopeMonitors = scopeMonitors.with(reference, caller.pid());
          effects.add(caller.reply(Tuple.of(reference, everything())));
        }
        case Tuple monitor when monitor.isTagged(MONITOR, 2) -> {
          Term group = monitor.get(1);
          Reference reference = watch(caller.pid());
          List<Watcher> others = watchedGroups.get(group).orElse(List.of());
          var watchers = ServerCall.before(new Watcher(caller.pid(), reference), others);
          watchedGroups = watchedGroups.with(group, watchers);
          groupMonitors = groupMonitors.with(reference, new GroupMonitor(caller.pid(), group));
          effects.add(
              caller.reply(Tuple.of(reference, groups.get(group).orElse(Members.NONE).all)));
        }
        case Tuple demonitor when demonitor.isTagged(DEMONITOR, 2) -> {
          boolean known = forgetMonitor(demonitor.get(1));
          if (known) {
            effects.add(new Effect.Demonitor((Reference) demonitor.get(1)));
          }
          effects.add(caller.reply(known ? Atom.OK : Atom.FALSE));
        }
        default -> {
          return false;
        }
      }
      return true;
    }

    private boolean onInfo(Tuple message) {
      if (message.isTagged(JOIN, 4) && message.get(1) instanceof Pid peer) {
        remote
            .get(peer)
            .ifPresent(known -> joinRemote(peer, known, message.get(2), message.get(3)));
        return true; // a join of a peer that went down meanwhile counts for nothing
      }
      if (message.isTagged(LEAVE, 4)
          && message.get(1) instanceof Pid peer
          && message.get(3) instanceof ListTerm left) {
        remote.get(peer).ifPresent(known -> leaveRemote(peer, known, message.get(2), left));
        return true; // as above
      }
      if (message.isTagged(DISCOVER, 2) && message.get(1) instanceof Pid peer) {
        discovered(peer);
        return true;
      }
      if (message.isTagged(Words.DOWN, 5)
          && message.get(1) instanceof Reference reference
          && message.get(3) instanceof Pid pid) {
        down(reference, pid);
        return true;
      }
      if (message.isTagged(Words.NODEDOWN, 2)) {
        return true; // its scope's monitor tells
      }
      if (message.isTagged(Words.NODEUP, 2) && message.get(1) instanceof Atom node) {
        if (node != around.node()) {
          effects.add(
              new Effect.Send(new Address.OfName(scope, node), Tuple.of(DISCOVER, around.self())));
        }
        return true;
      }
      return false;
    }

    private Reference watch(Pid pid) {
      Reference reference = around.makeReference();
      effects.add(new Effect.Monitor(new Address.OfProcess(pid), reference));
      return reference;
    }

    private Term everything() {
      MapTerm all = MapTerm.EMPTY;
      for (Table.Entry<Members> group : groups) {
        all = all.put(group.key(), group.value().all);
      }
      return all;
    }

    private void joinLocal(Term group, Term pidOrPids) {
      ListTerm pids = listed(pidOrPids);
      for (Term pid : pids) {
        Member known = local.get(pid).orElse(null);
        local =
            local.with(
                pid,
                known == null
                    ? new Member(watch(Shape.pid(pid)), ListTerm.of(group))
                    : new Member(known.monitor, new Cons(group, known.groups)));
      }
      Members members = groups.get(group).orElse(Members.NONE);
      groups =
          groups.with(
              group, new Members(Lists.join(pids, members.all), Lists.join(pids, members.local)));
      announce(JOIN, group, pids);
      tellPeers(Tuple.of(JOIN, around.self(), group, pidOrPids));
    }

    private boolean leaveLocal(Term group, Term pidOrPids) {
      ListTerm pids = listed(pidOrPids);
      Table<Member> stayed = local;
      for (Term pid : pids) {
        Member known = stayed.get(pid).orElse(null);
        if (known == null || !Lists.contains(known.groups, group)) {
          continue;
        }
        ListTerm left = Lists.delete(group, known.groups);
        if (left.isEmpty()) {
          effects.add(new Effect.Demonitor(known.monitor));
          stayed = stayed.without(pid);
        } else {
          stayed = stayed.with(pid, new Member(known.monitor, left));
        }
      }
      if (stayed == local) {
        return false;
      }
      local = stayed;
      takeOut(group, pids, Side.LOCAL);
      tellPeers(Tuple.of(LEAVE, around.self(), pidOrPids, ListTerm.of(group)));
      return true;
    }

    private void joinRemote(Pid peer, Peer known, Term group, Term pidOrPids) {
      ListTerm pids = listed(pidOrPids);
      putIn(group, pids);
      ListTerm told = Lists.join(pids, known.groups.get(group).orElse(ListTerm.empty()));
      remote = remote.with(peer, new Peer(known.monitor, known.groups.with(group, told)));
    }

    private void leaveRemote(Pid peer, Peer known, Term pidOrPids, ListTerm left) {
      ListTerm pids = listed(pidOrPids);
      Table<ListTerm> told = known.groups;
      for (Term group : left) {
        takeOut(group, pids, Side.REMOTE);
        ListTerm rest = Lists.without(told.get(group).orElse(ListTerm.empty()), pids);
        told = rest.isEmpty() ? told.without(group) : told.with(group, rest);
      }
      remote = remote.with(peer, new Peer(known.monitor, told));
    }

    private void discovered(Pid peer) {
      effects.add(
          new Effect.Send(
              new Address.OfProcess(peer),
              Tuple.of(Words.CAST, Tuple.of(SYNC, around.self(), localMembers()))));
      if (!remote.has(peer)) {
        remote = remote.with(peer, new Peer(watch(peer), Table.empty()));
        effects.add(
            new Effect.SendIfConnected(
                new Address.OfProcess(peer), Tuple.of(DISCOVER, around.self())));
      }
    }

    /** {@code [{Group, Pids}]} of this node's members, in term order of the groups. */
    private Term localMembers() {
      Table<ListTerm> byGroup = Table.empty();
      for (Table.Entry<Member> member : local) {
        for (Term group : member.value().groups) {
          ListTerm others = byGroup.get(group).orElse(ListTerm.empty());
          byGroup = byGroup.with(group, new Cons(member.key(), others));
        }
      }
      var list = new ArrayList<Term>();
      byGroup.forEach(entry -> list.add(Tuple.of(entry.key(), entry.value())));
      return ListTerm.of(list);
    }

    private Step<State> onSync(Pid peer, ListTerm told) {
      Peer known = remote.get(peer).orElse(null);
      Table<ListTerm> old = known == null ? Table.empty() : known.groups;
      Reference monitor = known == null ? watch(peer) : known.monitor;
      Table<ListTerm> now = Table.empty();
      for (Term entry : told) {
        Tuple pair = Shape.tuple(entry, 2);
        Term group = pair.get(0);
        ListTerm pids = Shape.list(pair.get(1));
        ListTerm before = old.get(group).orElse(null);
        if (before == null) {
          putIn(group, pids);
        } else if (!before.equals(pids)) {
          Members members = groups.get(group).orElse(Members.NONE);
          groups =
              groups.with(
                  group,
                  new Members(Lists.join(pids, Lists.without(members.all, before)), members.local));
        }
        old = old.without(group);
        now = now.with(group, pids);
      }
      for (Table.Entry<ListTerm> gone : old) {
        takeOut(gone.key(), gone.value(), Side.REMOTE);
      }
      remote = remote.with(peer, new Peer(monitor, now));
      return step();
    }

    private void down(Reference reference, Pid pid) {
      if (pid.node() == around.node()) {
        Member member = local.get(pid).orElse(null);
        if (member == null) {
          forgetMonitor(reference);
          return;
        }
        local = local.without(pid);
        for (Term group : member.groups) {
          takeOut(group, ListTerm.of(pid), Side.LOCAL);
        }
        tellPeers(Tuple.of(LEAVE, around.self(), pid, member.groups));
        return;
      }
      Peer peer = remote.get(pid).orElse(null);
      if (peer == null) {
        forgetMonitor(reference);
        return;
      }
      remote = remote.without(pid);
      for (Table.Entry<ListTerm> group : peer.groups) {
        takeOut(group.key(), group.value(), Side.REMOTE);
      }
    }

    private boolean forgetMonitor(Term reference) {
      if (scopeMonitors.has(reference)) {
        scopeMonitors = scopeMonitors.without(reference);
        return true;
      }
      GroupMonitor monitor = groupMonitors.get(reference).orElse(null);
      if (monitor == null) {
        return false;
      }
      groupMonitors = groupMonitors.without(reference);
      var watchers = new ArrayList<>(watchedGroups.get(monitor.group).orElse(List.of()));
      watchers.removeIf(watcher -> watcher.monitor.equals(reference));
      watchedGroups =
          watchers.isEmpty()
              ? watchedGroups.without(monitor.group)
              : watchedGroups.with(monitor.group, watchers);
      return true;
    }

    /** Members of another node join. */
    private void putIn(Term group, ListTerm pids) {
      Members members = groups.get(group).orElse(Members.NONE);
      groups = groups.with(group, new Members(Lists.join(pids, members.all), members.local));
      announce(JOIN, group, pids);
    }

    private void takeOut(Term group, ListTerm pids, Side side) {
      Members members = groups.get(group).orElse(null);
      if (members == null) {
        return;
      }
      ListTerm all = Lists.without(members.all, pids);
      ListTerm mine = side == Side.LOCAL ? Lists.without(members.local, pids) : members.local;
      groups = all.isEmpty() ? groups.without(group) : groups.with(group, new Members(all, mine));
      announce(LEAVE, group, pids);
    }

    private void announce(Atom what, Term group, ListTerm pids) {
      for (Table.Entry<Pid> monitor : scopeMonitors) {
        announceTo(monitor.value(), monitor.key(), what, group, pids);
      }
      for (Watcher watcher : watchedGroups.get(group).orElse(List.of())) {
        announceTo(watcher.pid, watcher.monitor, what, group, pids);
      }
    }

    private void announceTo(Pid watcher, Term reference, Atom what, Term group, ListTerm pids) {
      effects.add(
          new Effect.SendIfConnected(
              new Address.OfProcess(watcher), Tuple.of(reference, what, group, pids)));
    }

    private void tellPeers(Term message) {
      for (Table.Entry<Peer> peer : remote) {
        effects.add(new Effect.SendIfConnected(new Address.OfProcess((Pid) peer.key()), message));
      }
    }
  }

  /** Whose members leave. */
  private enum Side {
    LOCAL,
    REMOTE
  }

  private static ListTerm listed(Term pidOrPids) {
    return pidOrPids instanceof ListTerm pids ? pids : ListTerm.of(pidOrPids);
  }
}
