package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.compileError;

import beamyard.lessons.elixir.compiler.Environment.Imported;
import beamyard.lessons.elixir.compiler.Environment.MacroAlias;
import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.core.Core;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code alias}, {@code require}, {@code import}, and what aliases mean. */
final class Directives {
  private static final Atom ELIXIR = Atom.of("Elixir");
  private static final Atom AS = Atom.of("as");
  private static final List<String> IMPORT_OPTIONS = List.of("only", "except", "warn");
  private static final List<String> ALIAS_OPTIONS = List.of("as", "warn");
  private static final Atom ONLY = Atom.of("only");
  private static final Atom EXCEPT = Atom.of("except");
  private static final Atom WARN = Atom.of("warn");

  private final Expander expander;

  Directives(Expander expander) {
    this.expander = expander;
  }

  // ---- aliases

  /** {@code A.B.C} as an expression. */
  Core expandAliases(Tuple form, ListTerm meta, List<Term> parts, Scope scope) {
    int line = Quoted.line(meta);
    Term resolved = resolve(form, scope);
    if (resolved != null) {
      return new Core.Literal(line, resolved);
    }
    List<Core> cores = expander.expandArguments(parts, scope);
    Core list = new Core.Literal(line, Nil.NIL);
    for (int i = cores.size() - 1; i >= 0; i--) {
      list = new Core.MakeCons(line, cores.get(i), list);
    }
    return Kernels.remote(line, "elixir_aliases", "concat", list);
  }

  /** The module that an alias means; {@code null} if that is only known at run time. */
  @Nullable Atom resolve(Tuple form, Scope scope) {
    List<Term> parts = Quoted.arguments(form);
    ListTerm meta = Quoted.meta(form);
    if (parts.getFirst() == ELIXIR) {
      return concat(parts.subList(1, parts.size()));
    }
    if (parts.getFirst() instanceof Atom first) {
      return concat(lookUp(first, meta, scope.env), parts.subList(1, parts.size()));
    }
    Term first = expander.expandAll(parts.getFirst(), scope);
    if (first instanceof Atom module) {
      return concat(module, parts.subList(1, parts.size()));
    }
    return null;
  }

  private Atom lookUp(Atom first, ListTerm meta, Environment env) {
    Atom name = Atom.of("Elixir." + first.name());
    Term carried = Quoted.get(meta, Quoted.ALIAS);
    if (carried != null) {
      Term counter = Quoted.get(meta, Quoted.COUNTER);
      if (counter != null
          && env.macroAliases().get(new MacroAlias(name, counter)) instanceof Atom known) {
        return known;
      }
      return carried instanceof Atom module && module != Atom.FALSE ? module : name;
    }
    Atom known = env.aliases().get(name);
    if (known != null) {
      expander.modules.tracker().ifPresent(it -> it.usedAlias(name));
    }
    return known == null ? name : known;
  }

  static Atom concat(List<Term> parts) {
    return concat(ELIXIR, parts);
  }

  static Atom concat(Atom first, List<Term> parts) {
    if (parts.isEmpty()) {
      return first;
    }
    var text = new StringBuilder(first.name());
    if (!first.name().startsWith("Elixir") && !text.isEmpty()) {
      text.insert(0, "Elixir.");
    }
    for (Term part : parts) {
      String name =
          part instanceof Atom atom ? atom.name() : ((beamyard.simulator.term.Bits) part).text();
      text.append('.').append(name.startsWith("Elixir.") ? name.substring(7) : name);
    }
    return Atom.of(text.toString());
  }

  // ---- alias, require, import

