package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.compileError;

import beamyard.lessons.elixir.compiler.Environment.Context;
import beamyard.lessons.elixir.compiler.Environment.Imported;
import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls: what a name means where it stands, and the expansion of macros. */
final class Calls {
  /**
   * What a function of the module being defined calls by a name without a module, to be checked when the module is complete.
   *
   * @param importedFrom the module that the name was imported from, if it was
   */
  record LocalCall(NameArity callee, NameArity caller, int line, @Nullable Atom importedFrom) {
    LocalCall(NameArity callee, NameArity caller, int line) {
      this(callee, caller, line, null);
    }
  }

  private final Expander expander;
  final List<LocalCall> localCalls = new ArrayList<>();

  Calls(Expander expander) {
    this.expander = expander;
  }

  /** What a local call is of. */
  private sealed interface Resolved {
    record Function(Atom module) implements Resolved {}

    record Macro(Atom module) implements Resolved {}

    record Local() implements Resolved {}
  }

  private Resolved resolve(Atom name, int arity, ListTerm meta, Scope scope) {
    Term imports = Quoted.get(meta, Quoted.IMPORTS);
    if (imports instanceof ListTerm list && Quoted.has(meta, Quoted.CONTEXT)) {
      for (Term element : list) {
        if (element instanceof Tuple pair && pair.get(0).equals(SmallInt.of(arity))) {
          Atom module = (Atom) pair.get(1);
          return isMacroOf(module, name, arity)
              ? new Resolved.Macro(module)
              : new Resolved.Function(module);
        }
      }
    }
    Atom function = importing(scope.env.functions(), name, arity, meta, scope);
    Atom macro = importing(scope.env.macros(), name, arity, meta, scope);
    if (function != null && macro != null && function != macro) {
      throw compileError(
          scope,
          meta,
          "function "
              + name.name()
              + "/"
              + arity
              + " imported from both "
              + expander.modules.inspect(function)
              + " and "
              + expander.modules.inspect(macro)
              + ", call is ambiguous");
    }
    Atom imported = macro != null ? macro : function;
    if (imported != null) {
      expander.modules.tracker().ifPresent(it -> it.usedImport(imported, name, arity));
    }
    if (macro != null) {
      return new Resolved.Macro(macro);
    }
    return function != null ? new Resolved.Function(function) : new Resolved.Local();
  }

  private @Nullable Atom importing(
      List<Imported> imports, Atom name, int arity, ListTerm meta, Scope scope) {
    Atom found = null;
    for (Imported imported : imports) {
      if (imported.has(name, arity)) {
        if (found != null) {
          throw compileError(
              scope,
              meta,
              "function "
                  + name.name()
                  + "/"
                  + arity
                  + " imported from both "
                  + expander.modules.inspect(found)
                  + " and "
                  + expander.modules.inspect(imported.module())
                  + ", call is ambiguous");
        }
        found = imported.module();
      }
    }
    return found;
  }

  /** The module whose function or macro an imported name means; for {@code quote} and captures. */
  @Nullable Atom importOf(Atom name, int arity, Scope scope) {
    for (Imported imported : scope.env.functions()) {
      if (imported.has(name, arity)) {
        return used(imported.module(), name, arity);
      }
    }
    for (Imported imported : scope.env.macros()) {
      if (imported.has(name, arity)) {
        return used(imported.module(), name, arity);
      }
    }
    return null;
  }

  private Atom used(Atom module, Atom name, int arity) {
    expander.modules.tracker().ifPresent(it -> it.usedImport(module, name, arity));
    return module;
  }

  boolean isMacroOf(Atom module, Atom name, int arity) {
    if (module == Quoted.KERNEL) {
      return KernelNames.isMacro(name, arity);
    }
    return expander.modules.macros(module).contains(new NameArity(name, arity));
  }

  /** Whether the module being defined has a macro of this name. */
  boolean isLocalMacro(Atom name, int arity, Scope scope) {
    return scope
        .env
        .module()
        .flatMap(expander.drafts::find)
        .filter(draft -> draft.hasMacro(new NameArity(name, arity)))
        .isPresent();
  }

