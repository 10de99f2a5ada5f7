package beamyard.simulator.process;

import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.Footprint.Thing;
import beamyard.simulator.process.LocalProcess.Watching;
import beamyard.simulator.process.ProcessContext.AliasMode;
import beamyard.simulator.process.ProcessEvent.Arrival;
import beamyard.simulator.process.ProcessView.Status;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.process.SignalRoute.Flow;
import beamyard.simulator.process.SignalRoute.Sender;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What signals do: the way from one process to another, and what happens to a process when one arrives.
 *
 * @see <a href="https://www.erlang.org/doc/apps/erts/erl_dist_protocol.html#link_protocol">Link protocol</a>
 */
final class Delivery {
  private final ProcessTable table;

  /** What the running slice has sent to processes of this runtime: see {@link #flush}. */
  private final SentInSlice sentInSlice = new SentInSlice();

  Delivery(ProcessTable table) {
    this.table = table;
  }

  // ------------------------------------------------------------------ sending

  /** Sends a signal at the present instant. */
  void dispatch(Address to, Signal signal) {
    dispatch(to, signal, table.slice.isActive() ? Sender.PROCESS : Sender.UNSTOPPABLE);
  }

  void dispatch(Address to, Signal given, Sender sender) {
    Signal signal = table.identity.present(given);
    if (table.trace.isOn()) {
      table.record(
          signal instanceof Signal.Message(var from, var payload)
              ? new ProcessFact.MessageSent(from, to, payload)
              : new ProcessFact.SignalSent(to, signal));
    }
    switch (to) {
      case Address.OfProcess(var pid) when !table.isLocal(pid) -> route(to, signal, sender);
      case Address.OfProcess(var pid) -> post(table.find(pid), to, signal);
      case Address.OfName(_, var node) when node != table.identity.nodeName() ->
          route(to, signal, sender);
      case Address.OfName(var name, _) -> {
        table.use(Access.READ, new Thing.Name(name));
        LocalProcess target = table.names.get(name);
        if (target == null) {
          toNobody(to, signal);
        } else {
          post(target, new Address.OfProcess(target.pid), signal);
        }
      }
      case Address.OfAlias(var alias) when !table.identity.isLocal(alias) ->
          route(to, signal, sender);
      case Address.OfAlias(var alias) -> post(table.aliasHolders.get(alias), to, signal);
    }
  }

  private void route(Address to, Signal signal, Sender sender) {
    if (table.footprint != null) {
      table.use(Access.READ, Footprint.CONNECTIONS);
      table.footprint.used(Access.READ, 0, Footprint.NETWORK);
    }
    Flow flow = table.surroundings.route().route(to, signal, sender, table.now());
    if (flow == Flow.BUSY && sender == Sender.PROCESS) {
      table.slice.suspendIfSentBy(signal.from(), nodeOf(to));
    }
  }

  /** To a process of this runtime: at once if it is the running one itself, else as an event of this instant. */
  void post(@Nullable LocalProcess target, Address to, Signal signal) {
    if (target != null && table.slice.isOf(target)) {
      handle(target, to, signal);
      return;
    }
    var arrival = new Arrival(table.vm, to, signal);
    long ticket = table.engine.schedule(table.now(), ProcessTable.SIGNAL_PRIORITY, arrival);
    if (target != null && table.slice.isActive()) {
      sentInSlice.add(ticket, target, arrival);
    }
  }

  void sliceEnded() {
    sentInSlice.clear();
  }

  /**
   * Lets what the running process has sent to a process of this runtime arrive at once: who asks how another process is doing
   * sees the effect of its own signals.
   */
  void flush(LocalProcess target) {
    int sent = sentInSlice.size();
    for (int i = 0; i < sent; i++) {
      if (sentInSlice.target(i) == target && table.engine.cancel(sentInSlice.ticket(i))) {
        Arrival arrival = sentInSlice.arrival(i);
        arrive(arrival.to(), arrival.signal());
      }
    }
  }

  // ------------------------------------------------------------------ arriving

  void arrive(Address to, Signal signal) {
    if (signal instanceof Signal.SpawnRequest request) {
      table.spawning.spawn(request);
      return;
    }
    if (signal instanceof Signal.Demonitor demonitor && to instanceof Address.OfName(var name, _)) {
      removeWatcher(name, demonitor.reference()); // the name may be another's by now
      return;
    }
    LocalProcess target =
        switch (to) {
          case Address.OfProcess(var pid) -> table.find(pid);
          case Address.OfName(var name, _) -> table.names.get(name);
          case Address.OfAlias(var alias) -> table.aliasHolders.get(alias);
        };
    if (table.footprint != null) {
      leaveFootprint(to, target, signal);
    }
    if (target == null) {
      toNobody(to, signal);
    } else if (target.status == Status.RUNNING) {
      target.keep(
          new Arrival(table.vm, to instanceof Address.OfAlias ? to : addressOf(target), signal));
    } else {
      handle(target, to, signal);
    }
  }

