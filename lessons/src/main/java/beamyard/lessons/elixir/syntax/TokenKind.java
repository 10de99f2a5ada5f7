package beamyard.lessons.elixir.syntax;

/** What a token is to the grammar. The name that error messages show is the one that Elixir's own grammar uses. */
enum TokenKind {
  /** A name that may be followed by arguments without parentheses. */
  IDENTIFIER("identifier"),
  /** A name directly followed by {@code (}. */
  PAREN_IDENTIFIER("paren_identifier"),
  /** A name directly followed by {@code [}. */
  BRACKET_IDENTIFIER("bracket_identifier"),
  /** A name followed by {@code do}. */
  DO_IDENTIFIER("do_identifier"),
  /** A name followed by a sign that sticks to what follows: {@code foo -1}. */
  OP_IDENTIFIER("op_identifier"),
  KW_IDENTIFIER("kw_identifier"),
  /** A keyword key with interpolation. */
  KW_IDENTIFIER_UNSAFE("kw_identifier_unsafe"),
  BLOCK_IDENTIFIER("block_identifier"),
  ALIAS("alias"),
  ATOM("atom"),
  ATOM_QUOTED("atom_quoted"),
  ATOM_UNSAFE("atom_unsafe"),
  INT("int"),
  FLT("flt"),
  CHAR("char"),
  BIN_STRING("bin_string"),
  LIST_STRING("list_string"),
  BIN_HEREDOC("bin_heredoc"),
  LIST_HEREDOC("list_heredoc"),
  SIGIL("sigil"),
  TRUE("true"),
  FALSE("false"),
  NIL("nil"),
  FN("fn"),
  DO("do"),
  END("end"),
  EOL("eol"),
  SEMICOLON(";"),
  COMMA(","),
  DOT("."),
  /** The dot of {@code fun.(argument)}. */
  DOT_CALL_OP("dot_call_op"),
  OPEN_PAREN("("),
  CLOSE_PAREN(")"),
  OPEN_BRACKET("["),
  CLOSE_BRACKET("]"),
  OPEN_CURLY("{"),
  CLOSE_CURLY("}"),
  OPEN_BIT("<<"),
  CLOSE_BIT(">>"),
  /** The percent sign of a map, followed by {@code {}. */
  MAP("%{}"),
  /** The percent sign of a struct. */
  STRUCT("%"),
  AT_OP("at_op"),
  UNARY_OP("unary_op"),
  DUAL_OP("dual_op"),
  CAPTURE_OP("capture_op"),
  TERNARY_OP("ternary_op"),
  POWER_OP("power_op"),
  MULT_OP("mult_op"),
  CONCAT_OP("concat_op"),
  RANGE_OP("range_op"),
  XOR_OP("xor_op"),
  IN_OP("in_op"),
  ARROW_OP("arrow_op"),
  REL_OP("rel_op"),
  COMP_OP("comp_op"),
  AND_OP("and_op"),
  OR_OP("or_op"),
  MATCH_OP("match_op"),
  ASSOC_OP("assoc_op"),
  PIPE_OP("pipe_op"),
  TYPE_OP("type_op"),
  WHEN_OP("when_op"),
  IN_MATCH_OP("in_match_op"),
  STAB_OP("stab_op"),
  /** The end of the text, placed where the last token is. */
  END_OF_TEXT("$end");

  private final String grammarName;

  TokenKind(String grammarName) {
    this.grammarName = grammarName;
  }

  String grammarName() {
    return grammarName;
  }

  boolean isKeywordKey() {
    return this == KW_IDENTIFIER || this == KW_IDENTIFIER_UNSAFE;
  }

  /** Whether a token of this kind, after a name and a space, is the first argument of a call without parentheses. */
  boolean startsArguments() {
    return switch (this) {
      case IDENTIFIER,
          PAREN_IDENTIFIER,
          BRACKET_IDENTIFIER,
          DO_IDENTIFIER,
          OP_IDENTIFIER,
          KW_IDENTIFIER,
          KW_IDENTIFIER_UNSAFE,
          ALIAS,
          ATOM,
          ATOM_QUOTED,
          ATOM_UNSAFE,
          INT,
          FLT,
          CHAR,
          BIN_STRING,
          LIST_STRING,
          BIN_HEREDOC,
          LIST_HEREDOC,
          SIGIL,
          TRUE,
          FALSE,
          NIL,
          FN,
          OPEN_PAREN,
          OPEN_BRACKET,
          OPEN_CURLY,
          OPEN_BIT,
          MAP,
          STRUCT,
          AT_OP,
          UNARY_OP,
          CAPTURE_OP ->
          true;
      default -> false;
    };
  }
}
