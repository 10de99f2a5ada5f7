package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.compileError;

import beamyard.lessons.elixir.core.Core;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code quote}: core forms that build quoted forms. What holds no {@code unquote} is a literal. */
final class Quoter {
  private static final Atom QUOTE = Atom.of("quote");
  private static final Atom UNQUOTE = Atom.of("unquote");
  private static final List<String> OPTIONS =
      List.of("do", "line", "file", "location", "context", "unquote", "bind_quoted", "generated");
  private static final Atom UNQUOTE_SPLICING = Atom.of("unquote_splicing");
  private static final Atom BIND_QUOTED = Atom.of("bind_quoted");

  private final Expander expander;

  Quoter(Expander expander) {
    this.expander = expander;
  }

  private enum Unquoting {
    ENABLED,
    DISABLED
  }

  private enum Hygienic {
    /** {@code quote}: variables and aliases belong to the macro's module. */
    YES,
    /** Escaping code with unquote fragments: nothing but those is changed. */
    NO
  }

  /** How one {@code quote} works. */
  private record Mode(
      Unquoting unquoting,
      Hygienic hygienic,
      Term context,
      @Nullable Term line,
      Optional<String> file,
      Scope scope) {
    Mode withoutUnquote() {
      return new Mode(Unquoting.DISABLED, hygienic, context, line, file, scope);
    }
  }

  Core expandQuote(ListTerm meta, List<Term> arguments, Scope scope) {
    ListTerm options =
        arguments.size() == 2 && arguments.getFirst() instanceof ListTerm list ? list : Nil.NIL;
    Term last = arguments.getLast();
    if (!(last instanceof ListTerm)) {
      throw compileError(scope, meta, "invalid arguments for \"quote\"");
    }
    if (!Quoted.has(last, Quoted.DO)) {
      throw compileError(scope, meta, "missing :do option in \"quote\"");
    }
    if (arguments.size() == 1) {
      options = Quoted.without((ListTerm) last, Quoted.DO);
    }
    Term body = Quoted.get(last, Quoted.DO);
    for (Term option : options) {
      if (option instanceof Tuple pair
          && pair.size() == 2
          && pair.get(0) instanceof Atom key
          && !OPTIONS.contains(key.name())) {
        throw compileError(scope, meta, "unsupported option :" + key.name() + " given to quote");
      }
    }
    if (Quoted.isCall(body, UNQUOTE_SPLICING, 1)
        && Quoted.get(options, Atom.of("unquote")) != Atom.FALSE) {
      throw CompileProblem.argumentError(
          "unquote_splicing only works inside arguments and block contexts, wrap it in parens if you want it to work"
              + " with one-liners");
    }
    Term context = Quoted.get(options, Quoted.CONTEXT);
    if (context != null) {
      Atom given = expander.expandToAtom(context, scope);
      if (given == null || given == Atom.NIL) {
        throw compileError(
            scope,
            meta,
            "invalid :context for quote, expected non-nil compile time atom or alias, got: "
                + expander.modules.source(context));
      }
      context = given;
    } else {
      context = scope.env.module().orElse(Atom.of("Elixir"));
    }
    Term bindings = Quoted.get(options, BIND_QUOTED);
    Term unquote = Quoted.get(options, UNQUOTE);
    boolean isEnabled =
        unquote == null ? bindings == null : expander.expandToAtom(unquote, scope) == Atom.TRUE;
    Term line = Quoted.get(options, Quoted.LINE);
    Optional<String> file =
        Quoted.get(options, Atom.of("file")) instanceof Bits given
            ? Optional.of(given.text())
            : Optional.empty();
    if (Quoted.get(options, Atom.of("location")) == Atom.of("keep")) {
      line = Atom.TRUE;
      file = Optional.of(scope.env.file());
    }
    var mode =
        new Mode(
            isEnabled ? Unquoting.ENABLED : Unquoting.DISABLED,
            Hygienic.YES,
            context,
            line,
            file,
            scope);
    Core quoted = quote(body, mode);
    return bindings == null ? quoted : bound(meta, bindings, quoted, mode);
  }

