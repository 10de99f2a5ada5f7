package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.script.Stage.Logging;
import beamyard.lessons.script.Stage.Naming;
import beamyard.lessons.script.Stage.Start;
import beamyard.lessons.script.Stage.Visibility;
import beamyard.lessons.shell.Console;
import beamyard.lessons.shell.ElixirNodes;
import beamyard.simulator.Node;
import beamyard.simulator.Simulation;
import beamyard.simulator.trace.Fact;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** A copy of a yard goes on as the original does, down to the last fact, and neither sees the other. */
class CopyProperties {
  private static final List<String> NODES = List.of("alice@localhost", "bob@localhost");
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final List<String> CODE =
      List.of(
          "Node.connect(:bob@localhost)",
          "Node.disconnect(:bob@localhost)",
          "Node.monitor(:bob@localhost, true); Node.list()",
          "x = Enum.map(1..3, fn n -> n * 2 end)",
          "f = fn n -> {n, node()} end; f.(make_ref())",
          "send({:shell, :bob@localhost}, {:hello, node(), self()})",
          "unless Process.whereis(:shell), do: Process.register(self(), :shell)",
          "receive do {:hello, who, _} -> who after 30 -> :nothing end",
          "pid = Node.spawn(:bob@localhost, fn -> receive do {:ask, from} -> send(from, {:told, node()}) end end)",
          "spawn(fn -> Process.sleep(40); IO.puts(\"late \" <> inspect(node())) end)",
          "spawn_monitor(fn -> exit(:boom) end) |> is_tuple()",
          "{:ok, a} = Agent.start(fn -> %{count: 0} end); Agent.update(a, &Map.put(&1, :count, 1))",
          "Agent.start(fn -> [] end, name: :kept) |> elem(0)",
          "if Process.whereis(:kept), do: Agent.get_and_update(:kept, fn l -> {length(l), [node() | l]} end)",
          "defmodule Counter do\nuse GenServer\ndef init(n), do: {:ok, n}\n"
              + "def handle_call(:next, _from, n), do: {:reply, n, n + 1}\nend",
          "with {:ok, p} <- GenServer.start(Counter, 5), do: {GenServer.call(p, :next), GenServer.call(p, :next)}",
          "with {:error, _} <- :pg.start(:pg), do: :there",
          "if Process.whereis(:pg), do: :pg.join(:group, self())",
          "if Process.whereis(:pg), do: :pg.get_members(:group)",
          ":global.register_name(:leader, self())",
          ":global.whereis_name(:leader)",
          "t = :ets.new(:table, [:set]); :ets.insert(t, {1, node()}); :ets.lookup(t, 1)",
          "Process.put(:seen, [1 | Process.get(:seen, [])])",
          "File.write(\"note\", \"n\"); File.read(\"note\")",
          ":rand.uniform(1000)",
          "1 / 0",
          "Enum.reduce(1..60_000, 0, fn n, sum -> rem(n * 7 + sum, 1009) end)",
          "for n <- Enum.to_list(1..3000), rem(n, 997) == 0, do: {n, self()}",
          "Task.async(fn -> Process.sleep(10); node() end) |> Task.await()",
          "Supervisor.start_link([{Agent, fn -> 0 end}], strategy: :one_for_one) |> elem(0)",
          "Process.send_after(self(), {:hello, :later, nil}, 25) |> is_reference()",
          "String.upcase(IO.gets(\"name? \"))",
          ":rpc.call(:bob@localhost, Enum, :sort, [[3, 1, 2]])",
          "exit(:stop)",
          "[1,");

  /** What is done to a yard, and how long is waited then. */
  sealed interface Act {
    long waitMillis();
  }

  record Typed(String node, String code, long waitMillis) implements Act {}

  record Done(Trouble trouble, long waitMillis) implements Act {}

  enum Trouble {
    PARTITION,
    HEAL,
    BLOCK,
    PAUSE,
    RESUME,
    KILL,
    START_AGAIN
  }

  private record Happened(long atNanos, String fact) {}

