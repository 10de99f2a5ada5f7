package beamyard.lessons.elixir.syntax;

import beamyard.lessons.elixir.syntax.Expression.Shape;
import beamyard.lessons.elixir.syntax.Grammar.Blocks;
import beamyard.lessons.elixir.syntax.Grammar.ParenRole;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code do} blocks, {@code fn}, parentheses: what holds several expressions or clauses {@code pattern -> body}. */
final class Clauses {
  /**
   * One of them.
   *
   * @param clause null for an expression, else the clause without what may follow its first expression
   */
  private record Item(Term term, @Nullable Clause clause) {}

  private record Clause(ListTerm meta, Term left) {}

  /** {@code do ... end}: its sections as a keyword list. */
  record DoBlock(Token start, Term sections, Token end) {}

  /** A parenthesis: an expression or, if {@code single} is null, the arguments of a clause. */
  record Parenthesis(@Nullable Expression expression, List<Term> many) {
    Expression single() {
      if (expression == null) {
        throw new AssertionError("many where one was asked for");
      }
      return expression;
    }
  }

  private final Grammar grammar;
  private final TokenStream tokens;
  private final Forms forms;

  Clauses(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
    this.forms = grammar.forms;
  }

  /** {@code do ... end} as the last argument of a call. */
  DoBlock doBlock() {
    Token start = tokens.take(TokenKind.DO);
    tokens.takeEndOfExpression();
    List<Term> sections = new ArrayList<>();
    sections.add(Tuple.of(forms.literal(Atom.of("do"), start), section()));
    while (tokens.is(TokenKind.BLOCK_IDENTIFIER)) {
      Token name = tokens.take();
      tokens.takeEndOfExpression();
      sections.add(Tuple.of(forms.literal(name.atom(), name), section()));
    }
    return new DoBlock(start, ListTerm.of(sections), tokens.take(TokenKind.END));
  }

  private Term section() {
    return endsSection() ? Forms.emptyBlock() : block(items());
  }

  private boolean endsSection() {
    return tokens.is(TokenKind.END) || tokens.is(TokenKind.BLOCK_IDENTIFIER);
  }

  private List<Item> items() {
    List<Item> items = new ArrayList<>();
    do {
      items.add(item());
      Token end = tokens.token();
      if (!endsSection() && !tokens.takeEndOfExpression()) {
        throw tokens.unexpected();
      }
      if (!endsSection()) {
        items.add(ended(items.removeLast(), end));
      }
    } while (!endsSection());
    return items;
  }

  /** {@code fn ... end}. */
  Term function() {
    Token fn = tokens.take();
    Token lineEnd = tokens.token();
    if (tokens.takeEndOfExpression()) {
      fn = fn.withNewlines(lineEnd.newlines());
    }
    List<Item> items = new ArrayList<>();
    do {
      items.add(item());
      Token end = tokens.token();
      if (!tokens.is(TokenKind.END) && !tokens.takeEndOfExpression()) {
        throw tokens.unexpected();
      }
      if (!tokens.is(TokenKind.END)) {
        items.add(ended(items.removeLast(), end));
      }
    } while (!tokens.is(TokenKind.END));
    Token close = tokens.take();
    if (!hasClauses(items)) {
      throw new SyntaxFailure(
          fn.line(),
          fn.column(),
          "expected anonymous functions to be defined with -> inside: ",
          "'fn'");
    }
    return Forms.form(Forms.FN, forms.pairMeta(fn, close), clauses(items));
  }

  /** An item that another one follows. */
  private Item ended(Item item, Token end) {
    Term term = forms.ended(item.term(), end);
    return item.clause() == null || term != item.term()
        ? new Item(term, item.clause())
        : new Item(
            term,
            new Clause(forms.endOfExpression(end, item.clause().meta()), item.clause().left()));
  }

  /** An opening parenthesis that belongs to no call, and all up to its end. */
  Parenthesis parenthesis(ParenRole role) {
    grammar.enter(Grammar.NESTED);
    Parenthesis parenthesis = parenthesisFrom(tokens.take(), role);
    grammar.leave(Grammar.NESTED);
    return parenthesis;
  }

