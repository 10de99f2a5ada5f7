package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a function keeps its values. Registers are given out like a stack: on entering a scope one for each variable bound in it,
 * above them temporaries.
 */
final class Registers {
  private final Assembler code;

  /** The function, as errors of ours name it. */
  private final String function;

  private final Map<Variable, Integer> places = new IdentityHashMap<>(); // lookups only
  private final Map<Variable, Integer> bound = new IdentityHashMap<>(); // lookups only
  private final List<Visible> visible = new ArrayList<>();
  private int top;
  private int most;

  private record Visible(Variable variable, int operand, int start) {}

  Registers(Assembler code, String function) {
    this.code = code;
    this.function = function;
  }

  void reserve(int count) {
    top += count;
    most = Math.max(most, top);
  }

  int temporary() {
    reserve(1);
    return top - 1;
  }

  int mark() {
    return top;
  }

  void release(int mark) {
    top = mark;
  }

  void declare(List<Pattern> ofPatterns, List<Core> expressions) {
    for (Variable variable : Scopes.bound(ofPatterns, expressions)) {
      places.put(variable, temporary());
    }
  }

  void leave(int mark, int known) {
    while (visible.size() > known) {
      Visible last = visible.removeLast();
      code.visible(last.variable(), last.operand(), last.start());
      bound.remove(last.variable());
    }
    top = mark;
  }

  boolean isBound(Variable variable) {
    return bound.containsKey(variable);
  }

  int operandOf(Variable variable) {
    Integer operand = bound.get(variable);
    if (operand == null) {
      throw new AssertionError("used before it is bound: " + variable + " in " + function);
    }
    return operand;
  }

  int registerOf(Variable variable) {
    return places.get(variable);
  }

  void bind(Variable variable, int operand) {
    bound.put(variable, operand);
    visible.add(new Visible(variable, operand, code.here()));
  }

  /** A variable whose value is known while compiling. */
  void bindConstant(Variable variable, Term value) {
    bound.put(variable, code.constant(value));
  }

  /** How many variables can be seen now: what {@link #leave} goes back to. */
  int seen() {
    return visible.size();
  }

  /** How many registers the function needs at most. */
  int frameSize() {
    return most;
  }
}
