package beamyard.lessons.elixir.formatter;

import beamyard.lessons.elixir.inspect.Doc;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Strings, charlists, sigils; on one line or several, as heredocs, with interpolation. */
final class Texts {
  static final String DOUBLE = "\"";
  static final String SINGLE = "'";
  static final String HEREDOC = "\"\"\"";
  static final String CHARLIST_HEREDOC = "'''";
  private static final String SIGIL = "sigil_";
  private static final Doc OWN_MARGIN = Doc.nest(Doc.Line.LINE, Doc.Nest.RESET);

  private final Writer writer;

  Texts(Writer writer) {
    this.writer = writer;
  }

  static boolean isHeredoc(String delimiter) {
    return delimiter.equals(HEREDOC) || delimiter.equals(CHARLIST_HEREDOC);
  }

  // Strings

  /** Whether a bitstring is nothing but text. */
  boolean isText(Form bitstring) {
    return bitstring.arity() == 0 || Form.isInterpolated(bitstring.term());
  }

  Doc string(Form bitstring) {
    if (bitstring.arity() == 0) {
      return Doc.text("<<>>");
    }
    return quoted(
        bitstring.arguments(), bitstring.meta().delimiter(), HEREDOC, DOUBLE, Form::interpolation);
  }

  Doc string(Meta meta, String text) {
    return literal(text, meta.delimiter().equals(HEREDOC) ? HEREDOC : DOUBLE);
  }

  /** A charlist between quotes; null if it is to be a list of numbers. */
  @Nullable Doc charlist(Meta meta, ListTerm characters) {
    String delimiter = meta.delimiter();
    if (!delimiter.equals(SINGLE) && !delimiter.equals(CHARLIST_HEREDOC)) {
      return null;
    }
    return literal(text(characters), delimiter);
  }

  /** A charlist with interpolation; null if the parts are none. */
  @Nullable Doc interpolatedCharlist(Meta meta, Term parts) {
    boolean isText =
        parts instanceof ListTerm list
            && list.isProper()
            && list.toList().stream()
                .allMatch(part -> part instanceof Bits || Form.charlistInterpolation(part) != null);
    return isText
        ? quoted(
            ((ListTerm) parts).toList(),
            meta.delimiter(),
            CHARLIST_HEREDOC,
            SINGLE,
            Form::charlistInterpolation)
        : null;
  }

  private static String text(ListTerm characters) {
    var text = new StringBuilder();
    characters.forEach(character -> text.appendCodePoint((int) ((SmallInt) character).value()));
    return text.toString();
  }

  private Doc literal(String text, String delimiter) {
    boolean isHeredoc = isHeredoc(delimiter);
    Doc inside = isHeredoc ? heredoc("\n" + escaped(text, delimiter)) : lines(text, delimiter);
    Doc quotes = Doc.text(delimiter);
    Doc doc = Doc.concat(Doc.concat(quotes, inside), quotes);
    return isHeredoc ? Docs.forced(doc) : doc;
  }

  private Doc quoted(
      List<Term> parts,
      String delimiter,
      String heredoc,
      String quote,
      Function<Term, @Nullable Term> code) {
    if (delimiter.equals(heredoc)) {
      Doc quotes = Doc.text(heredoc);
      return Docs.forced(parts(afterLineEnd(parts), quotes, heredoc, quotes, code));
    }
    Doc quotes = Doc.text(quote);
    return parts(parts, quotes, quote, quotes, code);
  }

  // Sigils

  /** A sigil; null if the call is none that was written as one. */
  @Nullable Doc sigil(Atom name, Form form) {
    String called = name.name();
    boolean isSigil =
        called.length() == SIGIL.length() + 1
            && called.startsWith(SIGIL)
            && form.arity() == 2
            && Form.isCall(form.argument(0), Form.BITSTRING)
            && form.argument(1) instanceof ListTerm
            && form.meta().has(Meta.DELIMITER);
    if (!isSigil) {
      return null;
    }
    String delimiter = form.meta().delimiter();
    List<Term> parts = Form.of(form.argument(0)).arguments();
    String modifiers = text((ListTerm) form.argument(1));
    Doc open = Doc.text("~" + called.charAt(SIGIL.length()) + delimiter);
    if (isHeredoc(delimiter)) {
      Doc close = Doc.text(delimiter + modifiers);
      return Docs.forced(parts(afterLineEnd(parts), open, delimiter, close, Form::interpolation));
    }
    String end = closing(delimiter);
    return parts(parts, open, end, Doc.text(end + modifiers), Form::interpolation);
  }

  private static String closing(String open) {
    return switch (open) {
      case "(" -> ")";
      case "[" -> "]";
      case "{" -> "}";
      case "<" -> ">";
      default -> open;
    };
  }

  // Parts

  Doc interpolated(List<Term> parts, Doc open, String escape, Doc close) {
    return parts(parts, open, escape, close, Form::interpolation);
  }

  private static List<Term> afterLineEnd(List<Term> parts) {
    var all = new ArrayList<>(parts);
    if (!parts.isEmpty() && parts.getFirst() instanceof Bits first) {
      all.set(0, Bits.of("\n" + first.text()));
    } else {
      all.addFirst(Bits.of("\n"));
    }
    return all;
  }

  private Doc parts(
      List<Term> parts, Doc open, String escape, Doc close, Function<Term, @Nullable Term> code) {
    Doc all = open;
    for (Term part : parts) {
      Doc doc =
          part instanceof Bits text
              ? isHeredoc(escape)
                  ? heredoc(escaped(text.text(), escape))
                  : lines(text.text(), escape)
              : interpolation(code.apply(part));
      all = Doc.concat(all, doc);
    }
    return Doc.concat(all, close);
  }

  private Doc interpolation(Term code) {
    Doc inside = writer.interpolated(code);
    return new Doc.Limit(
        Docs.surround("#{", inside, "}"), beamyard.lessons.elixir.inspect.Layout.UNLIMITED);
  }

  private static String escaped(String text, String delimiter) {
    return text.replace(delimiter, "\\" + delimiter);
  }

  /** Text whose further lines begin at the left margin. */
  private static Doc lines(String text, String escape) {
    Doc all = null;
    for (String line : List.of(escaped(text, escape).split("\n", -1)).reversed()) {
      Doc doc = Doc.string(line);
      all = all == null ? doc : Doc.concat(doc, OWN_MARGIN, all);
    }
    return all;
  }

  /** Text of a heredoc: its lines are indented, but for empty ones. */
  private static Doc heredoc(String text) {
    String[] lines = text.split("\n", -1);
    Doc all = Doc.string(lines[lines.length - 1]);
    for (int i = lines.length - 2; i >= 0; i--) {
      boolean emptyFollows = i + 2 < lines.length && lines[i + 1].isEmpty();
      Doc lineEnd = emptyFollows ? OWN_MARGIN : Doc.Line.LINE;
      all =
          lines[i].isEmpty()
              ? Doc.concat(lineEnd, all)
              : Doc.concat(Doc.string(lines[i]), lineEnd, all);
    }
    return all;
  }
}