  private Parenthesis parenthesisFrom(Token open, ParenRole role) {
    tokens.takeIf(TokenKind.EOL);
    if (tokens.takeIf(TokenKind.CLOSE_PAREN)) {
      return single(Forms.emptyBlock());
    }
    boolean semicolon = tokens.takeIf(TokenKind.SEMICOLON);
    if (semicolon && tokens.is(TokenKind.CLOSE_PAREN)) {
      return single(forms.parenthesised(Forms.emptyBlock(), open, tokens.take()));
    }
    List<Item> items = new ArrayList<>();
    if (!semicolon) {
      List<Term> many = firstItem(items, role, open);
      if (many != null) {
        return new Parenthesis(null, many);
      }
    } else {
      items.add(item());
    }
    while (!tokens.closes(TokenKind.CLOSE_PAREN)) {
      Token end = tokens.token();
      boolean line = tokens.takeIf(TokenKind.EOL);
      boolean mark = tokens.takeIf(TokenKind.SEMICOLON);
      if (!line && !mark) {
        throw tokens.unexpected();
      }
      if (mark && !line && tokens.is(TokenKind.CLOSE_PAREN)) {
        break;
      }
      items.add(ended(items.removeLast(), end));
      items.add(item());
    }
    Token close = tokens.takeClosing(TokenKind.CLOSE_PAREN);
    return single(forms.parenthesised(block(items), open, close));
  }

  private static Parenthesis single(Term term) {
    return new Parenthesis(new Expression(term, Shape.ACCESS), List.of());
  }

  // Expressions and clauses

  private Item item() {
    List<Item> items = new ArrayList<>(1);
    firstItem(items, ParenRole.NONE, null);
    return items.getFirst();
  }

  /**
   * Adds an expression or clause.
   *
   * @param open the parenthesis that this is the first in, if it is one
   * @return null, or else the arguments of a clause that ended with that parenthesis before its arrow
   */
  private @Nullable List<Term> firstItem(List<Item> items, ParenRole role, @Nullable Token open) {
    if (tokens.is(TokenKind.STAB_OP)) {
      items.add(clause(List.of()));
      return null;
    }
    Expression first;
    if (tokens.kind().isKeywordKey()) {
      return leftSide(items, new ArrayList<>(List.of(grammar.keywordArguments())), role, open);
    } else if (tokens.is(TokenKind.OPEN_PAREN)) {
      boolean empty =
          tokens.kindAt(tokens.kindAt(1) == TokenKind.EOL ? 2 : 1) == TokenKind.CLOSE_PAREN;
      Parenthesis parenthesis = parenthesis(ParenRole.CLAUSE);
      boolean isLeftSide =
          parenthesis.expression() == null
              || empty && (tokens.is(TokenKind.STAB_OP) || tokens.is(TokenKind.WHEN_OP));
      if (isLeftSide) {
        items.add(parenthesisedClause(parenthesis.many()));
        return null;
      }
      first = grammar.continued(parenthesis.single(), Blocks.OWN);
    } else {
      first = grammar.expression(Operator.LOWEST, Blocks.OWN);
    }
    if (tokens.is(TokenKind.COMMA)
        && first.shape() != Shape.UNMATCHED
        && first.shape() != Shape.NO_PARENS) {
      return leftSide(items, grammar.argumentsFrom(first).terms(), role, open);
    }
    if (tokens.is(TokenKind.STAB_OP) && first.shape() != Shape.UNMATCHED) {
      items.add(clause(unwrapped(new ArrayList<>(List.of(first.term())))));
    } else {
      items.add(new Item(first.term(), null));
    }
    return null;
  }

  /** Several arguments: a clause, unless the parenthesis that they are in ends first. */
  private @Nullable List<Term> leftSide(
      List<Item> items, List<Term> arguments, ParenRole role, @Nullable Token open) {
    if (open != null && role != ParenRole.NONE && tokens.closes(TokenKind.CLOSE_PAREN)) {
      tokens.takeClosing(TokenKind.CLOSE_PAREN);
      if (role == ParenRole.ARGUMENTS) {
        throw new SyntaxFailure(
            open.line(),
            open.column(),
            "unexpected parentheses. If you are making a function call, do not insert spaces between the function name"
                + " and the opening parentheses. Syntax error before: ",
            "'('");
      }
      return arguments;
    }
    if (!tokens.is(TokenKind.STAB_OP)) {
      throw tokens.unexpected();
    }
    items.add(clause(unwrapped(arguments)));
    return null;
  }