  private Core bound(ListTerm meta, Term bindings, Core quoted, Mode mode) {
    var parts = new ArrayList<Core>();
    if (Quoted.isKeywords(bindings)) {
      for (Term element : (ListTerm) bindings) {
        Tuple pair = (Tuple) element;
        Term variable = Tuple.of(pair.get(0), Quoted.meta(Quoted.line(meta)), mode.context());
        parts.add(
            tuple(
                literal(Quoted.MATCH),
                literal(Nil.NIL),
                list(
                    List.of(literal(variable), expander.expand(pair.get(1), mode.scope())),
                    literal(Nil.NIL))));
      }
      parts.add(quoted);
      return tuple(literal(Quoted.BLOCK), literal(Nil.NIL), list(parts, literal(Nil.NIL)));
    }
    throw compileError(
        mode.scope(),
        meta,
        "invalid :bind_quoted for quote, expected a keyword list of variable names, got: "
            + expander.modules.source(bindings));
  }

  /** Builds code for which only unquote fragments are evaluated, as the head and body of a {@code def} are. */
  Core escapeWithFragments(Term form, Scope scope) {
    return quote(
        form, new Mode(Unquoting.ENABLED, Hygienic.NO, Atom.NIL, null, Optional.empty(), scope));
  }

  /** Whether code has unquote fragments of its own, not those of a {@code quote} in it. */
  static boolean hasFragments(Term form) {
    return hasFragments(form, 0);
  }

  private static boolean hasFragments(Term form, int level) {
    switch (form) {
      case Tuple tuple when Quoted.isCall(tuple, QUOTE) -> {
        List<Term> arguments = Quoted.arguments(tuple);
        if (arguments.size() == 2 && disablesUnquote(arguments.getFirst())) {
          return false;
        }
        return hasFragments(arguments.getLast(), level + 1);
      }
      case Tuple tuple
          when Quoted.isCall(tuple, UNQUOTE, 1) || Quoted.isCall(tuple, UNQUOTE_SPLICING, 1) -> {
        return level == 0 || hasFragments(Quoted.argument(tuple, 0), level - 1);
      }
      case Tuple tuple when isDotUnquote(tuple) -> {
        return level == 0 || hasFragments(Quoted.argument(tuple, 0), level - 1);
      }
      case Tuple tuple -> {
        for (int i = 0; i < tuple.size(); i++) {
          if (!(i == 1 && tuple.size() == 3) && hasFragments(tuple.get(i), level)) {
            return true;
          }
        }
        return false;
      }
      case Cons cons -> {
        Term rest = cons;
        while (rest instanceof Cons next) {
          if (hasFragments(next.head(), level)) {
            return true;
          }
          rest = next.tail();
        }
        return false;
      }
      default -> {
        return false;
      }
    }
  }

  private static boolean disablesUnquote(Term options) {
    return Quoted.get(options, UNQUOTE) == Atom.FALSE || Quoted.has(options, BIND_QUOTED);
  }

  /** {@code left.unquote(name)}. */
  private static boolean isDotUnquote(Term form) {
    Tuple node = Quoted.node(form);
    return node != null
        && Quoted.isCall(node.get(0), Quoted.DOT, 2)
        && Quoted.argument(node.get(0), 1) == UNQUOTE
        && node.get(2) instanceof ListTerm arguments
        && arguments.length() == 1;
  }

  private Core quote(Term form, Mode mode) {
    return switch (form) {
      case Tuple tuple when tuple.size() == 3 && tuple.get(1) instanceof ListTerm meta ->
          quoteNode(tuple, meta, mode);
      case Tuple tuple ->
          tuple(
              tuple.elements().stream().map(element -> quote(element, mode)).toArray(Core[]::new));
      case Cons list -> quoteList(list, mode);
      default -> literal(form);
    };
  }

