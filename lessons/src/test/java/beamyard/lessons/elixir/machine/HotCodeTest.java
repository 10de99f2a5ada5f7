package beamyard.lessons.elixir.machine;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.elixir.compiler.Compiler;
import beamyard.lessons.elixir.compiler.ElixirLibrary;
import beamyard.lessons.elixir.stdlib.Stdlib;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.Returned;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HotCodeTest {
  /** Every quick instruction, with registers and with constants as operands. */
  private static final String SOURCE =
      """
      defmodule Sample do
        def sums(x, y), do: {x + y, x + 1, x - y, x - 9_223_372_036_854_775_807, 1 - y}
        def products(x, y), do: {x * y, x * 3, x * 4_611_686_018_427_387_904}
        def quotients(x, y), do: {div(x, 7), rem(x, 7), div(x, y), rem(x, y), div(x, -1)}
        def values(x, y), do: [x < y, x <= y, x > y, x >= y, x == y, x != y, x === y, x !== y, x == 1, x > 2]
        def less(x, y), do: if(x < y, do: :less, else: if(x < 10, do: :small, else: :large))
        def most(x, y), do: if(x <= y, do: :most, else: if(x >= 10, do: :large, else: :small))
        def same(x, y), do: {if(x === y, do: 1, else: 2), if(x !== 1, do: 1, else: 2), if(x === 1, do: 1, else: 2)}
        def equal(x, y), do: {if(x == y, do: 1, else: 2), if(x != 1, do: 1, else: 2), if(x == 1, do: 1, else: 2)}
        def both(x, y), do: if(x > 1 and y > 1 or is_atom(x), do: x, else: y)
        def truth(x, y), do: {x || y, x && y, !x, if(x, do: y)}
        def booleans(x, y), do: x and not y
        def kinds(x, y), do: {kind(x), kind(y), is_list(x), is_integer(y), is_binary(x), is_tuple(y)}
        def parts(x, y), do: {part(x), part(y), part({x, y}), part([x | y]), part(%{a: x, b: y})}
        def made(x, y), do: {[x, y], [x | y], {x, {y}}, %{k: x}, <<1>>}
        def closures(x, y), do: apply_all([fn a -> a + y end, fn a -> {a, y} end, fn _ -> x < y end], x)
        def loops(x, y), do: {count(x, 0, []), :lists.foldl(fn a, b -> [a + y | b] end, [], [1, 2, 3])}
        def swapped(x, y), do: swap(x, y, 9)

        def kind(x) when is_list(x), do: :list
        def kind(x) when is_tuple(x), do: :tuple
        def kind(x) when is_map(x), do: :map
        def kind(x) when is_atom(x), do: :atom
        def kind(x) when is_integer(x) or is_float(x), do: :number
        def kind(_), do: :other
        def part([]), do: :empty
        def part([:ok]), do: :ok
        def part([a, 1]), do: a
        def part([a | b]), do: {a, b}
        def part({:a, b}), do: b
        def part({a, a}), do: a
        def part({_, b}), do: b
        def part(%{a: 1, b: b}), do: b
        def part(%{a: a}), do: a
        def part(nil), do: nil
        def part(1), do: :one
        def apply_all([], _), do: []
        def apply_all([f | rest], x), do: [f.(x) | apply_all(rest, x)]
        def count(n, sum, seen) when is_integer(n) and n > 0 and n < 50, do: count(n - 1, sum + n, [n | seen])
        def count(_, sum, seen), do: {sum, seen}
        def swap(x, y, 0), do: {x, y}
        def swap(x, y, n), do: swap(y, x, n - 1)
      end
      """;

  private static final List<String> FUNCTIONS =
      List.of(
          "sums",
          "products",
          "quotients",
          "values",
          "less",
          "most",
          "same",
          "equal",
          "both",
          "truth",
          "booleans",
          "kinds",
          "parts",
          "made",
          "closures",
          "loops",
          "swapped");

  private final LoneProcess cold = process(false);
  private final LoneProcess hot = process(true);

  private static LoneProcess process(boolean hot) {
    BuiltinTable builtins = Stdlib.builtins();
    Compiler.defineBuiltins(builtins);
    CompiledModule module = ElixirLibrary.compile(SOURCE, "sample.ex", builtins).getFirst();
    CompiledModule lists =
        ElixirLibrary.compile(
                "defmodule :lists do\n  def foldl(f, a, [x | r]), do: foldl(f, f.(x, a), r)\n  def foldl(_, a, []), do: a\nend",
                "lists.ex",
                builtins)
            .getFirst();
    var server = new CodeServer(Library.empty(), builtins);
    server.load(module);
    server.load(lists);
    if (hot) {
      module.codes().forEach(HotCodeTest::heat);
      lists.codes().forEach(HotCodeTest::heat);
    }
    return new LoneProcess(server);
  }

  private static void heat(Code code) {
    while (code.hot() == null) {
      code.warmUp();
    }
  }

  @Provide
  Arbitrary<Term> terms() {
    return Arbitraries.lazyOf(
        this::numbers,
        this::numbers,
        () -> Arbitraries.of("ok", "a", "nil", "true", "false").map(Atom::of),
        () -> Arbitraries.strings().ofMaxLength(3).map(Bits::of),
        () -> terms().list().ofMaxSize(3).map(ListTerm::of),
        () -> terms().list().ofMaxSize(3).map(it -> Tuple.of(it.toArray(Term[]::new))),
        () -> terms().map(it -> MapTerm.of(Atom.of("a"), it, Atom.of("b"), SmallInt.of(2))));
  }

  private Arbitrary<Term> numbers() {
    Arbitrary<Term> some = Arbitraries.longs().between(-3, 60).map(SmallInt::of);
    Arbitrary<Term> any = Arbitraries.longs().map(SmallInt::of);
    Arbitrary<Term> large =
        Arbitraries.bigIntegers()
            .between(BigInteger.TWO.pow(70).negate(), BigInteger.TWO.pow(70))
            .map(IntegerTerm::of);
    Arbitrary<Term> reals = Arbitraries.of(-0.0, 0.0, 1.0, 2.5, 1e300).map(Float64::new);
    return Arbitraries.oneOf(some, some, any, large, reals);
  }

  @Property(tries = 2_000)
  void hotCodeDoesWhatTheInterpreterDoes(@ForAll("terms") Term x, @ForAll("terms") Term y) {
    for (String function : FUNCTIONS) {
      assertThat(run(hot, function, x, y)).as(function).isEqualTo(run(cold, function, x, y));
    }
  }

  /** What it ends with, and the reductions that it took. */
  private record Run(Outcome outcome, long reductions) {}

  private static Run run(LoneProcess process, String function, Term x, Term y) {
    long before = process.used;
    Outcome outcome =
        process.finish(
            Execution.ofCall(Atom.of("Elixir.Sample"), Atom.of(function), List.of(x, y)));
    return new Run(outcome, process.used - before);
  }

  @Property(tries = 20)
  void aFunctionThatLoopsForLongBecomesHot(@ForAll("few") Integer slices) {
    BuiltinTable builtins = Stdlib.builtins();
    Compiler.defineBuiltins(builtins);
    String source =
        "defmodule Loop do\n  def down(0), do: :done\n  def down(n), do: down(n - 1)\nend";
    CompiledModule module = ElixirLibrary.compile(source, "loop.ex", builtins).getFirst();
    var server = new CodeServer(Library.empty(), builtins);
    server.load(module);
    var process = new LoneProcess(server);
    Term n = SmallInt.of(4_000L * slices);
    Outcome outcome = process.finish(Execution.ofCall(module.name(), Atom.of("down"), List.of(n)));
    assertThat(((Returned) outcome).value()).isEqualTo(Atom.of("done"));
    assertThat(process.used).isBetween(4_000L * slices, 4_000L * slices + 10);
    assertThat(module.codes().getFirst().hot() != null).isEqualTo(slices > 4);
  }

  @Provide
  Arbitrary<Integer> few() {
    return Arbitraries.integers().between(1, 12);
  }
}
