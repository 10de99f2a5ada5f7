package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.Quoted.ALIASES;
import static beamyard.lessons.elixir.compiler.Quoted.BLOCK;

import beamyard.lessons.elixir.compiler.Environment.Context;
import beamyard.lessons.elixir.compiler.Environment.VariableKey;
import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.SourcePath;
import beamyard.lessons.elixir.core.Variable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns quoted forms into core forms, expanding macros on the way: the special forms, calls, and who they resolve to. */
final class Expander {
  private static final Atom BAD_BOOLEAN = Atom.of("bad_boolean");

  /** A value that stands for itself: {@code {:"%value", meta, [term]}}, made only by macros written in Java. */
  static final Atom VALUE = Atom.of("%value");

  final Modules modules;
  final Drafts drafts;
  final Clauses clauses;
  final Patterns patterns;
  final BitSegments bits;
  final Captures captures;
  final Comprehensions comprehensions;
  final Calls calls;
  final DottedCalls dotted;
  private final MapForms maps;
  final Quoter quoter;
  final Directives directives;
  final VariableUse variables = new VariableUse();
  private long counter;

  Expander(Modules modules, Drafts drafts, Environment start) {
    this.modules = modules;
    this.drafts = drafts;
    this.clauses = new Clauses(this);
    this.patterns = new Patterns(this);
    this.bits = new BitSegments(this);
    this.captures = new Captures(this);
    this.comprehensions = new Comprehensions(this);
    this.calls = new Calls(this);
    this.dotted = new DottedCalls(this);
    this.maps = new MapForms(this);
    this.quoter = new Quoter(this);
    this.directives = new Directives(this);
    for (VariableKey key : start.variables().keySet()) {
      if (key.context() instanceof SmallInt number) {
        counter = Math.max(counter, number.value());
      }
    }
    for (Environment.MacroAlias alias : start.macroAliases().keySet()) {
      if (alias.counter() instanceof SmallInt number) {
        counter = Math.max(counter, number.value());
      }
    }
  }

  /** Ends the scope that began at a mark: tells of the variables that nobody has used. */
  void close(int mark, Scope scope) {
    variables.close(mark, scope.env).forEach(modules::warn);
  }

  /** A number that tells the variables of one macro expansion from others. */
  SmallInt nextCounter() {
    return SmallInt.of(++counter);
  }

  /** A variable that nothing else can name. */
  Term freshVariable(String name, Term meta) {
    return Tuple.of(
        Atom.of(name),
        Quoted.with(Quoted.meta(Quoted.line(meta)), Quoted.COUNTER, nextCounter()),
        Quoted.KERNEL);
  }

  static Term value(Term term) {
    return Quoted.call(VALUE, Nil.NIL, List.of(term));
  }

  // ---- expressions

  Core expand(Term form, Scope scope) {
    switch (form) {
      case Tuple tuple
      when tuple.size() == 2:
        return expandTuple(0, tuple.elements(), scope);
      case Tuple tuple
      when tuple.size() == 3 && tuple.get(1) instanceof ListTerm meta:
        if (tuple.get(2) instanceof ListTerm arguments) {
          return expandCall(tuple, tuple.get(0), meta, arguments, scope);
        }
        if (tuple.get(0) instanceof Atom name && tuple.get(2) instanceof Atom) {
          return expandVariable(name, meta, tuple, scope);
        }
        throw invalidQuoted(form, scope);
      case Tuple _:
        throw invalidQuoted(form, scope);
      case Cons list:
        return expandList(list, scope);
      case beamyard.simulator.term.MapTerm _,
      Atom _,
      Bits _,
      beamyard.simulator.term.IntegerTerm _,
      beamyard.simulator.term.Float64 _,
      Nil _,
      beamyard.simulator.term.Pid _,
      beamyard.simulator.term.Fun _,
      beamyard.simulator.term.Reference _,
      beamyard.simulator.term.Port _:
        return new Core.Literal(0, form);
    }
  }

  private beamyard.lessons.elixir.machine.Raise invalidQuoted(Term form, Scope scope) {
    return CompileProblem.compileError(
        scope.env,
        scope.env.line(),
        "invalid quoted expression: "
            + modules.inspect(form)
            + "\n\nPlease make sure your quoted expressions are made of valid AST nodes. If you would like to introduce a"
            + " value into the AST, such as a four-element tuple or a map, make sure to call Macro.escape/1 before");
  }

  private Core expandTuple(int line, List<Term> elements, Scope scope) {
    List<Core> parts = expandArguments(elements, scope);
    if (parts.stream().allMatch(part -> part instanceof Core.Literal)) {
      return new Core.Literal(
          line,
          Tuple.of(parts.stream().map(part -> ((Core.Literal) part).value()).toArray(Term[]::new)));
    }
    return new Core.MakeTuple(line, parts);
  }

