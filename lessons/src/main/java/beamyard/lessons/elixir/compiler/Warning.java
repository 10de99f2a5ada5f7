package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.core.SourcePath;
import java.util.Optional;

/**
 * What the compiler has to say of code that compiles.
 *
 * @param message without the word {@code warning}; may have several lines
 * @param file where the code is
 * @param line 0 if it is unknown
 * @param function what Elixir shows of where it is in: a function, a module, or nothing
 */
record Warning(String message, String file, int line, String function) {
  /** Of a place of which Elixir tells the line only. */
  static Warning atLine(Environment env, int line, String message) {
    return new Warning(message, env.file(), line, "");
  }

  /** Of a place in a function or the body of a module. */
  static Warning in(Environment env, int line, String message) {
    return new Warning(message, env.file(), line, function(env));
  }

  /** Of a module as a whole. */
  static Warning ofModule(Environment env, int line, String message) {
    String module = env.module().map(name -> shown(name.name()) + " (module)").orElse("");
    return new Warning(message, env.file(), line, module);
  }

  private static String function(Environment env) {
    Optional<NameArity> function = env.function();
    return env.module()
        .map(
            module ->
                shown(module.name())
                    + function
                        .map(name -> "." + name.name().name() + "/" + name.arity())
                        .orElse(""))
        .orElse("");
  }

  static String shown(String module) {
    return module.startsWith("Elixir.") ? module.substring(7) : ":" + module;
  }

  /** The place, as {@code file:line: Module.function/arity}. */
  String place() {
    return SourcePath.shown(file)
        + (line == 0 ? "" : ":" + line)
        + (function.isEmpty() ? "" : ": " + function);
  }

  /** As it is printed. */
  String text() {
    return "warning: " + message + "\n  " + place() + "\n\n";
  }
}