  Core expand(String kind, Tuple form, ListTerm meta, List<Term> arguments, Scope scope) {
    int line = Quoted.line(meta);
    Term subject = arguments.getFirst();
    ListTerm options =
        arguments.size() == 2 ? options(kind, arguments.get(1), meta, scope) : Nil.NIL;
    if (isMulti(subject)) {
      Tuple dot = (Tuple) ((Tuple) subject).get(0);
      Atom base = expander.expandToAtom(Quoted.argument(dot, 0), scope);
      if (base == null) {
        throw invalidName(kind, subject, meta, scope);
      }
      var modules = new ArrayList<Term>();
      for (Term part : Quoted.arguments(subject)) {
        Term name =
            Quoted.isAlias(part)
                ? concat(base, Quoted.arguments(part))
                : part instanceof Atom atom ? concat(base, List.of(atom)) : null;
        if (!(name instanceof Atom module)) {
          throw compileError(
              scope,
              meta,
              "expected a compile time atom or alias in multi-alias, got: "
                  + expander.modules.source(part));
        }
        one(kind, module, meta, options, scope);
        modules.add(module);
      }
      return new Core.Literal(line, ListTerm.of(modules));
    }

    Atom module = expander.expandToAtom(subject, scope);
    if (module == null) {
      throw invalidName(kind, subject, meta, scope);
    }
    one(kind, module, meta, options, scope);
    return new Core.Literal(line, module);
  }

  private beamyard.lessons.elixir.machine.Raise invalidName(
      String kind, Term subject, ListTerm meta, Scope scope) {
    return compileError(
        scope,
        meta,
        "invalid argument for "
            + kind
            + ", expected a compile time atom or alias, got: "
            + expander.modules.source(subject));
  }

  Core invalidMultiAlias(ListTerm meta, Scope scope) {
    throw compileError(scope, meta, "unexpected multi-alias outside of alias, require or import");
  }

  private static boolean isMulti(Term form) {
    Tuple node = Quoted.node(form);
    return node != null
        && Quoted.isCall(node.get(0), Quoted.DOT, 2)
        && Quoted.argument(node.get(0), 1) == Quoted.TUPLE;
  }

  private ListTerm options(String kind, Term form, ListTerm meta, Scope scope) {
    if (!Quoted.isKeywords(form)) {
      throw compileError(
          scope,
          meta,
          "invalid options for "
              + kind
              + ", expected a keyword list, got: "
              + expander.modules.source(form));
    }
    return (ListTerm) form;
  }

  private void one(String kind, Atom module, ListTerm meta, ListTerm options, Scope scope) {
    switch (kind) {
      case "alias" -> alias(module, meta, options, scope);
      case "require" -> {
        mustExist(module, meta, scope);
        scope.env = scope.env.withRequire(module);
        if (Quoted.has(options, AS)) {
          alias(module, meta, options, scope);
        }
      }
      default -> importAll(module, meta, options, scope);
    }
  }

  private static void unsupported(
      String kind, Term option, List<String> known, ListTerm meta, Scope scope) {
    Atom key = (Atom) ((Tuple) option).get(0);
    if (!known.contains(key.name())) {
      throw compileError(scope, meta, "unsupported option :" + key.name() + " given to " + kind);
    }
  }

  private void alias(Atom module, ListTerm meta, ListTerm options, Scope scope) {
    for (Term option : options) {
      unsupported("alias", option, ALIAS_OPTIONS, meta, scope);
    }
    Term as = Quoted.get(options, AS);
    Atom alias;
    if (as == null) {
      if (!module.name().startsWith("Elixir.")) {
        throw compileError(
            scope,
            meta,
            "alias cannot be inferred automatically for module: "
                + expander.modules.inspect(module)
                + ", please use the :as option. Implicit aliasing is only supported with Elixir modules");
      }
      alias = Atom.of("Elixir" + module.name().substring(module.name().lastIndexOf('.')));
    } else {
      Atom name =
          Quoted.isAlias(as) ? concat(Quoted.arguments(as)) : as instanceof Atom atom ? atom : null;
      if (name == null && Quoted.isVariable(as)) {
        expander.expand(as, scope); // an unknown variable says so itself
      }
      if (name == null || name.name().lastIndexOf('.') != "Elixir".length()) {
        throw compileError(
            scope,
            meta,
            (name != null && name.name().startsWith("Elixir.")
                    ? "invalid value for option :as, expected a simple alias, got nested alias: "
                    : "invalid value for option :as, expected an alias, got: ")
                + expander.modules.source(as));
      }
      alias = name;
    }
    define(alias, module, meta, scope);
    if (alias != module && isWatched(meta, options)) {
      expander.modules.tracker().ifPresent(it -> it.aliased(alias, scope.env, Quoted.line(meta)));
    }
  }

