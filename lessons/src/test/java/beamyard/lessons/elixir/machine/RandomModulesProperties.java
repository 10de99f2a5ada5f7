package beamyard.lessons.elixir.machine;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.elixir.compiler.Compiler;
import beamyard.lessons.elixir.compiler.ElixirLibrary;
import beamyard.lessons.elixir.stdlib.Stdlib;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class RandomModulesProperties {
  private static final Atom NAME = Atom.of("Elixir.Sample");

  private static final List<Term> VALUES =
      List.of(
          SmallInt.of(0),
          SmallInt.of(1),
          SmallInt.of(7),
          SmallInt.of(-1),
          new Float64(1.0),
          new Float64(2.5),
          Atom.NIL,
          Atom.FALSE,
          SmallInt.of(Long.MAX_VALUE),
          IntegerTerm.of(BigInteger.TWO.pow(80)),
          Atom.TRUE,
          Atom.of("ok"),
          ListTerm.empty(),
          new Cons(SmallInt.of(1), new Cons(Atom.of("ok"), ListTerm.empty())),
          Tuple.of(SmallInt.of(1), SmallInt.of(2)),
          MapTerm.of(Atom.of("a"), SmallInt.of(1)),
          MapTerm.of(Atom.of("b"), Atom.NIL),
          MapTerm.of(Atom.of("a"), Atom.NIL, Atom.of("b"), new Float64(1.0)),
          Tuple.of(SmallInt.of(1), new Float64(1.0)),
          Tuple.of(Atom.of("ok")));

  /** Beside each number what equals it in another type, or is next to it. */
  private static final List<Term> NUMBERS =
      List.of(
          SmallInt.of(0),
          new Float64(0.0),
          new Float64(-0.0),
          SmallInt.of(1),
          new Float64(1.0),
          SmallInt.of(-1),
          new Float64(-1.0),
          SmallInt.of(7),
          new Float64(7.0),
          SmallInt.of(-7),
          SmallInt.of(3_037_000_500L),
          SmallInt.of(Long.MAX_VALUE - 1),
          SmallInt.of(Long.MAX_VALUE),
          SmallInt.of(Long.MIN_VALUE),
          IntegerTerm.of(BigInteger.TWO.pow(63)),
          IntegerTerm.of(BigInteger.TWO.pow(80)));

  private static final List<Term> TRUTHS = List.of(Atom.TRUE, Atom.FALSE, Atom.NIL, SmallInt.of(1));

  private static final int CALLS = 20;

  private final BuiltinTable builtins = builtins();

  private static BuiltinTable builtins() {
    BuiltinTable builtins = Stdlib.builtins();
    Compiler.defineBuiltins(builtins);
    return builtins;
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void whateverAModuleDoesItDoesTheSameWhenItIsHot(@ForAll long seed) {
    assertThat(differences(seed)).isEmpty();
  }

  /** What the functions of a random module do otherwise when it is hot: values, errors, stack traces or reductions of slices. */
  List<String> differences(long seed) {
    String source = RandomModule.source("Sample", seed);
    var random = new Random(seed);
    LoneProcess cold = process(source, _ -> false);
    LoneProcess hot = process(source, _ -> true);
    LoneProcess warm = process(source, _ -> random.nextBoolean());
    var differences = new ArrayList<String>();
    for (String function : RandomModule.FUNCTIONS) {
      for (int i = 0; i < CALLS; i++) {
        List<Term> values = values(function, random);
        Term x = values.get(random.nextInt(values.size()));
        Term y = values.get(random.nextInt(values.size()));
        Term n = SmallInt.of(function.equals("turns") ? random.nextInt(9_000) : 2);
        String expected = run(cold, function, x, y, n);
        for (LoneProcess other : List.of(hot, warm)) {
          String actual = run(other, function, x, y, n);
          if (!actual.equals(expected)) {
            differences.add(
                "%s(%s, %s, %s): %s, not %s of%n%s"
                    .formatted(function, x, y, n, actual, expected, source));
          }
        }
      }
    }
    return differences;
  }

  /** What to call a function with: mostly what it is made for. */
  private static List<Term> values(String function, Random random) {
    if (random.nextInt(5) == 0) {
      return VALUES;
    }
    return switch (function) {
      case "numbers", "turns" -> NUMBERS;
      case "truths" -> TRUTHS;
      default -> VALUES;
    };
  }

  private LoneProcess process(String source, Predicate<Code> isHot) {
    CompiledModule module = ElixirLibrary.compile(source, "sample.ex", builtins).getFirst();
    var server = new CodeServer(Library.empty(), builtins);
    server.load(module);
    for (Code code : module.codes()) {
      if (isHot.test(code)) {
        for (int i = 0; i < 100 && code.hot() == null; i++) {
          code.warmUp();
        }
      }
    }
    return new LoneProcess(server);
  }

  /** What it ends with, with its stack trace, and the reductions of its slices. */
  private static String run(LoneProcess process, String function, Term... arguments) {
    process.slices.clear();
    Outcome outcome = process.finish(Execution.ofCall(NAME, Atom.of(function), List.of(arguments)));
    return outcome + " after " + process.slices;
  }
}
