package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.ExternalFun;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The modules of one node: those loaded on it, and those of the library, which count as loaded once they are used. Of
 * each
 * there may be a current and an old version; running code stays with the version it is in.
 *
 * @see <a href="https://www.erlang.org/doc/man/code.html">OTP kernel, code</a>
 */
public final class CodeServer {
  /** The folder of sources that belong to a dependency, which is the folder below it. */
  private static final String DEPENDENCIES = "deps";

  private final Set<String> installed = new LinkedHashSet<>();
  private final Library library;
  private final BuiltinTable builtins;
  private final SequencedMap<Atom, CompiledModule> current = new LinkedHashMap<>();
  private final SequencedMap<Atom, CompiledModule> old = new LinkedHashMap<>();
  private final SequencedMap<Atom, CompiledModule> files = new LinkedHashMap<>();
  private final Map<CallSite, Object> found = new HashMap<>(); // lookups only

  /** Modules whose closures were called lately, each at a place that its version gives. */
  private final @Nullable CompiledModule[] recent = new CompiledModule[16];

  /** The closures called last, and their code. Two, as the function that is given to another one often calls one itself. */
  private @Nullable Closure lastClosure;

  private @Nullable Code codeOfLast;
  private @Nullable Closure closureBefore;
  private @Nullable Code codeOfBefore;

  /** The function value of the form {@code &module.function/arity} called last, and where it leads. */
  private @Nullable ExternalFun lastFun;

  private @Nullable Object targetOfLastFun;

  public CodeServer(Library library, BuiltinTable builtins) {
    this.library = library;
    this.builtins = builtins;
  }

  public CodeServer copy() {
    var copy = new CodeServer(library, builtins);
    copy.installed.addAll(installed);
    copy.current.putAll(current);
    copy.files.putAll(files);
    copy.old.putAll(old);
    return copy;
  }

  /** The functions written in Java. */
  public BuiltinTable builtins() {
    return builtins;
  }

  /**
   * Makes a module the current version of its name; the one before becomes the old one.
   *
   * @throws Raise if the node has too many
   */
  public void load(CompiledModule module) {
    YardLimit.MODULES.check(current.size() + 1L);
    CompiledModule before = current.put(module.name(), module);
    if (before != null && before != module) {
      old.put(module.name(), before);
    }
    forgetFound();
  }

  /** Loads a module of the project, which a real node has as a file. */
  public void loadFile(CompiledModule module) {
    keepFile(module);
    load(module);
  }

  /** From now on a module is as if in a file: its documentation and types can be read. */
  public void keepFile(CompiledModule module) {
    files.put(module.name(), module);
  }

  /** The module as its file has it, whatever was loaded since; empty if it is not of the project. */
  public Optional<CompiledModule> inFile(Atom name) {
    return Optional.ofNullable(files.get(name));
  }

  /** The current code becomes old; {@code false} if there is none. The library's modules come back when used again. */
  public boolean delete(Atom name) {
    CompiledModule before = current.remove(name);
    forgetFound();
    if (before != null) {
      old.put(name, before);
    }
    return before != null;
  }

  /** Forgets the old code; {@code false} if there is none. Unlike OTP, processes that still run it go on. */
  public boolean purge(Atom name) {
    forgetFound();
    return old.remove(name) != null;
  }

  /** Whether a module is loaded now; one of the library that nobody has used is not. */
  public boolean isLoaded(Atom name) {
    return current.containsKey(name);
  }

  /** The current version of a module, loaded from the library if need be. */
  public Optional<CompiledModule> find(Atom name) {
    CompiledModule module = current.get(name);
    if (module != null) {
      return Optional.of(module);
    }
    Optional<CompiledModule> fromLibrary = library.find(name).filter(this::isInstalled);
    fromLibrary.ifPresent(it -> current.put(name, it));
    return fromLibrary;
  }

  /** Makes the modules of a dependency available; those of one that is not installed do not exist. */
  public void install(String dependency) {
    installed.add(dependency);
    forgetFound();
  }

  private void forgetFound() {
    found.clear();
    Arrays.fill(recent, null);
    lastFun = null;
    lastClosure = null;
    closureBefore = null;
  }

  private boolean isInstalled(CompiledModule module) {
    String[] path = module.file().split("/", 3);
    return !path[0].equals(DEPENDENCIES) || installed.contains(path[1]);
  }

  /** Whether the current version of a module is the library's, in Elixir or in Java. */
  public boolean isLibrary(Atom name) {
    CompiledModule module = current.get(name);
    Optional<CompiledModule> librarys = library.find(name);
    return module == null
        ? librarys.isPresent() || builtins.hasModule(name)
        : librarys.filter(it -> it == module).isPresent();
  }

