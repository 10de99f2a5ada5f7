package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.FunctionSource;
import beamyard.lessons.elixir.core.FunctionSource.Visibility;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermOrder;
import beamyard.simulator.term.Tuple;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A module ready to run. Immutable; any number of nodes may have it loaded. */
public final class CompiledModule {
  private static final String MACRO = "MACRO-";

  private final Unit unit;
  private final SequencedMap<BuiltinTable.Name, Function> functions;
  private final Info info;

  /** A function, and who may call it. */
  record Function(Code code, Visibility visibility) {}

  /**
   * What a module says about itself.
   *
   * @param attributes as {@code __info__(:attributes)} gives them: a keyword list
   * @param struct as {@code __info__(:struct)} gives it: a list of fields, or {@code nil}
   * @param documentation what {@code Code.fetch_docs} gives and the specifications, or {@code nil}
   * @param deprecated as {@code __info__(:deprecated)} gives them: pairs of name and arity, and what to do instead
   */
  public record Info(ListTerm attributes, Term struct, Term documentation, ListTerm deprecated) {
    public static final Info NONE = new Info(Nil.NIL, Atom.NIL, Atom.NIL, Nil.NIL);
  }

  CompiledModule(Unit unit, SequencedMap<BuiltinTable.Name, Function> functions, Info info) {
    this.unit = unit;
    this.functions = functions;
    this.info = info;
  }

  /**
   * Makes a module of its functions. Macros are functions named {@code MACRO-name} with the caller's environment as
   * first
   * argument.
   *
   * @param file as stack traces show it
   */
  public static CompiledModule compile(
      Atom name, String file, List<FunctionSource> functions, Info info) {
    var unit = new Unit(Unit.Kind.MODULE, name, file);
    var numbers = new LinkedHashMap<BuiltinTable.Name, Integer>();
    var sources = new LinkedHashMap<BuiltinTable.Name, FunctionSource>();
    for (FunctionSource function : functions) {
      var key = new BuiltinTable.Name(name, function.name(), function.arity());
      if (sources.put(key, function) != null) {
        throw new AssertionError(
            "defined twice: " + name + "." + function.name() + "/" + function.arity());
      }
      numbers.put(key, numbers.size());
    }
    var compiled = new LinkedHashMap<BuiltinTable.Name, Function>();
    var codes = new ArrayList<Code>();
    sources.forEach(
        (key, function) -> {
          Code code = FunctionCompiler.function(unit, numbers, function);
          codes.add(code);
          compiled.put(key, new Function(code, function.visibility()));
        });
    var module = new CompiledModule(unit, compiled, info);
    unit.seal(codes.toArray(Code[]::new), module.fingerprint());
    return module;
  }

  /** A number that the same code gives on every node and in every run, from 0 to 2^27 - 1. */
  public int fingerprint() {
    int hash = unit.name().name().hashCode();
    for (Code code : codes()) {
      hash = 31 * hash + code.fingerprint();
    }
    return hash & 0x7FFFFFF;
  }

  public Atom name() {
    return unit.name();
  }

  /** The file it came from, as stack traces show it. */
  public String file() {
    return unit.file();
  }

  /** Tells versions of the module apart; part of its closures. */
  public int uniq() {
    return unit.uniq();
  }

  public Info info() {
    return info;
  }

  /** What to do instead of calling a function, if it is deprecated. */
  public Optional<String> deprecation(Atom function, int arity) {
    Term name = Tuple.of(function, SmallInt.of(arity));
    for (Term element : info.deprecated()) {
      if (((Tuple) element).get(0).equals(name)) {
        return Optional.of(((Bits) ((Tuple) element).get(1)).text());
      }
    }
    return Optional.empty();
  }

  /** All functions and macros, private ones too, in the order of their numbers. */
  SequencedMap<BuiltinTable.Name, Function> allFunctions() {
    return functions;
  }

  /** Whether a function can be called from outside. */
  public boolean exports(Atom function, int arity) {
    Function found = functions.get(new BuiltinTable.Name(name(), function, arity));
    return found != null
        ? found.visibility() == Visibility.PUBLIC
        : arity <= 1
            && (function.name().equals("module_info")
                || arity == 1 && function.name().equals("__info__"));
  }

  /** Public functions, in the order of names: {@code __info__(:functions)}. */
  public List<BuiltinTable.Name> functions() {
    return exported().stream()
        .filter(it -> !isMacro(it) && !it.function().name().equals("__info__"))
        .toList();
  }

  /** Public macros, under their own names and arities, in the order of names: {@code __info__(:macros)}. */
  public List<BuiltinTable.Name> macros() {
    return exported().stream()
        .filter(CompiledModule::isMacro)
        .map(
            it -> {
              String macro = it.function().name().substring(MACRO.length());
              return new BuiltinTable.Name(name(), Atom.of(macro), it.arity() - 1);
            })
        .toList();
  }

  private static boolean isMacro(BuiltinTable.Name name) {
    return name.function().name().startsWith(MACRO);
  }

