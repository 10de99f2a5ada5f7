package beamyard.simulator.process;

import beamyard.simulator.process.LocalProcess.Request;
import beamyard.simulator.process.LocalProcess.Watching;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessEvent.Arrival;
import beamyard.simulator.process.ProcessSettings.Fullness;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import java.util.Optional;

/**
 * Spawning asked for by a signal, by a process of this node or another: what the runtime does that is asked, and the one
 * whose process has asked when the answer comes.
 *
 * @see <a href="https://www.erlang.org/doc/man/erlang.html#spawn_request-5">erlang:spawn_request/5</a>
 */
final class Spawning {
  private final ProcessTable table;

  Spawning(ProcessTable table) {
    this.table = table;
  }

  /** Spawns what another process asked for by a signal. */
  void spawn(Signal.SpawnRequest request) {
    LocalProcess parent = table.isLocal(request.from()) ? table.find(request.from()) : null;
    if (table.living().size() >= table.settings.processLimit()) {
      if (table.settings.fullness() == Fullness.SPAWN_FAILS) {
        table.families.logFull(request.groupLeader());
      }
      table.delivery.dispatch(
          new Address.OfProcess(request.from()),
          new Signal.SpawnReply(
              table.identity.nobody(),
              request.reference(),
              Optional.empty(),
              Words.SYSTEM_LIMIT,
              request.options()));
      return;
    }
    List<Term> arguments = request.arguments() instanceof ListTerm list ? list.toList() : List.of();
    LocalProcess process =
        table.spawn(
            table.surroundings.language().call(request.module(), request.function(), arguments),
            new InitialCall(request.module(), request.function(), arguments.size()),
            request.groupLeader(),
            Optional.of(request.from()));
    if (parent != null) {
      table.families.join(parent, process);
    }
    process.flags = request.options().flagsOver(process.flags);
    if (request.options().has(SpawnOptions.Flag.LINK)) {
      process.links.activate(table.identity.canonical(request.from()));
    }
    if (request.options().has(SpawnOptions.Flag.MONITOR)) {
      table.delivery.watch(
          process, request.from(), request.reference(), new Address.OfProcess(process.pid));
    }
    table.delivery.dispatch(
        new Address.OfProcess(request.from()),
        new Signal.SpawnReply(
            process.pid,
            request.reference(),
            Optional.of(process.pid),
            Atom.OK,
            request.options()));
  }

  /** The answer to a request of a process of this runtime came. */
  void replied(LocalProcess process, Signal.SpawnReply reply) {
    Request request = process.spawnRequests.remove(reply.reference());
    if (reply.spawned().isEmpty()) {
      if (request != null) {
        tellSpawner(process, reply, request.options(), Atom.ERROR, reply.error());
      }
      return;
    }
    Pid spawned = reply.spawned().get();
    if (request == null) {
      abandon(process.pid, reply, Words.ABANDONED);
      return;
    }
    SpawnOptions options = request.options();
    if (options.has(SpawnOptions.Flag.LINK)) {
      process.links.activate(spawned);
    }
    if (options.has(SpawnOptions.Flag.MONITOR)) {
      process.watching.put(
          reply.reference(),
          new Watching(
              new Address.OfProcess(spawned),
              spawned,
              options.monitorTag().orElse(Words.DOWN),
              table.nodeMonitors.next()));
    }
    tellSpawner(process, reply, options, Atom.OK, spawned);
    if (request.way() == Request.Way.LOST) {
      loseSpawned(process, reply.reference(), spawned);
    }
  }

  /** The answer had come before its connection went down, and is handled after. */
  private void loseSpawned(LocalProcess process, Reference reference, Pid spawned) {
    if (process.links.isActive(spawned)) {
      table.delivery.post(
          process,
          Delivery.addressOf(process),
          new Signal.Exit(spawned, Words.NOCONNECTION, ExitCause.LINK));
    }
    Watching watching = process.watching.get(reference);
    if (watching != null) {
      Arrival down = table.losses.noConnection(process, reference, watching);
      table.delivery.post(process, down.to(), down.signal());
    }
  }

  private void tellSpawner(
      LocalProcess process,
      Signal.SpawnReply reply,
      SpawnOptions options,
      Atom outcome,
      Term result) {
    boolean wanted =
        switch (options.reply()) {
          case YES -> true;
          case NO -> false;
          case ERROR_ONLY -> outcome == Atom.ERROR;
          case SUCCESS_ONLY -> outcome == Atom.OK;
        };
    if (wanted && options.replyTag().isPresent()) {
      table.delivery.put(
          process,
          reply.from(),
          Tuple.of(options.replyTag().get(), reply.reference(), outcome, result));
    }
  }

  /** Nobody waits for a spawned process any more: it is alone, or ends if it was to be linked. */
  void abandon(Pid spawner, Signal.SpawnReply reply, Term reason) {
    reply
        .spawned()
        .ifPresent(
            spawned -> {
              if (reply.options().has(SpawnOptions.Flag.LINK)) {
                table.delivery.dispatch(
                    new Address.OfProcess(spawned),
                    new Signal.Exit(spawner, reason, ExitCause.LINK));
              }
              if (reply.options().has(SpawnOptions.Flag.MONITOR)) {
                table.delivery.dispatch(
                    new Address.OfProcess(spawned),
                    new Signal.Demonitor(spawner, reply.reference()));
              }
            });
  }
}
