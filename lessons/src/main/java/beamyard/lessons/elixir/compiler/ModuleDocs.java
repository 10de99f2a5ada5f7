package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code @doc}, {@code @spec} and their like say of a module while its body is evaluated, and what is kept of it.
 *
 * @see <a href="https://hexdocs.pm/elixir/1.14/Code.html#fetch_docs/1">Elixir, Code.fetch_docs/1</a>
 */
final class ModuleDocs {
  private static final Atom DOC = Atom.of("doc");
  private static final Atom TYPEDOC = Atom.of("typedoc");
  private static final Atom MODULEDOC = Atom.of("moduledoc");
  private static final Atom HIDDEN = Atom.of("hidden");
  private static final Atom NONE = Atom.of("none");
  private static final String LIBRARY = "lib/";
  private static final String MODULE = "elixir_docs";

  private final SequencedMap<Key, Entry> entries = new LinkedHashMap<>();
  private final List<Term> typespecs = new ArrayList<>();
  private final SequencedMap<Atom, MapTerm> pending = new LinkedHashMap<>();

  /** The kinds of {@code Code.fetch_docs/1}, in its order. */
  enum Kind {
    FUNCTION,
    MACRO,
    CALLBACK,
    MACROCALLBACK,
    TYPE
  }

  private record Key(Kind kind, NameArity name) {}

  /**
   * One function, callback or type.
   *
   * @param arguments as the clause has them that names them; empty for callbacks and types
   */
  private record Entry(int line, List<Term> arguments, Term text, MapTerm metadata) {}

  ModuleDocs copy() {
    var copy = new ModuleDocs();
    copy.entries.putAll(entries);
    copy.typespecs.addAll(typespecs);
    copy.pending.putAll(pending);
    return copy;
  }

  /** Whether the modules of a file are the library's, whose help is written elsewhere. */
  static boolean isLibrary(String file) {
    return file.startsWith(LIBRARY);
  }

  /** {@code @doc since: "1.2"}: metadata of what is documented next; {@code false} if it is not metadata. */
  boolean noted(Atom attribute, Term value) {
    boolean isDocumentation = attribute == DOC || attribute == TYPEDOC || attribute == MODULEDOC;
    if (!isDocumentation || !(value instanceof ListTerm pairs) || !Quoted.isKeywords(pairs)) {
      return false;
    }
    MapTerm all = pending.getOrDefault(attribute, MapTerm.EMPTY);
    for (Term pair : pairs) {
      all = all.put(((Tuple) pair).get(0), ((Tuple) pair).get(1));
    }
    pending.put(attribute, all);
    return true;
  }

  private MapTerm taken(Atom attribute) {
    MapTerm all = pending.remove(attribute);
    return all == null ? MapTerm.EMPTY : all;
  }

  /** A clause of a public function or macro, with the attributes set at that place. */
  void function(
      Kind kind,
      NameArity name,
      int line,
      List<Term> arguments,
      int defaults,
      SequencedMap<Atom, Term> attributes) {
    var key = new Key(kind, name);
    Entry before = entries.get(key);
    MapTerm metadata = before == null ? MapTerm.EMPTY : before.metadata();
    for (String attribute : List.of("deprecated", "since")) {
      Term value = attributes.get(Atom.of(attribute));
      if (value != null) {
        metadata = metadata.put(Atom.of(attribute), value);
      }
    }
    if (defaults > 0) {
      metadata = metadata.put(Atom.of("defaults"), SmallInt.of(defaults));
    }
    MapTerm noted = taken(DOC);
    for (Term each : noted.keys()) {
      metadata = metadata.put(each, noted.get(each));
    }
    Term text = text(attributes.get(DOC));
    boolean isImplementation =
        attributes.get(Atom.of("impl")) instanceof Term it && it != Atom.FALSE;
    if (text == NONE && isImplementation) {
      text = HIDDEN;
    }
    entries.put(
        key,
        before == null
            ? new Entry(line, arguments, text, metadata)
            : new Entry(
                before.line(),
                ArgumentNames.merged(before.arguments(), arguments),
                text == NONE ? before.text() : text,
                metadata));
  }