  /** Monitors commute with each other and with messages, and are told apart from them only by the end of the process. */
  private void leaveFootprint(Address to, @Nullable LocalProcess target, Signal signal) {
    if (to instanceof Address.OfName(var name, _)) {
      table.use(Access.READ, new Thing.Name(name));
    }
    long index =
        target != null
            ? target.index
            : to instanceof Address.OfProcess(var pid) ? Identity.index(pid) : -1;
    if (index >= 0) {
      table.use(Access.READ, new Thing.Life(index));
      if (target != null
          && !(signal instanceof Signal.Monitor || signal instanceof Signal.Demonitor)) {
        table.use(Access.WRITE, new Thing.Work(index));
      }
    }
  }

  static Address addressOf(LocalProcess process) {
    return new Address.OfProcess(process.pid);
  }

  private void handle(LocalProcess process, Address to, Signal signal) {
    if (table.trace.isOn() && !(signal instanceof Signal.Message)) {
      table.record(new ProcessFact.SignalDelivered(process.pid, signal));
    }
    switch (signal) {
      case Signal.Message message -> {
        if (to instanceof Address.OfAlias(var alias)) {
          useAlias(process, alias);
        }
        put(process, message.from(), message.payload());
      }
      case Signal.Link(var from) -> {
        if (!process.links.contains(
            table.identity.canonical(from))) { // else linked already, or being unlinked from here
          process.links.activate(table.identity.canonical(from));
        }
      }
      case Signal.Unlink(var from, var id) -> {
        process.links.removeActive(table.identity.canonical(from));
        dispatch(new Address.OfProcess(from), new Signal.UnlinkAck(process.pid, id));
      }
      case Signal.UnlinkAck(var from, var id) ->
          process.links.acknowledge(table.identity.canonical(from), id);
      case Signal.Exit exit -> onExit(process, exit);
      case Signal.Monitor(var from, var reference, var watched) ->
          watch(process, from, reference, watched);
      case Signal.Demonitor(_, var reference) -> process.watchers.remove(reference);
      case Signal.Down down -> onDown(process, down);
      case Signal.GroupLeader(_, var leader) -> process.groupLeader = leader;
      case Signal.SpawnRequest request -> table.spawning.spawn(request);
      case Signal.SpawnReply reply -> table.spawning.replied(process, reply);
    }
    if (!(signal instanceof Signal.Message)) {
      process.mailbox.fetch(); // handling a signal brings in the messages that came before it
    }
  }

  /** Puts a message into a mailbox. */
  void put(LocalProcess process, Pid from, Term message) {
    int limit = table.settings.mailboxLimit();
    if (process.mailbox.size() >= limit) {
      Term details = Tuple.of(process.pid, SmallInt.of(limit));
      table.log(
          new LogReport(Atom.ERROR, process.pid, Words.MAILBOX_LIMIT, details),
          process.groupLeader);
      end(process, Words.KILLED);
      return;
    }
    process.mailbox.add(message);
    if (table.slice.isOf(process)) {
      process.mailbox.fetch();
    }
    if (table.trace.isOn()) {
      table.record(new ProcessFact.MessageDelivered(process.pid, from, message));
    }
    table.schedulers.wake(process);
  }

  private void onExit(LocalProcess process, Signal.Exit exit) {
    Pid from = table.identity.canonical(exit.from());
    if (exit.cause() == ExitCause.LINK && !process.links.removeActive(from)) {
      return; // the link was removed while the signal was under way
    }
    Term fatal = fatalReason(process, exit);
    if (fatal != null) {
      end(process, fatal);
    } else if (process.trapExit) {
      put(process, from, Tuple.of(Words.EXIT, from, exit.reason()));
    }
  }

  /** With which reason a process exits because of an exit signal; {@code null} if it does not. */
  private @Nullable Term fatalReason(LocalProcess process, Signal.Exit exit) {
    if (exit.cause() == ExitCause.EXIT_CALL && exit.reason() == Words.KILL) {
      return Words.KILLED;
    }
    boolean fromItself = table.identity.canonical(exit.from()).equals(process.pid);
    return process.trapExit || exit.reason() == Words.NORMAL && !fromItself ? null : exit.reason();
  }

  private void end(LocalProcess process, Term reason) {
    if (process.status == Status.RUNNING) {
      process.ownExit = reason;
    } else {
      terminate(process, reason);
    }
  }

  /** Whether a process will exit by what has already reached it. */
  boolean isDoomed(LocalProcess process) {
    if (process.ownExit != null) {
      return true;
    }
    for (Arrival arrival : process.kept()) {
      if (arrival.signal() instanceof Signal.Exit exit
          && (exit.cause() == ExitCause.EXIT_CALL
              || process.links.isActive(table.identity.canonical(exit.from())))
          && fatalReason(process, exit) != null) {
        return true;
      }
    }
    return false;
  }