  /** {@code (a, b) -> c} and {@code (a, b) when d -> c}. */
  private Item parenthesisedClause(List<Term> arguments) {
    if (tokens.is(TokenKind.WHEN_OP)) {
      Token when = tokens.take();
      List<Term> guarded = new ArrayList<>(unspliced(arguments));
      guarded.add(grammar.expression(Operator.LOWEST, Blocks.OWN).term());
      if (!tokens.is(TokenKind.STAB_OP)) {
        throw tokens.unexpected();
      }
      return clause(List.of(Forms.form(Forms.WHEN, forms.meta(when), ListTerm.of(guarded))));
    }
    if (!tokens.is(TokenKind.STAB_OP)) {
      throw tokens.unexpected();
    }
    return clause(unspliced(arguments));
  }

  private Item clause(List<Term> arguments) {
    Token arrow = tokens.takeOpening();
    Term body =
        switch (tokens.kind()) {
          case END, CLOSE_PAREN, BLOCK_IDENTIFIER, SEMICOLON, EOL, END_OF_TEXT ->
              forms.literal(Atom.NIL, arrow);
          default -> grammar.expression(Operator.LOWEST, Blocks.OWN).term();
        };
    return new Item(body, new Clause(forms.operatorMeta(arrow), ListTerm.of(arguments)));
  }

  /** {@code a, b when c} guards all arguments, not the last one alone. */
  private static List<Term> unwrapped(List<Term> arguments) {
    List<Term> all = unspliced(arguments);
    if (all.getLast() instanceof Tuple last
        && last.size() == 3
        && last.get(0) == Forms.WHEN
        && last.get(2) instanceof ListTerm ends
        && ends.length() == 2) {
      List<Term> guarded = new ArrayList<>(all.subList(0, all.size() - 1));
      guarded.addAll(ends.toList());
      return List.of(Forms.form(Forms.WHEN, last.get(1), ListTerm.of(guarded)));
    }
    return all;
  }

  /** {@code (unquote_splicing(args)) -> body} has arguments on its left, not a block. */
  private static List<Term> unspliced(List<Term> arguments) {
    if (arguments.size() == 1
        && arguments.getFirst() instanceof Tuple block
        && block.size() == 3
        && block.get(0) == Forms.BLOCK
        && block.get(2) instanceof ListTerm inside
        && inside.length() == 1
        && inside.toList().getFirst() instanceof Tuple splice
        && splice.size() == 3
        && splice.get(0) == Forms.UNQUOTE_SPLICING) {
      return List.of(splice);
    }
    return arguments;
  }

  // From items to blocks and clauses

  private Term block(List<Item> items) {
    if (hasClauses(items)) {
      return clauses(items);
    }
    return Forms.block(items.stream().map(Item::term).toList());
  }

  private boolean hasClauses(List<Item> items) {
    if (items.getFirst().clause() != null) {
      return true;
    }
    for (Item item : items) {
      if (item.clause() != null) {
        throw grammar.at(
            Forms.form(Operator.STAB.atom(), item.clause().meta(), ListTerm.empty()),
            "unexpected operator ->. If you want to define multiple clauses, the first expression must use ->. "
                + "Syntax error before: ",
            "'->'");
      }
    }
    return false;
  }

  private ListTerm clauses(List<Item> items) {
    List<Term> clauses = new ArrayList<>();
    int index = 0;
    while (index < items.size()) {
      Clause clause = items.get(index).clause();
      if (clause == null) {
        throw new AssertionError("an expression before the first clause");
      }
      List<Term> body = new ArrayList<>();
      do {
        body.add(items.get(index++).term());
      } while (index < items.size() && items.get(index).clause() == null);
      Term sides = ListTerm.of(clause.left(), Forms.block(body));
      clauses.add(Forms.form(Operator.STAB.atom(), clause.meta(), sides));
    }
    return ListTerm.of(clauses);
  }
}
