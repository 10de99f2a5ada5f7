package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.lessons.elixir.machine.Library;
import beamyard.lessons.elixir.machine.Machine;
import beamyard.lessons.elixir.machine.ModuleLoader;
import beamyard.lessons.elixir.syntax.ParseOptions;
import beamyard.lessons.elixir.syntax.Parser;
import beamyard.lessons.elixir.syntax.Source;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The library's modules as Elixir text. Each is compiled when it is first asked for, without a node.
 *
 * <p>Definitions stand at the start of a line and end with an {@code end} at the start of a line, so that a file can be
 * indexed without being parsed.
 */
public final class ElixirLibrary implements ModuleLoader {
  private static final Pattern DEFINITION =
      Pattern.compile(
          "^(?:defmodule|defprotocol) ([:A-Za-z0-9_.]+) do.*|^defimpl ([A-Za-z0-9_.]+), for: (.+?),? do.*");

  private final Map<Atom, Chunk> index = new LinkedHashMap<>();
  private final Map<Atom, CompiledModule> compiled = new LinkedHashMap<>();
  private final Set<Chunk> done = new LinkedHashSet<>();
  private final CodeServer code;

  /** One definition in a file. */
  private record Chunk(String file, int line, String text) {}

  /**
   * A library of some files.
   *
   * @param sources the texts of the files, by the names that stack traces show
   */
  public ElixirLibrary(SequencedMap<String, String> sources, BuiltinTable builtins) {
    sources.forEach(this::index);
    this.code = new CodeServer(new Library(this), builtins);
  }

  private void index(String file, String text) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher matcher = DEFINITION.matcher(lines.get(i));
      if (!matcher.matches()) {
        continue;
      }
      int start = i;
      while (!lines.get(i).equals("end") && !(i == start && lines.get(i).endsWith(" end"))) {
        i++;
      }
      var chunk = new Chunk(file, start + 1, String.join("\n", lines.subList(start, i + 1)));
      for (Atom name : names(matcher)) {
        index.put(name, chunk);
      }
    }
  }

  private static List<Atom> names(Matcher definition) {
    if (definition.group(1) != null) {
      return List.of(name(definition.group(1)));
    }
    var names = new ArrayList<Atom>();
    for (String target : definition.group(3).replaceAll("[\\[\\]]", "").split(",\\s*")) {
      names.add(ProtocolMacros.implementationOf(name(definition.group(2)), name(target)));
    }
    return names;
  }

  private static Atom name(String text) {
    return Atom.of(text.startsWith(":") ? text.substring(1) : "Elixir." + text);
  }

  /** All modules that can be loaded by name, in the order of the sources. */
  public List<Atom> names() {
    return List.copyOf(index.keySet());
  }

  @Override
  public synchronized Optional<CompiledModule> load(Atom name) {
    CompiledModule known = compiled.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Chunk chunk = index.get(name);
    for (String outer = name.name(); chunk == null && outer.lastIndexOf('.') > 0; ) {
      outer = outer.substring(0, outer.lastIndexOf('.'));
      Chunk around = index.get(Atom.of(outer));
      if (around != null && around.text().indexOf("defmodule", 1) > 0) {
        chunk = around;
      }
    }
    if (chunk != null && done.add(chunk)) {
      compile(chunk);
    }
    return Optional.ofNullable(compiled.get(name));
  }

  private void compile(Chunk chunk) {
    Term quoted =
        Parser.quoted(new Source(chunk.file(), chunk.text(), chunk.line(), 1), ParseOptions.LINES);
    var compiler = new Compiler();
    var process = new CompilingProcess(code, compiler);
    Environment env = Environment.of(chunk.file());
    try {
      Compiler.CompiledExpression expression = compiler.compileExpression(process, quoted, env);
      Outcome outcome =
          process.finish(
              new Machine()
                  .evaluate(expression.core(), new LinkedHashMap<>(), List.of(), chunk.file()));
      if (outcome instanceof Outcome.Raised(var _, Term reason, Term trace)) {
        throw new AssertionError(chunk.file() + ":" + chunk.line() + ": " + reason + " " + trace);
      }
    } catch (beamyard.lessons.elixir.machine.Raise raise) {
      throw new AssertionError(chunk.file() + ":" + chunk.line() + ": " + raise.reason());
    }
    for (CompiledModule module : code.loaded()) {
      compiled.putIfAbsent(module.name(), module);
    }
  }

  /** Compiles modules outside of the library, as a file of a project that needs no node. */
  public static List<CompiledModule> compile(String text, String file, BuiltinTable builtins) {
    var sources = new LinkedHashMap<String, String>();
    sources.put(file, text);
    var library = new ElixirLibrary(sources, builtins);
    return library.names().stream().map(name -> library.load(name).orElseThrow()).toList();
  }
}
