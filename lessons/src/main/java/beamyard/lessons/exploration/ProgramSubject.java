package beamyard.lessons.exploration;

import beamyard.lessons.exploration.Exhaustive.Kind;
import beamyard.lessons.shell.ProgramClaims;
import beamyard.lessons.shell.ProgramClaims.Stated;
import beamyard.simulator.Fault;
import beamyard.simulator.Node;
import beamyard.simulator.Simulation;
import beamyard.simulator.exploration.Candidate;
import beamyard.simulator.exploration.SteppedRun;
import beamyard.simulator.exploration.Subject;
import beamyard.simulator.exploration.Uses;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * A program whose stated properties must hold. A property is asked in a copy of the state in which nothing else happens, so
 * that asking changes nothing; again only after a step that changed something which an answer depended on.
 */
final class ProgramSubject implements Subject {
  private static final long MILLI = 1_000_000;
  private static final long BETWEEN_LAST_CHECKS_NANOS = 500 * MILLI;

  /** Longer than it takes to notice silence with the default tick time. */
  private static final long LONGEST_QUIET_NANOS = 90_000 * MILLI;

  private static final int MOST_STEPS_OF_A_PROPERTY = 10_000;
  private static final String CUT = "cut";

  private final List<String> nodes;
  private final List<Kind> kinds;
  private final long endNanos;
  private final LinkedHashSet<String> stated = new LinkedHashSet<>();
  private final LinkedHashSet<String> sometimes = new LinkedHashSet<>();
  private Uses watched;
  private int knowledge;

  /**
   * What a run of a program is searched for.
   *
   * @param nodes the first of which, where the program runs, does not crash
   * @param longestNanos how long a run may go on
   */
  ProgramSubject(List<String> nodes, List<Kind> kinds, SteppedRun beginning, long longestNanos) {
    this.nodes = nodes;
    this.kinds = kinds;
    Uses stating = Uses.NONE;
    for (Node node : beginning.simulation().nodes()) {
      stating = stating.with(beginning.useOf(node.incarnation(), ProgramClaims.STATED));
    }
    watched = stating;
    endNanos = beginning.simulation().now() + longestNanos;
  }

  /** All that was stated in some run. */
  List<String> stated() {
    return List.copyOf(stated);
  }

  /** What was to hold sometimes, and never did. */
  List<String> neverTrue() {
    return stated.stream()
        .filter(property -> property.startsWith("sometimes ") && !sometimes.contains(property))
        .toList();
  }

  @Override
  public boolean sees(Uses uses) {
    return uses.changes(watched);
  }

  @Override
  public int knowledge() {
    return knowledge;
  }

  private void watch(Uses uses) {
    Uses more = watched.with(uses);
    if (!more.isSame(watched)) {
      watched = more;
      knowledge++;
    }
  }

  @Override
  public Optional<String> wrong(SteppedRun run) {
    for (Node node : run.simulation().nodes()) {
      if (node.state() != Node.State.RUNNING) {
        continue;
      }
      for (Stated property : ProgramClaims.of(node)) {
        stated.add(property.toString());
        boolean known =
            property.kind() == ProgramClaims.Kind.SOMETIMES
                && sometimes.contains(property.toString());
        if (known || property.kind() == ProgramClaims.Kind.EVENTUALLY) {
          continue;
        }
        Optional<Outcome> outcome = ask(run, node, property);
        boolean holds = outcome.filter(ProgramSubject::holds).isPresent();
        if (holds && property.kind() == ProgramClaims.Kind.SOMETIMES) {
          sometimes.add(property.toString());
        }
        if (!holds && outcome.isPresent() && property.kind() == ProgramClaims.Kind.ALWAYS) {
          return Optional.of(property + " " + why(outcome.get()));
        }
      }
    }
    return Optional.empty();
  }

  /** Asks a property in a state; empty if it waits for something that would have to happen first. */
  private Optional<Outcome> ask(SteppedRun run, Node node, Stated property) {
    SteppedRun copy = run.copy(Trace.OFF);
    Node there = copy.simulation().node(node.label());
    long planned = copy.planned();
    var asked = new Pid[1];
    Uses uses = copy.perform(_ -> asked[0] = ProgramClaims.begin(there, property.function()));
    for (int i = 0; i < MOST_STEPS_OF_A_PROPERTY; i++) {
      Optional<Outcome> outcome = ProgramClaims.outcome(there, asked[0]);
      Optional<Candidate> next =
          copy.enabled().stream()
              .filter(candidate -> !candidate.timer() && candidate.order() >= planned)
              .findFirst();
      if (outcome.isPresent() || next.isEmpty()) {
        watch(uses);
        return outcome;
      }
      uses = uses.with(copy.take(next.get()));
    }
    return Optional.empty();
  }

