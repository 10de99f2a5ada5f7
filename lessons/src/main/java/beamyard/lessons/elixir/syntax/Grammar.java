package beamyard.lessons.elixir.syntax;

import beamyard.lessons.elixir.syntax.Expression.Shape;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Expressions: operators by precedence, names and calls. Literals and containers are in {@link Containers}, {@code do}
 * blocks and clauses in {@link Clauses}.
 *
 * <p>A {@code do} belongs to the outermost call without parentheses that is still open, so the arguments of such calls
 * are parsed with {@link Blocks#OUTER}: a {@code do} ends them.
 */
final class Grammar {
  /** Who takes a {@code do} that follows an expression. */
  enum Blocks {
    OWN,
    OUTER,
    /** Nobody, and a brace is no argument: this is the name of a struct. */
    NONE
  }

  /*
   * Unlike Elixir's parser, this one nests as the text does. So that no text can overflow the stack, it refuses one
   * that nests some 150 brackets or blocks, or 2,000 operators that group to the right.
   */
  private static final int DEEPEST = 2000;
  static final int NESTED = 13;
  private static final int OPERAND = 1;

  final TokenStream tokens;
  final Forms forms;
  final Containers containers;
  final Clauses clauses;
  private final ParseOptions options;
  private int depth;

  Grammar(List<Token> tokens, ParseOptions options) {
    this(tokens, options, 0);
  }

  private Grammar(List<Token> tokens, ParseOptions options, int depth) {
    this.tokens = new TokenStream(tokens);
    this.options = options;
    this.depth = depth;
    this.forms = new Forms(options);
    this.containers = new Containers(this);
    this.clauses = new Clauses(this);
  }

  /** A whole text, or the code of an interpolation. */
  Term program() {
    if (tokens.is(TokenKind.END_OF_TEXT)) {
      return Forms.emptyBlock();
    }
    Token first = tokens.token();
    if (tokens.takeEndOfExpression() && tokens.is(TokenKind.END_OF_TEXT)) {
      return Forms.form(Forms.BLOCK, forms.meta(first), ListTerm.empty());
    }
    List<Term> expressions = new ArrayList<>();
    do {
      expressions.add(expression(Operator.LOWEST, Blocks.OWN).term());
      Token end = tokens.token();
      if (!tokens.is(TokenKind.END_OF_TEXT) && !tokens.takeEndOfExpression()) {
        throw tokens.unexpected();
      }
      if (!tokens.is(TokenKind.END_OF_TEXT)) {
        expressions.add(forms.ended(expressions.removeLast(), end));
      }
    } while (!tokens.is(TokenKind.END_OF_TEXT));
    return Forms.block(expressions);
  }

  /** The code between <code>#{</code> and <code>}</code>. */
  Term interpolated(List<Token> code) {
    return new Grammar(code, options, depth + NESTED).program();
  }

  void enter(int levels) {
    depth += levels;
    if (depth > DEEPEST) {
      Token token = tokens.token();
      throw new SyntaxFailure(
          token.line(),
          token.column(),
          "code is nested too deeply for the yard before: ",
          token.kind().grammarName());
    }
  }

  void leave(int levels) {
    depth -= levels;
  }

  // Operators

  Expression expression(int lowest, Blocks blocks) {
    enter(OPERAND);
    Expression expression = operations(operand(blocks), lowest, blocks);
    leave(OPERAND);
    return expression;
  }

  /** Goes on with an expression whose first operand is already there. */
  Expression continued(Expression operand, Blocks blocks) {
    return operations(followed(operand, blocks), Operator.LOWEST, blocks);
  }

  /** Takes the operators that bind at least as tightly as {@code lowest}, with their right operands. */
  Expression operations(Expression first, int lowest, Blocks blocks) {
    Expression left = first;
    while (tokens.token().payload() instanceof Token.Sign(var operator)
        && operator.isBinary()
        && operator.precedence() >= lowest
        && left.shape() != Shape.NO_PARENS) {
      Token sign = tokens.takeOperator();
      if (operator == Operator.WHEN && tokens.kind().isKeywordKey()) {
        Term keywords = keywordArguments();
        Shape shape = left.shape() == Shape.UNMATCHED ? Shape.UNMATCHED : Shape.NO_PARENS;
        left = new Expression(operation(sign, left.term(), keywords), shape);
      } else {
        Expression right = expression(operator.rightPrecedence(), blocks);
        Shape shape = left.shape() == Shape.UNMATCHED ? Shape.UNMATCHED : right.shape().operand();
        left = new Expression(operation(sign, left.term(), right.term()), shape);
      }
    }
    return left;
  }

  Term operation(Token sign, Term left, Term right) {
    ListTerm meta = forms.meta(sign);
    return switch (sign.operator()) {
      case STEP -> stepped(sign, left, right);
      case NOT_IN -> {
        Term in = Forms.form(Operator.IN.atom(), meta, ListTerm.of(left, right));
        yield Forms.form(Operator.NOT.atom(), meta, ListTerm.of(in));
      }
      case IN -> {
        if (!Forms.isNegation(left)) {
          yield Forms.form(Operator.IN.atom(), forms.operatorMeta(sign), ListTerm.of(left, right));
        }
        Tuple negation = (Tuple) left;
        Term negated = ((ListTerm) negation.get(2)).toList().getFirst();
        Term in = Forms.form(Operator.IN.atom(), meta, ListTerm.of(negated, right));
        yield Forms.form(negation.get(0), meta, ListTerm.of(in));
      }
      default ->
          Forms.form(sign.operator().atom(), forms.operatorMeta(sign), ListTerm.of(left, right));
    };
  }

  private Term stepped(Token sign, Term left, Term right) {
    if (left instanceof Tuple range
        && range.size() == 3
        && range.get(0) == Operator.RANGE.atom()
        && range.get(2) instanceof ListTerm ends
        && ends.length() == 2) {
      List<Term> arguments = ends.toList();
      return Forms.form(
          Atom.of("..//"), range.get(1), ListTerm.of(arguments.get(0), arguments.get(1), right));
    }
    throw new SyntaxFailure(
        sign.line(),
        sign.column(),
        "the range step operator (//) must immediately follow the range definition operator (..), for example: "
            + "1..9//2. If you wanted to define a default argument, use (\\\\) instead. Syntax error before: ",
        "'//'");
  }

  /** What stands before the opening brace of a struct. */
  Term structName() {
    Expression name = structNameOperand();
    boolean isName =
        switch (name.shape()) {
          case NAME, PARENS_CALL -> true;
          case ACCESS -> isAlias(name.term());
          default -> false;
        };
    if (isName && (tokens.is(TokenKind.OPEN_CURLY) || tokens.is(TokenKind.EOL))) {
      return name.term();
    }
    operations(name, Operator.LOWEST, Blocks.NONE);
    throw tokens.unexpected();
  }

  private Expression structNameOperand() {
    return switch (tokens.kind()) {
      case AT_OP, UNARY_OP, DUAL_OP, TERNARY_OP -> {
        Token sign = tokens.take();
        tokens.takeIf(TokenKind.EOL);
        enter(OPERAND);
        Expression name = structNameOperand();
        leave(OPERAND);
        yield new Expression(prefixed(sign, name.term()), name.shape());
      }
      case CAPTURE_OP -> operand(Blocks.NONE);
      case TRUE, FALSE, NIL ->
          new Expression(followed(primary(Blocks.NONE), Blocks.NONE).term(), Shape.MATCHED);
      case ATOM, ATOM_QUOTED -> {
        Expression atom = primary(Blocks.NONE);
        Expression all = followed(atom, Blocks.NONE);
        yield all == atom ? new Expression(atom.term(), Shape.NAME) : all;
      }
      default -> followed(primary(Blocks.NONE), Blocks.NONE);
    };
  }

  private static boolean isAlias(Term term) {
    return term instanceof Tuple form && form.size() == 3 && form.get(0) == Forms.ALIASES;
  }

  Expression operand(Blocks blocks) {
    return switch (tokens.kind()) {
      case AT_OP -> followed(attribute(blocks), blocks);
      case UNARY_OP, DUAL_OP, TERNARY_OP -> {
        Token sign = tokens.take();
        tokens.takeIf(TokenKind.EOL);
        Expression right = expression(Operator.PREFIX_PRECEDENCE, blocks);
        yield new Expression(prefixed(sign, right.term()), right.shape().operand());
      }
      case CAPTURE_OP -> {
        Token sign = tokens.take();
        tokens.takeIf(TokenKind.EOL);
        if (tokens.is(TokenKind.INT)) {
          Term number = ((Token.Number) tokens.take().payload()).value();
          yield followed(new Expression(prefixed(sign, number), Shape.ACCESS), blocks);
        }
        Expression right = expression(Operator.CAPTURE.precedence(), blocks);
        yield new Expression(prefixed(sign, right.term()), right.shape().operand());
      }
      default -> followed(primary(blocks), blocks);
    };
  }

  private Term prefixed(Token sign, Term operand) {
    if (sign.operator() != Operator.STEP) {
      return Forms.form(sign.operator().atom(), forms.meta(sign), ListTerm.of(operand));
    }
    Atom divide = Operator.DIVIDE.atom();
    Term first = Forms.form(divide, forms.meta(sign.line(), sign.column()), Atom.NIL);
    return Forms.form(
        divide, forms.meta(sign.line(), sign.column() + 1), ListTerm.of(first, operand));
  }

  /** {@code @name}, {@code @name value}, {@code @name[key]}: binds tighter than the dot. */
  private Expression attribute(Blocks blocks) {
    Token sign = tokens.take();
    tokens.takeIf(TokenKind.EOL);
    boolean indexed = tokens.is(TokenKind.BRACKET_IDENTIFIER);
    Expression operand =
        switch (tokens.kind()) {
          case AT_OP -> {
            enter(OPERAND);
            Expression inner = attribute(blocks);
            leave(OPERAND);
            yield inner;
          }
          case UNARY_OP, DUAL_OP, TERNARY_OP, CAPTURE_OP -> operand(blocks);
          case BRACKET_IDENTIFIER ->
              new Expression(Callee.local(forms, tokens.take()).bare(), Shape.NAME);
          default -> primary(blocks);
        };
    Term attribute = prefixed(sign, operand.term());
    if (tokens.is(TokenKind.OPEN_BRACKET) && (indexed || operand.shape().mayBeIndexed())) {
      return indexed(attribute);
    }
    if (indexed) {
      throw tokens.unexpected();
    }
    rejectKeyAfter(operand);
    return new Expression(attribute, operand.shape().operand());
  }

  // What may follow an operand without an operator

  /** Takes dots, calls of functions and keys in brackets. */
  Expression followed(Expression first, Blocks blocks) {
    Expression left = first;
    while (true) {
      switch (tokens.kind()) {
        case DOT -> {
          if (!left.shape().takesDot()) {
            return left;
          }
          left = dotted(left.term(), blocks);
        }
        case DOT_CALL_OP -> {
          if (!left.shape().takesDot()) {
            return left;
          }
          Token dot = tokens.take();
          left = parensCall(Callee.function(forms, dot, left.term()), blocks);
        }
        case OPEN_BRACKET -> {
          if (!left.shape().mayBeIndexed()) {
            return left;
          }
          left = indexed(left.term());
        }
        case KW_IDENTIFIER -> {
          rejectKeyAfter(left);
          return left;
        }
        default -> {
          return left;
        }
      }
    }
  }

  private void rejectKeyAfter(Expression left) {
    if (tokens.is(TokenKind.KW_IDENTIFIER) && left.shape().mayBeIndexed()) {
      Token key = tokens.token();
      if (key.atom().name().equals("do")) {
        throw new SyntaxFailure(
            key.line(), key.column(), "unexpected keyword: ", ProblemText.INVALID_DO, "do:");
      }
      throw new SyntaxFailure(
          key.line(),
          key.column(),
          ProblemText.SYNTAX_ERROR_BEFORE,
          "'" + key.atom().name() + ":'");
    }
  }

  private Expression indexed(Term container) {
    Containers.Bracketed key = containers.key();
    return new Expression(forms.access(container, key), Shape.ACCESS);
  }

  private Expression dotted(Term left, Blocks blocks) {
    Token dot = tokens.take();
    tokens.takeIf(TokenKind.EOL);
    return switch (tokens.kind()) {
      case IDENTIFIER, PAREN_IDENTIFIER, BRACKET_IDENTIFIER, DO_IDENTIFIER, OP_IDENTIFIER -> {
        Token name = tokens.take();
        yield call(name, Callee.remote(forms, dot, left, name), blocks);
      }
      case ALIAS -> new Expression(dottedAlias(left, dot, tokens.take()), Shape.ACCESS);
      case OPEN_CURLY -> {
        ListTerm meta = forms.meta(dot);
        Term callee = Forms.form(Forms.DOT, meta, ListTerm.of(left, Forms.CURLY));
        Containers.Bracketed inside = containers.between(TokenKind.CLOSE_CURLY);
        ListTerm callMeta =
            inside.terms().isEmpty() ? meta : forms.pairMeta(inside.open(), inside.close(), meta);
        yield new Expression(
            Forms.form(callee, callMeta, ListTerm.of(inside.terms())), Shape.ACCESS);
      }
      default -> throw tokens.unexpected();
    };
  }

  private Term dottedAlias(Term left, Token dot, Token alias) {
    if (left instanceof Atom) {
      throw new SyntaxFailure(
          alias.line(),
          alias.column(),
          "atom cannot be followed by an alias. If the '.' was meant to be part of the atom's name, the atom name must"
              + " be quoted. Syntax error before: ",
          "'.'");
    }
    if (left instanceof Tuple aliases && aliases.size() == 3 && aliases.get(0) == Forms.ALIASES) {
      ListTerm segments = Forms.append((ListTerm) aliases.get(2), ListTerm.of(alias.atom()));
      return Forms.form(
          Forms.ALIASES, forms.lastSegment((ListTerm) aliases.get(1), alias), segments);
    }
    return Forms.form(
        Forms.ALIASES, forms.lastSegment(forms.meta(dot), alias), ListTerm.of(left, alias.atom()));
  }

  // Names and calls

  private Expression primary(Blocks blocks) {
    return switch (tokens.kind()) {
      case IDENTIFIER, PAREN_IDENTIFIER, BRACKET_IDENTIFIER, DO_IDENTIFIER, OP_IDENTIFIER -> {
        Token name = tokens.take();
        yield call(name, Callee.local(forms, name), blocks);
      }
      default -> containers.literal();
    };
  }

  private Expression call(Token name, Callee callee, Blocks blocks) {
    enter(NESTED);
    Expression call = called(name, callee, blocks);
    leave(NESTED);
    return call;
  }

  private Expression called(Token name, Callee callee, Blocks blocks) {
    return switch (name.kind()) {
      case PAREN_IDENTIFIER -> parensCall(callee, blocks);
      case BRACKET_IDENTIFIER -> indexed(callee.bare());
      case DO_IDENTIFIER ->
          blocks == Blocks.OWN
              ? withBlock(callee, List.of())
              : new Expression(callee.bare(), Shape.NAME);
      case OP_IDENTIFIER -> noParensCall(callee, blocks);
      default ->
          tokens.kind().startsArguments()
                  && !(blocks == Blocks.NONE && tokens.is(TokenKind.OPEN_CURLY))
              ? noParensCall(callee, blocks)
              : new Expression(callee.bare(), Shape.NAME);
    };
  }

  private Expression parensCall(Callee callee, Blocks blocks) {
    Callee last = callee;
    Containers.Bracketed arguments = containers.parenthesisedArguments();
    last = last.with(forms.pairMeta(arguments.open(), arguments.close(), last.meta()));
    if (tokens.is(TokenKind.OPEN_PAREN)) {
      last = Callee.result(last.call(arguments.terms()));
      arguments = containers.parenthesisedArguments();
      last = last.with(forms.pairMeta(arguments.open(), arguments.close(), last.meta()));
    }
    if (blocks == Blocks.OWN && tokens.is(TokenKind.DO)) {
      return withBlock(last, arguments.terms());
    }
    return new Expression(last.call(arguments.terms()), Shape.PARENS_CALL);
  }

  /** A call whose last argument is the {@code do} block that follows. */
  private Expression withBlock(Callee callee, List<Term> arguments) {
    Clauses.DoBlock block = clauses.doBlock();
    List<Term> all = new ArrayList<>(arguments);
    all.add(block.sections());
    Callee whole = callee.with(forms.blockMeta(block.start(), block.end(), callee.meta()));
    return new Expression(whole.call(all), Shape.UNMATCHED);
  }

  private Expression noParensCall(Callee callee, Blocks blocks) {
    Arguments arguments = arguments(ParenRole.ARGUMENTS);
    if (blocks == Blocks.OWN && tokens.kind().startsArguments()) {
      throw tokens
          .unexpected(); // before any error about what surrounds the call, as Elixir's parser finds
      // them
    }
    if (blocks == Blocks.OWN && tokens.is(TokenKind.DO)) {
      return withBlock(callee, arguments.terms());
    }
    return new Expression(callee.call(arguments.terms()), arguments.shape());
  }

  /** Arguments without parentheses, and the shape of a call that has them. */
  record Arguments(List<Term> terms, Shape shape) {}

  /** What a parenthesis with several expressions in it would be. */
  enum ParenRole {
    /** An error at its end. */
    NONE,
    /** The mistake {@code f (a, b)}. */
    ARGUMENTS,
    /** The arguments of a clause: {@code (a, b) -> c}. */
    CLAUSE
  }

  private Arguments arguments(ParenRole role) {
    if (tokens.kind().isKeywordKey()) {
      List<Term> only = new ArrayList<>();
      only.add(keywordArguments());
      return new Arguments(only, Shape.NO_PARENS_ONE);
    }
    Expression first =
        tokens.is(TokenKind.OPEN_PAREN)
            ? continued(clauses.parenthesis(role).single(), Blocks.OUTER)
            : expression(Operator.LOWEST, Blocks.OUTER);
    return argumentsFrom(first);
  }

  /** Arguments without parentheses, the first of which is there. */
  Arguments argumentsFrom(Expression first) {
    List<Term> terms = new ArrayList<>();
    terms.add(first.term());
    if (first.shape() == Shape.NO_PARENS) {
      return new Arguments(terms, Shape.NO_PARENS);
    }
    if (!tokens.is(TokenKind.COMMA)) {
      return new Arguments(terms, Shape.NO_PARENS_ONE);
    }
    while (tokens.takeIf(TokenKind.COMMA)) {
      if (tokens.kind().isKeywordKey()) {
        terms.add(keywordArguments());
        break;
      }
      Expression next = expression(Operator.LOWEST, Blocks.OUTER);
      if (next.shape() == Shape.NO_PARENS) {
        throw containers.ambiguousCall(next.term());
      }
      terms.add(next.term());
    }
    return new Arguments(terms, Shape.NO_PARENS);
  }

  /** {@code key: value, key: value} at the end of arguments without parentheses. */
  Term keywordArguments() {
    List<Term> pairs = new ArrayList<>();
    while (true) {
      Term key = containers.keywordKey();
      Expression value = expression(Operator.LOWEST, Blocks.OUTER);
      pairs.add(Tuple.of(key, value.term()));
      if (!tokens.is(TokenKind.COMMA)) {
        return ListTerm.of(pairs);
      }
      Token comma = tokens.take();
      if (!tokens.kind().isKeywordKey()) {
        Expression next = expression(Operator.LOWEST, Blocks.OUTER);
        throw next.shape() == Shape.NO_PARENS
            ? tokens.unexpected()
            : Containers.afterKeywordArguments(comma);
      }
    }
  }

  /** The location that an error about a form shows. */
  SyntaxFailure at(Term form, String message, String token) {
    int line = 0;
    int column = 0;
    if (form instanceof Tuple tuple && tuple.get(1) instanceof ListTerm meta) {
      for (Term entry : meta) {
        if (entry instanceof Tuple pair && pair.get(1) instanceof SmallInt number) {
          if (pair.get(0) == Atom.of("line") && line == 0) {
            line = (int) number.value();
          } else if (pair.get(0) == Atom.of("column") && column == 0) {
            column = (int) number.value();
          }
        }
      }
    }
    return new SyntaxFailure(line, column, message, token);
  }

  /** What is called: a name, a function of a module, a function value or the result of another call. */
  record Callee(@Nullable Term target, ListTerm meta, boolean ambiguous) {
    static Callee local(Forms forms, Token name) {
      return new Callee(name.atom(), forms.meta(name), name.kind() == TokenKind.OP_IDENTIFIER);
    }

    static Callee remote(Forms forms, Token dot, Term left, Token name) {
      Term target = Forms.form(Forms.DOT, forms.meta(dot), ListTerm.of(left, name.atom()));
      return new Callee(target, forms.meta(name), false);
    }

    static Callee function(Forms forms, Token dot, Term function) {
      ListTerm meta = forms.meta(dot);
      return new Callee(Forms.form(Forms.DOT, meta, ListTerm.of(function)), meta, false);
    }

    static Callee result(Term call) {
      return new Callee(call, (ListTerm) ((Tuple) call).get(1), false);
    }

    Callee with(ListTerm otherMeta) {
      return new Callee(target, otherMeta, ambiguous);
    }

    /** The name without arguments: a variable, or a call of a function or key after a dot. */
    Term bare() {
      return target instanceof Atom
          ? Forms.form(target, meta, Atom.NIL)
          : Forms.form(target, Forms.noParens(meta), ListTerm.empty());
    }

    Term call(List<Term> arguments) {
      ListTerm callMeta = ambiguous && arguments.size() == 1 ? Forms.ambiguous(meta) : meta;
      return Forms.form(target, callMeta, ListTerm.of(arguments));
    }
  }
}
