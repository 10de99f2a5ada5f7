package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.compileError;

import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.core.Core;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** {@code &}: functions by name, and functions of placeholders. */
final class Captures {
  private static final Atom SLASH = Atom.of("/");

  private final Expander expander;

  Captures(Expander expander) {
    this.expander = expander;
  }

  Core expand(Tuple form, ListTerm meta, List<Term> arguments, Scope scope) {
    int line = Quoted.line(meta);
    if (arguments.isEmpty()) {
      throw compileError(scope, meta, "undefined function &/0 (there is no such import)");
    }
    if (arguments.size() != 1) {
      throw invalid(meta, form, scope);
    }
    Term body = arguments.getFirst();
    if (body instanceof SmallInt number) {
      throw compileError(
          scope,
          meta,
          "capture argument &" + number.value() + " must be used within the capture operator &");
    }
    if (Quoted.isCall(body, SLASH, 2) && Quoted.argument(body, 1) instanceof SmallInt arity) {
      Core named = named(line, meta, Quoted.argument(body, 0), (int) arity.value(), scope);
      if (named != null) {
        return named;
      }
    }
    if (Quoted.isCall(body, Quoted.BLOCK) && Quoted.arguments(body).size() != 1) {
      throw compileError(
          scope,
          meta,
          "block expressions are not allowed inside the capture operator &, got: "
              + expander.modules.source(body));
    }
    if (Quoted.isCall(body, Quoted.BLOCK)) {
      body = Quoted.argument(body, 0);
    }
    if (body instanceof Atom
        || body instanceof beamyard.simulator.term.Bits
        || Quoted.isVariable(body)) {
      throw invalid(meta, form, scope);
    }
    Core sequential = sequential(line, body, scope);
    return sequential != null ? sequential : placeholders(line, meta, body, form, scope);
  }

  private beamyard.lessons.elixir.machine.Raise invalid(ListTerm meta, Term form, Scope scope) {
    Term shown = Quoted.arguments(form).isEmpty() ? form : Quoted.argument(form, 0);
    return compileError(
        scope,
        meta,
        "invalid args for &, expected one of:\n\n"
            + "  * &Mod.fun/arity to capture a remote function, such as &Enum.map/2\n"
            + "  * &fun/arity to capture a local or imported function, such as &is_atom/1\n"
            + "  * &some_code(&1, ...) containing at least one argument as &1, such as &List.flatten(&1)\n\n"
            + "Got: "
            + expander.modules.source(shown));
  }

  private @org.jspecify.annotations.Nullable Core named(
      int line, ListTerm meta, Term callee, int arity, Scope scope) {
    Tuple node = Quoted.node(callee);
    if (node == null) {
      return null;
    }
    if (node.get(0) instanceof Atom name && node.get(2) instanceof Atom) {
      return local(line, Quoted.meta(node), name, arity, scope);
    }
    if (Quoted.isCall(node.get(0), Quoted.DOT, 2)
        && Quoted.argument(node.get(0), 1) instanceof Atom name
        && Quoted.arguments(node).isEmpty()) {
      return remote(line, meta, Quoted.argument(node.get(0), 0), name, arity, scope);
    }
    return null;
  }

  private Core local(int line, ListTerm meta, Atom name, int arity, Scope scope) {
    boolean isMacro =
        expander.calls.isLocalMacro(name, arity, scope) || Calls.isSpecialForm(name, arity);
    Term imports = Quoted.get(meta, Quoted.IMPORTS);
    Atom module = imports instanceof ListTerm list ? hygienic(list, arity) : null;
    if (module == null) {
      module = expander.calls.importOf(name, arity, scope);
    }
    if (!isMacro && module != null) {
      isMacro = expander.calls.isMacroOf(module, name, arity);
    }
    if (isMacro) {
      return wrapped(line, name, meta, arity, scope);
    }
    if (module != null && scope.env.module().filter(module::equals).isEmpty()) {
      return captureOf(line, module, name, arity);
    }
    if (scope.env.function().isEmpty()) {
      throw compileError(
          scope.env,
          line,
          "undefined function " + name.name() + "/" + arity + " (there is no such import)");
    }
    expander.calls.localCalls.add(
        new Calls.LocalCall(new NameArity(name, arity), scope.env.function().get(), line));
    return new Core.CaptureLocal(line, name, arity);
  }

  private static @org.jspecify.annotations.Nullable Atom hygienic(ListTerm imports, int arity) {
    for (Term element : imports) {
      if (element instanceof Tuple pair && pair.get(0).equals(SmallInt.of(arity))) {
        return (Atom) pair.get(1);
      }
    }
    return null;
  }

  /** A macro has no function value, so one is made around it. */
  private Core wrapped(int line, Term name, ListTerm meta, int arity, Scope scope) {
    var variables = new ArrayList<Term>();
    for (int i = 1; i <= arity; i++) {
      variables.add(expander.freshVariable("&" + i, meta));
    }
    Term call = Quoted.node(name, meta, ListTerm.of(variables));
    return fn(line, variables, call, scope);
  }

  private Core fn(int line, List<Term> variables, Term body, Scope scope) {
    ListTerm meta = Quoted.meta(line);
    Term arrow = Tuple.of(Quoted.ARROW, meta, ListTerm.of(ListTerm.of(variables), body));
    return expander.expand(Quoted.call(Quoted.FN, meta, List.of(arrow)), scope);
  }

