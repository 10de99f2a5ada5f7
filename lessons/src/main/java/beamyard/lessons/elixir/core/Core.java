package beamyard.lessons.elixir.core;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import java.util.List;
import java.util.Optional;

/** An expression. Every one knows the line it came from (0 if none). Arguments are evaluated from left to right. */
public sealed interface Core {
  int line();

  record Literal(int line, Term value) implements Core {}

  record Use(int line, Variable variable) implements Core {}

  /** {@code pattern = value}; raises {@code {badmatch, Value}}. Its value is the right-hand side. */
  record Match(int line, Pattern pattern, Core value) implements Core {}

  /** One after the other; the value of the last. Never empty. */
  record Block(int line, List<Core> expressions) implements Core {}

  record MakeTuple(int line, List<Core> elements) implements Core {}

  record MakeCons(int line, Core head, Core tail) implements Core {}

  /** {@code %{k => v}}; a later pair of the same key wins. */
  record MakeMap(int line, List<Pair> pairs) implements Core {}

  /** {@code %{map | k => v}}: raises {@code {badmap, Map}} or {@code {badkey, Key}}. */
  record UpdateMap(int line, Core map, List<Pair> pairs) implements Core {}

  record Pair(Core key, Core value) {}

  record MakeBits(int line, List<Segment> segments) implements Core {}

  /** A call of a function of the module being compiled. */
  record CallLocal(int line, Atom function, List<Core> arguments) implements Core {}

  /** {@code module.function(arguments)}; the module is looked up at run time on the node. */
  record CallRemote(int line, Core module, Atom function, List<Core> arguments) implements Core {}

  /** {@code fun.(arguments)}. */
  record CallFun(int line, Core function, List<Core> arguments) implements Core {}

  /** {@code fn ... end}. All clauses have the same number of patterns. */
  record MakeFun(int line, int arity, List<Clause> clauses) implements Core {}

  /** {@code &local/2}. */
  record CaptureLocal(int line, Atom function, int arity) implements Core {}

  /** {@code &Module.function/2}; all three may be computed. */
  record CaptureRemote(int line, Core module, Core function, Core arity) implements Core {}

  /**
   * Chooses the first clause (of one pattern each) that matches.
   *
   * @param failure what is raised if none does
   */
  record Case(int line, Core subject, List<Clause> clauses, NoClause failure) implements Core {}

  /** What an unmatched value raises. */
  enum NoClause {
    /** {@code {case_clause, Value}}. */
    CASE_CLAUSE,
    /** {@code {with_clause, Value}}. */
    WITH_CLAUSE,
    /** {@code {badbool, 'and' | 'or', Value}}: the operator is in the message of the clause list's line. */
    BAD_BOOLEAN_AND,
    BAD_BOOLEAN_OR,
    /** {@code cond_clause}. */
    COND_CLAUSE,
    /** {@code {try_clause, Value}}. */
    TRY_CLAUSE,
    /** {@code badarg}, as {@code not} and strict booleans of Erlang give. */
    BADARG
  }

  /** Clauses have one pattern each. */
  record Receive(int line, List<Clause> clauses, Optional<After> after) implements Core {}

  /** The timeout in milliseconds, or {@code infinity}; anything else raises {@code timeout_value}. */
  record After(Core timeout, Core body) {}

  /**
   * {@code try}. Catch clauses have three patterns: class ({@code error}, {@code exit}, {@code throw}), reason as Erlang has
   * it, and stack trace. An exception that no catch clause takes goes on.
   */
  record Try(
      int line,
      Core body,
      List<Clause> elseClauses,
      List<Clause> catchClauses,
      Optional<Core> after)
      implements Core {}

  /**
   * Defines a module when it is evaluated, in this process on this node. The definition comes from the compiler: see {@link
   * ModuleSource}. Its value is what {@code defmodule} returns.
   */
  record DefineModule(int line, Core name, ModuleSource source) implements Core {}

  /** The values of variables, in order: {@code binding()} and prompt results. */
  record Bindings(int line, List<Variable> variables) implements Core {}

  /**
   * One alternative.
   *
   * @param guards one must hold: each is an expression of guard operations, and one that raises counts as false; no guards
   *     at all hold
   */
  record Clause(int line, List<Pattern> patterns, List<Core> guards, Core body) {}

  /**
   * A segment of {@code <<...>>}.
   *
   * @param value what goes in; must be of the type
   * @param size in units; empty for the type's default, or all the rest
   */
  record Segment(Core value, Type type, Optional<Core> size, int unit, Sign sign, Endian endian) {}

  /** Types of segments. */
  enum Type {
    INTEGER,
    FLOAT,
    /** Whole bytes. */
    BINARY,
    BITSTRING,
    UTF8,
    UTF16,
    UTF32
  }

  /** Signedness of integers. */
  enum Sign {
    UNSIGNED,
    SIGNED
  }

  /** Byte order. */
  enum Endian {
    BIG,
    LITTLE,
    NATIVE
  }
}
