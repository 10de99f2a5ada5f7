package beamyard.simulator.exploration;

import beamyard.simulator.OutOfTurn;
import beamyard.simulator.OutOfTurn.Kind;
import beamyard.simulator.Simulation;
import beamyard.simulator.distribution.DistributionEvent;
import beamyard.simulator.engine.Engine;
import beamyard.simulator.engine.Event;
import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.Footprint.Thing;
import beamyard.simulator.process.ProcessEvent;
import beamyard.simulator.process.ProcessTable;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Atom;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A simulation in which somebody chooses what happens next. A step is the arrival of a signal, the start of a process or the
 * end of a wait, with all that processes compute because of it until they wait for something else; or a fault.
 *
 * <p>Computing takes no time here, nor do packets. A signal is under way until it is chosen; only what one process sends
 * another keeps its order. The clock stands still while anything else than a timer is left to happen; then it goes on to the next timer:
 * so timers that end at one instant race with each other, and with what is sent at that instant.
 */
public final class SteppedRun {
  private static final int MOST_CONSEQUENCES = 200_000;
  private static final Comparator<Candidate> ELDEST_FIRST =
      Comparator.comparingLong(Candidate::order);
  private static final Atom NET_KERNEL = Atom.of("net_kernel");

  private final Simulation simulation;
  private final OutOfTurn outOfTurn;
  private final Uses.Notes notes;
  private final ArrayList<Candidate> pending = new ArrayList<>();
  private final ArrayList<Candidate> before = new ArrayList<>();
  private final Scan scan = new Scan();
  private boolean endless;

  /** Goes on with a simulation, which is to be used by nobody else from here on. */
  public SteppedRun(Simulation simulation) {
    this(simulation, new Uses.Notes());
    outOfTurn.stopTheClock();
    settle();
    notes.take();
  }

  private SteppedRun(Simulation simulation, Uses.Notes notes) {
    this.simulation = simulation;
    this.notes = notes;
    outOfTurn = simulation.outOfTurn();
    outOfTurn.tell(notes);
  }

  /** An independent copy, whose simulation tells another trace. */
  public SteppedRun copy(Trace trace) {
    var copy = new SteppedRun(simulation.copy(trace), notes);
    copy.pending.addAll(pending);
    copy.scan.looked = scan.looked;
    copy.scan.alive = scan.alive;
    copy.endless = endless;
    return copy;
  }

  public Simulation simulation() {
    return simulation;
  }

  /**
   * Leaves the simulation to itself: what is pending happens at its time, or at once if that has passed, and computing and
   * packets take time again. Nothing can be chosen any more.
   */
  public Simulation letGo() {
    outOfTurn.tell(null);
    outOfTurn.letTimePass();
    return simulation;
  }

  /** Whether a signal has been sent and its arrival is still to be chosen. */
  public boolean isUnderWay(Signal signal) {
    for (Candidate candidate : pending) {
      if (candidate.event() instanceof ProcessEvent.Arrival arrival && arrival.signal() == signal) {
        return true;
      }
    }
    return false;
  }

  /** How many events were ever planned: those planned from now on have a greater {@link Candidate#order}. */
  public long planned() {
    return outOfTurn.planned();
  }

  /** Whether something has been computing for so long that it was given up. */
  public boolean isEndless() {
    return endless;
  }

  /** Whether nothing is left to happen but what nodes do for as long as they run. */
  public boolean isQuiet() {
    if (simulation.hasCuts()) {
      return false; // sooner or later the silence will be noticed
    }
    for (Candidate candidate : pending) {
      if (!(candidate.event() instanceof DistributionEvent.TickDue)) {
        return false;
      }
    }
    return true;
  }

  /** What can happen next, faults apart, the eldest first; the clock goes on if nothing but timers is left. */
  public List<Candidate> enabled() {
    var enabled = new ArrayList<Candidate>();
    long clock = simulation.now();
    for (Candidate candidate : pending) {
      if (!candidate.timer() && !isBlocked(candidate)) {
        enabled.add(candidate);
      }
    }
    if (enabled.isEmpty()) {
      long earliest = Long.MAX_VALUE;
      for (Candidate candidate : pending) {
        earliest = Math.min(earliest, candidate.atNanos());
      }
      clock = Math.max(clock, earliest);
    }
    for (Candidate candidate : pending) {
      if (candidate.timer() && candidate.atNanos() <= clock) {
        enabled.add(candidate);
      }
    }
    return enabled;
  }