  private List<BuiltinTable.Name> exported() {
    var names = new ArrayList<BuiltinTable.Name>();
    functions.forEach(
        (name, function) -> {
          if (function.visibility() == Visibility.PUBLIC) {
            names.add(name);
          }
        });
    names.sort((a, b) -> TermOrder.STANDARD.compare(pair(a), pair(b)));
    return names;
  }

  private static Tuple pair(BuiltinTable.Name name) {
    return Tuple.of(name.function(), SmallInt.of(name.arity()));
  }

  private static ListTerm pairs(List<BuiltinTable.Name> names) {
    return ListTerm.of(names.stream().map(CompiledModule::pair).toList());
  }

  /** The code of all its functions, and of the closures made in them. */
  List<Code> codes() {
    var codes = new ArrayList<Code>();
    functions.values().forEach(function -> codes.add(function.code()));
    for (int i = 0; i < unit.closureCount(); i++) {
      codes.add(unit.closure(i));
    }
    return codes;
  }

  Unit unit() {
    return unit;
  }

  /** The code of an exported function; {@code null} if there is none. */
  @Nullable Code export(CallSite site) {
    var key = new BuiltinTable.Name(site.module, site.function, site.arity);
    Function found = functions.get(key);
    return found != null && found.visibility() == Visibility.PUBLIC ? found.code() : null;
  }

  /** {@code __info__(key)}. */
  Term info(Term key) {
    return switch (key instanceof Atom atom ? atom.name() : "") {
      case "module" -> name();
      case "functions" -> pairs(functions());
      case "macros" -> pairs(macros());
      case "attributes" -> attributes();
      case "struct" -> info.struct();
      case "compile" -> compileInfo();
      case "md5" -> md5();
      case "deprecated" -> info.deprecated();
      default ->
          throw Raise.error(Atom.of("function_clause"))
              .in(Stacktrace.entry(name(), Atom.of("-inlined-__info__/1-"), ListTerm.of(key)));
    };
  }

  /** {@code module_info(key)}. */
  Term moduleInfo(Term key) {
    return switch (key instanceof Atom atom ? atom.name() : "") {
      case "module" -> name();
      case "exports" -> exportInfo();
      case "functions" -> pairs(new ArrayList<>(functions.keySet()));
      case "attributes" -> attributes();
      case "compile" -> compileInfo();
      case "md5" -> md5();
      default -> throw Raise.badarg();
    };
  }

  /** {@code module_info()}. */
  Term moduleInfo() {
    var entries = new ArrayList<Term>();
    for (String key : List.of("module", "exports", "attributes", "compile", "md5")) {
      entries.add(Tuple.of(Atom.of(key), moduleInfo(Atom.of(key))));
    }
    return ListTerm.of(entries);
  }

  /** What the module says of itself; one without a version of its own has the number of its code. */
  private ListTerm attributes() {
    Atom version = Atom.of("vsn");
    var all = new ArrayList<>(info.attributes().toList());
    if (all.stream().noneMatch(entry -> ((Tuple) entry).get(0) == version)) {
      Term number = IntegerTerm.of(new BigInteger(1, md5().toBytes()));
      all.addFirst(Tuple.of(version, ListTerm.of(number)));
    }
    return ListTerm.of(all);
  }

  private Term exportInfo() {
    var entries = new ArrayList<Term>();
    exported().forEach(name -> entries.add(pair(name)));
    Atom moduleInfo = Atom.of("module_info");
    if (name().name().startsWith("Elixir.")) {
      entries.addFirst(Tuple.of(Atom.of("__info__"), SmallInt.of(1)));
    }
    entries.add(Tuple.of(moduleInfo, SmallInt.of(0)));
    entries.add(Tuple.of(moduleInfo, SmallInt.of(1)));
    return ListTerm.of(entries);
  }

  private Term compileInfo() {
    return ListTerm.of(
        Tuple.of(Atom.of("version"), Stacktrace.charlist("8.2.3")),
        Tuple.of(Atom.of("options"), Nil.NIL),
        Tuple.of(Atom.of("source"), Stacktrace.charlist(file())));
  }

  private Bits md5() {
    long spread = uniq() * 0x9E3779B97F4A7C15L;
    return Bits.of(
        ByteBuffer.allocate(16).putLong(spread).putLong(spread * 0xC2B2AE3D27D4EB4FL).array());
  }

  /** Makes code of a file as a whole. */
  static Code script(Core expression, String file) {
    var unit = new Unit(Unit.Kind.SCRIPT, Unit.COMPILER, file);
    return FunctionCompiler.script(unit, expression);
  }

  /** Makes code of what stands in a module, outside of its functions. */
  static Code body(List<Variable> variables, Core expression, String file) {
    var unit = new Unit(Unit.Kind.SCRIPT, Unit.COMPILER, file);
    var origin = new Code.Origin(unit, Atom.of("__MODULE__"), 1, expression.line());
    return FunctionCompiler.expression(origin, variables, expression);
  }

  /** Makes code of an expression at a prompt. */
  static Code expression(List<Variable> variables, Core expression, String file) {
    var unit = new Unit(Unit.Kind.PROMPT, Unit.EVALUATOR, file);
    var origin = new Code.Origin(unit, Atom.of("expr"), variables.size(), expression.line());
    return FunctionCompiler.expression(origin, variables, expression);
  }
}
