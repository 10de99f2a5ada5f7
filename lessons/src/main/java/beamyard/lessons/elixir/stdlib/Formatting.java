package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.formatter.FormatOptions;
import beamyard.lessons.elixir.formatter.FormatOptions.Blocks;
import beamyard.lessons.elixir.formatter.FormatOptions.Modifiers;
import beamyard.lessons.elixir.formatter.Formatter;
import beamyard.lessons.elixir.formatter.LocalCall;
import beamyard.lessons.elixir.formatter.Normalizer;
import beamyard.lessons.elixir.formatter.Normalizer.Escapes;
import beamyard.lessons.elixir.inspect.Doc;
import beamyard.lessons.elixir.inspect.InspectOptions;
import beamyard.lessons.elixir.inspect.Inspector;
import beamyard.lessons.elixir.inspect.Layout;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.syntax.Comment;
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
import java.util.List;

/** {@code Macro.to_string} and what {@code Code} offers to write source text. */
final class Formatting {
  private Formatting() {}

  static void define(BuiltinTable table) {
    table.define(
        "Elixir.Macro",
        "to_string",
        1,
        (self, a) -> Bits.of(Formatter.text(a[0], options(self, Nil.NIL))));
    table.define("beamyard", "quoted_to_algebra", 2, (self, a) -> algebra(self, a[0], a[1]));
    table.define("beamyard", "format_quoted", 3, (self, a) -> pieces(self, a[0], a[1], a[2]));
  }

  private static Term algebra(ProcessContext self, Term quoted, Term given) {
    FormatOptions options = options(self, given);
    Escapes escapes =
        option(given, "escape", Atom.TRUE) == Atom.FALSE ? Escapes.WRITTEN : Escapes.NEEDED;
    Term normal = new Normalizer(options, escapes).normalized(quoted);
    List<Comment> comments = comments(option(given, "comments", Nil.NIL));
    return DocTerms.term(Formatter.document(normal, comments, options));
  }

  private static Term pieces(ProcessContext self, Term wrapped, Term comments, Term given) {
    FormatOptions options = options(self, given);
    Doc doc = Formatter.document(wrapped, comments(comments), options);
    List<String> pieces = Layout.pieces(doc, options.lineLength());
    return ListTerm.of(pieces.stream().<Term>map(Bits::of).toList());
  }

  private static FormatOptions options(ProcessContext self, Term given) {
    Term length = option(given, "line_length", SmallInt.of(98));
    return new FormatOptions(
        length instanceof SmallInt columns ? (int) columns.value() : Layout.UNLIMITED,
        localCalls(option(given, "locals_without_parens", Nil.NIL)),
        option(given, "force_do_end_blocks", Atom.FALSE) == Atom.TRUE
            ? Blocks.FORCED
            : Blocks.AS_WRITTEN,
        option(given, "normalize_bitstring_modifiers", Atom.TRUE) == Atom.FALSE
            ? Modifiers.AS_WRITTEN
            : Modifiers.NORMALIZED,
        term -> shown(self, term));
  }

  /** A term that is no code as it is printed; structs that Elixir code prints, as maps. */
  private static String shown(ProcessContext self, Term term) {
    Inspector inspector = Inspecting.inspector(self);
    try {
      return inspector.text(term, InspectOptions.ONE_LINE);
    } catch (Inspector.NeedsElixir _) {
      return Inspector.inspect(term, InspectOptions.ONE_LINE);
    }
  }

  private static Term option(Term options, String key, Term absent) {
    for (Term element : Arguments.list(options)) {
      if (element instanceof Tuple pair && pair.size() == 2 && pair.get(0) == Atom.of(key)) {
        return pair.get(1);
      }
    }
    return absent;
  }

  private static List<LocalCall> localCalls(Term keywords) {
    var calls = new ArrayList<LocalCall>();
    for (Term element : Arguments.list(keywords)) {
      Tuple pair = (Tuple) element;
      int arity = pair.get(1) instanceof SmallInt number ? (int) number.value() : LocalCall.ANY;
      calls.add(new LocalCall(Arguments.atom(pair.get(0)).name(), arity));
    }
    return calls;
  }

  private static List<Comment> comments(Term maps) {
    return Arguments.list(maps).stream().map(map -> comment((MapTerm) map)).toList();
  }

  private static Comment comment(MapTerm map) {
    return new Comment(
        Arguments.size(map.get(Atom.of("line"))),
        map.get(Atom.of("column")) instanceof SmallInt column ? (int) column.value() : 1,
        Arguments.size(map.get(Atom.of("previous_eol_count"))),
        Arguments.size(map.get(Atom.of("next_eol_count"))),
        Arguments.text(map.get(Atom.of("text"))));
  }
}
