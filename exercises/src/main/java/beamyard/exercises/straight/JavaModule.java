package beamyard.exercises.straight;

import beamyard.lessons.shell.ForeignLimit;
import beamyard.lessons.shell.ForeignModule;
import beamyard.lessons.shell.ProjectCode.SourceFile;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.StraightLine;
import beamyard.simulator.process.StraightLine.Patience;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Term;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.LineNumber;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A public class in Java whose public static functions, {@code Term name(Self self, Term...)}, Elixir can call as those of a
 * module: {@code countWords} of {@code DistributedCounter} is {@code DistributedCounter.count_words}.
 */
public final class JavaModule implements ForeignModule {
  /** Time of the wall that a solution may take between two counts: only in a method of the JDK without an end. */
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(10), ForeignLimit.REDUCTIONS.reached());

  /** Each call that has not come to its end has a thread of the machine, of which there are not so many. */
  private static final int LIVING_MAX = 256;

  private final String name;
  private final String file;
  private final AtomicInteger living = new AtomicInteger();
  private final SequencedMap<Function, Method> functions;

  private JavaModule(String name, String file, SequencedMap<Function, Method> functions) {
    this.name = name;
    this.file = file;
    this.functions = functions;
  }

  /**
   * Compiles a class, and looks through it.
   *
   * @throws Unusable if it does not compile, or does what a solution may not do
   */
  public static JavaModule compile(SourceFile source) throws Unusable {
    SequencedMap<String, byte[]> compiled = SolutionCompiler.compile(source);
    var inspection = new Inspection(source.name(), compiled.keySet());
    var metering = new Metering(compiled.keySet());
    var metered = new LinkedHashMap<String, byte[]>();
    for (Map.Entry<String, byte[]> each : compiled.entrySet()) {
      ClassModel type = ClassFile.of().parse(each.getValue());
      inspection.look(type);
      metered.put(each.getKey(), metering.metered(type, compiled));
    }
    var loader = new SolutionLoader(metered);
    for (String className : metered.keySet()) {
      initialise(source, className, loader);
    }
    Class<?> main = main(source, compiled.keySet().stream().toList(), loader);
    return new JavaModule(
        main.getName(), source.name(), functions(main, lines(compiled.get(main.getName()))));
  }

  private static void initialise(SourceFile source, String className, SolutionLoader loader)
      throws Unusable {
    var problems = new java.util.ArrayList<Throwable>();
    Meter.outsideOfProcesses(
        () -> {
          try {
            Class.forName(className, true, loader);
          } catch (ClassNotFoundException | LinkageError | OutOfMemoryError problem) {
            problems.add(problem.getCause() == null ? problem : problem.getCause());
          }
        });
    if (!problems.isEmpty()) {
      throw new Unusable(
          source.name()
              + ": the class "
              + className
              + " cannot be initialised: "
              + problems.getFirst());
    }
  }

  /** The public class of the file, or else the first. */
  private static Class<?> main(SourceFile source, List<String> names, SolutionLoader loader)
      throws Unusable {
    if (names.isEmpty()) {
      throw new Unusable(source.name() + ": holds no class");
    }
    try {
      for (String each : names) {
        Class<?> type = Class.forName(each, false, loader);
        if (Modifier.isPublic(type.getModifiers()) && type.getEnclosingClass() == null) {
          return type;
        }
      }
      throw new Unusable(source.name() + ": should hold a public class");
    } catch (ClassNotFoundException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** The line in which each method begins, by its name and descriptor. */
  private static Map<String, Integer> lines(byte[] classFile) {
    var lines = new TreeMap<String, Integer>();
    for (MethodModel method : ClassFile.of().parse(classFile).methods()) {
      method.code().stream()
          .flatMap(CodeModel::elementStream)
          .filter(LineNumber.class::isInstance)
          .findFirst()
          .ifPresent(
              first ->
                  lines.put(
                      method.methodName().stringValue() + method.methodType().stringValue(),
                      ((LineNumber) first).line()));
    }
    return lines;
  }

  private static SequencedMap<Function, Method> functions(
      Class<?> main, Map<String, Integer> lines) {
    var functions = new LinkedHashMap<Function, Method>();
    Arrays.stream(main.getDeclaredMethods())
        .filter(JavaModule::isFunction)
        .sorted(Comparator.comparing(Method::getName).thenComparingInt(Method::getParameterCount))
        .forEach(
            method ->
                functions.put(
                    new Function(
                        Names.inElixir(method.getName()),
                        method.getParameterCount() - 1,
                        lines.getOrDefault(method.getName() + descriptor(method), 1)),
                    method));
    return functions;
  }

  private static String descriptor(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .toMethodDescriptorString();
  }

  private static boolean isFunction(Method method) {
    List<Class<?>> parameters = List.of(method.getParameterTypes());
    boolean result =
        method.getReturnType() == void.class || Term.class.isAssignableFrom(method.getReturnType());
    return Modifier.isPublic(method.getModifiers())
        && Modifier.isStatic(method.getModifiers())
        && !method.isSynthetic()
        && !parameters.isEmpty()
        && parameters.getFirst() == Self.class
        && parameters.stream().skip(1).allMatch(Term.class::isAssignableFrom)
        && result;
  }

  /** How a function has to be declared in Java: {@code public static Term countWords(Self self, Term a, Term b)}. */
  public static String declaration(String function, int arity) {
    var text = new StringBuilder("public static Term " + Names.inJava(function) + "(Self self");
    for (int i = 0; i < arity; i++) {
      text.append(", Term ").append((char) ('a' + i));
    }
    return text.append(')').toString();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String file() {
    return file;
  }

  @Override
  public List<Function> functions() {
    return List.copyOf(functions.sequencedKeySet());
  }

  @Override
  public Routine call(Atom function, List<Term> arguments) {
    Method method =
        functions.entrySet().stream()
            .filter(each -> each.getKey().name().equals(function.name()))
            .filter(each -> each.getKey().arity() == arguments.size())
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(
                () ->
                    new AssertionError("no " + function + "/" + arguments.size() + " in " + name));
    return StraightLine.call(process -> run(process, method, arguments), PATIENCE);
  }

  private Term run(StraightLine.Self process, Method method, List<Term> arguments) {
    try {
      if (living.incrementAndGet() > LIVING_MAX) {
        throw process.end(raised(ExceptionClass.ERROR, Atom.of("system_limit")));
      }
      return runNow(process, method, arguments);
    } finally {
      living.decrementAndGet();
    }
  }

  private Term runNow(StraightLine.Self process, Method method, List<Term> arguments) {
    var meter = Meter.of(process);
    var all = new Object[arguments.size() + 1];
    all[0] = new Self(process, meter, Atom.of("Elixir." + name));
    for (int i = 0; i < arguments.size(); i++) {
      all[i + 1] = arguments.get(i);
      if (!method.getParameterTypes()[i + 1].isInstance(arguments.get(i))) {
        throw process.end(raised(ExceptionClass.ERROR, Atom.of("function_clause")));
      }
    }
    try {
      MethodHandle handle = MethodHandles.publicLookup().unreflect(method);
      Term value = (Term) handle.invokeWithArguments(all);
      meter.flush();
      return value == null ? Atom.of("ok") : value;
    } catch (Throwable thrown) {
      throw process.end(outcome(thrown));
    }
  }

  private Outcome.Raised outcome(Throwable thrown) {
    return switch (thrown) {
      case Raised raised -> raised.outcome();
      case StackOverflowError _ -> ForeignLimit.STACK.reached();
      case OutOfMemoryError _ -> ForeignLimit.HEAP.reached();
      default -> raised(ExceptionClass.ERROR, exception(thrown));
    };
  }

  private static Outcome.Raised raised(ExceptionClass exceptionClass, Term reason) {
    return new Outcome.Raised(exceptionClass, reason, ListTerm.empty());
  }

  /** What Java threw, as an exception of Elixir: its text says where. */
  private Term exception(Throwable thrown) {
    String where =
        Arrays.stream(thrown.getStackTrace())
            .filter(entry -> entry.getClassName().split("\\$", 2)[0].equals(name))
            .findFirst()
            .map(entry -> " (" + file + ":" + entry.getLineNumber() + ")")
            .orElse("");
    return MapTerm.of(
        Atom.of("__struct__"),
        Atom.of("Elixir.RuntimeError"),
        Atom.of("__exception__"),
        Atom.TRUE,
        Atom.of("message"),
        Bits.of(text(thrown) + where));
  }

  /** Its text is up to it, so that anything may happen when it is asked for. */
  private static String text(Throwable thrown) {
    try {
      return thrown.toString();
    } catch (Throwable _) {
      return thrown.getClass().getName();
    }
  }
}