  /** {@code name(arguments)}. */
  Core expandLocal(Tuple form, Atom name, ListTerm meta, List<Term> arguments, Scope scope) {
    Term expanded = expandLocalMacro(form, name, meta, arguments, scope);
    if (expanded != null) {
      return expander.expand(expanded, scope);
    }
    int arity = arguments.size();
    if (resolve(name, arity, meta, scope) instanceof Resolved.Function(Atom module)) {
      if (scope.env.module().isPresent()
          && scope.env.module().get() == module
          && scope.env.function().isPresent()) {
        return localFunction(name, meta, arguments, scope);
      }
      if (scope.env.module().isPresent()
          && scope.env.function().isPresent()
          && !Quoted.has(meta, Quoted.IMPORTS)) {
        localCalls.add(
            new LocalCall(
                new NameArity(name, arity), scope.env.function().get(), Quoted.line(meta), module));
      }
      return expander.dotted.remoteFunction(
          new Core.Literal(0, module), name, meta, arguments, scope);
    }
    return localFunction(name, meta, arguments, scope);
  }

  private Core localFunction(Atom name, ListTerm meta, List<Term> arguments, Scope scope) {
    int arity = arguments.size();
    int line = Quoted.line(meta);
    if (scope.env.context() == Context.GUARD && scope.env.function().isPresent()) {
      throw compileError(
          scope,
          meta,
          "cannot find or invoke local "
              + name.name()
              + "/"
              + arity
              + " inside guards. Only"
              + " macros can be invoked in a guards and they must be defined before their invocation. Called as: "
              + expander.modules.source(Quoted.call(name, meta, arguments)));
    }
    if (scope.env.function().isEmpty()) {
      throw compileError(
          scope,
          meta,
          "undefined function " + name.name() + "/" + arity + " (there is no such import)");
    }
    localCalls.add(new LocalCall(new NameArity(name, arity), scope.env.function().get(), line));
    return new Core.CallLocal(line, name, expander.expandArguments(arguments, scope));
  }

  private @Nullable Term expandLocalMacro(
      Tuple form, Atom name, ListTerm meta, List<Term> arguments, Scope scope) {
    int arity = arguments.size();
    Resolved resolved = resolve(name, arity, meta, scope);
    if (isLocalMacro(name, arity, scope)) {
      Atom module = scope.env.module().orElseThrow();
      if (resolved instanceof Resolved.Macro(Atom other) && other != module) {
        throw compileError(
            scope,
            meta,
            "call to local macro "
                + name.name()
                + "/"
                + arity
                + " conflicts with imported "
                + expander.modules.inspect(other)
                + "."
                + name.name()
                + "/"
                + arity
                + ", please rename the local macro or remove the conflicting import");
      }
      boolean isSelf = scope.env.function().filter(new NameArity(name, arity)::equals).isPresent();
      if (!isSelf) {
        expander.drafts.notes(module).usedMacro(new NameArity(name, arity));
        return expandUserMacro(module, name, meta, arguments, scope);
      }
    }
    if (resolved instanceof Resolved.Macro(Atom module)) {
      return module == Quoted.KERNEL
          ? expandKernelMacro(name, meta, arguments, scope)
          : expandUserMacro(module, name, meta, arguments, scope);
    }
    return null;
  }

  private Term expandKernelMacro(Atom name, ListTerm meta, List<Term> arguments, Scope scope) {
    KernelMacro macro = KernelMacros.find(name, arguments.size());
    if (macro == null) {
      throw compileError(
          scope,
          meta,
          "Kernel." + name.name() + "/" + arguments.size() + " is not part of this sandbox");
    }
    try {
      return macro.expand(expander, scope, meta, arguments);
    } catch (KernelFailure failure) {
      throw failure.in(new NameArity(name, arguments.size()), Quoted.line(meta), scope.env);
    }
  }

