package beamyard.ui.bench;

import static beamyard.ui.bench.JavaNodes.SECOND_NANOS;
import static beamyard.ui.bench.JavaNodes.label;
import static beamyard.ui.bench.JavaNodes.nodeName;

import beamyard.simulator.Simulation;
import beamyard.simulator.process.JavaHandler;
import beamyard.simulator.process.StraightLine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.ui.bench.JavaNodes.Calls;
import beamyard.ui.bench.Row.Goal;
import beamyard.ui.bench.Row.Unit;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Messages that cross from one node to another and back, between a hundred pairs of processes, with nobody watching. */
final class MessageBenchmark implements Benchmark {
  private static final int PAIRS = 100;
  private static final int ROUNDS = 1_000;
  static final int MESSAGES = 2 * PAIRS * ROUNDS;
  private static final double SECONDS = 4;
  private static final Atom PING = Atom.of("ping");

  @Override
  public String name() {
    return "messages";
  }

  @Override
  public String boundBy() {
    return "the events of a message (it arrives at the node, then at the process, whose time slice starts and ends); in"
        + " Elixir, the interpreter; in straight-line Java, the two switches of threads";
  }

  @Override
  public void run(Clock clock, Peer peer, Consumer<Row> rows) {
    double handlers = Stopwatch.bestRate(clock, SECONDS, () -> pingPong(connected()));
    rows.accept(row("cross-node messages, Java handlers", handlers, 2e6, OptionalDouble.empty()));
    var yard = new ElixirYard(2);
    double elixir =
        Stopwatch.bestRate(
            clock,
            SECONDS,
            () -> {
              yard.evaluate("Bench.pairs(:n2@localhost, " + PAIRS + ", " + ROUNDS + ")", ":ok");
              return MESSAGES;
            });
    rows.accept(row("cross-node messages, Elixir", elixir, 500_000, peer.figure("messages")));
    double straight =
        OnVirtualThread.call(
            () -> Stopwatch.bestRate(clock, SECONDS, () -> straightLine(connected())));
    rows.accept(
        row("cross-node messages, straight-line Java", straight, 300_000, OptionalDouble.empty()));
  }

  private static Row row(String what, double rate, double goal, OptionalDouble real) {
    return new Row(what, rate, Unit.EACH_SECOND, new Goal.AtLeast(goal), real);
  }

  /** Two nodes that are connected. */
  static Simulation connected() {
    Simulation simulation = JavaNodes.yard(1, 2);
    var connecting = new Calls(simulation);
    connecting.call(simulation.node(label(1)), "net_kernel", "connect_node", nodeName(label(2)));
    connecting.values(SECOND_NANOS);
    return simulation;
  }

  /** How many rounds are still to be played, and with whom. */
  private record Game(Pid other, int left) {}

  /** Plays all rounds of all pairs; answers how many messages that were. */
  static long pingPong(Simulation simulation) {
    JavaHandler<Pid> echo =
        (other, message, self) -> JavaHandler.Step.next(other).send((Pid) message, PING);
    JavaHandler<Game> asking =
        (game, _, self) ->
            game.left == 0
                ? JavaHandler.Step.stop(Atom.of("normal"))
                : JavaHandler.Step.next(new Game(game.other, game.left - 1))
                    .send(game.other, self.self());
    for (int i = 0; i < PAIRS; i++) {
      Pid there = JavaNodes.spawn(simulation.node(label(2)), echo.body(null));
      Pid here = JavaNodes.spawn(simulation.node(label(1)), asking.body(new Game(there, ROUNDS)));
      JavaNodes.tell(simulation.node(label(1)), here, PING);
    }
    simulation.runFor(SECOND_NANOS);
    return MESSAGES;
  }

  private static long straightLine(Simulation simulation) {
    Pid there =
        JavaNodes.spawn(
            simulation.node(label(2)),
            new StraightLine(
                self -> {
                  for (int i = 0; i < MESSAGES / 2; i++) {
                    Term from = self.receive();
                    self.send((Pid) from, PING);
                  }
                }));
    JavaNodes.spawn(
        simulation.node(label(1)),
        new StraightLine(
            self -> {
              for (int i = 0; i < MESSAGES / 2; i++) {
                self.send(there, self.pid());
                self.receive();
              }
            }));
    simulation.runFor(SECOND_NANOS * 60);
    return MESSAGES;
  }
}
