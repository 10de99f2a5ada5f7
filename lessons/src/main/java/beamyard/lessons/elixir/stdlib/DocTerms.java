package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.inspect.Doc;
import beamyard.lessons.elixir.inspect.Layout;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/** Documents as terms, in the shapes that {@code Inspect.Algebra} gives them, and back. */
final class DocTerms {
  private DocTerms() {}

  static Doc doc(Term term) {
    return switch (term) {
      case Bits text -> Doc.text(text.text());
      case Atom atom when atom == Atom.of("doc_nil") -> Doc.Empty.EMPTY;
      case Atom atom when atom == Atom.of("doc_line") -> Doc.Line.LINE;
      case Tuple tuple when tuple.size() > 1 -> tagged(tuple);
      default -> throw Raise.badarg();
    };
  }

  private static Doc tagged(Tuple tuple) {
    return switch (Arguments.atom(tuple.get(0)).name()) {
      case "doc_string" ->
          new Doc.Text(
              Arguments.text(tuple.get(1)),
              Arguments.size(tuple.get(2)),
              Doc.Text.Measure.CHARACTERS);
      case "doc_cons" -> new Doc.Concat(doc(tuple.get(1)), doc(tuple.get(2)));
      case "doc_nest" ->
          new Doc.Nest(
              doc(tuple.get(1)),
              indent(tuple.get(2)),
              name(tuple, 3).equals("break") ? Doc.Nest.When.BREAK : Doc.Nest.When.ALWAYS);
      case "doc_break" ->
          new Doc.Break(
              Arguments.text(tuple.get(1)),
              name(tuple, 2).equals("flex") ? Doc.Break.Kind.FLEX : Doc.Break.Kind.STRICT);
      case "doc_group" ->
          new Doc.Group(
              doc(tuple.get(1)),
              name(tuple, 2).equals("inherit") ? Doc.Group.Mode.INHERIT : Doc.Group.Mode.SELF);
      case "doc_color" -> doc(tuple.get(1));
      case "doc_force" -> new Doc.ForceUnfit(doc(tuple.get(1)));
      case "doc_fits" ->
          new Doc.NextBreakFits(
              doc(tuple.get(1)),
              name(tuple, 2).equals("enabled")
                  ? Doc.NextBreakFits.Mode.ENABLED
                  : Doc.NextBreakFits.Mode.DISABLED);
      case "doc_limit" ->
          new Doc.Limit(
              doc(tuple.get(1)),
              tuple.get(2) instanceof SmallInt width ? (int) width.value() : Layout.UNLIMITED);
      case "doc_collapse" -> new Doc.CollapseLines(Arguments.size(tuple.get(1)));
      default -> throw Raise.badarg();
    };
  }

  private static String name(Tuple tuple, int index) {
    return Arguments.atom(tuple.get(index)).name();
  }

  private static int indent(Term term) {
    return switch (term) {
      case SmallInt by -> (int) by.value();
      case Atom cursor when cursor.name().equals("cursor") -> Doc.Nest.CURSOR;
      case Atom reset when reset.name().equals("reset") -> Doc.Nest.RESET;
      default -> throw Raise.badarg();
    };
  }

  static Term term(Doc doc) {
    return switch (doc) {
      case Doc.Empty _ -> Atom.of("doc_nil");
      case Doc.Line _ -> Atom.of("doc_line");
      case Doc.Text(String text, int length, Doc.Text.Measure measure) ->
          measure == Doc.Text.Measure.BYTES
              ? Bits.of(text)
              : Tuple.of(Atom.of("doc_string"), Bits.of(text), SmallInt.of(length));
      case Doc.Concat(Doc left, Doc right) ->
          Tuple.of(Atom.of("doc_cons"), term(left), term(right));
      case Doc.Nest(Doc inner, int by, Doc.Nest.When when) ->
          Tuple.of(
              Atom.of("doc_nest"),
              term(inner),
              switch (by) {
                case Doc.Nest.CURSOR -> Atom.of("cursor");
                case Doc.Nest.RESET -> Atom.of("reset");
                default -> SmallInt.of(by);
              },
              Atom.of(lower(when)));
      case Doc.Break(String text, Doc.Break.Kind kind) ->
          Tuple.of(Atom.of("doc_break"), Bits.of(text), Atom.of(lower(kind)));
      case Doc.Group(Doc inner, Doc.Group.Mode mode) ->
          Tuple.of(Atom.of("doc_group"), term(inner), Atom.of(lower(mode)));
      case Doc.ForceUnfit(Doc inner) -> Tuple.of(Atom.of("doc_force"), term(inner));
      case Doc.NextBreakFits(Doc inner, Doc.NextBreakFits.Mode mode) ->
          Tuple.of(Atom.of("doc_fits"), term(inner), Atom.of(lower(mode)));
      case Doc.Limit(Doc inner, int width) ->
          Tuple.of(
              Atom.of("doc_limit"),
              term(inner),
              width == Layout.UNLIMITED ? Atom.of("infinity") : SmallInt.of(width));
      case Doc.CollapseLines(int max) -> Tuple.of(Atom.of("doc_collapse"), SmallInt.of(max));
    };
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }
}