  /** Whether it is worth a word if nobody uses what a directive of the source makes known. */
  private static boolean isWatched(ListTerm meta, ListTerm options) {
    return Quoted.get(options, WARN) == null
        ? !Quoted.has(meta, Quoted.CONTEXT)
        : Quoted.get(options, WARN) == Atom.TRUE;
  }

  /** Makes {@code alias} mean {@code module} from here on. */
  void define(Atom alias, Atom module, ListTerm meta, Scope scope) {
    Term counter = Quoted.get(meta, Quoted.COUNTER);
    if (counter != null) {
      scope.env = scope.env.withMacroAlias(new MacroAlias(alias, counter), module);
    }
    scope.env = scope.env.withAlias(alias, module);
  }

  private void mustExist(Atom module, ListTerm meta, Scope scope) {
    if (expander.drafts.find(module).isPresent()) {
      if (scope.env.contextModules().contains(module)) {
        throw compileError(
            scope,
            meta,
            "you are trying to use the module "
                + expander.modules.inspect(module)
                + " which is currently being defined.\n\nThis may happen if you accidentally override the module you want to"
                + " use. For example:\n\n    defmodule MyApp do\n      defmodule Supervisor do\n        use Supervisor\n"
                + "      end\n    end\n\nIn the example above, the new Supervisor conflicts with Elixir's Supervisor. This may"
                + " be fixed by using the fully qualified name in the definition:\n\n    defmodule MyApp.Supervisor do\n"
                + "      use Supervisor\n    end\n");
      }
      return;
    }
    if (!expander.modules.exists(module) && scope.env.contextModules().contains(module)) {
      throw compileError(
          scope,
          meta,
          "module "
              + expander.modules.inspect(module)
              + " is not loaded but was defined. This happens when you depend on a module in the same context in which it is"
              + " defined. For example:\n\n    defmodule MyApp do\n      defmodule Mod do\n      end\n\n      use Mod\n"
              + "    end\n\nTry defining the module outside the context that uses it:\n\n    defmodule MyApp.Mod do\n"
              + "    end\n\n    defmodule MyApp do\n      use MyApp.Mod\n    end\n\nIf the module is defined at the top-level"
              + " and you are trying to use it at the top-level, this is not supported by Elixir");
    }
    if (!expander.modules.exists(module)) {
      throw compileError(
          scope,
          meta,
          "module " + expander.modules.inspect(module) + " is not loaded and could not be found");
    }
  }

