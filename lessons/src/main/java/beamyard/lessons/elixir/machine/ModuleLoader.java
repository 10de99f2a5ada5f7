package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.Atom;
import java.util.Optional;

/** Finds the code of modules that every node can load when they are first used. */
@FunctionalInterface
public interface ModuleLoader {
  /** The module of a name; empty if there is none. The same name always gives the same code. */
  Optional<CompiledModule> load(Atom name);
}
