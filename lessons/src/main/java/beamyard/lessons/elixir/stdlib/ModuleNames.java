package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.inspect.InspectOptions;
import beamyard.lessons.elixir.machine.AtomTable;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermCodec;
import beamyard.simulator.term.Tuple;
import java.util.List;

/** Names of modules put together and taken apart, and terms as bytes. */
final class ModuleNames {
  private static final String PREFIX = "Elixir.";

  private ModuleNames() {}

  private static Raise notElixir(ProcessContext self, Term given) {
    String shown = Inspecting.inspector(self).text(given, InspectOptions.ONE_LINE);
    return Raise.error(
        MapTerm.of(
            Atom.of("__struct__"),
            Atom.of("Elixir.ArgumentError"),
            Atom.of("__exception__"),
            Atom.TRUE,
            Atom.of("message"),
            Bits.of("expected an Elixir module, got: " + shown)));
  }

  static void define(BuiltinTable table) {
    table.define("Elixir.Module", "concat", 1, (self, a) -> made(self, Arguments.list(a[0])));
    table.define("Elixir.Module", "concat", 2, (self, a) -> made(self, List.of(a[0], a[1])));
    table.define(
        "Elixir.Module", "safe_concat", 1, (self, a) -> existing(self, Arguments.list(a[0])));
    table.define(
        "Elixir.Module", "safe_concat", 2, (self, a) -> existing(self, List.of(a[0], a[1])));
    table.define(
        "Elixir.Module",
        "split",
        1,
        (self, a) -> {
          String name = a[0] instanceof Atom atom ? atom.name() : Arguments.text(a[0]);
          if (!name.startsWith(PREFIX)) {
            throw notElixir(self, a[0]);
          }
          return ListTerm.of(
              List.of(name.substring(PREFIX.length()).split("\\.")).stream()
                  .<Term>map(Bits::of)
                  .toList());
        });
    table.define(
        "erlang",
        "term_to_binary",
        1,
        (self, a) ->
            Bits.of(TermCodec.encode(a[0], TermCodec.MinorVersion.LATIN1_ATOMS, self.self())));
    table.define(
        "erlang",
        "term_to_binary",
        2,
        (self, a) ->
            Bits.of(
                TermCodec.encode(
                    a[0],
                    switch (Arguments.size(
                        Arguments.option(a[1], "minor_version", SmallInt.of(1)))) {
                      case 0 -> TermCodec.MinorVersion.FLOATS_AS_TEXT;
                      case 1 -> TermCodec.MinorVersion.LATIN1_ATOMS;
                      case 2 -> TermCodec.MinorVersion.UTF8_ATOMS;
                      default -> throw Raise.badarg();
                    },
                    self.self())));
    table.define("erlang", "binary_to_term", 1, (_, a) -> decoded(Arguments.binary(a[0])));
    table.define("erlang", "binary_to_term", 2, ModuleNames::decoded);
    table.define(
        "erlang", "external_size", 1, (_, a) -> SmallInt.of(TermCodec.encode(a[0]).length));
  }

  private static Term decoded(Bits bits) {
    try {
      return TermCodec.decode(bits.toBytes());
    } catch (beamyard.simulator.term.MalformedTermException _) {
      throw Raise.badarg();
    }
  }

  /** With the option {@code safe} a term whose atoms the node does not have is refused. */
  private static Term decoded(ProcessContext self, Term[] a) {
    Term term = decoded(Arguments.binary(a[0]));
    if (Arguments.list(a[1]).contains(Atom.of("safe")) && !hasAtoms(AtomTable.of(self), term)) {
      throw Raise.badarg();
    }
    return term;
  }

  private static boolean hasAtoms(AtomTable table, Term term) {
    return switch (term) {
      case Atom atom -> table.has(atom);
      case Cons cons -> hasAtoms(table, cons.head()) && hasAtoms(table, cons.tail());
      case Tuple tuple -> tuple.elements().stream().allMatch(each -> hasAtoms(table, each));
      case MapTerm map ->
          map.keys().stream()
              .allMatch(key -> hasAtoms(table, key) && hasAtoms(table, map.get(key)));
      default -> true;
    };
  }

  private static Term made(ProcessContext self, List<Term> parts) {
    return AtomTable.of(self).atom(self, concat(parts));
  }

  private static Term existing(ProcessContext self, List<Term> parts) {
    String name = concat(parts);
    try {
      return AtomTable.of(self).existing(name);
    } catch (Raise raise) {
      throw raise.of("erlang", "binary_to_existing_atom", Bits.of(name), Atom.of("utf8"));
    }
  }

  private static String concat(List<Term> parts) {
    var name = new StringBuilder("Elixir");
    for (Term part : parts) {
      String text =
          part instanceof Atom atom ? atom == Atom.NIL ? "" : atom.name() : Arguments.text(part);
      String bare =
          text.equals("Elixir")
              ? ""
              : text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
      if (!bare.isEmpty()) {
        name.append('.').append(bare);
      }
    }
    return name.toString();
  }
}
