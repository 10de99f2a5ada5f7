package beamyard.lessons.elixir.core;

import java.util.List;

/**
 * The body of a {@code defmodule}, opaque to the machine: the compiler that made it compiles it when it is evaluated, since
 * only then are the values of its surroundings and the modules it uses known. Immutable.
 */
public interface ModuleSource {
  /** The variables bound outside that the body uses; their values are handed over when the module is defined. */
  List<Variable> captured();
}
