package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.inspect.AtomText;
import beamyard.lessons.elixir.inspect.InspectOptions;
import beamyard.lessons.elixir.inspect.Inspector;
import beamyard.lessons.elixir.inspect.Layout;
import beamyard.lessons.elixir.inspect.Surroundings.StructShape;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code inspect}: in Java as long as nothing in the term is printed by Elixir code, else by {@code Inspect.Algebra}. */
final class Inspecting {
  private static final Atom ALGEBRA = Atom.of("Elixir.Inspect.Algebra");

  private Inspecting() {}

  static void define(BuiltinTable table) {
    table.defineBlocking("Elixir.Kernel", "inspect", 1, (self, a) -> inspect(self, a[0], Nil.NIL));
    table.defineBlocking("Elixir.Kernel", "inspect", 2, (self, a) -> inspect(self, a[0], a[1]));
    table.define(
        "beamyard",
        "format_doc",
        2,
        (_, a) -> Bits.of(Layout.format(DocTerms.doc(a[0]), width(a[1]))));
    table.define(
        "beamyard",
        "doc_pieces",
        2,
        (_, a) ->
            ListTerm.of(
                Layout.pieces(DocTerms.doc(a[0]), width(a[1])).stream()
                    .<Term>map(Bits::of)
                    .toList()));
    table.define(
        "beamyard",
        "plain_doc",
        2,
        (self, a) -> DocTerms.term(inspector(self).doc(a[0], options((MapTerm) a[1]))));
    table.define(
        "beamyard",
        "struct_fields",
        1,
        (self, a) -> fields(self, Arguments.atom(a[0])).<Term>map(ListTerm::of).orElse(Atom.NIL));
    table.define(
        "beamyard",
        "prints_itself",
        1,
        (self, a) -> Atom.of(a[0] instanceof Atom module && printsItself(self, module)));
    table.define(
        "Elixir.Macro",
        "inspect_atom",
        2,
        (_, a) ->
            Bits.of(
                switch (Arguments.atom(a[0]).name()) {
                  case "literal" -> AtomText.inspect(Arguments.atom(a[1]));
                  case "key" -> AtomText.key(Arguments.atom(a[1]));
                  default -> AtomText.function(Arguments.atom(a[1]));
                }));
  }

  private static Routine inspect(ProcessContext self, Term term, Term options) {
    if (!(options instanceof MapTerm || options instanceof ListTerm)) {
      throw Raise.error(Atom.of("function_clause"));
    }
    MapTerm map = options instanceof MapTerm given ? given : optionMap(Arguments.list(options));
    boolean pretty = map.get(Atom.of("pretty")) == Atom.TRUE;
    InspectOptions decoded = options(map);
    try {
      return new Immediate(
          Bits.of(
              inspector(self).text(term, pretty ? decoded : decoded.withWidth(Layout.UNLIMITED))));
    } catch (Inspector.NeedsElixir _) {
      return self.call(ALGEBRA, Atom.of("__inspect__"), List.of(term, map));
    }
  }

  /** {@code %Inspect.Opts{}} with some options set. */
  private static MapTerm optionMap(List<Term> options) {
    MapTerm map =
        MapTerm.of(
            Atom.of("__struct__"),
            Atom.of("Elixir.Inspect.Opts"),
            Atom.of("base"),
            Atom.of("decimal"),
            Atom.of("binaries"),
            Atom.of("infer"),
            Atom.of("char_lists"),
            Atom.of("infer"),
            Atom.of("charlists"),
            Atom.of("infer"),
            Atom.of("custom_options"),
            Nil.NIL,
            Atom.of("inspect_fun"),
            new beamyard.simulator.term.ExternalFun(
                Atom.of("Elixir.Inspect"), Atom.of("inspect"), 2),
            Atom.of("limit"),
            SmallInt.of(50),
            Atom.of("pretty"),
            Atom.FALSE,
            Atom.of("printable_limit"),
            SmallInt.of(4096),
            Atom.of("safe"),
            Atom.TRUE,
            Atom.of("structs"),
            Atom.TRUE,
            Atom.of("syntax_colors"),
            Nil.NIL,
            Atom.of("width"),
            SmallInt.of(80));
    for (Term option : options) {
      if (option instanceof Tuple pair && pair.size() == 2) {
        map = map.put(pair.get(0), pair.get(1));
      }
    }
    return map;
  }

  private static InspectOptions options(MapTerm map) {
    return new InspectOptions(
        number(map, "limit", 50),
        number(map, "printable_limit", 4096),
        width(map.get(Atom.of("width")) instanceof Term width ? width : SmallInt.of(80)),
        switch (name(map, "charlists")) {
          case "as_lists" -> InspectOptions.Charlists.AS_LISTS;
          case "as_charlists" -> InspectOptions.Charlists.AS_CHARLISTS;
          default -> InspectOptions.Charlists.INFER;
        },
        switch (name(map, "binaries")) {
          case "as_binaries" -> InspectOptions.Binaries.AS_BINARIES;
          case "as_strings" -> InspectOptions.Binaries.AS_STRINGS;
          default ->
              name(map, "base").equals("decimal") || name(map, "base").isEmpty()
                  ? InspectOptions.Binaries.INFER
                  : InspectOptions.Binaries.AS_BINARIES;
        },
        switch (name(map, "base")) {
          case "hex" -> InspectOptions.Base.HEX;
          case "octal" -> InspectOptions.Base.OCTAL;
          case "binary" -> InspectOptions.Base.BINARY;
          default -> InspectOptions.Base.DECIMAL;
        },
        map.get(Atom.of("structs")) == Atom.FALSE
            ? InspectOptions.Structs.AS_MAPS
            : InspectOptions.Structs.PRINT);
  }

  private static String name(MapTerm map, String key) {
    return map.get(Atom.of(key)) instanceof Atom value ? value.name() : "";
  }

  private static int number(MapTerm map, String key, int fallback) {
    Term value = map.get(Atom.of(key));
    return value == null
        ? fallback
        : value instanceof SmallInt number ? (int) number.value() : InspectOptions.UNLIMITED;
  }

  private static int width(Term term) {
    return term instanceof SmallInt width ? (int) width.value() : Layout.UNLIMITED;
  }

  static Inspector inspector(ProcessContext self) {
    return new Inspector(NodeNumbers.of(self, module -> shape(self, module)));
  }

  private static StructShape shape(ProcessContext self, Atom module) {
    if (printsItself(self, module)) {
      return new StructShape.OwnImplementation();
    }
    return fields(self, module)
        .<StructShape>map(StructShape.Fields::new)
        .orElseGet(StructShape.Unknown::new);
  }

  private static boolean printsItself(ProcessContext self, Atom module) {
    String name = module.name();
    return name.startsWith("Elixir.")
        && self.owned(CodeServer.class)
            .find(Atom.of("Elixir.Inspect." + name.substring("Elixir.".length())))
            .isPresent();
  }

  /** The fields of a struct in the order of its definition; empty if the module defines none. */
  private static Optional<List<Atom>> fields(ProcessContext self, Atom module) {
    Term struct =
        self.owned(CodeServer.class)
            .find(module)
            .map(CompiledModule::info)
            .map(CompiledModule.Info::struct)
            .orElse(Atom.NIL);
    if (!(struct instanceof ListTerm infos)) {
      return Optional.empty();
    }
    var names = new ArrayList<Atom>();
    for (Term info : infos) {
      if (info instanceof MapTerm map && map.get(Atom.of("field")) instanceof Atom field) {
        names.add(field);
      }
    }
    return Optional.of(names);
  }
}
