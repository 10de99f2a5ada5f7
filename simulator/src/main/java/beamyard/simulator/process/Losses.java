package beamyard.simulator.process;

import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.LocalProcess.Watching;
import beamyard.simulator.process.NodeMonitors.NodeMonitor;
import beamyard.simulator.process.ProcessEvent.Arrival;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the loss of a connection does to the processes of this runtime: links to processes there fire {@code noconnection}, then
 * monitors do, those of processes and those of the node in the order in which they were made, then unanswered spawn requests are
 * answered with it.
 */
final class Losses {
  private final ProcessTable table;

  Losses(ProcessTable table) {
    this.table = table;
  }

  /** See {@link ProcessTable#nodeLost}. */
  void lose(Atom node, LivingProcesses processes) {
    table.use(Access.WRITE, Footprint.RUNTIME);
    var arrivals = new ArrayList<Arrival>();
    processes.forEach(process -> loseLinks(process, node, arrivals));
    Map<Long, NodeMonitor> ofNode = table.nodeMonitors.end(node);
    for (LocalProcess process : processes) {
      process.watchers.removeFrom(node);
      loseMonitors(process, node, Optional.ofNullable(ofNode.get(process.index)), arrivals);
    }
    processes.forEach(process -> loseSpawnRequests(process, node, arrivals));
    arrivals.forEach(arrival -> table.delivery.arrive(arrival.to(), arrival.signal()));
  }

  private void loseLinks(LocalProcess process, Atom node, List<Arrival> arrivals) {
    for (Pid linked : process.links.inOrderOfLinking()) {
      if (linked.node() != node || table.isLocal(linked)) {
        continue;
      }
      if (process.links.isActive(linked)) {
        arrivals.add(to(process, new Signal.Exit(linked, Words.NOCONNECTION, ExitCause.LINK)));
      } else {
        process.links.remove(linked);
      }
    }
  }

  private void loseMonitors(
      LocalProcess process, Atom node, Optional<NodeMonitor> ofNode, List<Arrival> arrivals) {
    if (process.watching.isEmpty() && ofNode.isEmpty()) {
      return;
    }
    var later = new ArrayList<Arrival>();
    process.watching.forEach(
        (reference, watching) -> {
          if (Delivery.nodeOf(watching.watched()) == node) {
            boolean isLater =
                ofNode.filter(monitor -> monitor.made() < watching.made()).isPresent();
            (isLater ? later : arrivals).add(noConnection(process, reference, watching));
          }
        });
    ofNode.ifPresent(
        monitor -> arrivals.addAll(Collections.nCopies(monitor.count(), nodeDown(process, node))));
    arrivals.addAll(later);
  }

  private Arrival nodeDown(LocalProcess process, Atom node) {
    Pid from = table.whereis(Words.NET_KERNEL).orElse(process.pid);
    return to(process, new Signal.Message(from, Tuple.of(Words.NODEDOWN, node)));
  }

  private void loseSpawnRequests(LocalProcess process, Atom node, List<Arrival> arrivals) {
    if (process.spawnRequests.isEmpty()) {
      return;
    }
    process.spawnRequests.forEach(
        (reference, request) -> {
          if (request.node() == node) {
            var reply =
                new Signal.SpawnReply(
                    table.identity.nobody(),
                    reference,
                    Optional.empty(),
                    Words.NOCONNECTION,
                    request.options());
            arrivals.add(to(process, reply));
          }
        });
    process.spawnRequests.replaceAll(request -> request.node() == node ? request.lost() : request);
  }

  /** How a process learns that what it watches cannot be reached any more. */
  Arrival noConnection(LocalProcess process, Reference reference, Watching watching) {
    Pid from =
        watching.watched() instanceof Address.OfProcess(var pid) ? pid : table.identity.nobody();
    return to(process, new Signal.Down(from, reference, watching.shownAs(), Words.NOCONNECTION));
  }

  private Arrival to(LocalProcess target, Signal signal) {
    return new Arrival(table.vm, Delivery.addressOf(target), signal);
  }
}
