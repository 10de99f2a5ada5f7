package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.Atom;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions written in Java, by module, name and arity. A module may have both these and functions in Elixir; the
 * ones
 * in Elixir come first.
 */
public final class BuiltinTable {
  /** The name of a function. */
  public record Name(Atom module, Atom function, int arity) {}

  private final Map<Name, Builtin> builtins = new LinkedHashMap<>();
  private final Map<Name, BlockingBuiltin> blocking = new LinkedHashMap<>();
  private final Set<Atom> modules = new LinkedHashSet<>();

  /**
   * Defines a function; module as in Erlang: {@code "lists"}, {@code "Elixir.String"}. Twice the same name is a
   * mistake of ours.
   */
  public BuiltinTable define(String module, String function, int arity, Builtin builtin) {
    if (builtins.put(new Name(Atom.of(module), Atom.of(function), arity), builtin) != null) {
      throw new AssertionError("defined twice: " + module + "." + function + "/" + arity);
    }
    modules.add(Atom.of(module));
    return this;
  }

  public BuiltinTable defineBlocking(
      String module, String function, int arity, BlockingBuiltin builtin) {
    if (blocking.put(new Name(Atom.of(module), Atom.of(function), arity), builtin) != null) {
      throw new AssertionError("defined twice: " + module + "." + function + "/" + arity);
    }
    modules.add(Atom.of(module));
    return this;
  }

  public @Nullable Builtin builtin(Name name) {
    return builtins.get(name);
  }

  public @Nullable BlockingBuiltin blocking(Name name) {
    return blocking.get(name);
  }

  /** Whether a module has any function here. */
  public boolean hasModule(Atom module) {
    return modules.contains(module);
  }

  /** All names, in the order of definition. */
  public Iterable<Name> names() {
    var names = new java.util.ArrayList<>(builtins.keySet());
    names.addAll(blocking.keySet());
    return names;
  }
}