  /** The loaded modules, in the order in which they were first loaded. */
  public List<CompiledModule> loaded() {
    return List.copyOf(current.values());
  }

  /** Whether a function exists: in Elixir, in Java, or as an operator. Loads the module. */
  public boolean exports(Atom module, Atom function, int arity) {
    return !(resolve(new CallSite(module, function, arity)) instanceof Target.Undefined);
  }

  /** Whether anything is known of a module: code or functions in Java. */
  public boolean exists(Atom module) {
    return find(module).isPresent() || builtins.hasModule(module);
  }

  /** A {@link Code} or a {@link Target}. */
  Object resolve(CallSite site) {
    Object known = found.get(site);
    if (known != null) {
      return known;
    }
    Object target = lookUp(site);
    if (!(target instanceof Target.Undefined)) {
      found.put(site, target);
    }
    return target;
  }

  /** What a function value leads to: as {@link #resolve(CallSite)}. */
  Object resolve(ExternalFun fun) {
    Object target = targetOfLastFun;
    if (fun != lastFun || target == null) {
      target = resolve(new CallSite(fun.module(), fun.function(), fun.arity()));
      lastFun = target instanceof Target.Undefined ? null : fun;
      targetOfLastFun = target;
    }
    return target;
  }

  private Object lookUp(CallSite site) {
    if (site.module == Operators.ERLANG) {
      Target own = Intrinsics.find(site);
      if (own != null) {
        return own;
      }
    }
    Optional<CompiledModule> module = find(site.module);
    if (module.isPresent()) {
      Code code = module.get().export(site);
      if (code != null) {
        return code;
      }
      Builtin info = moduleInfo(module.get(), site);
      if (info != null) {
        return new Target.OfBuiltin(site.module, site.function, info, Target.Blame.FUNCTION);
      }
    }
    var name = new BuiltinTable.Name(site.module, site.function, site.arity);
    Builtin builtin = builtins.builtin(name);
    if (builtin != null) {
      return new Target.OfBuiltin(site.module, site.function, builtin, Target.Blame.FUNCTION);
    }
    BlockingBuiltin blocking = builtins.blocking(name);
    return blocking != null
        ? new Target.OfBlocking(site.module, site.function, blocking)
        : new Target.Undefined(site.module, site.function);
  }

  private static @Nullable Builtin moduleInfo(CompiledModule module, CallSite site) {
    if (site.function.name().equals("module_info") && site.arity <= 1) {
      return (_, arguments) ->
          arguments.length == 0 ? module.moduleInfo() : module.moduleInfo(arguments[0]);
    }
    boolean info = site.function.name().equals("__info__") && site.arity == 1;
    return info ? (_, arguments) -> module.info(arguments[0]) : null;
  }

  /** The code of a closure; {@code null} if the node does not have that version of its module. */
  @Nullable Code codeOf(Closure closure) {
    if (closure == lastClosure) {
      return codeOfLast;
    }
    if (closure == closureBefore) {
      return codeOfBefore;
    }
    Code code = find(closure);
    closureBefore = lastClosure;
    codeOfBefore = codeOfLast;
    lastClosure = closure;
    codeOfLast = code;
    return code;
  }

  /** The name that a closure made in a module has there: {@code -area/1-fun-0-}; empty if its code is not here. */
  public Optional<Atom> nameOf(Closure closure) {
    return Optional.ofNullable(codeOf(closure)).map(code -> code.origin.function());
  }

  private @Nullable Code find(Closure closure) {
    if (closure.carried().isPresent()) {
      return (Code) closure.carried().get();
    }
    int place = closure.uniq() & (recent.length - 1);
    CompiledModule module = recent[place];
    if (module == null || module.name() != closure.module() || module.uniq() != closure.uniq()) {
      module = version(closure);
      if (module == null) {
        return null;
      }
      recent[place] = module;
    }
    return closure.index() < module.unit().closureCount()
        ? module.unit().closure(closure.index())
        : null;
  }

  private @Nullable CompiledModule version(Closure closure) {
    CompiledModule module = find(closure.module()).orElse(null);
    if (module != null && module.uniq() != closure.uniq()) {
      module = old.get(closure.module());
    }
    return module != null && module.uniq() == closure.uniq() ? module : null;
  }

  /** What calling a closure raises whose code is not here. */
  Raise missing(Closure closure, ListTerm arguments) {
    return current.containsKey(closure.module())
        ? Raise.error("badfun", closure)
        : Raise.error(Atom.of("undef")).in(Stacktrace.entry((Term) closure, arguments));
  }
}
