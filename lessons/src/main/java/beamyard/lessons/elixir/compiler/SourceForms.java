package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.machine.AtomTable;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.lessons.elixir.syntax.Comment;
import beamyard.lessons.elixir.syntax.LiteralEncoder;
import beamyard.lessons.elixir.syntax.ParseOptions;
import beamyard.lessons.elixir.syntax.ParseOptions.Columns;
import beamyard.lessons.elixir.syntax.ParseOptions.Start;
import beamyard.lessons.elixir.syntax.ParseOptions.Texts;
import beamyard.lessons.elixir.syntax.ParseOptions.Tokens;
import beamyard.lessons.elixir.syntax.Parsed;
import beamyard.lessons.elixir.syntax.Parser;
import beamyard.lessons.elixir.syntax.Source;
import beamyard.lessons.elixir.syntax.SyntaxProblem;
import beamyard.simulator.process.Outcome;
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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code Code.string_to_quoted} and its kin: source text to quoted forms. */
final class SourceForms {
  private static final String NOFILE = "nofile";
  private static final Atom LITERALS = Atom.of("Elixir.Beamyard.Literals");
  private static final Atom MARK = Atom.of("beamyard literal");
  private static final Atom ENCODER = Atom.of("literal_encoder");

  private SourceForms() {}

  static void define(BuiltinTable table) {
    String code = "Elixir.Code";
    table.defineBlocking(code, "string_to_quoted", 1, (self, a) -> answer(self, a[0], Nil.NIL));
    table.defineBlocking(code, "string_to_quoted", 2, (self, a) -> answer(self, a[0], a[1]));
    table.defineBlocking(code, "string_to_quoted!", 1, (self, a) -> form(self, a[0], Nil.NIL));
    table.defineBlocking(code, "string_to_quoted!", 2, (self, a) -> form(self, a[0], a[1]));
    table.defineBlocking(
        "beamyard",
        "quoted_with_comments",
        2,
        (self, a) -> {
          var reading = new Reading(self, a[0], a[1]);
          return reading.routine(
              answer ->
                  ((Tuple) answer).get(0) == Atom.OK
                      ? Tuple.of(Atom.OK, ((Tuple) answer).get(1), reading.comments())
                      : answer);
        });
    table.defineBlocking(
        "beamyard",
        "quoted_with_comments!",
        2,
        (self, a) -> {
          var reading = new Reading(self, a[0], a[1]);
          return reading.routine(answer -> Tuple.of(reading.form(answer), reading.comments()));
        });
  }

  private static Routine answer(ProcessContext self, Term string, Term options) {
    return new Reading(self, string, options).routine(UnaryOperator.identity());
  }

  private static Routine form(ProcessContext self, Term string, Term options) {
    var reading = new Reading(self, string, options);
    return reading.routine(reading::form);
  }

  /** The quoted form of a text that is to be evaluated. */
  static Term parse(ProcessContext self, Term string, Term options) {
    var reading = new Reading(self, string, options);
    return reading.form(reading.answer);
  }

  static String text(Term term) {
    return switch (term) {
      case Bits bits -> bits.text();
      case ListTerm list -> {
        var text = new StringBuilder();
        list.forEach(character -> text.appendCodePoint((int) ((SmallInt) character).value()));
        yield text.toString();
      }
      default -> throw Raise.badarg();
    };
  }

  /** {@code SyntaxError} or {@code TokenMissingError}. */
  static Raise problem(SyntaxProblem problem, Source source) {
    String name =
        switch (problem.kind()) {
          case SYNTAX_ERROR -> "Elixir.SyntaxError";
          case TOKEN_MISSING -> "Elixir.TokenMissingError";
        };
    Term snippet =
        problem
            .snippet(source)
            .<Term>map(
                shown ->
                    MapTerm.of(
                        Atom.of("content"),
                        Bits.of(shown.content()),
                        Atom.of("offset"),
                        SmallInt.of(shown.offset())))
            .orElse(Atom.NIL);
    return Raise.error(
        MapTerm.of(
            Atom.of("__struct__"),
            Atom.of(name),
            Atom.of("__exception__"),
            Atom.TRUE,
            Atom.of("file"),
            Bits.of(source.file()),
            Quoted.LINE,
            SmallInt.of(problem.line()),
            Atom.of("column"),
            problem.column() == 0 ? Atom.NIL : SmallInt.of(problem.column()),
            Atom.of("description"),
            Bits.of(problem.description()),
            Atom.of("snippet"),
            snippet));
  }

  /** One text that is read, with the comments in it. */
  private static final class Reading {
    private final ProcessContext self;
    private final Source source;
    private final @Nullable Term encoder;
    private final List<Comment> comments = new ArrayList<>();
    private final Term answer;
    private @Nullable SyntaxProblem problem;

