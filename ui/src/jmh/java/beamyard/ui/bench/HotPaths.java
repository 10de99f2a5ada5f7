package beamyard.ui.bench;

import beamyard.simulator.engine.Engine;
import beamyard.simulator.engine.Event;
import beamyard.simulator.engine.SeededChoices;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermCodec;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The hot paths under JMH: the queue of events, the delivery of messages, the loop of the Elixir machine, the codec of terms.
 *
 * <p>Run by {@code ./mvnw -Pjmh package -DskipTests}; {@code -Djmh.arguments} says which, and how.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HotPaths {
  private static final int FIB_CALLS = 28_657;

  /** A queue that has some events all the time. */
  @State(Scope.Thread)
  public static class Queue {
    @Param({"1000", "100000"})
    public int pending;

    private Engine engine;
    private long random = 1;

    private enum Nothing implements Event {
      HAPPENS
    }

    @Setup
    public void fill() {
      engine = new Engine(new SeededChoices(1));
      for (int i = 0; i < pending; i++) {
        plan(Nothing.HAPPENS);
      }
    }

    private void plan(Event event) {
      random = random * 6364136223846793005L + 1442695040888963407L;
      engine.schedule(engine.now() + (random >>> 44), 0, event);
    }
  }

  @Benchmark
  public void nextEventAndAnother(Queue queue) {
    queue.plan(queue.engine.next());
  }

  @Benchmark
  @OperationsPerInvocation(MessageBenchmark.MESSAGES)
  public long messagesBetweenHandlers() {
    return MessageBenchmark.pingPong(MessageBenchmark.connected());
  }

  /** A node with the Elixir source of the benchmarks. */
  @State(Scope.Thread)
  public static class Yard {
    private ElixirYard yard;

    @Setup
    public void boot() {
      yard = new ElixirYard(1);
    }
  }

  /** In calls of a function: each is a comparison, two subtractions, an addition and two calls. */
  @Benchmark
  @OperationsPerInvocation(FIB_CALLS)
  public void elixirCalls(Yard yard) {
    yard.yard.evaluate("Bench.fib(21)", "10946");
  }

  /** A term as messages are. */
  @State(Scope.Thread)
  public static class Message {
    private Term term;
    private byte[] bytes;

    @Setup
    public void make() {
      var numbers = new ArrayList<Term>();
      for (int i = 0; i < 20; i++) {
        numbers.add(SmallInt.of(i * 1_000));
      }
      term = Tuple.of(Atom.of("reply"), Bits.of("a text of some length"), ListTerm.of(numbers));
      bytes = TermCodec.encode(term);
    }
  }

  @Benchmark
  public byte[] encodeTerm(Message message) {
    return TermCodec.encode(message.term);
  }

  @Benchmark
  public Term decodeTerm(Message message) {
    return TermCodec.decode(message.bytes);
  }
}