  private Core expandList(Cons list, Scope scope) {
    List<Term> elements = list.toList();
    Term tail = Nil.NIL;
    Term last = elements.getLast();
    if (Quoted.isCall(last, Quoted.CONS, 2)) {
      elements.removeLast();
      elements.addAll(Quoted.arguments(last));
      tail = null;
    }
    List<Core> parts = expandArguments(elements, scope);
    Core result;
    int end = parts.size();
    if (tail == null) {
      result = parts.get(--end);
    } else {
      result = new Core.Literal(0, Nil.NIL);
    }
    for (int i = end - 1; i >= 0; i--) {
      Core head = parts.get(i);
      if (head instanceof Core.Literal(_, Term value)
          && result instanceof Core.Literal(_, Term rest)) {
        result = new Core.Literal(0, new Cons(value, rest));
      } else {
        result = new Core.MakeCons(head.line(), head, result);
      }
    }
    return result;
  }

  /** Arguments do not see each other's variables, but what follows sees them all. */
  List<Core> expandArguments(List<Term> forms, Scope scope) {
    if (forms.size() == 1) {
      return List.of(expand(forms.getFirst(), scope));
    }
    var parts = new ArrayList<Core>(forms.size());
    var before = scope.env.variables();
    var merged = before;
    for (Term form : forms) {
      parts.add(expand(form, scope));
      var after = scope.env.variables();
      if (after != before) {
        var together = new LinkedHashMap<>(merged);
        after.forEach(
            (key, variable) -> {
              if (before.get(key) != variable) {
                together.put(key, variable);
              }
            });
        merged = together;
        scope.env = scope.env.withVariables(before);
      }
    }
    scope.env = scope.env.withVariables(merged);
    return parts;
  }

  private Core expandVariable(Atom name, ListTerm meta, Tuple form, Scope scope) {
    switch (name.name()) {
      case "__MODULE__":
        return new Core.Literal(Quoted.line(meta), scope.env.module().orElse(Atom.NIL));
      case "__DIR__":
        return new Core.Literal(Quoted.line(meta), directory(scope.env));
      case "__ENV__":
        return new Core.Literal(
            Quoted.line(meta), EnvironmentTerm.of(scope.env.withLine(Quoted.line(meta))));
      case "__CALLER__":
        if (scope.caller == null) {
          throw CompileProblem.compileError(
              scope, meta, "__CALLER__ is available only inside defmacro and defmacrop");
        }
        return new Core.Use(Quoted.line(meta), scope.caller);
      case "__STACKTRACE__":
        if (scope.stacktrace == null) {
          throw CompileProblem.compileError(
              scope,
              meta,
              "__STACKTRACE__ is available only inside catch and rescue clauses of try expressions");
        }
        return new Core.Use(Quoted.line(meta), scope.stacktrace);
      default:
    }
    Variable variable = scope.find(key(name, meta, form.get(2)));
    if (variable != null) {
      variables.used(variable);
      if (form.get(2) == Atom.NIL && name.name().startsWith("_")) {
        warnUnderscored(name, meta, scope);
      }
      return new Core.Use(Quoted.line(meta), variable);
    }
    if (name == Quoted.UNDERSCORE) {
      throw CompileProblem.compileError(
          scope,
          meta,
          "invalid use of _. \"_\" represents a value to be ignored in a pattern and cannot be used in expressions");
    }
    Term undefined = Quoted.get(meta, Atom.of("if_undefined"));
    if (undefined == Atom.of("raise")) {
      throw CompileProblem.compileError(
          scope, meta, "undefined variable \"" + name.name() + "\"" + contextInfo(form.get(2)));
    }
    if (form.get(2) != Atom.NIL && Quoted.has(meta, Quoted.COUNTER)) {
      throw CompileProblem.compileError(
          scope, meta, "undefined variable \"" + name.name() + "\"" + contextInfo(form.get(2)));
    }
    if (undefined != Atom.of("apply")) {
      modules.warn(
          Warning.in(
              scope.env,
              Quoted.line(meta),
              "variable \""
                  + name.name()
                  + "\" does not exist and is being expanded to \""
                  + name.name()
                  + "()\", please use parentheses to remove the ambiguity or change the variable name"));
    }
    return expandCall(Quoted.node(name, meta, Nil.NIL), name, meta, Nil.NIL, scope);
  }

