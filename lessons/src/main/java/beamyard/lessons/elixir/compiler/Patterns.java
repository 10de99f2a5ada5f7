package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.compileError;

import beamyard.lessons.elixir.compiler.Environment.Context;
import beamyard.lessons.elixir.compiler.Environment.VariableKey;
import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Turns the quoted forms of patterns into patterns. */
final class Patterns {
  private static final Atom STRUCT_KEY = Atom.of("__struct__");

  private final Expander expander;

  Patterns(Expander expander) {
    this.expander = expander;
  }

  /** What one pattern, or the patterns of one clause, have bound so far. */
  static final class Binding {
    /** The surroundings before the match. */
    final Scope outer;

    final Scope scope;
    final Map<VariableKey, Variable> bound = new LinkedHashMap<>();

    Binding(Scope outer) {
      this.outer = outer;
      this.scope = outer.fork(outer.env.withContext(Context.MATCH));
    }
  }

  /** A pattern; its variables are then seen in the scope. */
  Pattern expand(Term form, Scope scope) {
    var binding = new Binding(scope);
    Pattern pattern = expand(form, binding);
    scope.bindAll(binding.bound);
    return pattern;
  }

  /** The patterns of one clause. */
  List<Pattern> expandAll(List<Term> forms, Scope scope) {
    var binding = new Binding(scope);
    var all = new ArrayList<Pattern>(forms.size());
    for (Term form : forms) {
      all.add(expand(form, binding));
    }
    scope.bindAll(binding.bound);
    return all;
  }

  Pattern expand(Term form, Binding binding) {
    return switch (form) {
      case Tuple tuple when tuple.size() == 2 -> tuplePattern(tuple.elements(), binding);
      case Tuple tuple when tuple.size() == 3 && tuple.get(1) instanceof ListTerm meta -> {
        if (tuple.get(2) instanceof ListTerm arguments) {
          yield call(tuple, meta, arguments.toList(), binding);
        }
        if (tuple.get(0) instanceof Atom name) {
          yield variable(name, meta, tuple, binding);
        }
        throw compileError(binding.scope, meta, "invalid pattern");
      }
      case Cons list -> list(list, binding);
      default -> new Pattern.Exactly(form);
    };
  }

  private Pattern variable(Atom name, ListTerm meta, Tuple form, Binding binding) {
    switch (name.name()) {
      case "_":
        return new Pattern.Any();
      case "__MODULE__":
        return new Pattern.Exactly(binding.scope.env.module().orElse(Atom.NIL));
      case "__DIR__":
        return new Pattern.Exactly(Expander.directory(binding.scope.env));
      case "__ENV__", "__CALLER__", "__STACKTRACE__":
        throw compileError(
            binding.scope,
            meta,
            "invalid pattern in match, " + name.name() + " is not allowed in matches");
      default:
        VariableKey key = Expander.key(name, meta, form.get(2));
        Variable known = binding.bound.get(key);
        if (known == null) {
          known = new Variable(name.name());
          binding.bound.put(key, known);
          if (key.context() == Atom.NIL) {
            boolean again = binding.outer.find(key) != null;
            expander.variables.bound(known, Quoted.line(meta), again);
          }
        } else {
          expander.variables.used(known);
          if (key.context() == Atom.NIL && name.name().startsWith("_")) {
            warnRepeated(name, meta, binding);
          }
        }
        return new Pattern.Bind(known);
    }
  }

  private void warnRepeated(Atom name, ListTerm meta, Binding binding) {
    expander.modules.warn(
        Warning.in(
            binding.scope.env,
            Quoted.line(meta),
            "the underscored variable \""
                + name.name()
                + "\" appears more than once in a match. This means the pattern will only match if all \""
                + name.name()
                + "\" bind to the same value. If this is the intended behaviour, please remove the leading underscore from"
                + " the variable name, otherwise give the variables different names"));
  }

