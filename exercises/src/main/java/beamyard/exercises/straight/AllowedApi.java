package beamyard.exercises.straight;

import beamyard.simulator.term.Term;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a solution in Java may use: the terms, {@link Self}, and of the JDK what computes and nothing else. All that reaches
 * files, the network, threads, clocks, random numbers, other classes' insides or the machine is left out.
 */
final class AllowedApi {
  private static final String TERMS = "beamyard.simulator.term.";
  private static final String YARD = "beamyard.exercises.straight.";

  private static final List<String> TERM_CLASSES =
      List.of(
          "Term",
          "Atom",
          "Bits",
          "Tuple",
          "ListTerm",
          "Cons",
          "Nil",
          "MapTerm",
          "MapTerm$Entry",
          "MapTerm$Builder",
          "IntegerTerm",
          "SmallInt",
          "Float64",
          "Pid",
          "Reference",
          "Fun");

  /** Terms that a solution may hold and pass on, but has no use for. */
  private static final List<String> OPAQUE_TERMS =
      List.of("BigInt", "Port", "ExternalFun", "Closure");

  private static final List<String> YARD_CLASSES = List.of("Self", "Self$Monitored", "Raised");

  private static final Set<String> CLASSES =
      new TreeSet<>(
          words(
              "java.lang.",
              "Object String StringBuilder CharSequence Character Integer Long Boolean Double Byte Short Float Number Math"
                  + " Comparable Iterable Record Enum AutoCloseable Void Throwable Exception RuntimeException Error"
                  + " IllegalArgumentException IllegalStateException ArithmeticException IndexOutOfBoundsException"
                  + " ArrayIndexOutOfBoundsException StringIndexOutOfBoundsException NegativeArraySizeException"
                  + " NullPointerException NumberFormatException UnsupportedOperationException ClassCastException"
                  + " ArrayStoreException AssertionError MatchException Override FunctionalInterface SuppressWarnings"
                  + " SafeVarargs Deprecated"));

  static {
    CLASSES.addAll(
        words(
            "java.util.",
            "List ArrayList LinkedList ArrayDeque Deque Queue PriorityQueue Collection SequencedCollection SequencedMap"
                + " SequencedSet Map Map$Entry HashMap LinkedHashMap TreeMap SortedMap NavigableMap EnumMap AbstractMap"
                + " AbstractMap$SimpleEntry AbstractMap$SimpleImmutableEntry AbstractList AbstractCollection AbstractSet Set"
                + " HashSet LinkedHashSet TreeSet SortedSet NavigableSet EnumSet Iterator ListIterator Collections Arrays"
                + " Objects Optional OptionalInt OptionalLong OptionalDouble Comparator StringJoiner Locale"
                + " NoSuchElementException ConcurrentModificationException IntSummaryStatistics LongSummaryStatistics"));
    CLASSES.addAll(
        words(
            "java.util.stream.",
            "BaseStream Stream Stream$Builder IntStream LongStream DoubleStream Collectors Collector"));
    CLASSES.addAll(words("java.util.regex.", "Pattern Matcher MatchResult PatternSyntaxException"));
    CLASSES.addAll(
        words(
            "java.util.function.",
            "Function BiFunction UnaryOperator BinaryOperator Predicate BiPredicate Consumer BiConsumer Supplier"
                + " IntFunction IntPredicate IntUnaryOperator IntBinaryOperator IntConsumer IntSupplier ToIntFunction"
                + " ToLongFunction ToDoubleFunction ToIntBiFunction ToLongBiFunction LongFunction LongUnaryOperator"
                + " LongBinaryOperator LongPredicate LongConsumer LongSupplier BooleanSupplier IntToLongFunction"
                + " IntToDoubleFunction DoubleUnaryOperator DoubleBinaryOperator ObjIntConsumer ObjLongConsumer"));
    CLASSES.add("java.time.Duration");
    CLASSES.add("java.nio.charset.StandardCharsets");
    CLASSES.add("java.nio.charset.Charset");
    CLASSES.addAll(names(TERMS, TERM_CLASSES));
    CLASSES.addAll(names(YARD, YARD_CLASSES));
  }

  /** What the Java machine itself asks a class's loader for, to link lambdas, texts put together, records and switches. */
  private static final Set<String> FOR_LINKING =
      new TreeSet<>(
          words(
              "java.lang.",
              "Class invoke.MethodHandles$Lookup invoke.MethodHandles invoke.MethodHandle invoke.MethodType invoke.CallSite"
                  + " invoke.ConstantCallSite invoke.TypeDescriptor invoke.LambdaMetafactory invoke.StringConcatFactory"
                  + " runtime.ObjectMethods runtime.SwitchBootstraps invoke.SerializedLambda Enum$EnumDesc"
                  + " NoSuchFieldError"));

  private static final Set<String> BOOTSTRAPS =
      new TreeSet<>(
          List.of(
              "java.lang.invoke.LambdaMetafactory",
              "java.lang.invoke.StringConcatFactory",
              "java.lang.runtime.ObjectMethods",
              "java.lang.runtime.SwitchBootstraps"));

