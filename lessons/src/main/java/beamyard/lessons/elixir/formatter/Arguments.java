package beamyard.lessons.elixir.formatter;

import beamyard.lessons.elixir.formatter.Containers.Ending;
import beamyard.lessons.elixir.inspect.Doc;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The arguments of one call, without its parentheses. */
final class Arguments {
  private final Writer writer;
  private final Meta meta;
  private final boolean omitsParens;
  private final Place place;

  Arguments(Writer writer, Meta meta, boolean omitsParens, Place place) {
    this.writer = writer;
    this.meta = meta;
    this.omitsParens = omitsParens;
    this.place = place;
  }

  /**
   * The last argument of a call: an expression, or the pairs that stand there without brackets.
   *
   * @param pairs null if it is an expression; may also be the clauses of a function type
   */
  record LastArgument(Term argument, @Nullable List<Term> pairs) {
    static LastArgument of(Term last, Keywords keywords, boolean omitsParens, Remarks remarks) {
      if (last instanceof Cons list) {
        return new LastArgument(last, Form.isPairs(list) ? list.toList() : null);
      }
      if (keywords == Keywords.WITHOUT_BRACKETS
          && Form.wrapped(last) instanceof Cons list
          && Form.isPairs(list)
          && !(omitsParens && isCommented(Form.of(last), list, remarks))) {
        return new LastArgument(last, list.toList());
      }
      return new LastArgument(last, null);
    }

    /** Whether there is a comment before the first pair, which only brackets can hold. */
    private static boolean isCommented(Form block, Cons list, Remarks remarks) {
      Form key = Form.of(((Tuple) list.head()).get(0));
      return remarks.followBefore(block.meta().line(), key == null ? Meta.LAST : key.meta().line());
    }

    boolean hangs(Writer writer) {
      return pairs == null && writer.hangs(argument);
    }
  }

  /** Whether each is in a line of its own, so that they are to stay so. */
  static boolean areOnTheirLines(List<Term> arguments) {
    Set<Integer> lines = new HashSet<>(); // lookups only
    int count = 0;
    for (Term argument : arguments) {
      Meta place = placeOf(argument);
      if (place.knowsLine()) {
        if (!lines.add(place.line())) {
          return false;
        }
        count++;
      }
    }
    return count > 1;
  }

  private static Meta placeOf(Term argument) {
    Term first = argument;
    while (first instanceof Cons list) {
      first = list.head();
    }
    Form form = Form.of(Form.isPair(first) ? ((Tuple) first).get(0) : first);
    return form == null ? Meta.NONE : form.meta();
  }

  /** Arguments of which the last ones are keywords: these may go on in the line of the others. */
  Doc withKeywords(List<Term> left, List<Term> pairs, boolean manyLines) {
    Join leftJoin = areOnTheirLines(left) || manyLines ? Join.LINE : Join.BREAK;
    Doc first =
        writer
            .containers
            .elements(
                left,
                meta.without(Meta.CLOSING),
                leftJoin,
                Ending.COMMA,
                omitsParens,
                argument -> writer.write(argument, place))
            .doc();
    boolean ownLines =
        areOnTheirLines(pairs)
            || areOnTheirLines(Stream.concat(left.stream(), pairs.stream()).toList())
            || manyLines;
    Join pairJoin = ownLines ? Join.LINE : Join.BREAK;
    Doc rest =
        writer
            .containers
            .elements(
                pairs,
                meta,
                pairJoin,
                Ending.NONE,
                false,
                argument -> writer.write(argument, place))
            .doc();
    Doc separated = Doc.concat(ownLines ? Doc.Line.LINE : Doc.strictBreak(" "), rest);
    if (omitsParens) {
      Doc hanging = Docs.nextBreakFits(new Doc.Group(separated, Doc.Group.Mode.INHERIT));
      return Doc.nestBroken(Doc.concat(first, hanging), Doc.Nest.CURSOR);
    }
    Doc nested = Doc.concat(Doc.nestBroken(separated, 2), Doc.strictBreak(""));
    Doc hanging = Docs.nextBreakFits(new Doc.Group(nested, Doc.Group.Mode.INHERIT));
    return Doc.concat(Doc.nestBroken(first, 2), hanging);
  }

  Doc all(List<Term> arguments, Join join, boolean hangs) {
    Doc doc =
        writer
            .containers
            .elements(
                arguments,
                meta,
                join,
                hangs ? Ending.NEXT_BREAK_FITS : Ending.NONE,
                omitsParens,
                argument -> writer.write(argument, place))
            .doc();
    Doc open = Docs.ungrouped(doc);
    return omitsParens
        ? Doc.nestBroken(open, Doc.Nest.CURSOR)
        : Doc.concat(Doc.nestBroken(open, 2), Doc.strictBreak(""));
  }
}
