package beamyard.lessons.elixir.compiler;

import beamyard.simulator.term.Atom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The macros of {@code Kernel}, by name and number of arguments. */
final class KernelMacros {
  private static final Map<String, KernelMacro> MACROS = all();

  private KernelMacros() {}

  static @Nullable KernelMacro find(Atom name, int arity) {
    return MACROS.get(name.name() + "/" + arity);
  }

  private static Map<String, KernelMacro> all() {
    var macros = new LinkedHashMap<String, KernelMacro>();
    ControlMacros.addTo(macros);
    OperatorMacros.addTo(macros);
    AccessMacros.addTo(macros);
    SigilMacros.addTo(macros);
    DefinitionMacros.addTo(macros);
    ProtocolMacros.addTo(macros);
    return Collections.unmodifiableMap(macros);
  }
}