  private void warnUnderscored(Atom name, ListTerm meta, Scope scope) {
    modules.warn(
        Warning.in(
            scope.env,
            Quoted.line(meta),
            "the underscored variable \""
                + name.name()
                + "\" is used after being set. A leading underscore indicates that the value of the variable should be"
                + " ignored. If this is intended please rename the variable to remove the underscore"));
  }

  private String contextInfo(Term kind) {
    return kind == Atom.NIL ? "" : " (context " + modules.inspect(kind) + ")";
  }

  static Term directory(Environment env) {
    int slash = env.file().lastIndexOf('/');
    if (env.file().equals("iex") || env.file().equals("nofile")) {
      return Bits.of(".");
    }
    return slash > 0 ? Bits.of(env.file().substring(0, slash)) : Bits.of(SourcePath.HOME);
  }

  /** The identity of a variable node. */
  static VariableKey key(Atom name, ListTerm meta, Term context) {
    Term number = Quoted.get(meta, Quoted.COUNTER);
    return new VariableKey(name, number == null ? context : number);
  }

  static VariableKey key(Term variable) {
    Tuple node = (Tuple) variable;
    return key((Atom) node.get(0), (ListTerm) node.get(1), node.get(2));
  }

  Core expandBlock(List<Term> forms, int line, Scope scope) {
    if (forms.isEmpty()) {
      return new Core.Literal(line, Atom.NIL);
    }
    if (forms.size() == 1) {
      return expand(forms.getFirst(), scope);
    }
    var parts = new ArrayList<Core>(forms.size());
    for (int i = 0; i < forms.size(); i++) {
      parts.add(expand(forms.get(i), scope));
      if (i < forms.size() - 1) {
        UselessCode.ofBlock(forms.get(i), scope.env).ifPresent(modules::warn);
      }
    }
    return new Core.Block(line, parts);
  }

  // ---- calls and special forms

  private Core expandCall(
      Tuple form, Term callee, ListTerm meta, ListTerm argumentList, Scope scope) {
    int line = Quoted.line(meta);
    if (!(callee instanceof Atom name)) {
      return dotted.expand(form, callee, meta, argumentList.toList(), scope);
    }
    List<Term> arguments = argumentList.toList();
    int arity = arguments.size();
    if (scope.env.context() == Context.GUARD
        && isOutsideGuards(name, arity)
        && !Quoted.has(meta, BAD_BOOLEAN)) {
      throw CompileProblem.compileError(
          scope,
          meta,
          "invalid expression in guards, "
              + name.name()
              + " is not allowed in guards. To learn more about guards, visit: https://hexdocs.pm/elixir/patterns-and-guards.html");
    }
    return switch (name.name()) {
      case "%value" -> new Core.Literal(line, arguments.getFirst());
      case "%escape" -> quoter.escapeWithFragments(arguments.getFirst(), scope);
      case "%module" -> ModuleBody.define(this, line, arguments, scope);
      case "__block__" -> expandBlock(arguments, line, scope);
      case "__aliases__" -> directives.expandAliases(form, meta, arguments, scope);
      case "{}" -> expandTuple(line, arguments, scope);
      case "%{}" -> maps.expand(line, meta, arguments, scope);
      case "%" -> Structs.expand(this, meta, arguments, scope);
      case "<<>>" -> bits.expand(line, meta, arguments, scope);
      case "=" ->
          arity == 2
              ? expandMatch(line, arguments, scope)
              : calls.expandLocal(form, name, meta, arguments, scope);
      case "^" -> {
        if (arity != 1) {
          yield calls.expandLocal(form, name, meta, arguments, scope);
        }
        throw CompileProblem.compileError(
            scope,
            meta,
            "cannot use ^" + pinned(arguments.getFirst()) + " outside of match clauses");
      }
      case "->" ->
          throw CompileProblem.compileError(
              scope,
              meta,
              "misplaced operator ->\n\nThis typically means"
                  + " invalid syntax or a macro is not available in scope");
      case "::" ->
          throw CompileProblem.compileError(
              scope,
              meta,
              "misplaced operator ::/2\n\nThe :: operator is typically"
                  + " used in bitstrings to specify types and sizes of segments:\n\n    <<size::32-integer, letter::utf8,"
                  + " rest::binary>>\n\nIt is also used in typespecs, such as @type and @spec, to describe inputs and outputs");
      case "|" -> {
        if (arity != 2) {
          yield calls.expandLocal(form, name, meta, arguments, scope);
        }
        throw misplacedBar(scope, meta);
      }
      case "fn" -> clauses.expandFn(line, meta, arguments, scope);
      case "&" -> captures.expand(form, meta, arguments, scope);
      case "case" ->
          arity == 2
              ? clauses.expandCase(line, meta, arguments, scope)
              : calls.expandLocal(form, name, meta, arguments, scope);
      case "cond" ->
          arity == 1
              ? clauses.expandCond(line, meta, arguments, scope)
              : calls.expandLocal(form, name, meta, arguments, scope);
      case "receive" ->
          arity == 1
              ? clauses.expandReceive(line, meta, arguments, scope)
              : calls.expandLocal(form, name, meta, arguments, scope);
      case "try" ->
          arity == 1
              ? clauses.expandTry(line, meta, arguments, scope)
              : calls.expandLocal(form, name, meta, arguments, scope);
      case "with" -> With.expand(this, line, meta, arguments, scope);
      case "for" -> comprehensions.expand(line, meta, arguments, scope);
      case "quote" ->
          arity == 1 || arity == 2
              ? quoter.expandQuote(meta, arguments, scope)
              : calls.expandLocal(form, name, meta, arguments, scope);
      case "unquote", "unquote_splicing" -> {
        if (arity != 1) {
          yield calls.expandLocal(form, name, meta, arguments, scope);
        }
        throw CompileProblem.compileError(scope, meta, name.name() + " called outside quote");
      }
      case "alias", "require", "import" ->
          arity == 1 || arity == 2
              ? directives.expand(name.name(), form, meta, arguments, scope)
              : calls.expandLocal(form, name, meta, arguments, scope);
      case "__MODULE__", "__ENV__", "__DIR__", "__CALLER__", "__STACKTRACE__" ->
          arity == 0
              ? expandVariable(name, meta, Quoted.node(name, meta, Atom.NIL), scope)
              : calls.expandLocal(form, name, meta, arguments, scope);
      case "super" -> calls.expandSuper(meta, arguments, scope);
      default -> calls.expandLocal(form, name, meta, arguments, scope);
    };
  }

