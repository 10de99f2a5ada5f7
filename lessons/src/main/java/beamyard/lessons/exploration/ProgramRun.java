package beamyard.lessons.exploration;

import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.shell.Console;
import beamyard.lessons.shell.ElixirNodes;
import beamyard.lessons.shell.ProgramClaims;
import beamyard.lessons.shell.ProgramClaims.Kind;
import beamyard.lessons.shell.ProgramClaims.Stated;
import beamyard.simulator.Fault;
import beamyard.simulator.FaultSchedule.Step;
import beamyard.simulator.Node;
import beamyard.simulator.Simulation;
import beamyard.simulator.network.Latency;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.trace.BothTraces;
import beamyard.simulator.trace.FactList;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;

/**
 * One run of a program under a {@link Disturbance}. What is stated as {@code always} is asked every 10 virtual milliseconds
 * while the program runs and faults happen; then all faults end (what was killed stays dead), and what is stated as {@code
 * eventually} has time to become so.
 */
final class ProgramRun {
  private static final long MILLI = 1_000_000;
  private static final long BETWEEN_CHECKS_NANOS = 10 * MILLI;
  private static final long BETWEEN_LAST_CHECKS_NANOS = 500 * MILLI;
  private static final long LONGEST_PROGRAM_NANOS = 120_000 * MILLI;

  /** Longer than it takes to notice silence with the default tick time. */
  private static final long LONGEST_QUIET_NANOS = 90_000 * MILLI;

  private final Simulation simulation;
  private final Rehearsal rehearsal;
  private final Disturbance disturbance;
  private final long start;
  private final List<Deed> deeds = new ArrayList<>();
  private final LinkedHashMap<Asked, Pid> running = new LinkedHashMap<>();
  private final LinkedHashSet<String> sometimes = new LinkedHashSet<>();
  private final LinkedHashSet<String> stated = new LinkedHashSet<>();
  private final LinkedHashMap<Asked, Optional<String>> last = new LinkedHashMap<>();
  private Optional<Violation> violation = Optional.empty();

  /** Something that was done to a run from outside, right after all that happened at an instant. */
  record Deed(long atNanos, Consumer<Simulation> what) {}

  /** A property and the incarnation of the node that states it. */
  private record Asked(String node, int incarnation, Stated property) {
    /** Begins to ask it in this run, or in another that has come to the same place. */
    Pid begin(Simulation cluster) {
      Node there = cluster.node(node);
      Stated its =
          ProgramClaims.of(there).stream()
              .filter(stated -> stated.toString().equals(property.toString()))
              .findFirst()
              .orElseThrow(() -> new AssertionError(property + " is not stated at " + node));
      return ProgramClaims.begin(there, its.function());
    }
  }

  /**
   * A property that did not hold.
   *
   * @param property as it was stated
   * @param why what it gave instead of {@code true}
   * @param atMillis since the program's first line was typed
   */
  record Violation(String property, String why, long atMillis) {
    @Override
    public String toString() {
      return property + " " + why + " at " + seconds(atMillis);
    }
  }

  /**
   * What came of a run.
   *
   * @param stated all properties that were stated
   * @param sometimes those that were to hold sometimes and did
   * @param millis how long the program took
   * @param printed at the first node
   */
  record Result(
      Disturbance disturbance,
      Optional<Violation> violation,
      SequencedSet<String> stated,
      SequencedSet<String> sometimes,
      long millis,
      String printed) {}

  private ProgramRun(Rehearsal rehearsal, Disturbance disturbance, Trace trace) {
    this.rehearsal = rehearsal;
    this.disturbance = disturbance;
    simulation = rehearsal.begin(disturbance.seed(), trace);
    start = simulation.now();
  }

  static Result of(Rehearsal rehearsal, Disturbance disturbance, Trace trace) {
    return new ProgramRun(rehearsal, disturbance, trace).run();
  }

  /** The cluster of a run that is about to begin, with all that is bound to go wrong in it. */
  static Simulation begin(Rehearsal rehearsal, Disturbance disturbance, Trace trace) {
    var run = new ProgramRun(rehearsal, disturbance, trace);
    run.disturb();
    return run.simulation;
  }

  /** A run whose story is told too. */
  static Told told(Rehearsal rehearsal, Disturbance disturbance, Trace trace) {
    var facts = new FactList();
    var run = new ProgramRun(rehearsal, disturbance, new BothTraces(trace, facts));
    var story = new ProgramStory(run.simulation, rehearsal.nodes().getFirst());
    Result result = run.run();
    List<TimedFault> faults =
        disturbance.faults().steps().stream()
            .map(step -> new TimedFault(run.start + step.atMillis() * MILLI, step.fault()))
            .toList();
    long end =
        result
            .violation()
            .map(it -> run.start + it.atMillis() * MILLI)
            .orElse(run.simulation.now());
    var plot =
        new RunStory.Plot(
            run.start,
            end,
            facts.facts().stream().filter(dated -> dated.atNanos() <= end + MILLI).toList(),
            faults);
    return new Told(result, ProgramStory.of(plot, story), run.start, end, List.copyOf(run.deeds));
  }

  /**
   * What came of a run, and what happened in it.
   *
   * @param endNanos when something was violated; without a violation, when it was over
   * @param deeds all that was done to it: the program was typed, properties were asked, faults were ended
   */
  record Told(
      Result result, List<String> story, long startNanos, long endNanos, List<Deed> deeds) {}