  static Core captureOf(int line, Atom module, Atom name, int arity) {
    KernelNames.Target target =
        KernelNames.inlined(module, name, arity).orElse(new KernelNames.Target(module, name));
    return new Core.CaptureRemote(
        line,
        new Core.Literal(line, target.module()),
        new Core.Literal(line, target.function()),
        new Core.Literal(line, SmallInt.of(arity)));
  }

  private Core remote(int line, ListTerm meta, Term moduleForm, Atom name, int arity, Scope scope) {
    Atom module = expander.expandToAtom(moduleForm, scope);
    if (module != null) {
      boolean required = module == Quoted.KERNEL || scope.env.requires().contains(module);
      if (required && expander.calls.isMacroOf(module, name, arity)) {
        return wrapped(
            line, Quoted.node(Quoted.DOT, meta, ListTerm.of(module, name)), meta, arity, scope);
      }
      return captureOf(line, module, name, arity);
    }
    return new Core.CaptureRemote(
        line,
        expander.expand(moduleForm, scope),
        new Core.Literal(line, name),
        new Core.Literal(line, SmallInt.of(arity)));
  }

  /** {@code &f(&1, &2)} is {@code &f/2}. */
  private @org.jspecify.annotations.Nullable Core sequential(int line, Term body, Scope scope) {
    Tuple node = Quoted.node(body);
    if (node == null || !(node.get(2) instanceof ListTerm list) || list.isEmpty()) {
      return null;
    }
    List<Term> arguments = list.toList();
    for (int i = 0; i < arguments.size(); i++) {
      if (!Quoted.isCall(arguments.get(i), Quoted.CAPTURE, 1)
          || !Quoted.argument(arguments.get(i), 0).equals(SmallInt.of(i + 1))) {
        return null;
      }
    }
    ListTerm meta = Quoted.meta(node);
    int arity = arguments.size();
    if (node.get(0) instanceof Atom name) {
      boolean isMacro =
          Calls.isSpecialForm(name, arity) || expander.calls.isLocalMacro(name, arity, scope);
      Atom module = expander.calls.importOf(name, arity, scope);
      if (isMacro || module != null && expander.calls.isMacroOf(module, name, arity)) {
        return null;
      }
      boolean isRewritten =
          module == Quoted.KERNEL
              && switch (name.name()) {
                case "elem", "put_elem", "is_map_key" -> true;
                default -> false;
              };
      if (isRewritten || module == null && scope.env.function().isEmpty()) {
        return null;
      }
      return local(line, meta, name, arity, scope);
    }
    if (Quoted.isCall(node.get(0), Quoted.DOT, 2)
        && Quoted.argument(node.get(0), 1) instanceof Atom name) {
      Atom module = expander.expandToAtom(Quoted.argument(node.get(0), 0), scope);
      boolean isRequired =
          module != null && (module == Quoted.KERNEL || scope.env.requires().contains(module));
      if (module != null && !(isRequired && expander.calls.isMacroOf(module, name, arity))) {
        return captureOf(line, module, name, arity);
      }
    }
    return null;
  }

  private Core placeholders(int line, ListTerm meta, Term body, Term form, Scope scope) {
    var found = new TreeMap<Integer, Term>();
    Term replaced = replace(body, found, meta, scope);
    if (found.isEmpty()) {
      throw invalid(meta, form, scope);
    }
    int arity = found.lastKey();
    for (int i = 1; i <= arity; i++) {
      if (!found.containsKey(i)) {
        throw compileError(
            scope,
            meta,
            "capture argument &"
                + arity
                + " cannot be defined without &"
                + i
                + " (you cannot skip arguments, all arguments must be numbered)");
      }
    }
    return fn(line, new ArrayList<>(found.values()), replaced, scope);
  }

  private Term replace(Term form, TreeMap<Integer, Term> found, ListTerm meta, Scope scope) {
    return switch (form) {
      case Tuple tuple when Quoted.isCall(tuple, Quoted.CAPTURE, 1) -> {
        Term argument = Quoted.argument(tuple, 0);
        if (argument instanceof SmallInt number) {
          if (number.value() < 1) {
            throw compileError(
                scope,
                meta,
                "capture argument &" + number.value() + " must be numbered between 1 and 255");
          }
          yield found.computeIfAbsent(
              (int) number.value(), index -> expander.freshVariable("&" + index, meta));
        }
        if (Quoted.isCall(argument, SLASH, 2)) {
          yield form;
        }
        throw compileError(
            scope,
            meta,
            "nested captures are not allowed. You cannot define a function using  the capture operator & inside another"
                + " function defined via &. Got invalid nested capture: & "
                + expander.modules.source(argument));
      }
      case Tuple tuple -> {
        Term[] elements = tuple.toArray();
        for (int i = 0; i < elements.length; i++) {
          elements[i] = replace(elements[i], found, meta, scope);
        }
        yield Tuple.of(elements);
      }
      case Cons cons -> {
        var elements = new ArrayList<Term>();
        Term rest = cons;
        while (rest instanceof Cons next) {
          elements.add(replace(next.head(), found, meta, scope));
          rest = next.tail();
        }
        Term result = replace(rest, found, meta, scope);
        for (int i = elements.size() - 1; i >= 0; i--) {
          result = new Cons(elements.get(i), result);
        }
        yield result;
      }
      default -> form;
    };
  }
}
