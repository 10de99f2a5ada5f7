package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Environment.VariableKey;
import beamyard.lessons.elixir.core.Variable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The place that an expansion has come to: the environment there, which aliases, imports and matches change as it goes. */
final class Scope {
  Environment env;

  /** The stack trace that {@code __STACKTRACE__} means; set in rescue and catch clauses. */
  @Nullable Variable stacktrace;

  /** Whether {@code __CALLER__} can be used: in bodies of macros. */
  @Nullable Variable caller;

  Scope(Environment env) {
    this.env = env;
  }

  /** An inner scope: what it defines is not seen outside. */
  Scope fork() {
    return fork(env);
  }

  Scope fork(Environment environment) {
    var inner = new Scope(environment);
    inner.stacktrace = stacktrace;
    inner.caller = caller;
    return inner;
  }

  @Nullable Variable find(VariableKey key) {
    return env.variables().get(key);
  }

  Variable bind(VariableKey key) {
    var variable = new Variable(key.name().name());
    var bound = new LinkedHashMap<VariableKey, Variable>();
    bound.put(key, variable);
    bindAll(bound);
    return variable;
  }

  void bindAll(Map<VariableKey, Variable> bound) {
    if (!bound.isEmpty()) {
      var changed = new LinkedHashMap<>(env.variables());
      changed.putAll(bound);
      env = env.withVariables(changed);
    }
  }
}