  private void onDown(LocalProcess process, Signal.Down down) {
    Watching watching = process.watching.remove(down.reference());
    if (watching == null) {
      return; // the monitor was removed while the signal was under way
    }
    AliasMode mode = process.aliases.get(down.reference());
    if (mode == AliasMode.DEMONITOR || mode == AliasMode.REPLY_DEMONITOR) {
      removeAlias(process, down.reference());
    }
    put(
        process,
        down.from(),
        Tuple.of(
            watching.tag(), down.reference(), Words.PROCESS, watching.shownAs(), down.reason()));
  }

  /** A signal for a process that is not there. */
  private void toNobody(Address to, Signal signal) {
    Pid dead = to instanceof Address.OfProcess(var pid) ? pid : table.identity.nobody();
    var back = new Address.OfProcess(signal.from());
    switch (signal) {
      case Signal.Message(var from, var payload) -> {
        if (table.trace.isOn()) {
          table.record(new ProcessFact.MessageDropped(to, from, payload));
        }
      }
      case Signal.Link _ -> dispatch(back, new Signal.Exit(dead, Words.NOPROC, ExitCause.LINK));
      case Signal.Unlink(_, var id) -> dispatch(back, new Signal.UnlinkAck(dead, id));
      case Signal.Monitor(_, var reference, var watched) ->
          dispatch(back, new Signal.Down(dead, reference, shown(watched), Words.NOPROC));
      case Signal.SpawnRequest request -> table.spawning.spawn(request);
      case Signal.SpawnReply reply -> table.spawning.abandon(dead, reply, Words.NOPROC);
      case Signal.UnlinkAck _,
          Signal.Exit _,
          Signal.Demonitor _,
          Signal.Down _,
          Signal.GroupLeader _ -> {}
    }
  }

  /** How a {@code DOWN} message names what was watched. */
  static Term shown(Address watched) {
    return switch (watched) {
      case Address.OfProcess(var pid) -> pid;
      case Address.OfName(var name, var node) -> Tuple.of(name, node);
      case Address.OfAlias(var alias) -> alias;
    };
  }

  // ------------------------------------------------------------------ aliases and monitors

  /** A message came through an alias that is active: some aliases end with it. */
  private void useAlias(LocalProcess process, Reference alias) {
    AliasMode mode = process.aliases.get(alias);
    if (mode == AliasMode.REPLY || mode == AliasMode.REPLY_DEMONITOR) {
      removeAlias(process, alias);
      demonitor(process, alias);
    }
  }

  boolean removeAlias(LocalProcess process, Reference alias) {
    if (process.aliases.remove(alias) == null) {
      return false;
    }
    table.aliasHolders.remove(alias);
    return true;
  }

  /** Ends a monitor of a process; {@code false} if there was none. */
  boolean demonitor(LocalProcess process, Reference reference) {
    Watching watching = process.watching.remove(reference);
    if (watching == null) {
      return false;
    }
    dispatch(watching.watched(), new Signal.Demonitor(process.pid, reference));
    return true;
  }

  // ------------------------------------------------------------------ the end

  /** A process exits: its name is free, links fire, then monitors do. */
  void terminate(LocalProcess process, Term reason) {
    table.use(Access.WRITE, new Thing.Life(process.index));
    Optional<Atom> name = process.registeredName;
    table.remove(process);
    name.ifPresent(
        its -> table.owned(Guardian.class).ifPresent(guardian -> guardian.ended(its, reason)));
    if (table.trace.isOn()) {
      table.record(new ProcessFact.ProcessExited(process.pid, reason));
    }
    for (Pid linked : process.links.inOrderOfExit()) {
      dispatch(new Address.OfProcess(linked), new Signal.Exit(process.pid, reason, ExitCause.LINK));
    }
    process.watching.forEach(
        (monitor, watching) ->
            dispatch(watching.watched(), new Signal.Demonitor(process.pid, monitor)));
    process.watchers.forEachInOrderOfExit(
        (monitor, watcher) ->
            dispatch(
                new Address.OfProcess(watcher.pid()),
                new Signal.Down(process.pid, monitor, shown(watcher.watched()), reason)));
  }

  /** A process is watched from here on. */
  void watch(LocalProcess watched, Pid watcher, Reference monitor, Address named) {
    Pid canonical = table.identity.canonical(watcher);
    if (table.isLocal(canonical)) {
      watched.watchers.addNear(monitor, new LocalProcess.Watcher(canonical, named));
    } else {
      watched.watchers.addFar(monitor, new LocalProcess.Watcher(canonical, named));
    }
  }

  /** Ends a monitor whose watched process had a name when the monitor was made; most often it has it still. */
  void removeWatcher(Atom name, Reference monitor) {
    LocalProcess holder = table.names.get(name);
    if (holder != null && holder.watchers.remove(monitor)) {
      return;
    }
    for (LocalProcess process : table.living()) {
      process.watchers.remove(monitor);
    }
  }

  static Atom nodeOf(Address address) {
    return switch (address) {
      case Address.OfProcess(var pid) -> pid.node();
      case Address.OfName(_, var node) -> node;
      case Address.OfAlias(var alias) -> alias.node();
    };
  }
}
