package beamyard.exercises;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.shell.ProjectCode.SourceFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the grader says of solutions in Java that cannot be judged, or that do harm. */
@Execution(ExecutionMode.SAME_THREAD) // some never give in, and would take the time of others
class JavaSolutionsTest {
  private static final String IMPORTS =
      """
      import beamyard.exercises.straight.*;
      import beamyard.simulator.term.*;
      import java.time.Duration;
      import java.util.*;
      import java.util.function.*;
      import java.util.stream.*;
      """;

  /** A report on code that one check calls, on one node. */
  private static Report gradeOnce(String members) {
    var checks =
        new SourceFile(
            "checks.ex",
            """
            defmodule Checks do
              use Exercise.Checks
              check "it ends", nodes: [1], seeds: 1 do
                answer("run/0", fn -> Once.run() end)
              end
            end
            """);
    var starter = new SourceFile("once.ex", "");
    var once =
        new Exercise(
            "once",
            "Once",
            1,
            "",
            List.of(),
            starter,
            Optional.of(starter),
            List.of(new Exercise.Required("Once", "run", 0)),
            checks,
            List.of(),
            List.of());
    String text = IMPORTS + "public final class Once {\n" + members + "\n}";
    return Grader.grade(once, new SourceFile("Once.java", text), _ -> {});
  }

  private static Report run(String body) {
    return gradeOnce("public static void run(Self self) throws Exception {\n" + body + "\n}");
  }

  private static String refusal(Report report) {
    assertThat(report.refusal()).isPresent();
    return report.refusal().get();
  }

  private static String failure(Report report) {
    assertThat(report.refusal()).isEmpty();
    assertThat(report.passed()).isFalse();
    return report.results().getFirst().counterexample().orElseThrow().message();
  }

  @Test
  void aGoodSolutionPasses() {
    assertThat(run("self.sleep(Duration.ofMillis(5));").passed()).isTrue();
  }

  @Test
  void whatDoesNotCompileIsToldByLine() {
    assertThat(refusal(run("int x = nowhere;")))
        .isEqualTo(
            "it does not compile: Once.java:9: cannot find symbol, symbol:   variable nowhere, location: class Once");
    assertThat(refusal(gradeOnce("public static void run(Self self) {")))
        .contains("Once.java:9: reached end of file");
  }