  private Pattern call(Tuple form, ListTerm meta, List<Term> arguments, Binding binding) {
    Scope scope = binding.scope;
    if (!(form.get(0) instanceof Atom name)) {
      Term expanded = expander.calls.expandMacroOnce(form, arguments, scope);
      if (expanded != null) {
        return expand(expanded, binding);
      }
      if (isErlang(form, "++", 2)) {
        return appended(form, meta, arguments, binding);
      }
      if ((isErlang(form, "-", 1) || isErlang(form, "+", 1))
          && signed(form, arguments) instanceof Term number) {
        return new Pattern.Exactly(number);
      }
      if (Quoted.isCall(form.get(0), Quoted.DOT, 2)
          && Quoted.argument(form.get(0), 1) instanceof Atom function) {
        Term left = Quoted.argument(form.get(0), 0);
        Atom module = expander.expandToAtom(left, scope);
        throw compileError(
            scope,
            meta,
            "cannot invoke remote function "
                + (module == null
                    ? expander.modules.source(left)
                    : expander.modules.inspect(module))
                + "."
                + function.name()
                + "/"
                + arguments.size()
                + " inside a match");
      }
      throw compileError(scope, meta, "invalid pattern in match");
    }
    switch (name.name() + "/" + arguments.size()) {
      case "=/2":
        Pattern left = expand(arguments.get(0), binding);
        Pattern right = expand(arguments.get(1), binding);
        return left instanceof Pattern.Any
            ? right
            : right instanceof Pattern.Any ? left : new Pattern.Both(left, right);
      case "^/1":
        return pinned(arguments.getFirst(), meta, binding);
      case "%/2":
        return struct(meta, arguments, binding);
      case "%value/1":
        return new Pattern.Exactly(arguments.getFirst());
      case "fn/1",
      "case/2",
      "cond/1",
      "receive/1",
      "try/1",
      "quote/2",
      "quote/1",
      "for/2",
      "with/2":
        throw compileError(
            scope, meta, "invalid pattern in match, " + name.name() + " is not allowed in matches");
      case "&/1":
        throw compileError(scope, meta, "invalid pattern in match, & is not allowed in matches");
      default:
    }
    switch (name.name()) {
      case "{}":
        return tuplePattern(arguments, binding);
      case "%{}":
        return new Pattern.OfMap(pairs(arguments, meta, binding));
      case "<<>>":
        return new Pattern.OfBits(expander.bits.expandPattern(meta, arguments, binding));
      case "__block__":
        if (arguments.size() == 1) {
          return expand(arguments.getFirst(), binding);
        }
        throw compileError(
            scope, meta, "invalid pattern in match, a block is not allowed in matches");
      case "__aliases__":
        Term resolved = expander.directives.resolve(form, scope);
        if (resolved == null) {
          throw compileError(scope, meta, "invalid pattern in match");
        }
        return new Pattern.Exactly(resolved);
      case "__MODULE__", "__DIR__":
        return variable(name, meta, Quoted.node(name, meta, Atom.NIL), binding);
      default:
    }
    Term expanded = expander.calls.expandMacroOnce(form, arguments, scope);
    if (expanded != null) {
      return expand(expanded, binding);
    }
    if (name.name().equals("++") && arguments.size() == 2) {
      return appended(form, meta, arguments, binding);
    }
    if ((name.name().equals("-") || name.name().equals("+"))
        && signed(form, arguments) instanceof Term number) {
      return new Pattern.Exactly(number);
    }
    if (name == Quoted.CONS && arguments.size() == 2) {
      throw Expander.misplacedBar(scope, meta);
    }
    if (expander.calls.importOf(name, arguments.size(), scope) instanceof Atom module) {
      KernelNames.Target target =
          KernelNames.inlined(module, name, arguments.size())
              .orElse(new KernelNames.Target(module, name));
      throw compileError(
          scope,
          meta,
          "cannot invoke remote function "
              + expander.modules.inspect(target.module())
              + "."
              + target.function().name()
              + "/"
              + arguments.size()
              + " inside a match");
    }
    if (scope.env.function().isEmpty()) {
      throw compileError(
          scope,
          meta,
          "undefined function "
              + name.name()
              + "/"
              + arguments.size()
              + " (there is no such import)");
    }
    throw compileError(
        scope,
        meta,
        "cannot find or invoke local "
            + name.name()
            + "/"
            + arguments.size()
            + " inside match. Only macros can be invoked in a match and they must be defined before their invocation."
            + " Called as: "
            + expander.modules.source(form));
  }