  private Term expandUserMacro(
      Atom module, Atom name, ListTerm meta, List<Term> arguments, Scope scope) {
    Term counter = expander.nextCounter();
    int line = Quoted.line(meta);
    var withCaller = new ArrayList<Term>();
    withCaller.add(EnvironmentTerm.of(line == 0 ? scope.env : scope.env.withLine(line)));
    withCaller.addAll(arguments);
    Atom function = Atom.of("MACRO-" + name.name());
    Optional<Draft> draft = expander.drafts.find(module);
    var macro = new NameArity(name, arguments.size());
    try {
      Term result =
          draft.isPresent() && draft.get().hasMacro(macro)
              ? expander.drafts.callLocalMacro(expander, draft.get(), function, withCaller)
              : expander.modules.call(module, function, withCaller);
      return Hygiene.mark(result, line, module, counter);
    } catch (Raise raise) {
      throw ExpansionTrace.of(raise, module, macro, line, scope.env);
    }
  }

  /** One step of {@code Macro.expand_once}; {@code null} if the call is no macro. */
  @Nullable Term expandMacroOnce(Tuple form, List<Term> arguments, Scope scope) {
    ListTerm meta = (ListTerm) form.get(1);
    if (form.get(0) instanceof Atom name) {
      if (isSpecialForm(name, arguments.size())) {
        return null;
      }
      return expandLocalMacro(form, name, meta, arguments, scope);
    }
    if (Quoted.isCall(form.get(0), Quoted.DOT, 2)
        && Quoted.argument(form.get(0), 1) instanceof Atom name
        && expander.expandToAtom(Quoted.argument(form.get(0), 0), scope) instanceof Atom module) {
      return expandRemoteMacro(module, name, meta, arguments, scope);
    }
    return null;
  }

  static boolean isSpecialForm(Atom name, int arity) {
    return switch (name.name()) {
      case "%", "=", "::", ".", "alias", "import", "require", "quote", "case" ->
          arity == 2 || arity == 1;
      case "&", "^", "cond", "receive", "try", "unquote", "unquote_splicing" -> arity == 1;
      case "%{}",
          "{}",
          "<<>>",
          "__block__",
          "__aliases__",
          "fn",
          "for",
          "with",
          "super",
          "->",
          "%value" ->
          true;
      case "__MODULE__", "__ENV__", "__DIR__", "__CALLER__", "__STACKTRACE__" -> arity == 0;
      default -> false;
    };
  }

  /** Expands a call of another module if that is a macro which may be called here; {@code null} if it is none. */
  @Nullable Term expandRemoteMacro(
      Atom module, Atom name, ListTerm meta, List<Term> arguments, Scope scope) {
    if (module == Quoted.KERNEL) {
      return KernelNames.isMacro(name, arguments.size())
          ? expandKernelMacro(name, meta, arguments, scope)
          : null;
    }
    if (!scope.env.requires().contains(module)
        && scope.env.module().filter(own -> own == module).isEmpty()) {
      return null;
    }
    if (!expander.modules.macros(module).contains(new NameArity(name, arguments.size()))) {
      return null;
    }
    return expandUserMacro(module, name, meta, arguments, scope);
  }

  Core expandSuper(ListTerm meta, List<Term> arguments, Scope scope) {
    NameArity function =
        scope
            .env
            .function()
            .orElseThrow(
                () ->
                    compileError(
                        scope,
                        meta,
                        scope.env.module().isPresent()
                            ? "cannot invoke super outside function"
                            : "cannot invoke super outside module"));
    if (function.arity() != arguments.size()) {
      throw compileError(
          scope,
          meta,
          "super must be called with the same number of arguments as the current definition");
    }
    Draft draft = expander.drafts.find(scope.env.module().orElseThrow()).orElseThrow();
    Atom name =
        draft
            .superOf(function)
            .orElseThrow(
                () ->
                    compileError(
                        scope,
                        meta,
                        "no super defined for "
                            + function.name().name()
                            + "/"
                            + function.arity()
                            + " in module "
                            + expander.modules.inspect(draft.name())
                            + ". Overridable functions available are: "));
    localCalls.add(
        new LocalCall(new NameArity(name, arguments.size()), function, Quoted.line(meta)));
    expander.drafts.update(draft.name(), current -> current.superUsed(name));
    return new Core.CallLocal(Quoted.line(meta), name, expander.expandArguments(arguments, scope));
  }
}
