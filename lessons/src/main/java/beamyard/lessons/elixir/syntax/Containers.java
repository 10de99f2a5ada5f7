package beamyard.lessons.elixir.syntax;

import beamyard.lessons.elixir.syntax.Expression.Shape;
import beamyard.lessons.elixir.syntax.Grammar.Blocks;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Literals, lists, tuples, bitstrings, maps, structs and arguments in parentheses. */
final class Containers {
  private final Grammar grammar;
  private final TokenStream tokens;
  private final Forms forms;

  Containers(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
    this.forms = grammar.forms;
  }

  /** Everything that starts an expression and is neither an operator nor a name. */
  Expression literal() {
    grammar.enter(Grammar.NESTED);
    Expression literal = literalAt(tokens.token());
    grammar.leave(Grammar.NESTED);
    return literal;
  }

  private Expression literalAt(Token token) {
    return switch (token.kind()) {
      case OPEN_PAREN -> grammar.clauses.parenthesis(Grammar.ParenRole.NONE).single();
      case FN -> access(grammar.clauses.function());
      case OPEN_BRACKET -> access(list());
      case OPEN_CURLY -> access(tuple());
      case OPEN_BIT -> access(bitstring());
      case MAP -> {
        tokens.take();
        tokens.takeIf(TokenKind.EOL);
        yield access(map());
      }
      case STRUCT -> access(struct());
      default -> access(simple(token));
    };
  }

  private Term simple(Token token) {
    Term term =
        switch (token.kind()) {
          case INT, FLT -> {
            var number = (Token.Number) token.payload();
            yield forms.number(number.value(), token, number.written());
          }
          case CHAR -> {
            var character = (Token.Character) token.payload();
            yield forms.number(SmallInt.of(character.codePoint()), token, character.written());
          }
          case TRUE -> forms.literal(Atom.TRUE, token);
          case FALSE -> forms.literal(Atom.FALSE, token);
          case NIL -> forms.literal(Atom.NIL, token);
          case ATOM -> forms.literal(token.atom(), token);
          case ATOM_QUOTED -> forms.literal(token.atom(), token, forms.quotes("\""));
          case ATOM_UNSAFE -> forms.atom(token, forms.quotes("\""), parts(token.parts()));
          case ALIAS ->
              Forms.form(
                  Forms.ALIASES,
                  forms.lastSegment(forms.meta(token), token),
                  ListTerm.of(token.atom()));
          case BIN_STRING, BIN_HEREDOC -> string(token);
          case LIST_STRING, LIST_HEREDOC -> charlist(token);
          case SIGIL -> forms.sigil(token, (Token.Sigil) token.payload(), parts(token.parts()));
          case RANGE_OP -> Forms.form(Operator.RANGE.atom(), forms.meta(token), ListTerm.empty());
          default -> throw tokens.unexpected();
        };
    tokens.take();
    return term;
  }

  private static Expression access(Term term) {
    return new Expression(term, Shape.ACCESS);
  }

  // Texts

  private Term string(Token token) {
    List<Part> parts = token.parts();
    return parts.size() == 1 && parts.getFirst() instanceof Part.Literal(var bytes)
        ? forms.literal(bytes, token, quotes(token, "\""))
        : forms.binary(token, quotes(token, "\""), parts(parts));
  }

  private ListTerm quotes(Token token, String quote) {
    return switch (token.kind()) {
      case BIN_HEREDOC, LIST_HEREDOC ->
          forms.heredocQuotes(quote.repeat(3), ((Token.Text) token.payload()).indentation());
      default -> forms.quotes(quote);
    };
  }

  private Term charlist(Token token) {
    List<Part> parts = token.parts();
    if (parts.size() == 1 && parts.getFirst() instanceof Part.Literal(var bytes)) {
      if (!Bits.of(bytes.text()).equals(bytes)) {
        throw new SyntaxFailure(
            token.line(), token.column(), "invalid UTF-8 in charlist: ", bytes.text());
      }
      ListTerm characters = ListTerm.of(bytes.text().codePoints().mapToObj(SmallInt::of).toList());
      return forms.literal(characters, token, quotes(token, "'"));
    }
    List<Term> terms = new ArrayList<>(parts.size());
    for (Part part : parts) {
      terms.add(
          switch (part) {
            case Part.Literal(var bytes) -> bytes;
            case Part.Interpolation code ->
                forms.charlistPart(code, grammar.interpolated(code.tokens()));
            case Part.Raw _ -> throw new AssertionError("left the lexer: " + part);
          });
    }
    return forms.charlist(token, quotes(token, "'"), terms);
  }

