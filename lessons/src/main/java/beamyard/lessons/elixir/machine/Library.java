package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.Atom;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Modules shared by all nodes of all simulations: the standard library. Each is loaded when it is first asked for and
 * kept;
 * since a name always gives the same code, nobody can observe when that was.
 */
public final class Library {
  private final ModuleLoader loader;
  private final ConcurrentHashMap<Atom, CompiledModule> modules = new ConcurrentHashMap<>();

  public Library(ModuleLoader loader) {
    this.loader = loader;
  }

  /** A library without modules. */
  public static Library empty() {
    return new Library(_ -> Optional.empty());
  }

  public Optional<CompiledModule> find(Atom name) {
    CompiledModule known = modules.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<CompiledModule> loaded = loader.load(name);
    loaded.ifPresent(module -> modules.putIfAbsent(name, module));
    return loaded.map(_ -> modules.get(name));
  }
}