  private static boolean holds(Outcome outcome) {
    return outcome instanceof Outcome.Returned(var value)
        && value != Atom.FALSE
        && value != Atom.NIL;
  }

  private static String why(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Returned(var value) -> "was " + value;
      case Outcome.Raised raised -> "raised " + raised.reason();
      case Outcome.Yielded _, Outcome.Waiting _ -> throw new AssertionError(outcome);
    };
  }

  @Override
  public Optional<String> wrongAtEnd(SteppedRun run) {
    var unsure = new ArrayList<Stated>();
    for (Node node : run.simulation().nodes()) {
      if (node.state() == Node.State.RUNNING) {
        for (Stated property : ProgramClaims.of(node)) {
          stated.add(property.toString());
          if (property.kind() == ProgramClaims.Kind.EVENTUALLY
              && ask(run, node, property).filter(ProgramSubject::holds).isEmpty()) {
            unsure.add(property);
          }
        }
      }
    }
    return unsure.isEmpty() ? Optional.empty() : wrongLater(run);
  }

  /** Heals what is cut, and lets time pass. */
  private static Optional<String> wrongLater(SteppedRun run) {
    Simulation later = run.simulation().copy(Trace.OFF);
    later.heal();
    long deadline = later.now() + LONGEST_QUIET_NANOS;
    Optional<String> wrong;
    do {
      later.runFor(BETWEEN_LAST_CHECKS_NANOS);
      wrong = firstFalse(later);
    } while (wrong.isPresent() && !run.isQuiet() && later.now() < deadline);
    return wrong;
  }

  private static Optional<String> firstFalse(Simulation simulation) {
    for (Node node : simulation.nodes()) {
      if (node.state() != Node.State.RUNNING) {
        continue;
      }
      for (Stated property : ProgramClaims.of(node)) {
        if (property.kind() == ProgramClaims.Kind.EVENTUALLY) {
          Pid asked = ProgramClaims.begin(node, property.function());
          var outcome = new ArrayList<Outcome>();
          simulation.runUntil(
              () -> {
                ProgramClaims.outcome(node, asked).ifPresent(outcome::add);
                return !outcome.isEmpty() || !node.isUp();
              },
              simulation.now() + LONGEST_QUIET_NANOS);
          if (outcome.isEmpty()) {
            return Optional.of(property + " gave no answer");
          }
          if (!holds(outcome.getFirst())) {
            return Optional.of(property + " " + why(outcome.getFirst()));
          }
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean isOver(Simulation simulation) {
    return simulation.now() > endNanos;
  }

  @Override
  public List<Fault> faults(Simulation simulation) {
    var faults = new ArrayList<Fault>();
    if (kinds.contains(Kind.CRASH)) {
      for (String node : nodes.subList(1, nodes.size())) {
        if (simulation.node(node).state() == Node.State.RUNNING) {
          faults.add(new Fault.Crash(node));
        }
      }
    }
    if (kinds.contains(Kind.CUT)) {
      if (simulation.cuts().contains(CUT)) {
        faults.add(new Fault.Heal(Optional.of(CUT)));
      } else {
        for (List<List<String>> groups : Splits.of(nodes)) {
          faults.add(new Fault.Partition(Optional.of(CUT), groups));
        }
      }
    }
    if (kinds.contains(Kind.RESET)) {
      for (int i = 0; i < nodes.size(); i++) {
        for (int j = i + 1; j < nodes.size(); j++) {
          var reset = new Fault.Reset(nodes.get(i), nodes.get(j));
          if (isPossible(simulation, reset)) {
            faults.add(reset);
          }
        }
      }
    }
    return faults;
  }

  private static boolean isPossible(Simulation simulation, Fault fault) {
    try {
      simulation.check(fault);
      return true;
    } catch (beamyard.simulator.BadSetup impossible) {
      return false;
    }
  }
}