  private boolean isBlocked(Candidate candidate) {
    for (Candidate earlier : pending) {
      if (earlier == candidate) {
        return false;
      }
      if (earlier.precedes(candidate)) {
        return true;
      }
    }
    throw new AssertionError(candidate + " is not pending");
  }

  /** Lets something happen, with what follows from it at once. */
  public Uses take(Candidate chosen) {
    if (chosen.fault().isPresent()) {
      simulation.apply(chosen.fault().get());
    } else {
      outOfTurn.happen(chosen.ticket());
    }
    settle();
    return notes.take();
  }

  /** Does something to the simulation from outside, with what follows from it at once. */
  public Uses perform(Consumer<Simulation> deed) {
    deed.accept(simulation);
    settle();
    return notes.take();
  }

  /** The use of a thing, for {@link Uses#changes}. */
  public Uses useOf(int vm, Thing thing) {
    Uses before = notes.take();
    notes.used(Access.READ, vm, thing);
    Uses wanted = notes.take();
    if (!before.isSame(Uses.NONE)) {
      throw new AssertionError("asked while something happens");
    }
    return wanted;
  }

  /** Lets happen what follows at once from what happened. */
  private void settle() {
    int count = 0;
    long consequence = scan.firstConsequence();
    while (consequence != Scan.NONE) {
      if (++count > MOST_CONSEQUENCES) {
        endless = true;
        return;
      }
      outOfTurn.happenNow(consequence);
      consequence = scan.firstConsequence();
    }
    look();
  }

  /** Finds what can be chosen now; of what could be chosen before, as it was then. */
  private void look() {
    before.clear();
    before.addAll(pending);
    pending.clear();
    outOfTurn.forEach(
        (ticket, atNanos, event) -> {
          Candidate known = known(ticket);
          pending.add(
              known != null && !known.mayMove() ? known : candidate(ticket, atNanos, event));
        });
    pending.sort(ELDEST_FIRST);
  }

  private @Nullable Candidate known(long ticket) {
    int low = 0;
    int high = before.size() - 1;
    long order = Engine.order(ticket);
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long other = before.get(middle).order();
      if (other == order) {
        return before.get(middle);
      }
      if (other < order) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** Finds the first consequence. What was none when it was planned is none as long as all nodes live. */
  private final class Scan implements Engine.Visitor {
    private static final long NONE = -1;
    private long consequence;
    private long rank;
    private long looked;
    private int alive;

    long firstConsequence() {
      int living = outOfTurn.living();
      if (living != alive) {
        alive = living;
        looked = 0;
      }
      consequence = NONE;
      rank = Long.MAX_VALUE;
      outOfTurn.forEach(this);
      if (consequence == NONE) {
        looked = outOfTurn.planned();
      }
      return consequence;
    }

    @Override
    public void visit(long ticket, long atNanos, Event event) {
      long order = Engine.order(ticket);
      if (order < looked) {
        return;
      }
      switch (outOfTurn.kind(event, atNanos)) {
        case CONSEQUENCE -> first(ticket, order);
        case COMPUTING -> first(ticket, order + Long.MAX_VALUE / 2);
        case CHOICE, TIMER -> {}
      }
    }

    private void first(long ticket, long itsRank) {
      if (itsRank < rank) {
        rank = itsRank;
        consequence = ticket;
      }
    }
  }

  private Candidate candidate(long ticket, long atNanos, Event event) {
    Kind kind = outOfTurn.kind(event, atNanos);
    int vm = event instanceof ProcessEvent own ? own.vm() : 0;
    long target = -1;
    boolean kernel = false;
    if (event instanceof ProcessEvent.Arrival arrival) {
      ProcessTable table = outOfTurn.processes(vm).orElseThrow();
      target = table.target(arrival.to());
      kernel =
          table.whereis(NET_KERNEL).filter(pid -> pid.equals(arrival.signal().from())).isPresent();
    }
    return new Candidate(
        ticket, atNanos, kind != Kind.CHOICE, event, Optional.empty(), vm, target, kernel);
  }
}