  private Core quoteNode(Tuple node, ListTerm meta, Mode mode) {
    boolean isUnquoting = mode.unquoting() == Unquoting.ENABLED;
    if (Quoted.isCall(node, QUOTE)) {
      List<Term> arguments = Quoted.arguments(node);
      Mode inner = mode.withoutUnquote();
      Core quotedArguments =
          arguments.size() == 2
              ? list(
                  List.of(quote(arguments.get(0), mode), quote(arguments.get(1), inner)),
                  literal(Nil.NIL))
              : quote(ListTerm.of(arguments), inner);
      ListTerm marked =
          mode.hygienic() == Hygienic.YES
              ? Quoted.withNew(stripped(meta, mode), Quoted.CONTEXT, mode.context())
              : meta;
      return tuple(literal(QUOTE), literal(marked), quotedArguments);
    }
    if (isUnquoting && Quoted.isCall(node, UNQUOTE, 1)) {
      return expander.expand(Quoted.argument(node, 0), mode.scope());
    }
    if (isUnquoting && isDotUnquote(node)) {
      return dot(
          meta, Quoted.argument(node.get(0), 0), Quoted.argument(node, 0), literal(Atom.NIL), mode);
    }
    if (isUnquoting && isDotUnquote(node.get(0))) {
      Term inner = node.get(0);
      return dot(
          meta,
          Quoted.argument(((Tuple) inner).get(0), 0),
          Quoted.argument(inner, 0),
          quote(node.get(2), mode),
          mode);
    }
    if (mode.hygienic() == Hygienic.NO) {
      return tuple(quote(node.get(0), mode), literal(meta), quote(node.get(2), mode));
    }
    if (Quoted.isAlias(node)
        && Quoted.arguments(node).getFirst() instanceof Atom first
        && first != Atom.of("Elixir")
        && !Quoted.has(meta, Quoted.ALIAS)) {
      Atom expanded = expander.directives.resolve(node, mode.scope());
      Atom plain = Directives.concat(Quoted.arguments(node));
      ListTerm marked =
          Quoted.with(
              stripped(meta, mode), Quoted.ALIAS, expanded == plain ? Atom.FALSE : expanded);
      return tuple(literal(Quoted.ALIASES), literal(marked), quote(node.get(2), mode));
    }
    if (node.get(0) instanceof Atom && node.get(2) == Atom.NIL) {
      ListTerm marked = withImports((Atom) node.get(0), stripped(meta, mode), mode);
      return literal(Tuple.of(node.get(0), marked, mode.context()));
    }
    if (Quoted.isCall(node, Quoted.CAPTURE, 1)
        && capturedName(Quoted.argument(node, 0)) instanceof Tuple captured) {
      return quoteCapture(node, meta, captured, mode);
    }
    ListTerm marked = stripped(meta, mode);
    if (node.get(0) instanceof Atom name && node.get(2) instanceof ListTerm arguments) {
      if (Hygiene.isLexical(name) && !arguments.isEmpty()) {
        marked = Quoted.withLast(marked, Quoted.CONTEXT, mode.context());
      }
      if (!Calls.isSpecialForm(name, arguments.length())) {
        marked = withImports(name, marked, mode);
      }
      if (isDefinition(name) && arguments instanceof Cons list) {
        Core rest = quote(list.tail(), mode);
        return tuple(literal(name), literal(marked), cons(quoteHead(list.head(), mode), rest));
      }
    }
    return tuple(quote(node.get(0), mode), literal(marked), quote(node.get(2), mode));
  }

  private static boolean isDefinition(Atom name) {
    return switch (name.name()) {
      case "def", "defp", "defmacro", "defmacrop", "@" -> true;
      default -> false;
    };
  }

  /** The head of a definition and the name of an attribute tell in which context they were quoted. */
  private Core quoteHead(Term head, Mode mode) {
    return head instanceof Tuple node
            && node.size() == 3
            && node.get(1) instanceof ListTerm meta
            && !(mode.unquoting() == Unquoting.ENABLED && Quoted.isCall(node, UNQUOTE, 1))
        ? quote(node.with(1, Quoted.withLast(meta, Quoted.CONTEXT, mode.context())), mode)
        : quote(head, mode);
  }

  /** What a name is imported from where it is quoted, with whatever number of arguments. */
  private ListTerm withImports(Atom name, ListTerm meta, Mode mode) {
    if (Quoted.has(meta, Quoted.IMPORTS)) {
      return meta;
    }
    var imports = new ArrayList<Term>();
    for (int i = 0; i <= 5; i++) {
      Atom module = expander.calls.importOf(name, i, mode.scope());
      if (module != null) {
        imports.add(Tuple.of(SmallInt.of(i), module));
      }
    }
    return imports.isEmpty()
        ? meta
        : Quoted.withLast(
            Quoted.withLast(meta, Quoted.CONTEXT, mode.context()),
            Quoted.IMPORTS,
            ListTerm.of(imports));
  }

