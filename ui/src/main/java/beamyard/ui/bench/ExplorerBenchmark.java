package beamyard.ui.bench;

import static beamyard.ui.bench.JavaNodes.label;

import beamyard.lessons.exploration.Exhaustive;
import beamyard.lessons.exploration.Rehearsal;
import beamyard.lessons.exploration.Rehearsal.Beginning;
import beamyard.lessons.script.Program;
import beamyard.lessons.script.Stage;
import beamyard.lessons.script.Stage.Start;
import beamyard.simulator.Simulation;
import beamyard.simulator.exploration.ScheduleSearch;
import beamyard.simulator.exploration.ScheduleSearch.Limits;
import beamyard.simulator.exploration.SteppedRun;
import beamyard.simulator.exploration.Subject;
import beamyard.simulator.exploration.Uses;
import beamyard.simulator.process.JavaHandler;
import beamyard.simulator.process.JavaHandler.Step;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.ui.bench.Row.Goal;
import beamyard.ui.bench.Row.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All schedules of clients that use one server, and how many steps of them are taken for the first time: a step that is taken
 * again, to come back to a state, does not count.
 */
final class ExplorerBenchmark implements Benchmark {
  private static final double SECONDS = 8;
  private static final int CLIENTS = 3;
  private static final int REQUESTS = 3;
  private static final long STEPS_OF_HANDLERS = 100_000;
  private static final long STEPS_OF_ELIXIR = 15_000;
  private static final Atom ASK = Atom.of("ask");

  private static final String PROGRAM =
      """
      defmodule Client do
        def go(0), do: :ok

        def go(left) do
          Agent.update({Counter, :n1@localhost}, fn count -> count + 1 end)
          go(left - 1)
        end
      end

      {:ok, _} = Agent.start(fn -> 0 end, name: Counter)
      Sandbox.eventually("all are counted", fn -> Agent.get(Counter, fn count -> count == 9 end) end)
      for node <- [:n1@localhost, :n2@localhost, :n2@localhost], do: Node.spawn(node, Client, :go, [3])
      """;

  @Override
  public String name() {
    return "explore";
  }

  @Override
  public String boundBy() {
    return "copies of the simulation, one for each schedule, and the events of a step; DSLabs' search makes 10,000 states a second,"
        + " as its authors say, of Java handlers without a virtual machine around them";
  }

  @Override
  public void run(Clock clock, Peer peer, Consumer<Row> rows) {
    SteppedRun handlers = handlers();
    rows.accept(
        row(
            "explorer: new steps, Java handlers (DSLabs: 10,000)",
            Stopwatch.bestRate(
                clock,
                SECONDS,
                () ->
                    ScheduleSearch.run(
                            handlers,
                            new NothingWrong(),
                            new Limits(0, STEPS_OF_HANDLERS, 1_000),
                            () -> false)
                        .steps()),
            100_000));
    var exhaustive =
        new Exhaustive(rehearsal(), new Exhaustive.Options(0, List.of(), STEPS_OF_ELIXIR, 120));
    rows.accept(
        row(
            "explorer: new steps, Elixir (DSLabs: 10,000)",
            Stopwatch.bestRate(clock, SECONDS, () -> exhaustive.run(() -> false).search().steps()),
            20_000));
  }

  private static Row row(String what, double rate, double goal) {
    return Row.of(what, rate, Unit.EACH_SECOND, new Goal.AtLeast(goal));
  }

  /** A server that answers, and clients that ask it one time after the other. */
  private static SteppedRun handlers() {
    Simulation simulation = MessageBenchmark.connected();
    simulation.runFor(
        5 * JavaNodes.SECOND_NANOS); // until the nodes have told each other their names
    JavaHandler<Integer> serving =
        (count, message, self) -> Step.next(count + 1).send((Pid) message, ASK);
    Pid server = JavaNodes.spawn(simulation.node(label(1)), serving.body(0));
    for (int i = 0; i < CLIENTS; i++) {
      JavaHandler<Integer> asking =
          (left, message, self) ->
              left == 0 ? Step.next(0) : Step.next(left - 1).send(server, self.self());
      Pid client = JavaNodes.spawn(simulation.node(label(i % 2 + 1)), asking.body(REQUESTS));
      JavaNodes.tell(simulation.node(label(i % 2 + 1)), client, ASK);
    }
    return new SteppedRun(simulation);
  }

  private static Rehearsal rehearsal() {
    var starts = new ArrayList<Start>();
    for (int i = 1; i <= 2; i++) {
      starts.add(
          new Start(
              ElixirYard.handle(i),
              label(i),
              "localhost",
              Stage.Naming.SHORT,
              "bench",
              Stage.Visibility.VISIBLE,
              Map.of(),
              Stage.Logging.OFF));
    }
    return new Rehearsal(Program.parse("clients.exs", PROGRAM), starts, Beginning.CONNECTED);
  }

  /** Everything is tried, as nothing is ever wrong. */
  private static final class NothingWrong implements Subject {
    @Override
    public boolean sees(Uses uses) {
      return false;
    }

    @Override
    public Optional<String> wrong(SteppedRun run) {
      return Optional.empty();
    }

    @Override
    public Optional<String> wrongAtEnd(SteppedRun run) {
      return Optional.empty();
    }
  }
}