  static String seconds(long millis) {
    return millis / 1000 + "." + String.format("%03d", millis % 1000) + " s";
  }

  private Result run() {
    disturb();
    Node first = simulation.node(rehearsal.nodes().getFirst());
    perform(
        cluster ->
            ElixirNodes.type(
                cluster.node(rehearsal.nodes().getFirst()), rehearsal.program().typed()));
    long lastFault =
        disturbance.faults().steps().isEmpty()
            ? 0
            : disturbance.faults().steps().getLast().atMillis();
    Console console = first.owned(Console.class);
    long programEnd = -1;
    while (violation.isEmpty() && simulation.now() - start < LONGEST_PROGRAM_NANOS) {
      pass(BETWEEN_CHECKS_NANOS);
      if (programEnd < 0 && (console.isIdle() || first.hasEnded())) {
        programEnd = simulation.now();
      }
      if (programEnd >= 0 && simulation.now() - start > lastFault * MILLI) {
        break;
      }
    }
    long millis = (Math.max(programEnd, start) - start) / MILLI;
    endFaults();
    long quietFrom = simulation.now();
    while (violation.isEmpty()
        && isWaitedFor()
        && simulation.now() - quietFrom < LONGEST_QUIET_NANOS) {
      pass(BETWEEN_LAST_CHECKS_NANOS);
    }
    if (violation.isEmpty()) {
      last.forEach(
          (asked, why) ->
              why.ifPresent(
                  reason -> {
                    if (asked.property.kind() == Kind.EVENTUALLY && isCurrent(asked)) {
                      violate(asked.property, reason);
                    }
                  }));
    }
    return new Result(disturbance, violation, stated, sometimes, millis, console.takePrinted());
  }

  private void disturb() {
    if (disturbance.jitterMicros() > 0) {
      var jitter = new Latency.Uniform(0, disturbance.jitterMicros() * 1000);
      for (String one : rehearsal.nodes()) {
        for (String other : rehearsal.nodes()) {
          if (!one.equals(other)) {
            simulation.apply(new Fault.Delay(one, other, jitter));
          }
        }
      }
    }
    for (Step step : disturbance.faults().steps()) {
      simulation.applyAt(start + step.atMillis() * MILLI, step.fault());
    }
  }

  private void endFaults() {
    simulation.runFor(SimulatedStage.LONGEST_DYING_NANOS);
    perform(
        cluster -> {
          cluster.heal();
          cluster.apply(new Fault.ReleaseAll());
          for (Node node : cluster.nodes()) {
            if (node.state() == Node.State.PAUSED) {
              cluster.resume(node.label());
            }
          }
        });
  }

  private void perform(Consumer<Simulation> what) {
    what.accept(simulation);
    deeds.add(new Deed(simulation.now(), what));
  }

  private void pass(long nanos) {
    simulation.runFor(nanos);
    collect();
    ask();
  }

  private boolean isWaitedFor() {
    ask();
    return running.keySet().stream().anyMatch(this::isCurrent)
        || last.entrySet().stream()
            .anyMatch(
                entry ->
                    entry.getKey().property.kind() == Kind.EVENTUALLY
                        && isCurrent(entry.getKey())
                        && entry.getValue().isPresent());
  }

  private boolean isCurrent(Asked asked) {
    Node node = simulation.node(asked.node);
    return node.isUp() && node.incarnation() == asked.incarnation;
  }

  /** Asks every property that is not being asked already, where it was stated. */
  private void ask() {
    for (Node node : simulation.nodes()) {
      if (node.state() != Node.State.RUNNING) {
        continue;
      }
      for (Stated property : ProgramClaims.of(node)) {
        stated.add(property.toString());
        var asked = new Asked(node.label(), node.incarnation(), property);
        if (!running.containsKey(asked)) {
          deeds.add(new Deed(simulation.now(), asked::begin));
          running.put(asked, asked.begin(simulation));
        }
      }
    }
  }

  private void collect() {
    for (Asked asked : List.copyOf(running.keySet())) {
      Node node = simulation.node(asked.node);
      if (!isCurrent(asked)) {
        running.remove(asked);
        continue;
      }
      ProgramClaims.outcome(node, running.get(asked))
          .ifPresent(
              outcome -> {
                running.remove(asked);
                judge(asked, outcome);
              });
    }
  }

  private void judge(Asked asked, Outcome outcome) {
    boolean holds = outcome instanceof Outcome.Returned(var value) && isTruthy(value);
    Optional<String> why =
        switch (outcome) {
          case Outcome.Returned(var value) ->
              isTruthy(value) ? Optional.empty() : Optional.of("was " + value);
          case Outcome.Raised raised -> Optional.of("raised " + raised.reason());
          case Outcome.Yielded _, Outcome.Waiting _ -> throw new AssertionError(outcome);
        };
    last.put(asked, why);
    switch (asked.property.kind()) {
      case ALWAYS -> why.ifPresent(reason -> violate(asked.property, reason));
      case SOMETIMES -> {
        if (holds) {
          sometimes.add(asked.property.toString());
        }
      }
      case EVENTUALLY -> {} // judged at the end
    }
  }

  private static boolean isTruthy(beamyard.simulator.term.Term value) {
    return value != Atom.FALSE && value != Atom.NIL;
  }

  private void violate(Stated property, String why) {
    if (violation.isEmpty()) {
      violation =
          Optional.of(new Violation(property.toString(), why, (simulation.now() - start) / MILLI));
    }
  }
}