  private static boolean isErlang(Tuple form, String function, int arity) {
    return Quoted.isCall(form.get(0), Quoted.DOT, 2)
        && (Quoted.argument(form.get(0), 0) == Quoted.ERLANG
            || Quoted.argument(form.get(0), 0) == Quoted.KERNEL)
        && Quoted.argument(form.get(0), 1) == Atom.of(function)
        && Quoted.arguments(form).size() == arity;
  }

  private static @org.jspecify.annotations.Nullable Term signed(Tuple form, List<Term> arguments) {
    if (arguments.size() != 1) {
      return null;
    }
    Term value = arguments.getFirst();
    Term negated = DottedCalls.negated(value);
    boolean isMinus = form.get(0) == Atom.of("-") || isErlang(form, "-", 1);
    return negated == null ? null : isMinus ? negated : value;
  }

  private Pattern appended(Tuple form, ListTerm meta, List<Term> arguments, Binding binding) {
    Term left = arguments.getFirst();
    if (left instanceof ListTerm list && list.isProper()) {
      Pattern result = expand(arguments.get(1), binding);
      List<Term> elements = list.toList();
      for (int i = elements.size() - 1; i >= 0; i--) {
        result = new Pattern.OfCons(expand(elements.get(i), binding), result);
      }
      return result;
    }
    throw compileError(
        binding.scope,
        meta,
        "invalid argument for ++ operator inside a match, expected a literal proper"
            + " list, got: "
            + expander.modules.source(left));
  }

  private Pattern pinned(Term form, ListTerm meta, Binding binding) {
    if (!Quoted.isVariable(form)) {
      throw compileError(
          binding.scope,
          meta,
          "invalid argument for unary operator ^, expected an existing variable, got: ^"
              + expander.modules.source(form));
    }
    VariableKey key = Expander.key(form);
    Variable variable = binding.outer.find(key);
    if (variable == null) {
      throw compileError(
          binding.scope,
          meta,
          "undefined variable ^"
              + key.name().name()
              + ". No variable \""
              + key.name().name()
              + "\" has been defined before the current pattern");
    }
    expander.variables.used(variable);
    return new Pattern.Pinned(new Core.Use(Quoted.line(meta), variable));
  }

  private Pattern tuplePattern(List<Term> elements, Binding binding) {
    var parts = new ArrayList<Pattern>(elements.size());
    for (Term element : elements) {
      parts.add(expand(element, binding));
    }
    if (parts.stream().allMatch(part -> part instanceof Pattern.Exactly)) {
      return new Pattern.Exactly(
          Tuple.of(
              parts.stream().map(part -> ((Pattern.Exactly) part).value()).toArray(Term[]::new)));
    }
    return new Pattern.OfTuple(parts);
  }

  private Pattern list(Cons list, Binding binding) {
    List<Term> elements = list.toList();
    var parts = new ArrayList<Pattern>();
    Term last = elements.getLast();
    boolean hasTail = Quoted.isCall(last, Quoted.CONS, 2);
    if (hasTail) {
      elements.removeLast();
      elements.addAll(Quoted.arguments(last));
    }
    for (Term element : elements) {
      parts.add(expand(element, binding));
    }
    Pattern result = hasTail ? parts.removeLast() : new Pattern.Exactly(Nil.NIL);
    for (int i = parts.size() - 1; i >= 0; i--) {
      result =
          parts.get(i) instanceof Pattern.Exactly(Term head)
                  && result instanceof Pattern.Exactly(Term tail)
              ? new Pattern.Exactly(new Cons(head, tail))
              : new Pattern.OfCons(parts.get(i), result);
    }
    return result;
  }

