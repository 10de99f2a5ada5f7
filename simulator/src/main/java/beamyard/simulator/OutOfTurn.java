package beamyard.simulator;

import beamyard.simulator.engine.Engine;
import beamyard.simulator.engine.Event;
import beamyard.simulator.network.NetworkEvent;
import beamyard.simulator.network.Travel;
import beamyard.simulator.process.Footprint;
import beamyard.simulator.process.ProcessEvent;
import beamyard.simulator.process.ProcessTable;
import beamyard.simulator.process.ProcessTable.Interruptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets the pending events of a simulation happen in another order than that of their times. Whoever does so answers for the
 * order: signals from one process to another, for instance, must keep theirs.
 */
public final class OutOfTurn {
  private final Simulation simulation;
  private final Engine engine;

  OutOfTurn(Simulation simulation, Engine engine) {
    this.simulation = simulation;
    this.engine = engine;
  }

  /** Whether an event is left to choice. */
  public enum Kind {
    /** It follows at once: what packets on their way do, and what the services of one node send each other. */
    CONSEQUENCE,
    /** The end of a time slice, or the start of one: a consequence that waits for the others. */
    COMPUTING,
    /** It may happen now or after others: a signal that is under way, a process that starts. */
    CHOICE,
    /** It waits for its time. */
    TIMER
  }

  /** Which kind an event is of; those of nodes that have ended are consequences without effect. */
  public Kind kind(Event event, long atNanos) {
    return switch (event) {
      case ProcessEvent.SliceStarted _, ProcessEvent.SliceEnded _ -> Kind.COMPUTING;
      case ProcessEvent own -> kind(own);
      case NetworkEvent.Retransmission _, NetworkEvent.CutOver _ -> Kind.TIMER;
      case NetworkEvent _, NodeEvent.KillDue _ -> Kind.CONSEQUENCE;
      case FaultDue _ when atNanos <= engine.now() -> Kind.CONSEQUENCE;
      default -> Kind.TIMER;
    };
  }

  private Kind kind(ProcessEvent event) {
    Node node = simulation.live(event.vm());
    boolean timer =
        event instanceof ProcessEvent.WaitEnded || event instanceof ProcessEvent.TimerFired;
    if (node == null || !timer && node.processes().isOfServicesOnly(event)) {
      return Kind.CONSEQUENCE;
    }
    return timer ? Kind.TIMER : Kind.CHOICE;
  }

  /** Shows every pending event, in no particular order. */
  public void forEach(Engine.Visitor visitor) {
    engine.forEachPending(visitor);
  }

  /** How many events were ever planned: those planned from now on have a greater {@link Engine#order}. */
  public long planned() {
    return engine.planned();
  }

  /** Lets one event happen, at its time or, if that has passed, now. */
  public void happen(long ticket) {
    simulation.happen(engine.take(ticket));
  }

  /** Lets one event happen now, even if its time has not come. */
  public void happenNow(long ticket) {
    simulation.happen(engine.takeNow(ticket));
  }

  /** Lets computing and packets take no time, and processes be interrupted where others may come first: what happens is chosen. */
  public void stopTheClock() {
    simulation.travel(Travel.AT_ONCE);
    compute(0, Interruptions.AT_DATA);
  }

  /** Lets computing and packets take the time again that they took at first. */
  public void letTimePass() {
    simulation.travel(Travel.AS_PATHS_ARE);
    compute(1, Interruptions.NONE);
  }

  private void compute(double slowness, Interruptions interruptions) {
    for (Node node : simulation.nodes()) {
      if (node.hasProcesses()) {
        node.processes().slowDown(slowness);
        node.processes().interrupt(interruptions);
      }
    }
  }

  /** Tells somebody what is used from now on; {@code null} for nobody. */
  public void tell(@Nullable Footprint footprint) {
    simulation.tell(footprint);
  }

  /** The processes of a runtime that has not ended. */
  public Optional<ProcessTable> processes(int vm) {
    return Optional.ofNullable(simulation.live(vm)).filter(Node::hasProcesses).map(Node::processes);
  }

  /** How many nodes have not ended. */
  public int living() {
    return simulation.living();
  }

  /** The node of a runtime that has not ended. */
  public Optional<Node> node(int vm) {
    return Optional.ofNullable(simulation.live(vm));
  }
}
