package beamyard.lessons.elixir.formatter;

import beamyard.lessons.elixir.formatter.Containers.Elements;
import beamyard.lessons.elixir.formatter.Containers.Ending;
import beamyard.lessons.elixir.inspect.Doc;
import beamyard.lessons.elixir.inspect.Layout;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;

/** {@code <<...>>} with its segments and their modifiers. */
final class Bitstrings {
  private static final List<String> MODIFIERS =
      List.of(
          ("integer float bits bitstring binary bytes utf8 utf16 utf32 signed unsigned little big"
                  + " native _")
              .split(" "));
  private static final Atom MINUS = Atom.of("-");
  private static final Atom TIMES = Atom.of("*");

  /** The index of the left side of a generator, which is no segment of its own. */
  private static final int NOWHERE = -1;

  private record Segment(Term term, int index) {}

  private final Writer writer;

  Bitstrings(Writer writer) {
    this.writer = writer;
  }

  Doc write(Form form) {
    Meta meta = form.meta();
    List<Term> terms = form.arguments();
    int last = terms.size() - 1;
    var segments = new ArrayList<Segment>();
    for (int i = 0; i <= last; i++) {
      segments.add(new Segment(terms.get(i), i));
    }
    Elements elements =
        writer.containers.elements(
            segments,
            Segment::term,
            meta,
            writer.endsLine(meta) ? Join.LINE : Join.FLEX_BREAK,
            Ending.NONE,
            false,
            segment -> segment(segment.term(), segment.index(), last));
    if (elements.join() != Join.FLEX_BREAK) {
      return Docs.surround("<<", elements.doc(), ">>");
    }
    Doc open = Doc.nest(Doc.concat(Doc.text("<<"), elements.doc()), 2);
    return Doc.group(Doc.concat(open, Doc.text(">>")));
  }

  /** The left side of a generator in a bitstring. */
  Doc generatorSegment(Term segment, Term last) {
    return segment(segment, NOWHERE, (int) ((SmallInt) last).value());
  }

  private Doc segment(Term term, int index, int last) {
    Form generator = Form.call(term, Form.GENERATOR, 2);
    if (generator != null) {
      ListTerm meta = generator.meta().list();
      Term left =
          Tuple.of(Writer.SEGMENT, meta, ListTerm.of(generator.argument(0), SmallInt.of(last)));
      Term whole = Tuple.of(Form.GENERATOR, meta, ListTerm.of(left, generator.argument(1)));
      return parens(writer.write(whole, Place.PARENS_ARGUMENT), index, last);
    }
    Form typed = Form.call(term, Form.TYPE, 2);
    if (typed == null) {
      return parens(writer.write(term, Place.PARENS_ARGUMENT), index, last);
    }
    Doc value = writer.write(typed.argument(0), Place.PARENS_ARGUMENT);
    Doc type = type(typed.argument(1));
    return Doc.concat(
        parens(value, index, NOWHERE),
        Doc.concat(Doc.text("::"), index == last ? parens(type, index, last) : type));
  }

  /** Parentheses where the brackets of the bitstring would run into those of the segment. */
  private static Doc parens(Doc doc, int index, int last) {
    if (index != 0 && index != last) {
      return doc;
    }
    String text = Layout.format(doc, Layout.UNLIMITED);
    boolean clashes =
        index == 0 && (text.startsWith("~") || text.startsWith("<<"))
            || index == last && text.endsWith(">>");
    return clashes ? Docs.parens(doc) : doc;
  }

  private Doc type(Term type) {
    Form form = Form.of(type);
    if (form != null && form.arity() == 2 && (form.head() == MINUS || form.head() == TIMES)) {
      Doc left = type(form.argument(0));
      Doc right = modifier(form.argument(1));
      return Doc.concat(Doc.concat(left, Doc.text(((Atom) form.head()).name())), right);
    }
    return modifier(type);
  }

  private Doc modifier(Term modifier) {
    Form form = Form.of(modifier);
    Term normal = modifier;
    if (form != null
        && form.head() instanceof Atom name
        && (form.tail() == Atom.NIL || form.tail() == Nil.NIL)
        && writer.options.modifiers() == FormatOptions.Modifiers.NORMALIZED) {
      Term tail = MODIFIERS.contains(name.name()) ? Atom.NIL : Nil.NIL;
      normal = Tuple.of(name, form.meta().list(), tail);
    }
    return writer.operations.withParensIfOperator(normal, Place.PARENS_ARGUMENT);
  }
}