  private List<Pattern.KeyPattern> pairs(List<Term> pairs, ListTerm meta, Binding binding) {
    var patterns = new ArrayList<Pattern.KeyPattern>();
    var known = new LinkedHashSet<Term>();
    for (Term element : pairs) {
      if (Quoted.isCall(element, Quoted.CONS, 2)) {
        throw compileError(
            binding.scope,
            meta,
            "cannot use map/struct update syntax in match, got: "
                + expander.modules.source(Quoted.call(Quoted.MAP, Nil.NIL, List.of(element))));
      }
      if (!(element instanceof Tuple pair && pair.size() == 2)) {
        throw compileError(
            binding.scope,
            meta,
            "expected key-value pairs in a map, got: " + expander.modules.source(element));
      }
      Core key = key(pair.get(0), meta, binding);
      if (key instanceof Core.Literal(_, Term literal) && !known.add(literal)) {
        throw compileError(
            binding.scope,
            meta,
            "key " + expander.modules.inspect(literal) + " will be overridden in map");
      }
      patterns.add(new Pattern.KeyPattern(key, expand(pair.get(1), binding)));
    }
    return patterns;
  }

  private Core key(Term form, ListTerm meta, Binding binding) {
    if (Quoted.isVariable(form) && !isModuleName(form)) {
      String name = ((Atom) ((Tuple) form).get(0)).name();
      throw compileError(
          binding.scope,
          meta,
          "cannot use variable "
              + name
              + " as map key inside a pattern. Map keys in patterns can only be literals (such as atoms, strings, tuples,"
              + " and the like) or an existing variable matched with the pin operator (such as ^some_var)");
    }
    Pattern pattern = expand(form, binding);
    return switch (pattern) {
      case Pattern.Exactly(Term value) -> new Core.Literal(Quoted.line(meta), value);
      case Pattern.Pinned(Core value) -> value;
      case Pattern.OfBits(List<Pattern.SegmentPattern> segments)
          when segments.stream()
              .allMatch(segment -> segment.value() instanceof Pattern.Exactly(Bits _)) -> {
        var text = new java.io.ByteArrayOutputStream();
        segments.forEach(
            segment ->
                text.writeBytes(((Bits) ((Pattern.Exactly) segment.value()).value()).toBytes()));
        yield new Core.Literal(Quoted.line(meta), Bits.of(text.toByteArray()));
      }
      default ->
          throw compileError(
              binding.scope,
              meta,
              "cannot pattern match on map key: " + expander.modules.source(form));
    };
  }

  private static boolean isModuleName(Term form) {
    Atom name = (Atom) ((Tuple) form).get(0);
    return name.name().equals("__MODULE__") || name.name().equals("__DIR__");
  }

  private Pattern struct(ListTerm meta, List<Term> arguments, Binding binding) {
    Term name = arguments.get(0);
    Term body = arguments.get(1);
    if (!Quoted.isCall(body, Quoted.MAP)) {
      throw compileError(
          binding.scope,
          meta,
          "expected struct to be followed by a map, got: " + expander.modules.source(body));
    }
    var patterns = new ArrayList<Pattern.KeyPattern>();
    List<Term> fields = Quoted.arguments(body);
    Core structKey = new Core.Literal(Quoted.line(meta), STRUCT_KEY);
    if (Quoted.isVariable(name) && !isModuleName(name) || Quoted.isCall(name, Quoted.PIN, 1)) {
      patterns.add(new Pattern.KeyPattern(structKey, expand(name, binding)));
    } else {
      Atom module = expander.expandToAtom(name, binding.scope);
      if (module == null) {
        throw compileError(
            binding.scope,
            meta,
            "expected struct name in a match to be a compile time atom, alias or a"
                + " variable, got: "
                + expander.modules.source(name));
      }
      Structs.checkKeys(expander, module, meta, fields, binding.scope);
      patterns.add(new Pattern.KeyPattern(structKey, new Pattern.Exactly(module)));
    }
    patterns.addAll(pairs(fields, meta, binding));
    return new Pattern.OfMap(patterns);
  }
}