    Reading(ProcessContext self, Term string, Term options) {
      this.self = self;
      this.source =
          new Source(
              Quoted.get(options, Atom.of("file")) instanceof Bits file ? file.text() : NOFILE,
              text(string),
              number(options, "line"),
              number(options, "column"));
      this.encoder = Quoted.get(options, ENCODER);
      this.answer =
          switch (Parser.parse(source, parseOptions(options), comments::add)) {
            case Parsed.Quoted(Term form) -> {
              if (!(self instanceof CompilingProcess)) {
                AtomTable.of(self).read(form);
              }
              yield Tuple.of(Atom.OK, form);
            }
            case Parsed.Failed(SyntaxProblem found) -> failed(found);
            case Parsed.Incomplete(SyntaxProblem found) -> failed(found);
          };
    }

    private Term failed(SyntaxProblem found) {
      problem = found;
      return Tuple.of(Atom.ERROR, found.toTerm());
    }

    private static int number(Term options, String key) {
      return Quoted.get(options, Atom.of(key)) instanceof SmallInt number
          ? (int) number.value()
          : 1;
    }

    private static boolean isTrue(Term options, String key) {
      return Quoted.get(options, Atom.of(key)) == Atom.TRUE;
    }

    private ParseOptions parseOptions(Term options) {
      return new ParseOptions(
          isTrue(options, "columns") ? Columns.PRESENT : Columns.OMITTED,
          Start.EXPRESSION,
          isTrue(options, "token_metadata") ? Tokens.PRESENT : Tokens.OMITTED,
          Quoted.get(options, Atom.of("unescape")) == Atom.FALSE
              ? Texts.AS_WRITTEN
              : Texts.AS_MEANT,
          encoder == null
              ? LiteralEncoder.NONE
              : encoder instanceof Atom
                  ? LiteralEncoder.BLOCKS
                  : (literal, meta) -> Tuple.of(MARK, meta, ListTerm.of(literal)));
    }

    /** Lets the caller's function encode the literals, if there is one; then makes the answer of a call. */
    Routine routine(UnaryOperator<Term> result) {
      boolean isMarked =
          encoder != null && !(encoder instanceof Atom) && ((Tuple) answer).get(0) == Atom.OK;
      if (!isMarked) {
        return new Immediately(result.apply(answer));
      }
      Term form = ((Tuple) answer).get(1);
      return new Encoding(
          self.call(LITERALS, Atom.of("encode"), List.of(form, MARK, encoder)), result);
    }

    Term form(Term answered) {
      Tuple tuple = (Tuple) answered;
      if (tuple.get(0) == Atom.OK) {
        return tuple.get(1);
      }
      throw SourceForms.problem(problem == null ? refused((Tuple) tuple.get(1)) : problem, source);
    }

    /** The problem of a literal that the caller's function did not take: {@code {meta, message, token}}. */
    private static SyntaxProblem refused(Tuple error) {
      int column =
          Quoted.get(error.get(0), Atom.of("column")) instanceof SmallInt number
              ? (int) number.value()
              : 0;
      return new SyntaxProblem(
          SyntaxProblem.Kind.SYNTAX_ERROR,
          number(error.get(0), "line"),
          column,
          text(error.get(1)),
          Optional.empty(),
          text(error.get(2)));
    }

    Term comments() {
      return ListTerm.of(comments.stream().map(Reading::comment).toList());
    }

    private static Term comment(Comment comment) {
      return MapTerm.of(
          Atom.of("line"),
          SmallInt.of(comment.line()),
          Atom.of("column"),
          SmallInt.of(comment.column()),
          Atom.of("previous_eol_count"),
          SmallInt.of(comment.newlinesBefore()),
          Atom.of("next_eol_count"),
          SmallInt.of(comment.newlinesAfter()),
          Atom.of("text"),
          Bits.of(comment.text()));
    }
  }

  private record Immediately(Term value) implements Routine {
    @Override
    public Outcome run(ProcessContext self) {
      return new Outcome.Returned(value);
    }

    @Override
    public Routine copy() {
      return this;
    }
  }

  /** The literals being encoded by code of the caller. */
  private record Encoding(Routine inner, UnaryOperator<Term> result) implements Routine {
    @Override
    public Outcome run(ProcessContext self) {
      Outcome outcome = inner.run(self);
      return outcome instanceof Outcome.Returned(Term value)
          ? new Outcome.Returned(result.apply(value))
          : outcome;
    }

    @Override
    public Routine copy() {
      return new Encoding(inner.copy(), result);
    }
  }
}