  private List<Term> parts(List<Part> parts) {
    List<Term> terms = new ArrayList<>(parts.size());
    for (Part part : parts) {
      terms.add(
          switch (part) {
            case Part.Literal(var bytes) -> bytes;
            case Part.Interpolation code ->
                forms.interpolated(code, grammar.interpolated(code.tokens()));
            case Part.Raw _ -> throw new AssertionError("left the lexer: " + part);
          });
    }
    return terms;
  }

  // Keywords

  /** A keyword key and the line end that may follow it. */
  Term keywordKey() {
    Token key = tokens.take();
    Term term =
        key.kind() == TokenKind.KW_IDENTIFIER
            ? forms.literal(key.atom(), key, Forms.KEYWORD)
            : forms.atom(key, Forms.KEYWORD, parts(key.parts()));
    tokens.takeIf(TokenKind.EOL);
    return term;
  }

  /** What an expression after keywords is: an error that depends on where they are. */
  private interface FollowUp {
    SyntaxFailure after(Token comma);
  }

  /** The pairs of a keyword list up to its closing token, which is left. */
  private List<Term> keywords(FollowUp followUp) {
    List<Term> pairs = new ArrayList<>();
    while (true) {
      Term key = keywordKey();
      pairs.add(Tuple.of(key, element()));
      if (!tokens.is(TokenKind.COMMA)) {
        return pairs;
      }
      Token comma = tokens.take();
      if (closesSomething()) {
        return pairs;
      }
      if (!tokens.kind().isKeywordKey()) {
        Expression next = grammar.expression(Operator.LOWEST, Blocks.OWN);
        throw next.shape() == Shape.NO_PARENS || next.shape() == Shape.UNMATCHED
            ? tokens.unexpected()
            : followUp.after(comma);
      }
    }
  }

  private boolean closesSomething() {
    return switch (tokens.kind()) {
      case CLOSE_PAREN, CLOSE_BRACKET, CLOSE_CURLY, CLOSE_BIT -> true;
      default -> false;
    };
  }

  static SyntaxFailure afterKeywordArguments(Token comma) {
    return new SyntaxFailure(
        comma.line(),
        comma.column(),
        """
        unexpected expression after keyword list. Keyword lists must always come as the last argument. Therefore, \
        this is not allowed:

            function_call(1, some: :option, 2)

        Instead, wrap the keyword in brackets:

            function_call(1, [some: :option], 2)

        Syntax error after:\s""",
        "','");
  }

  private static SyntaxFailure afterKeywordData(Token comma) {
    return new SyntaxFailure(
        comma.line(),
        comma.column(),
        """
        unexpected expression after keyword list. Keyword lists must always come last in lists and maps. Therefore, \
        this is not allowed:

            [some: :value, :another]
            %{some: :value, another => value}

        Instead, reorder it to be the last entry:

            [:another, some: :value]
            %{another => value, some: :value}

        Syntax error after:\s""",
        "','");
  }

  // Elements

  /** An element of a container, which must not be a call with many arguments without parentheses. */
  private Term element() {
    Expression element = grammar.expression(Operator.LOWEST, Blocks.OWN);
    if (element.shape() == Shape.NO_PARENS) {
      throw grammar.at(
          element.term(),
          """
          unexpected comma. Parentheses are required to solve ambiguity inside containers.

          This error may happen when you forget a comma in a list or other container:

              [a, b c, d]

          Or when you have ambiguous calls:

              [one, two three, four, five]

          In the example above, we don't know if the parameters "four" and "five" belongs to the list or the function \
          "two". You can solve this by explicitly adding parentheses:

              [one, two(three, four), five]

          Elixir cannot compile otherwise. Syntax error before:\s""",
          "','");
    }
    return element.term();
  }

