package beamyard.simulator.process;

import beamyard.simulator.process.ProcessView.Status;
import beamyard.simulator.process.Signal.Message;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The processes of a runtime that are suspended because they have sent something by a busy connection. A suspended process
 * does nothing; what comes for it waits in its mailbox, and an exit signal ends it. Its time slice ends with the signal.
 *
 * @see <a href="https://www.erlang.org/doc/man/erl.html#+zdbbl">erl, {@code +zdbbl}</a>
 */
final class Suspensions {
  private static final Atom MONITOR = Atom.of("monitor");
  private static final Atom BUSY_DIST_PORT = Atom.of("busy_dist_port");

  private final ProcessTable table;

  /** By peer, the numbers of the processes, in the order in which they were suspended. */
  private final LinkedHashMap<Atom, ArrayList<Long>> byPeer = new LinkedHashMap<>();

  Suspensions(ProcessTable table) {
    this.table = table;
  }

  void copyFrom(Suspensions original) {
    original.byPeer.forEach((peer, processes) -> byPeer.put(peer, new ArrayList<>(processes)));
  }

  void clear() {
    byPeer.clear();
  }

  /** The running process has sent something by the connection to a peer, which is busy. */
  void suspend(LocalProcess process, Atom peer) {
    if (process.busyPeer != null) {
      return; // it has not stopped yet
    }
    process.busyPeer = peer;
    byPeer.computeIfAbsent(peer, _ -> new ArrayList<>()).add(process.index);
    SystemMonitor monitor = table.systemMonitor;
    if (monitor != null && monitor.tells(BUSY_DIST_PORT) && !monitor.pid().equals(process.pid)) {
      Term message =
          Tuple.of(MONITOR, process.pid, BUSY_DIST_PORT, table.surroundings.link().port(peer));
      table.delivery.dispatch(
          new Address.OfProcess(monitor.pid()), new Message(process.pid, message));
    }
  }

  /** The connection to a peer is no longer busy, or is gone. */
  void resume(Atom peer, Collection<Pid> staying) {
    List<Long> processes = byPeer.remove(peer);
    if (processes == null) {
      return;
    }
    for (long index : processes) {
      LocalProcess process = table.get(index);
      if (process == null || process.busyPeer != peer) {
        continue;
      }
      if (staying.contains(process.pid)) {
        byPeer.computeIfAbsent(peer, _ -> new ArrayList<>()).add(index);
      } else {
        process.busyPeer = null;
        if (process.status == Status.SUSPENDED) {
          if (table.trace.isOn()) {
            table.record(new ProcessFact.ProcessResumed(process.pid));
          }
          table.schedulers.resume(process);
        }
      }
    }
  }
}