  private String pinned(Term form) {
    return Quoted.isVariable(form) ? ((Atom) ((Tuple) form).get(0)).name() : modules.source(form);
  }

  private static boolean isOutsideGuards(Atom name, int arity) {
    return switch (name.name()) {
      case "case", "=", "for" -> arity == 2;
      case "cond", "receive", "try", "fn", "with", "&" -> true;
      default -> false;
    };
  }

  private Core expandMatch(int line, List<Term> arguments, Scope scope) {
    Core value = expand(arguments.get(1), scope);
    Pattern pattern = patterns.expand(arguments.getFirst(), scope);
    if (pattern instanceof Pattern.Any) {
      return value;
    }
    return new Core.Match(line, pattern, value);
  }

  // ---- macros only

  /** Expands a form one step if it is a macro call or alias; empty if it is neither. */
  Optional<Term> expandOnce(Term form, Scope scope) {
    Tuple node = Quoted.node(form);
    if (node == null) {
      return Optional.empty();
    }
    if (node.get(0) == ALIASES && node.get(2) instanceof ListTerm) {
      Term expanded = directives.resolve(node, scope);
      return expanded == null ? Optional.empty() : Optional.of(expanded);
    }
    if (node.get(0) instanceof Atom name && node.get(2) instanceof Atom) {
      return switch (name.name()) {
        case "__MODULE__" -> Optional.of(scope.env.module().orElse(Atom.NIL));
        case "__DIR__" -> Optional.of(directory(scope.env));
        default -> Optional.empty();
      };
    }
    if (!(node.get(2) instanceof ListTerm arguments) || node.get(0) == BLOCK) {
      return Optional.empty();
    }
    return Optional.ofNullable(calls.expandMacroOnce(node, arguments.toList(), scope));
  }

  Term expandAll(Term form, Scope scope) {
    Term current = form;
    while (true) {
      Optional<Term> next = expandOnce(current, scope);
      if (next.isEmpty()) {
        return current;
      }
      current = next.get();
    }
  }

  /** The atom that a form is at compile time: an atom or an alias; {@code null} if it is something else. */
  @Nullable Atom expandToAtom(Term form, Scope scope) {
    return expandAll(form, scope) instanceof Atom atom ? atom : null;
  }

  /** A bar that neither builds a list nor updates a map. */
  static Raise misplacedBar(Scope scope, ListTerm meta) {
    return CompileProblem.compileError(
        scope,
        meta,
        "misplaced operator |/2\n\nThe | operator is typically used"
            + " between brackets as the cons operator:\n\n    [head | tail]\n\nwhere head is a single element and the"
            + " tail is the remaining of a list.\nIt is also used to update maps and structs, via the %{map | key: value} notation,\n"
            + "and in typespecs, such as @type and @spec, to express the union of two types");
  }
}
