package beamyard.simulator.process;

import beamyard.simulator.process.ProcessEvent.Arrival;
import beamyard.simulator.process.ProcessEvent.NodeLost;
import beamyard.simulator.process.ProcessEvent.SliceEnded;
import beamyard.simulator.process.ProcessEvent.SliceStarted;
import beamyard.simulator.process.ProcessEvent.Started;
import beamyard.simulator.process.ProcessEvent.TimerFired;
import beamyard.simulator.process.ProcessEvent.WaitEnded;
import beamyard.simulator.process.ProcessEvent.WentOn;
import beamyard.simulator.term.Atom;
import org.jspecify.annotations.Nullable;

/** The processes of the node's own services: those whose group leader is {@code init}, as that of the kernel's processes is. */
final class Services {
  private static final Atom INIT = Atom.of("init");

  private final ProcessTable table;

  Services(ProcessTable table) {
    this.table = table;
  }

  /** Whether an event is between them alone. */
  boolean isOfThemOnly(ProcessEvent event) {
    LocalProcess init = table.names.get(INIT);
    if (init == null) {
      return false;
    }
    return switch (event) {
      case Started(_, var index) -> isLedBy(init, table.get(index));
      case Arrival(_, var to, var signal) ->
          isLedBy(init, table.find(signal.from())) && isLedBy(init, table.get(table.target(to)));
      case NodeLost _, WentOn _, WaitEnded _, TimerFired _, SliceStarted _, SliceEnded _ -> false;
    };
  }

  /** Whether a process is one of them, or a helper of one. */
  boolean isOneOfThem(LocalProcess process) {
    LocalProcess init = table.names.get(INIT);
    return init != null && isLedBy(init, process);
  }

  private static boolean isLedBy(LocalProcess leader, @Nullable LocalProcess process) {
    return process != null && process.groupLeader.equals(leader.pid);
  }
}