  @Test
  void anotherClassOrFunctionIsToldWhatIsMissing() {
    assertThat(refusal(gradeOnce("public static Term go(Self self) { return Nil.NIL; }")))
        .isEqualTo(
            "the public class Once should define public static Term run(Self self); its public class is Once");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "var e = new RuntimeException(); for (;;) { try { throw e; } catch (Throwable any) { } }",
        "while (true) { try { self.pid(); } finally { continue; } }",
        "Stream.of(1).forEach(x -> { while (true) { } });",
        "int i = 0; do { switch (i) { case 0: i = 1; continue; default: i = 0; continue; } } while (true);",
        "(\"a\".repeat(60) + \"b\").matches(\"(.*a){25}\");",
        "for (int i = 0; i < 2_000_000_000; i++) { IntStream.range(0, 1_000_000).sum(); }"
      })
  void aLoopWithoutAnEndIsToldSo(String body) {
    assertThat(failure(run(body))).contains("50000000 reductions");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "var all = new ArrayList<int[]>(); while (true) all.add(new int[100_000]);",
        "var all = new ArrayList<Object>(List.of(1)); while (true) all.addAll(all);",
        "String s = \"xx\"; while (true) s = s + s;",
        "\"x\".repeat(2_000_000_000);",
        "int[][] all = new int[60_000][60_000];",
        "var s = new StringBuilder(\"x\"); while (true) s.append(s);",
        "for (int i = 0; true; i++) Atom.of(\"atom\" + i);",
        "var all = new ArrayList<Object>(); for (int i = 0; true; i++) all.add(new Object());"
      })
  void aFloodOfMemoryIsStopped(String body) {
    assertThat(failure(run(body))).contains("16000000 words of memory");
  }

  @Test
  void endlessRecursionIsAnError() {
    assertThat(failure(gradeOnce("public static void run(Self self) { run(self); }")))
        .contains("stack");
  }

  @Test
  void waitingForEverIsToldSo() {
    assertThat(failure(run("self.receive();"))).contains("gave no answer within 30 seconds");
  }

  @Test
  void aFloodOfProcessesIsStopped() {
    assertThat(failure(run("while (true) { self.spawn(self.node(), \"run\"); }")))
        .contains("computes without end");
  }

  @Test
  void anExceptionIsToldWithItsLine() {
    assertThat(failure(run("Object o = null; o.toString();")))
        .contains("did not survive")
        .contains("NullPointerException")
        .contains("(Once.java:9)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new java.io.File(\"/tmp/escaped\").createNewFile();",
        "java.nio.file.Files.readString(java.nio.file.Path.of(\"/etc/passwd\"));",
        "new java.net.Socket(\"localhost\", 80);",
        "new Thread(() -> {}).start();",
        "System.exit(0);",
        "Runtime.getRuntime().halt(0);",
        "Class.forName(\"java.lang.System\");",
        "self.getClass().getClassLoader();",
        "Object o = String.class.getMethods();",
        "List.of(1).parallelStream().count();",
        "Runnable r = System::gc; r.run();",
        "Supplier<Thread> t = Thread::currentThread;",
        "synchronized (self) { }",
        "new Random().nextInt();",
        "Stream.generate(() -> 1).count();",
        "java.lang.invoke.MethodHandles.lookup();",
        "Object o = new ThreadLocal<String>();",
        "System.out.println();",
        "Object o = Thread.class;",
        "Map.of(1, 2);",
        "Function<String, String[]> f = x -> null; BiFunction<String, Integer, String> g = String::repeat;"
      })
  void theMachineCannotBeReached(String body) {
    assertThat(refusal(run(body))).startsWith("Once.java:9: ").containsAnyOf("not", "should be");
  }

  @Test
  void theInsidesOfTheYardCannotBeReached() {
    assertThat(refusal(run("Meter.tick();"))).contains("does not compile");
    assertThat(refusal(run("beamyard.simulator.Simulation s = null;")))
        .contains("does not compile");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "static int count; public static void run(Self self) { }",
        "static final List<String> ALL = new ArrayList<>(); public static void run(Self self) { }",
        "enum Box { ONE; int n; } public static void run(Self self) { }",
        "static final int[] ALL = {1}; public static void run(Self self) { }"
      })
  void processesShareNothing(String members) {
    assertThat(refusal(gradeOnce(members))).contains("share nothing");
  }

  @Test
  void aClassThatIsNeverInitialisedIsToldSo() {
    assertThat(
            refusal(
                gradeOnce(
                    "static { for (int i = 0; i >= 0; i = (i + 1) % 7) { } } public static void run(Self self) { }")))
        .contains("does not come to an end");
  }

  @Test
  void constantsRecordsEnumsSwitchesAndStreamsAreFine() {
    assertThat(
            gradeOnce(
                    """
                    static final Atom OK = Atom.of("ok");
                    static final java.util.regex.Pattern WORD = java.util.regex.Pattern.compile("[a-z]+");
                    enum Kind { GOOD, BAD }
                    record Part(Kind kind, int size) {}
                    sealed interface Shape permits Square, Round {}
                    record Square(int side) implements Shape {}
                    record Round(int radius) implements Shape {}

                    public static Term run(Self self) {
                      Map<String, Integer> counts = new HashMap<>();
                      var matcher = WORD.matcher("one two one");
                      while (matcher.find()) {
                        counts.merge(matcher.group(), 1, Integer::sum);
                      }
                      Part part = new Part(Kind.GOOD, counts.get("one"));
                      int size = switch (part.kind()) { case GOOD -> part.size(); case BAD -> 0; };
                      Shape shape = new Square(size);
                      int area = switch (shape) { case Square(int side) -> side * side; case Round r -> r.radius(); };
                      String word = switch ("b" + area) { case "b4" -> "four"; default -> "other"; };
                      var sorted = Stream.of("b", "a").sorted(Comparator.reverseOrder()).collect(Collectors.toList());
                      assert sorted.size() == 2;
                      if (!word.equals("four") || !part.equals(new Part(Kind.GOOD, 2)) || !part.toString().contains("GOOD")) {
                        throw new IllegalStateException(word + sorted);
                      }
                      return OK;
                    }
                    """)
                .toString())
        .contains("counterexample=Optional.empty");
  }

  @Test
  void noThreadOfASolutionIsLeftBehind() throws InterruptedException {
    var here = new ThreadGroup("here"); // other tests have solutions at the same time
    runIn(here, "self.receive();");
    runIn(here, "self.spawn(self.node(), \"run\"); self.sleep(Duration.ofMillis(1));");
    runIn(here, "while (true) {}");
    assertThat(threadsOfSolutions(here)).isZero();
    runIn(here, "while (true) { try { self.receive(); } catch (Throwable any) { } }");
    assertThat(threadsOfSolutions(here))
        .as("the one that never gives in stands still")
        .isLessThanOrEqualTo(1);
  }

  private static void runIn(ThreadGroup group, String body) throws InterruptedException {
    var judge = new Thread(group, () -> run(body), "judge");
    judge.start();
    judge.join();
  }

  private static long threadsOfSolutions(ThreadGroup group) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getThreadGroup() == group && thread.getName().equals("solution"))
        .count();
  }
}