  private static final String IDENTITY = "processes share nothing, so nothing is to be locked";
  private static final String THREADS = "it works on threads of the machine";
  private static final String ENDLESS = "it has no end; write a loop";
  private static final String MACHINE = "it reads how the machine is set up";

  /** Methods of allowed classes, or of those that extend them, that are not allowed, and why. */
  private static final Map<String, String> NOT_ALLOWED = new TreeMap<>();

  static {
    List.of("wait", "notify", "notifyAll").forEach(name -> NOT_ALLOWED.put(name, IDENTITY));
    NOT_ALLOWED.put("getClass", "a class leads to all that there is");
    NOT_ALLOWED.put("finalize", THREADS);
    List.of("parallel", "parallelStream", "parallelSort", "parallelPrefix", "parallelSetAll")
        .forEach(name -> NOT_ALLOWED.put(name, THREADS));
    List.of("iterate", "generate").forEach(name -> NOT_ALLOWED.put(name, ENDLESS));
    List.of("getInteger", "getBoolean", "setDefault", "availableCharsets")
        .forEach(name -> NOT_ALLOWED.put(name, MACHINE));
    List.of("shuffle", "random")
        .forEach(name -> NOT_ALLOWED.put(name, "each run must be the same; call Erlang's rand"));
    NOT_ALLOWED.put("nCopies", "it is larger than what it takes");
    NOT_ALLOWED.put("printStackTrace", "it writes to the machine's output");
  }

  private static final Map<String, String> NOT_ALLOWED_OF_CLASS = new TreeMap<>();

  static {
    String order = "its order is another in each run; make a LinkedHash%s of it";
    for (String name : List.of("of", "copyOf", "ofEntries")) {
      NOT_ALLOWED_OF_CLASS.put("java.util.Map." + name, order.formatted("Map"));
      NOT_ALLOWED_OF_CLASS.put("java.util.Set." + name, order.formatted("Set"));
    }
    for (String collector :
        List.of(
            "toUnmodifiableSet", "toUnmodifiableMap", "toConcurrentMap", "groupingByConcurrent")) {
      NOT_ALLOWED_OF_CLASS.put(
          "java.util.stream.Collectors." + collector, "its order is another in each run");
    }
    NOT_ALLOWED_OF_CLASS.put("java.lang.Long.getLong", MACHINE);
    NOT_ALLOWED_OF_CLASS.put("java.nio.charset.Charset.forName", MACHINE);
    NOT_ALLOWED_OF_CLASS.put("java.util.stream.LongStream.range", "use IntStream's");
    NOT_ALLOWED_OF_CLASS.put("java.util.stream.LongStream.rangeClosed", "use IntStream's");
    for (String view :
        List.of("splitAsStream", "asPredicate", "asMatchPredicate", "splitWithDelimiters")) {
      NOT_ALLOWED_OF_CLASS.put("java.util.regex.Pattern." + view, "use matcher or split");
    }
    NOT_ALLOWED_OF_CLASS.put("java.lang.String.splitWithDelimiters", "use split");
    NOT_ALLOWED_OF_CLASS.put("java.util.regex.Matcher.reset", "make a new matcher");
  }

  private AllowedApi() {}

  private static List<String> words(String prefix, String names) {
    return names(prefix, List.of(names.split(" ")));
  }

  private static List<String> names(String prefix, List<String> names) {
    return names.stream().map(prefix::concat).toList();
  }

  /** Whether code may name a class of somebody else. */
  static boolean allows(String className) {
    return CLASSES.contains(className);
  }

  /** Whether a class may be loaded at all. */
  static boolean mayBeLoaded(String className) {
    return CLASSES.contains(className)
        || FOR_LINKING.contains(className)
        || className.equals(Meter.class.getName())
        || className.equals(Regexes.class.getName())
        || OPAQUE_TERMS.stream().anyMatch(name -> className.equals(TERMS + name));
  }

  static boolean isBootstrap(String className) {
    return BOOTSTRAPS.contains(className);
  }

  /** Why a method of an allowed class is not allowed; empty if it is. */
  static Optional<String> objection(String className, String method) {
    return Optional.ofNullable(NOT_ALLOWED.get(method))
        .or(() -> Optional.ofNullable(NOT_ALLOWED_OF_CLASS.get(className + "." + method)));
  }

  /** A class as errors name it. */
  static String name(ClassDesc type) {
    String descriptor = type.descriptorString();
    return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
  }

  /** The classes of the yard that the compiler has to know: their names. */
  static List<String> classesOfTheYard() {
    var all = new ArrayList<>(names(TERMS, TERM_CLASSES));
    all.addAll(names(TERMS, OPAQUE_TERMS));
    all.addAll(names(YARD, YARD_CLASSES));
    return all;
  }

  /** The bytes of a class file are found beside this class. */
  static Class<?> anchorOf(String className) {
    return className.startsWith(TERMS) ? Term.class : Self.class;
  }
}
