package beamyard.simulator.process;

import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessSettings.Fullness;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import java.util.List;
import java.util.Optional;

/**
 * What a runtime does when a process, of this node or another, asks by a signal that one be spawned.
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
              table.nobody(),
              request.reference(),
              Optional.empty(),
              Words.SYSTEM_LIMIT,
              request.options()));
      return;
    }
    List<Term> arguments = request.arguments() instanceof ListTerm list ? list.toList() : List.of();
    LocalProcess process =
        table.spawn(
            table.language().call(request.module(), request.function(), arguments),
            new InitialCall(request.module(), request.function(), arguments.size()),
            request.groupLeader(),
            Optional.of(request.from()));
    if (parent != null) {
      Families.join(parent, process);
    }
    process.flags = request.options().flagsOver(process.flags);
    if (request.options().has(SpawnOptions.Flag.LINK)) {
      process.links.activate(table.canonical(request.from()));
    }
    if (request.options().has(SpawnOptions.Flag.MONITOR)) {
      table.watch(process, request.from(), request.reference(), new Address.OfProcess(process.pid));
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
}