  /** The variable node in {@code name/arity}. */
  private static @Nullable Tuple capturedName(Term body) {
    return Quoted.isCall(body, Atom.of("/"), 2)
            && Quoted.argument(body, 1) instanceof SmallInt
            && Quoted.isVariable(Quoted.argument(body, 0))
        ? (Tuple) Quoted.argument(body, 0)
        : null;
  }

  private Core quoteCapture(Tuple node, ListTerm meta, Tuple name, Mode mode) {
    Term slash = Quoted.argument(node, 0);
    int arity = (int) ((SmallInt) Quoted.argument(slash, 1)).value();
    ListTerm nameMeta = withImports((Atom) name.get(0), stripped(Quoted.meta(name), mode), mode);
    Term quotedName = Tuple.of(name.get(0), nameMeta, mode.context());
    Term quotedSlash =
        Tuple.of(
            Atom.of("/"),
            withImports(Atom.of("/"), stripped(Quoted.meta(slash), mode), mode),
            ListTerm.of(quotedName, SmallInt.of(arity)));
    ListTerm marked = stripped(meta, mode);
    if (Quoted.get(nameMeta, Quoted.IMPORTS) instanceof Term imports) {
      marked =
          Quoted.withLast(
              Quoted.withLast(marked, Quoted.IMPORTS, imports), Quoted.CONTEXT, mode.context());
    }
    return literal(Tuple.of(Quoted.CAPTURE, marked, ListTerm.of(quotedSlash)));
  }

  /** {@code left.unquote(right)(arguments)}: what it is depends on the value of {@code right}. */
  private Core dot(ListTerm meta, Term left, Term right, Core arguments, Mode mode) {
    return Kernels.remote(
        Quoted.line(meta),
        "elixir_quote",
        "dot",
        literal(stripped(meta, mode)),
        quote(left, mode),
        expander.expand(right, mode.scope()),
        arguments);
  }

  private static ListTerm stripped(ListTerm meta, Mode mode) {
    if (mode.hygienic() == Hygienic.NO) {
      return meta;
    }
    if (mode.file().isPresent()) {
      Term line = mode.line() == Atom.TRUE ? SmallInt.of(Quoted.line(meta)) : mode.line();
      return KeptLocation.mark(
          Quoted.without(meta, Atom.of("column")),
          mode.file().get(),
          line == null ? SmallInt.of(0) : line);
    }
    if (mode.line() == null) {
      return Quoted.without(Quoted.without(meta, Quoted.LINE), Atom.of("column"));
    }
    ListTerm plain = Quoted.without(meta, Atom.of("column"));
    return mode.line() instanceof SmallInt ? Quoted.with(plain, Quoted.LINE, mode.line()) : plain;
  }

  private Core quoteList(Cons list, Mode mode) {
    var elements = new ArrayList<Term>();
    Term rest = list;
    while (rest instanceof Cons cons) {
      elements.add(cons.head());
      rest = cons.tail();
    }
    Core result = quote(rest, mode);
    for (int i = elements.size() - 1; i >= 0; i--) {
      Term element = elements.get(i);
      if (mode.unquoting() == Unquoting.ENABLED && Quoted.isCall(element, UNQUOTE_SPLICING, 1)) {
        Core spliced = expander.expand(Quoted.argument(element, 0), mode.scope());
        result = Kernels.remote(Quoted.lineOf(element), "elixir_quote", "list", spliced, result);
      } else {
        result = cons(quote(element, mode), result);
      }
    }
    return result;
  }

  // ---- core forms of data, literal where they can be

  private static Core literal(Term value) {
    return new Core.Literal(0, value);
  }

  private static Core cons(Core head, Core tail) {
    return head instanceof Core.Literal(_, Term a) && tail instanceof Core.Literal(_, Term b)
        ? literal(new Cons(a, b))
        : new Core.MakeCons(0, head, tail);
  }

  private static Core list(List<Core> elements, Core tail) {
    Core result = tail;
    for (int i = elements.size() - 1; i >= 0; i--) {
      result = cons(elements.get(i), result);
    }
    return result;
  }

  private static Core tuple(Core... elements) {
    Term[] values = new Term[elements.length];
    for (int i = 0; i < elements.length; i++) {
      if (!(elements[i] instanceof Core.Literal(_, Term value))) {
        return new Core.MakeTuple(0, List.of(elements));
      }
      values[i] = value;
    }
    return literal(Tuple.of(values));
  }
}
