package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the modules of Elixir 1.14 and OTP 25 export, as written down from the real ones ({@code exports.txt}): with it a
 * function that the yard does not have yet is told from one that never was. Those that OTP has given up are in {@code
 * removed.txt}: module, function, arity, and what a real node says of them.
 */
public final class RealExports {
  private static final String FILE = "exports.txt";
  private static final String REMOVED = "removed.txt";

  /** In place of a function's name or arity: whatever it is. */
  private static final String ANY = "_";

  private final Map<Atom, Module> modules = new LinkedHashMap<>();
  private final Set<Atom> names = new LinkedHashSet<>();
  private final List<Removed> removed = new ArrayList<>();

  /** A function or macro. */
  public record Export(Atom name, int arity) {}

  /** A function, or several, that earlier releases had, and what a real node says of them. */
  private record Removed(Atom module, String function, String arity, String text) {
    private boolean isOf(Atom otherModule, Atom otherFunction, long otherArity) {
      return module == otherModule
          && (function.equals(ANY) || function.equals(otherFunction.name()))
          && (arity.equals(ANY) || arity.equals(Long.toString(otherArity)));
    }
  }

  /**
   * What one module exports; {@code hidden} is without documentation, and no part of the share that the yard states.
   *
   * @param name as Elixir prints it
   */
  public record Module(
      String name,
      Atom atom,
      List<Export> functions,
      List<Export> macros,
      List<Export> hidden,
      List<Export> deprecated) {
    private boolean has(Export export) {
      return functions.contains(export) || macros.contains(export) || hidden.contains(export);
    }
  }

  private RealExports() {}

  /** Reads the list that belongs to this program. */
  public static RealExports load() {
    var real = new RealExports();
    for (String line : StdlibSources.resource(FILE).lines().toList()) {
      String[] words = line.split(" ");
      if (words[0].equals("modules")) {
        for (String name : words) {
          real.names.add(atom(name));
        }
      } else {
        real.add(words);
      }
    }
    for (String line : StdlibSources.resource(REMOVED).lines().toList()) {
      String[] words = line.split(" ", 4);
      real.removed.add(new Removed(atom(words[0]), words[1], words[2], words[3]));
    }
    return real;
  }

  private void add(String[] words) {
    Module module =
        modules.computeIfAbsent(
            atom(words[0]),
            atom ->
                new Module(
                    words[0],
                    atom,
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>()));
    List<Export> row =
        switch (words[1]) {
          case "functions" -> module.functions();
          case "macros" -> module.macros();
          case "hidden" -> module.hidden();
          case "deprecated" -> module.deprecated();
          default -> throw new AssertionError(FILE + ": " + words[1]);
        };
    for (int i = 2; i < words.length; i++) {
      int slash = words[i].lastIndexOf('/');
      row.add(
          new Export(
              Atom.of(words[i].substring(0, slash)),
              Integer.parseInt(words[i].substring(slash + 1))));
    }
  }

  private static Atom atom(String text) {
    return Atom.of(text.startsWith(":") ? text.substring(1).replace("\"", "") : "Elixir." + text);
  }

  /** The modules whose exports are written down, in the order of the list. */
  public List<Module> modules() {
    return List.copyOf(modules.values());
  }

  /** Whether Elixir or OTP come with a module of that name. */
  private boolean isModule(Atom name) {
    return modules.containsKey(name) || names.contains(name);
  }

  private boolean isFunction(Atom module, Atom function, int arity) {
    Module known = modules.get(module);
    return known != null && known.has(new Export(function, arity));
  }

  /** What a real node says of a function that is there no more; empty for all others. */
  private Optional<Term> removed(Atom module, Atom function, long arity) {
    return removed.stream()
        .filter(each -> each.isOf(module, function, arity))
        .findFirst()
        .map(each -> Bits.of(each.text()));
  }

  /** What a mistyped name may have meant, those that are deprecated left out; empty for a module not written down. */
  private Optional<ListTerm> suggestions(Atom name) {
    Module module = modules.get(name);
    if (module == null) {
      return Optional.empty();
    }
    var pairs = new ArrayList<Term>();
    for (List<Export> row : List.of(module.functions(), module.macros(), module.hidden())) {
      for (Export export : row) {
        if (!module.deprecated().contains(export)) {
          pairs.add(Tuple.of(export.name(), SmallInt.of(export.arity())));
        }
      }
    }
    return Optional.of(ListTerm.of(pairs));
  }

  static void define(BuiltinTable table) {
    table.define(
        "beamyard",
        "real_module",
        1,
        (_, a) -> Atom.of(a[0] instanceof Atom module && Loaded.REAL.isModule(module)));
    table.define(
        "beamyard",
        "real_function",
        3,
        (_, a) ->
            Atom.of(
                a[0] instanceof Atom module
                    && a[1] instanceof Atom function
                    && a[2] instanceof SmallInt arity
                    && Loaded.REAL.isFunction(module, function, (int) arity.value())));
    table.define(
        "beamyard",
        "removed_function",
        3,
        (_, a) ->
            Loaded.REAL
                .removed(Arguments.atom(a[0]), Arguments.atom(a[1]), ((SmallInt) a[2]).value())
                .orElse(Atom.NIL));
    table.define(
        "beamyard",
        "real_exports",
        1,
        (_, a) ->
            Loaded.REAL.suggestions(Arguments.atom(a[0])).<Term>map(it -> it).orElse(Atom.NIL));
  }

  /** Read when somebody first calls what is not there. */
  private static final class Loaded {
    static final RealExports REAL = load();
  }
}