  SyntaxFailure ambiguousCall(Term call) {
    return grammar.at(
        call,
        """
        unexpected comma. Parentheses are required to solve ambiguity in nested calls.

        This error happens when you have nested function calls without parentheses. For example:

            one a, two b, c, d

        In the example above, we don't know if the parameters "c" and "d" apply to the function "one" or "two". You \
        can solve this by explicitly adding parentheses:

            one a, two(b, c, d)

        Or by adding commas (in case a nested call is not intended):

            one, a, two, b, c, d

        Elixir cannot compile otherwise. Syntax error before:\s""",
        "','");
  }

  /** Elements up to a closing token, which is left; a comma and keywords may end them. */
  private List<Term> elements(TokenKind close) {
    List<Term> elements = new ArrayList<>();
    elements.add(element());
    while (tokens.takeIf(TokenKind.COMMA)) {
      if (tokens.is(close)) {
        break;
      }
      if (tokens.kind().isKeywordKey()) {
        elements.add(ListTerm.of(keywords(Containers::afterKeywordData)));
        break;
      }
      elements.add(element());
    }
    return elements;
  }

  private Term list() {
    Token open = tokens.takeOpening();
    List<Term> elements = new ArrayList<>();
    if (tokens.is(TokenKind.CLOSE_BRACKET)) {
      return forms.container(ListTerm.empty(), open, tokens.take());
    }
    do {
      if (tokens.kind().isKeywordKey()) {
        elements.addAll(keywords(Containers::afterKeywordData));
        break;
      }
      elements.add(element());
    } while (tokens.takeIf(TokenKind.COMMA) && !tokens.is(TokenKind.CLOSE_BRACKET));
    Token close = tokens.takeClosing(TokenKind.CLOSE_BRACKET);
    return forms.container(ListTerm.of(elements), open, close);
  }

  private Term tuple() {
    Bracketed inside = between(TokenKind.CLOSE_CURLY);
    List<Term> elements = inside.terms();
    return elements.size() == 2
        ? forms.container(Tuple.of(elements.get(0), elements.get(1)), inside.open(), inside.close())
        : bracketed(Forms.CURLY, inside);
  }

  private Term bitstring() {
    return bracketed(Forms.BITSTRING, between(TokenKind.CLOSE_BIT));
  }

  private Term bracketed(Atom name, Bracketed inside) {
    return Forms.form(
        name, forms.pairMeta(inside.open(), inside.close()), ListTerm.of(inside.terms()));
  }

  /** What stands between two brackets, which are taken. */
  record Bracketed(Token open, List<Term> terms, Token close) {}

  Bracketed between(TokenKind close) {
    Token open = tokens.takeOpening();
    if (tokens.is(close)) {
      return new Bracketed(open, List.of(), tokens.take());
    }
    List<Term> elements = elements(close);
    return new Bracketed(open, elements, tokens.takeClosing(close));
  }

  /** The key between brackets, which are taken. */
  Bracketed key() {
    Token open = tokens.takeOpening(TokenKind.OPEN_BRACKET);
    Term key;
    if (tokens.kind().isKeywordKey()) {
      key = ListTerm.of(keywords(Containers::afterKeywordData));
    } else {
      key = element();
      tokens.takeIf(TokenKind.COMMA);
    }
    return new Bracketed(open, List.of(key), tokens.takeClosing(TokenKind.CLOSE_BRACKET));
  }

  /** The arguments of a call between parentheses, which are taken. */
  Bracketed parenthesisedArguments() {
    Token open = tokens.takeOpening(TokenKind.OPEN_PAREN);
    List<Term> arguments = new ArrayList<>();
    if (tokens.is(TokenKind.CLOSE_PAREN)) {
      return new Bracketed(open, arguments, tokens.take());
    }
    while (true) {
      if (tokens.kind().isKeywordKey()) {
        arguments.add(ListTerm.of(keywords(Containers::afterKeywordArguments)));
        break;
      }
      Expression argument = grammar.expression(Operator.LOWEST, Blocks.OWN);
      if (argument.shape() == Shape.NO_PARENS) {
        if (!arguments.isEmpty() || tokens.is(TokenKind.COMMA)) {
          throw ambiguousCall(argument.term());
        }
        arguments.add(argument.term());
        break;
      }
      arguments.add(argument.term());
      if (!tokens.takeIf(TokenKind.COMMA)) {
        break;
      }
    }
    return new Bracketed(open, arguments, tokens.takeClosing(TokenKind.CLOSE_PAREN));
  }