  private void importAll(Atom module, ListTerm meta, ListTerm options, Scope scope) {
    mustExist(module, meta, scope);
    scope.env = scope.env.withRequire(module);
    List<NameArity> functions =
        module == Quoted.KERNEL ? KernelNames.FUNCTIONS : expander.modules.functions(module);
    List<NameArity> macros =
        module == Quoted.KERNEL ? KernelNames.MACROS : expander.modules.macros(module);
    for (Term option : options) {
      unsupported("import", option, IMPORT_OPTIONS, meta, scope);
    }
    Term only = Quoted.get(options, ONLY);
    Term except = Quoted.get(options, EXCEPT);
    if (only instanceof ListTerm && except != null) {
      throw compileError(
          scope,
          meta,
          ":only and :except can only be given together to import when :only is :functions, :macros, or :sigils");
    }
    List<NameArity> chosenFunctions;
    List<NameArity> chosenMacros;
    if (only == Atom.of("functions")) {
      chosenFunctions = visible(functions);
      chosenMacros = List.of();
    } else if (only == Atom.of("macros")) {
      chosenFunctions = List.of();
      chosenMacros = visible(macros);
    } else if (only == Atom.of("sigils")) {
      chosenFunctions = sigils(functions);
      chosenMacros = sigils(macros);
    } else if (only != null) {
      List<NameArity> wanted = names(ONLY, only, meta, scope);
      for (NameArity name : wanted) {
        if (!functions.contains(name) && !macros.contains(name)) {
          throw compileError(
              scope,
              meta,
              "cannot import "
                  + expander.modules.inspect(module)
                  + "."
                  + name.name().name()
                  + "/"
                  + name.arity()
                  + " because it is undefined or private");
        }
      }
      chosenFunctions = functions.stream().filter(wanted::contains).toList();
      chosenMacros = macros.stream().filter(wanted::contains).toList();
    } else {
      chosenFunctions = visible(alreadyImported(scope.env.functions(), module, functions, except));
      chosenMacros = visible(alreadyImported(scope.env.macros(), module, macros, except));
    }
    if (except != null) {
      List<NameArity> unwanted = names(EXCEPT, except, meta, scope);
      chosenFunctions = chosenFunctions.stream().filter(name -> !unwanted.contains(name)).toList();
      chosenMacros = chosenMacros.stream().filter(name -> !unwanted.contains(name)).toList();
    }
    if (module != Quoted.KERNEL && isWatched(meta, options)) {
      List<NameArity> asked = only instanceof ListTerm ? names(ONLY, only, meta, scope) : List.of();
      expander
          .modules
          .tracker()
          .ifPresent(it -> it.imported(module, asked, scope.env, Quoted.line(meta)));
    }
    scope.env =
        scope.env.withImports(
            replaced(scope.env.functions(), module, chosenFunctions, only == Atom.of("macros")),
            replaced(scope.env.macros(), module, chosenMacros, only == Atom.of("functions")));
  }

  /** With {@code except}, an earlier import of the same module is what names are taken away from. */
  private static List<NameArity> alreadyImported(
      List<Imported> imports, Atom module, List<NameArity> all, @Nullable Term except) {
    if (except != null) {
      for (Imported imported : imports) {
        if (imported.module() == module) {
          return imported.names();
        }
      }
    }
    return all;
  }

  private static List<Imported> replaced(
      List<Imported> imports, Atom module, List<NameArity> names, boolean isUntouched) {
    if (isUntouched) {
      return imports;
    }
    var changed = new ArrayList<Imported>();
    if (!names.isEmpty()) {
      changed.add(new Imported(module, names));
    }
    imports.stream().filter(imported -> imported.module() != module).forEach(changed::add);
    return List.copyOf(changed);
  }

  private static List<NameArity> visible(List<NameArity> names) {
    return names.stream().filter(name -> !name.name().name().startsWith("_")).toList();
  }

  private static List<NameArity> sigils(List<NameArity> names) {
    return names.stream()
        .filter(name -> name.name().name().startsWith("sigil_") && name.arity() == 2)
        .toList();
  }

  private List<NameArity> names(Atom option, Term list, ListTerm meta, Scope scope) {
    var names = new LinkedHashSet<NameArity>();
    if (list instanceof ListTerm elements) {
      for (Term element : elements) {
        if (element instanceof Tuple pair
            && pair.size() == 2
            && pair.get(0) instanceof Atom name
            && pair.get(1) instanceof SmallInt arity) {
          names.add(new NameArity(name, (int) arity.value()));
        } else {
          throw compileError(
              scope,
              meta,
              "invalid :"
                  + option.name()
                  + " option for import, expected a keyword list with integer values");
        }
      }
      return List.copyOf(names);
    }
    throw invalidImport(option, list, meta, scope);
  }

  private beamyard.lessons.elixir.machine.Raise invalidImport(
      Atom option, Term list, ListTerm meta, Scope scope) {
    return compileError(
        scope,
        meta,
        "invalid :"
            + option.name()
            + " option for import, expected value to be"
            + (option == ONLY
                ? " an atom :functions, :macros, or a list literal"
                : " a list literal")
            + ", got: "
            + expander.modules.source(list));
  }
}
