package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.simulator.term.Atom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeMap;

/** What one file, or one module typed at a prompt, has aliased, imported and called. */
final class LexicalTracker {
  private final TreeMap<String, Unused> aliases = new TreeMap<>();
  private final TreeMap<String, Import> imports = new TreeMap<>();
  private final List<RemoteCall> calls = new ArrayList<>();

  private record Unused(String file, int line) {}

  /**
   * An import.
   *
   * @param only the names that it asks for; empty if it takes all
   * @param used which were used
   */
  private record Import(
      String file, int line, List<NameArity> only, SequencedSet<NameArity> used) {}

  /** A call of a function of another module, to be looked at when all modules are there. */
  record RemoteCall(Atom caller, Atom module, NameArity function, Warning at) {}

  LexicalTracker copy() {
    var copy = new LexicalTracker();
    copy.aliases.putAll(aliases);
    imports.forEach(
        (name, it) ->
            copy.imports.put(
                name, new Import(it.file(), it.line(), it.only(), new LinkedHashSet<>(it.used()))));
    copy.calls.addAll(calls);
    return copy;
  }

  void aliased(Atom alias, Environment env, int line) {
    aliases.put(Warning.shown(alias.name()), new Unused(env.file(), line));
  }

  void usedAlias(Atom alias) {
    aliases.remove(Warning.shown(alias.name()));
  }

  void imported(Atom module, List<NameArity> only, Environment env, int line) {
    imports.put(
        Warning.shown(module.name()), new Import(env.file(), line, only, new LinkedHashSet<>()));
  }

  void usedImport(Atom module, Atom name, int arity) {
    Import known = imports.get(Warning.shown(module.name()));
    if (known != null) {
      known.used().add(new NameArity(name, arity));
    }
  }

  void called(List<RemoteCall> more) {
    calls.addAll(more);
  }

  List<RemoteCall> calls() {
    return List.copyOf(calls);
  }

  /** What is to be said when the file has been compiled. */
  List<Warning> unused() {
    var warnings = new ArrayList<Warning>();
    aliases.forEach(
        (name, at) -> warnings.add(new Warning("unused alias " + name, at.file(), at.line(), "")));
    imports.forEach(
        (name, it) -> {
          if (it.used().isEmpty()) {
            warnings.add(new Warning("unused import " + name, it.file(), it.line(), ""));
          } else {
            for (NameArity function : it.only()) {
              if (!it.used().contains(function)) {
                warnings.add(
                    new Warning(
                        "unused import " + name + "." + function, it.file(), it.line(), ""));
              }
            }
          }
        });
    return warnings;
  }
}