  // Maps and structs

  private Term struct() {
    Token percent = tokens.take();
    Term name = grammar.structName();
    tokens.takeIf(TokenKind.EOL);
    return Forms.form(Forms.STRUCT, forms.meta(percent), ListTerm.of(name, map()));
  }

  /** A map from its opening brace on. */
  private Term map() {
    Token open = tokens.takeOpening(TokenKind.OPEN_CURLY);
    List<Term> entries = new ArrayList<>();
    if (!tokens.is(TokenKind.CLOSE_CURLY)) {
      Term update = tokens.kind().isKeywordKey() ? null : firstEntry(entries);
      if (update != null) {
        return bracketed(
            Forms.MAP,
            new Bracketed(open, List.of(update), tokens.takeClosing(TokenKind.CLOSE_CURLY)));
      }
      if (entries.isEmpty() || tokens.takeIf(TokenKind.COMMA)) {
        moreEntries(entries);
      }
    }
    return bracketed(
        Forms.MAP, new Bracketed(open, entries, tokens.takeClosing(TokenKind.CLOSE_CURLY)));
  }

  /** The first entry of a map; or, if the map is an update of another, all of it: {@code map | key => value}. */
  private @Nullable Term firstEntry(List<Term> entries) {
    Expression first =
        grammar.operations(grammar.operand(Blocks.OWN), Operator.BAR.precedence() + 1, Blocks.OWN);
    if (!tokens.is(TokenKind.PIPE_OP) || first.shape() == Shape.NO_PARENS) {
      entries.add(entry(grammar.operations(first, Operator.LOWEST, Blocks.OWN)));
      return null;
    }
    Token bar = tokens.takeOperator();
    List<Term> updates = new ArrayList<>();
    if (tokens.kind().isKeywordKey()) {
      updates.addAll(keywords(Containers::afterKeywordData));
    } else {
      Expression key = grammar.expression(Operator.BAR.precedence(), Blocks.OWN);
      if (tokens.token().payload() instanceof Token.Sign(var operator)
          && operator.isBinary()
          && key.shape() != Shape.NO_PARENS) {
        Shape shape = first.shape() == Shape.UNMATCHED ? Shape.UNMATCHED : key.shape().operand();
        Expression all = new Expression(grammar.operation(bar, first.term(), key.term()), shape);
        entries.add(entry(grammar.operations(all, Operator.LOWEST, Blocks.OWN)));
        return null;
      }
      updates.add(entry(key));
      if (tokens.takeIf(TokenKind.COMMA)) {
        moreEntries(updates);
      }
    }
    return Forms.form(
        Operator.BAR.atom(),
        forms.operatorMeta(bar),
        ListTerm.of(first.term(), ListTerm.of(updates)));
  }

  /** Entries after a comma, up to the closing brace, which is left. */
  private void moreEntries(List<Term> entries) {
    while (!tokens.is(TokenKind.CLOSE_CURLY)) {
      if (tokens.kind().isKeywordKey()) {
        entries.addAll(keywords(Containers::afterKeywordData));
        return;
      }
      entries.add(entry(grammar.expression(Operator.LOWEST, Blocks.OWN)));
      if (!tokens.takeIf(TokenKind.COMMA)) {
        return;
      }
    }
  }

  private Term entry(Expression key) {
    if (tokens.is(TokenKind.ASSOC_OP) && key.shape() != Shape.NO_PARENS) {
      tokens.take();
      tokens.takeIf(TokenKind.EOL);
      Expression value = grammar.expression(Operator.LOWEST, Blocks.OWN);
      if (value.shape() == Shape.NO_PARENS) {
        throw tokens.unexpected();
      }
      return Tuple.of(key.term(), value.term());
    }
    if (!key.shape().mayBeMapEntry()) {
      throw tokens.unexpected();
    }
    return key.term();
  }
}
