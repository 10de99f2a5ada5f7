package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.core.Variable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Which variables of the source have been bound, and not used so far. */
final class VariableUse {
  private static final String UNUSED =
      " is unused (if the variable is not meant to be used, prefix it with an underscore)";
  private static final String UNUSED_NEW =
      " is unused (there is a variable with the same name in the context, use the pin operator (^) to match on it or prefix"
          + " this variable with underscore if it is not meant to be used)";

  private record Bound(String name, int line, boolean again, int version) {}

  private final SequencedMap<Variable, Bound> unused = new LinkedHashMap<>();
  private int version;

  /** A place in time: what is bound from now on belongs to the scope that begins here. */
  int mark() {
    return version;
  }

  /**
   * A pattern binds a variable.
   *
   * @param again whether another one of that name could be seen
   */
  void bound(Variable variable, int line, boolean again) {
    if (!variable.name().startsWith("_")) {
      unused.put(variable, new Bound(variable.name(), line, again, version));
    }
    version++;
  }

  void used(Variable variable) {
    unused.remove(variable);
  }

  /** Ends a scope; what was bound in it and is still unused, in Elixir's order. */
  List<Warning> close(int mark, Environment env) {
    var left = new ArrayList<Bound>();
    unused
        .values()
        .removeIf(
            bound -> {
              boolean mine = bound.version() >= mark;
              if (mine) {
                left.add(bound);
              }
              return mine;
            });
    left.sort(Comparator.comparing(Bound::name).thenComparing(Bound::version));
    return left.stream()
        .map(
            bound ->
                Warning.in(
                    env,
                    bound.line(),
                    "variable \"" + bound.name() + "\"" + (bound.again() ? UNUSED_NEW : UNUSED)))
        .toList();
  }
}