  private static final class Kept implements Trace {
    private final List<Happened> facts = new ArrayList<>();

    @Override
    public boolean isOn() {
      return true;
    }

    @Override
    public void record(long atNanos, Fact fact) {
      facts.add(new Happened(atNanos, fact.toString()));
    }
  }

  @Provide
  Arbitrary<List<Act>> inputs() {
    Arbitrary<Long> waits = Arbitraries.of(0L, 1L, 20L, 200L);
    Arbitrary<Act> typed =
        Combinators.combine(Arbitraries.of(NODES), Arbitraries.of(CODE), waits).as(Typed::new);
    Arbitrary<Act> done = Combinators.combine(Arbitraries.of(Trouble.class), waits).as(Done::new);
    return Arbitraries.frequencyOf(Tuple.of(6, typed), Tuple.of(1, done))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void aCopyGoesOnAsTheOriginalDoes(
      @ForAll("inputs") List<Act> before, @ForAll("inputs") List<Act> after, @ForAll long seed) {
    var trace = new Kept();
    SimulatedStage stage = SimulatedStage.withSeed(seed, trace);
    stage.start(NODES.stream().map(CopyProperties::start).toList());
    Simulation original = stage.simulation();
    act(original, before);
    trace.facts.clear();
    var traceOfTheCopy = new Kept();
    Simulation copy = original.copy(traceOfTheCopy);

    List<String> printed = play(original, after);
    List<Happened> happened = List.copyOf(trace.facts);
    List<String> printedByTheCopy = play(copy, after);

    assertThat(printedByTheCopy).isEqualTo(printed);
    assertThat(traceOfTheCopy.facts).isEqualTo(happened);
    assertThat(trace.facts).as("the copy leaves the original alone").isEqualTo(happened);
  }

  private static List<String> play(Simulation simulation, List<Act> inputs) {
    act(simulation, inputs);
    simulation.runFor(100 * NANOS_A_MILLI);
    return NODES.stream()
        .filter(node -> simulation.node(node).isUp())
        .map(node -> simulation.node(node).owned(Console.class).takePrinted())
        .toList();
  }

  /** Does it all; what was typed last may still be under way. */
  private static void act(Simulation simulation, List<Act> acts) {
    for (Act act : acts) {
      switch (act) {
        case Typed(var node, var code, _) when simulation.node(node).isUp() ->
            ElixirNodes.type(simulation.node(node), code);
        case Typed _ -> {} // nobody can type at a node that was killed
        case Done(var trouble, _) -> make(simulation, trouble);
      }
      simulation.runFor(act.waitMillis() * NANOS_A_MILLI);
    }
  }

  private static void make(Simulation simulation, Trouble trouble) {
    String bob = NODES.getLast();
    boolean up = simulation.node(bob).isUp();
    switch (trouble) {
      case PARTITION -> simulation.partition(NODES.stream().map(List::of).toList());
      case HEAL -> simulation.heal();
      case BLOCK -> simulation.block(NODES.getFirst(), bob);
      case PAUSE -> {
        if (simulation.node(bob).state() == Node.State.RUNNING) {
          simulation.pause(bob);
        }
      }
      case RESUME -> {
        if (simulation.node(bob).state() == Node.State.PAUSED) {
          simulation.resume(bob);
        }
      }
      case KILL -> {
        if (up) {
          simulation.kill(bob);
          simulation.runUntil(
              () -> !simulation.node(bob).isUp(), simulation.now() + 100 * NANOS_A_MILLI);
        }
      }
      case START_AGAIN -> {
        if (simulation.node(bob).state() == Node.State.DOWN) {
          simulation.boot(simulation.node(bob).settings());
        }
      }
    }
  }

  private static Start start(String node) {
    return new Start(
        node,
        node.substring(0, node.indexOf('@')),
        "localhost",
        Naming.SHORT,
        "secret",
        Visibility.VISIBLE,
        new LinkedHashMap<>(),
        Logging.ON);
  }
}
