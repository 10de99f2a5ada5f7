package beamyard.lessons.shell;

import beamyard.simulator.Node;
import beamyard.simulator.process.Footprint.Thing;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the programs of one node state by {@code Sandbox.always}, {@code sometimes} and {@code eventually}, and the functions
 * that were asked to run there from outside of its processes.
 */
public final class ProgramClaims {
  private static final InitialCall CHECK =
      new InitialCall(Atom.of("Elixir.Sandbox"), Atom.of("check"), 0);

  /** What is used by stating a property. */
  public static final Thing STATED = new Thing.Shared(ProgramClaims.class);

  private final List<Stated> stated = new ArrayList<>();
  private final LinkedHashMap<Pid, Outcome> ended = new LinkedHashMap<>();

  /** When a property has to hold. */
  public enum Kind {
    /** At every instant. */
    ALWAYS,
    /** At one instant of one run at least. */
    SOMETIMES,
    /** At the end, when faults are over and some time has passed. */
    EVENTUALLY
  }

  /** A property: {@code function} takes nothing and gives whether it holds. */
  public record Stated(Kind kind, String name, Term function) {
    @Override
    public String toString() {
      return kind.name().toLowerCase(java.util.Locale.ROOT) + " \"" + name + "\"";
    }
  }

  ProgramClaims() {}

  ProgramClaims copy() {
    var copy = new ProgramClaims();
    copy.stated.addAll(stated);
    copy.ended.putAll(ended);
    return copy;
  }

  void add(Stated property) {
    stated.removeIf(
        known -> known.kind() == property.kind() && known.name().equals(property.name()));
    stated.add(property);
  }

  /** What is stated on a node, in order; nothing if the node has no Elixir. */
  public static List<Stated> of(Node node) {
    return node.owns(ProgramClaims.class)
        ? List.copyOf(node.owned(ProgramClaims.class).stated)
        : List.of();
  }

  /** Begins to run a function without arguments on a node, in a process of its own. */
  public static Pid begin(Node node, Term function) {
    return node.processes()
        .spawn(new Check(node.processes().applyOf(function, List.of())), CHECK, Optional.empty());
  }

  /** How a function that was begun ended; empty while it has not. One that was killed has exited. */
  public static Optional<Outcome> outcome(Node node, Pid running) {
    ProgramClaims here = node.owned(ProgramClaims.class);
    Outcome outcome = here.ended.remove(running);
    if (outcome == null && !node.processes().isAlive(running)) {
      return Optional.of(
          new Outcome.Raised(
              Outcome.ExceptionClass.EXIT,
              Atom.of("killed"),
              beamyard.simulator.term.ListTerm.empty()));
    }
    return Optional.ofNullable(outcome);
  }

  /** Leaves the outcome of a function where it is found. */
  private static final class Check implements Routine {
    private final Routine function;

    Check(Routine function) {
      this.function = function;
    }

    @Override
    public Outcome run(ProcessContext self) {
      Outcome outcome = function.run(self);
      if (outcome instanceof Outcome.Returned || outcome instanceof Outcome.Raised) {
        self.owned(ProgramClaims.class).ended.put(self.self(), outcome);
        return new Outcome.Returned(Atom.OK);
      }
      return outcome;
    }

    @Override
    public void bringUpToDate(UnaryOperator<Term> present) {
      function.bringUpToDate(present);
    }

    @Override
    public Routine copy() {
      return new Check(function.copy());
    }
  }
}
