package beamyard.lessons.elixir.formatter;

import beamyard.lessons.elixir.formatter.Weaver.Piece;
import beamyard.lessons.elixir.formatter.Weaver.Woven;
import beamyard.lessons.elixir.inspect.Doc;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import java.util.function.Function;

/** {@code fn}, function types and the clauses of these and of {@code do} blocks. */
final class Functions {
  /** {@code left -> body}. */
  private record Clause(Meta meta, List<Term> left, Term body) {
    static Clause of(Term term) {
      Form form = Form.of(term);
      return new Clause(form.meta(), ((ListTerm) form.argument(0)).toList(), form.argument(1));
    }

    Clause endingBefore(int line) {
      return new Clause(meta.closingIn(line), left, body);
    }
  }

  private static final Doc EMPTY_LINE = Doc.nest(Doc.strictBreak(""), Doc.Nest.RESET);

  private final Writer writer;

  Functions(Writer writer) {
    this.writer = writer;
  }

  Doc function(Form fn) {
    List<Clause> clauses = clauses(fn.arguments());
    int lastLine = fn.meta().closingLine();
    Clause only = clauses.getFirst();
    if (clauses.size() == 1 && only.left().isEmpty()) {
      Doc body = writer.blocks.block(only.body(), only.meta().line(), lastLine);
      return function(Doc.text("fn ->"), body, clauses);
    }
    if (clauses.size() == 1 && !writer.endsLine(fn.meta())) {
      Doc left = arguments(only.left(), only.meta().line());
      Doc body = writer.blocks.block(only.body(), only.meta().line(), lastLine);
      Doc arrow = Doc.concat(Docs.ungrouped(left), Doc.text(" ->"));
      Doc head = Doc.group(Doc.nest(arrow, Doc.Nest.CURSOR));
      return function(Doc.concat(Doc.text("fn "), head), body, clauses);
    }
    return enclosed("fn", written(clauses, fn.meta().line(), lastLine), "end");
  }

  private Doc function(Doc head, Doc body, List<Clause> clauses) {
    Doc separator = separator(clauses);
    Doc inside = Doc.nest(Doc.concat(Doc.concat(head, separator), body), 2);
    return forced(Doc.concat(Doc.concat(inside, separator), Doc.text("end")), clauses);
  }

  private static Doc enclosed(String open, Doc clauses, String close) {
    Doc inside = Doc.nest(Doc.line(Doc.text(open), clauses), 2);
    return Docs.forced(Doc.line(inside, Doc.text(close)));
  }

  /** Clauses between parentheses, as types of functions are. */
  Doc type(List<Term> terms, int firstLine, int lastLine) {
    List<Clause> clauses = clauses(terms);
    if (clauses.size() > 1) {
      return enclosed("(", written(clauses, firstLine, lastLine), ")");
    }
    Clause only = clauses.getFirst();
    int line = only.meta().line();
    if (only.left().isEmpty()) {
      Doc body = writer.blocks.block(only.body(), line, lastLine);
      Doc nested = Doc.nest(body, Doc.Nest.CURSOR);
      return forced(Doc.concat(Doc.concat(Doc.text("(() -> "), nested), Doc.text(")")), clauses);
    }
    Doc left = arguments(only.left(), line);
    Doc body = writer.blocks.block(only.body(), line, lastLine);
    Doc head = Doc.group(Doc.concat(Docs.ungrouped(left), Doc.text(" ->")));
    Doc rest = Doc.nest(Doc.concat(separator(clauses), body), 2);
    return forced(Docs.parens(Doc.concat(head, rest)), clauses);
  }

  // Clauses

  private static List<Clause> clauses(List<Term> terms) {
    return terms.stream().map(Clause::of).toList();
  }

  /** The clauses of a section of a {@code do} block. */
  Doc clauses(List<Term> terms, int firstLine, int lastLine) {
    return written(clauses(terms), firstLine, lastLine);
  }

  private Doc written(List<Clause> clauses, int firstLine, int lastLine) {
    Doc all = Docs.EMPTY;
    for (int i = 0; i < clauses.size(); i++) {
      Clause clause = clauses.get(i);
      boolean last = i == clauses.size() - 1;
      Doc doc = clause(last ? clause.endingBefore(lastLine) : clause, firstLine);
      all = i == 0 ? doc : Doc.line(Doc.concat(all, EMPTY_LINE), doc);
    }
    return forced(all, clauses);
  }

  private Doc clause(Clause clause, int firstLine) {
    Meta meta = clause.meta();
    if (clause.left().isEmpty()) {
      Doc body = writer.blocks.block(clause.body(), meta.line(), meta.closingLine());
      return Doc.nest(Docs.glue(Doc.text("() ->"), body), 2);
    }
    writer.nestOperands(2);
    Doc left = arguments(clause.left(), firstLine);
    writer.nestOperands(-2);
    Doc body = writer.blocks.block(clause.body(), firstLine, meta.closingLine());
    Doc head = Doc.group(Doc.concat(Docs.ungrouped(left), Doc.text(" ->")));
    Doc rest = Doc.nest(Doc.concat(Doc.strictBreak(" "), body), 2);
    return Doc.concat(head, rest);
  }

  private Doc separator(List<Clause> clauses) {
    return takesLines(clauses) ? Doc.Line.LINE : Doc.strictBreak(" ");
  }

  private Doc forced(Doc doc, List<Clause> clauses) {
    return Doc.group(takesLines(clauses) ? Docs.forced(doc) : doc);
  }

  private boolean takesLines(List<Clause> clauses) {
    return clauses.stream()
        .anyMatch(clause -> writer.endsLine(clause.meta()) || hasManyExpressions(clause.body()));
  }

  private static boolean hasManyExpressions(Term body) {
    Form block = Form.of(body);
    return block != null && block.head() == Form.BLOCK && block.arity() > 1;
  }

  // The left sides of clauses

  private Doc arguments(List<Term> left, int firstLine) {
    Woven woven =
        writer.weaver.weave(
            List.of((Term) ListTerm.of(left)),
            List.of(),
            Function.identity(),
            firstLine,
            Meta.FIRST,
            (term, _) -> Piece.of(arguments(left)));
    return woven.hasComments() ? Docs.lines(woven.docs()) : Docs.glued(woven.docs());
  }

  Doc arguments(List<Term> left) {
    if (left.isEmpty()) {
      return Doc.text("()");
    }
    Form guard = left.size() == 1 ? Form.of(left.getFirst()) : null;
    if (guard == null || guard.head() != Form.WHEN || guard.arity() < 1) {
      return writer.many(left, term -> writer.write(term, Place.NO_PARENS_ARGUMENT));
    }
    List<Term> parts = guard.arguments();
    ListTerm patterns = ListTerm.of(parts.subList(0, parts.size() - 1));
    Term arguments = Tuple.of(Writer.CLAUSE_ARGUMENTS, guard.meta().list(), ListTerm.of(patterns));
    return writer.operations.binary(
        Form.WHEN, "when", guard.meta(), arguments, parts.getLast(), Place.NO_PARENS_ARGUMENT);
  }
}