  /** A {@code @spec}, {@code @callback} or {@code @type}, as it is written. */
  private void typespec(String word, NameArity name, Term form, int line, Term text) {
    typespecs.add(Tuple.of(Atom.of(word), name.name(), SmallInt.of(name.arity()), form));
    switch (word) {
      case "type" -> describe(Kind.TYPE, name, line, text, taken(TYPEDOC));
      case "opaque" ->
          describe(Kind.TYPE, name, line, text, taken(TYPEDOC).put(Atom.of("opaque"), Atom.TRUE));
      case "callback" -> describe(Kind.CALLBACK, name, line, text, taken(DOC));
      case "macrocallback" -> describe(Kind.MACROCALLBACK, name, line, text, taken(DOC));
      default -> {} // @spec and @typep have no documentation of their own
    }
  }

  private void describe(Kind kind, NameArity name, int line, Term text, MapTerm metadata) {
    entries.put(new Key(kind, name), new Entry(line, List.of(), text, metadata));
  }

  private static Term text(@Nullable Term attribute) {
    return switch (attribute) {
      case Bits text -> MapTerm.of(Bits.of("en"), text);
      case Atom atom when atom == Atom.FALSE -> HIDDEN;
      case null, default -> NONE;
    };
  }

  /**
   * What is kept in the module: {@code {documentation, typespecs}}.
   *
   * @param line where {@code @moduledoc} is; 0 if there is none
   */
  Term kept(Draft draft, int line, Modules modules) {
    var all = new ArrayList<Term>();
    entries.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<Key, Entry> each) -> each.getKey().kind())
                .thenComparing(each -> each.getKey().name().name().name())
                .thenComparing(each -> each.getKey().name().arity()))
        .forEach(each -> all.add(entry(each.getKey(), each.getValue(), modules)));
    Term documentation =
        Tuple.of(
            Atom.of("docs_v1"),
            SmallInt.of(line > 0 ? line : draft.start().line()),
            Atom.of("elixir"),
            Bits.of("text/markdown"),
            text(draft.attributes().get(MODULEDOC)),
            taken(MODULEDOC),
            ListTerm.of(all));
    return Tuple.of(documentation, ListTerm.of(typespecs));
  }

  private static Term entry(Key key, Entry entry, Modules modules) {
    boolean isFunction = key.kind() == Kind.FUNCTION || key.kind() == Kind.MACRO;
    Term head =
        Tuple.of(key.name().name(), Nil.NIL, ListTerm.of(ArgumentNames.shown(entry.arguments())));
    return Tuple.of(
        Tuple.of(
            Atom.of(key.kind().name().toLowerCase(Locale.ROOT)),
            key.name().name(),
            SmallInt.of(key.name().arity())),
        SmallInt.of(entry.line()),
        isFunction ? ListTerm.of(Bits.of(modules.source(head))) : ListTerm.of(),
        entry.text(),
        entry.metadata());
  }

  static void define(BuiltinTable table) {
    table.define(MODULE, "describe", 4, ModuleDocs::describe);
    table.define(MODULE, "fetch", 1, (self, arguments) -> part(self, arguments[0], 0));
    table.define(MODULE, "typespecs", 1, (self, arguments) -> part(self, arguments[0], 1));
    table.define(
        MODULE,
        "keep",
        1,
        (self, arguments) -> {
          CodeServer server = self.owned(CodeServer.class);
          server.find((Atom) arguments[0]).ifPresent(server::keepFile);
          return Atom.OK;
        });
  }

  /** {@code @spec form} and its like; the documentation before it is its own. */
  private static Term describe(ProcessContext self, Term[] arguments) {
    Draft draft = CompilerBuiltins.draft(self, arguments[0]);
    String word = ((Atom) arguments[1]).name();
    Term form = arguments[2];
    boolean isType = word.equals("type") || word.equals("opaque");
    Atom attribute = isType ? TYPEDOC : DOC;
    Term text = text(draft.attributes().get(attribute));
    Drafts drafts = Compiler.of(self).drafts();
    Typespecs.head(form)
        .ifPresent(
            name ->
                drafts
                    .docs(draft.name())
                    .typespec(word, name, form, (int) ((SmallInt) arguments[3]).value(), text));
    if (isType || word.endsWith("callback")) {
      drafts.update(draft.name(), current -> current.withoutAttribute(attribute));
      drafts.notes(draft.name()).taken(attribute.name());
    }
    return Atom.OK;
  }

  /** Of a module that is in a file, as those of the project are; else {@code nil}. */
  private static Term part(ProcessContext self, Term module, int index) {
    return self.owned(CodeServer.class)
        .inFile((Atom) module)
        .map(found -> found.info().documentation())
        .filter(kept -> kept != Atom.NIL)
        .map(kept -> ((Tuple) kept).get(index))
        .orElse(Atom.NIL);
  }
}
