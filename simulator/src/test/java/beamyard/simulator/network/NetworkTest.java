package beamyard.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.engine.Engine;
import beamyard.simulator.engine.SeededChoices;
import beamyard.simulator.network.NetworkOutcome.Accepted;
import beamyard.simulator.network.NetworkOutcome.Cause;
import beamyard.simulator.network.NetworkOutcome.Closed;
import beamyard.simulator.network.NetworkOutcome.Connected;
import beamyard.simulator.network.NetworkOutcome.Received;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class NetworkTest {
  private static final long MILLI = 1_000_000;
  private static final Endpoint ALICE = new Endpoint("localhost", "alice");
  private static final Endpoint BOB = new Endpoint("localhost", "bob");

  private record Note(int number) implements Packet {
    @Override
    public int size() {
      return 4;
    }
  }

  /** Runs a network and keeps what the processes get to know. */
  private static final class Bench {
    final Engine engine;
    final Network network;
    final List<NetworkOutcome> outcomes = new ArrayList<>();

    Bench(long seed) {
      engine = new Engine(new SeededChoices(seed));
      network = new Network(engine, NetworkProfile.LOOPBACK, Trace.OFF);
      network.addHost("localhost");
    }

    private Bench(Bench original) {
      engine = original.engine.copy();
      network = original.network.copy(engine, Trace.OFF);
      outcomes.addAll(original.outcomes);
    }

    void runUntil(long nanos) {
      while (engine.nextTime().orElse(Long.MAX_VALUE) <= nanos) {
        NetworkOutcome outcome = network.handle((NetworkEvent) engine.next());
        if (outcome != null) {
          outcomes.add(outcome);
        }
      }
      engine.advanceTo(nanos);
    }

    List<Integer> notesFor(Endpoint owner) {
      return outcomes.stream()
          .filter(outcome -> outcome instanceof Received && outcome.owner().equals(owner))
          .map(outcome -> ((Note) ((Received) outcome).packet()).number())
          .toList();
    }

    Socket open() {
      int port = network.listen(BOB);
      Socket socket = network.connect(ALICE, "localhost", port, engine.now());
      runUntil(engine.now() + MILLI);
      return socket;
    }
  }

  @Example
  void aStreamOpensAndCarriesPacketsBothWaysInOrder() {
    var bench = new Bench(1);
    Socket alice = bench.open();
    assertThat(bench.outcomes).hasSize(2);
    assertThat(bench.outcomes.get(0)).isInstanceOf(Accepted.class);
    assertThat(bench.outcomes.get(1)).isEqualTo(new Connected(ALICE, alice));
    Socket bob = ((Accepted) bench.outcomes.get(0)).socket();
    for (int i = 0; i < 3; i++) {
      bench.network.send(alice, new Note(i), bench.engine.now());
      bench.network.send(bob, new Note(10 + i), bench.engine.now());
    }
    bench.runUntil(2 * MILLI);
    assertThat(bench.notesFor(BOB)).containsExactly(0, 1, 2);
    assertThat(bench.notesFor(ALICE)).containsExactly(10, 11, 12);
  }

  @Example
  void aPortNobodyListensAtRefuses() {
    var bench = new Bench(1);
    Socket socket = bench.network.connect(ALICE, "localhost", 7, 0);
    bench.runUntil(MILLI);
    assertThat(bench.outcomes).containsExactly(new Closed(ALICE, socket, Cause.REFUSED));
  }

  @Example
  void aCutPathIsSilent() {
    var bench = new Bench(1);
    int port = bench.network.listen(BOB);
    bench.network.partition("cut", List.of(List.of(ALICE), List.of(BOB)));
    bench.network.connect(ALICE, "localhost", port, 0);
    bench.runUntil(7_000 * MILLI);
    assertThat(bench.outcomes).isEmpty();
  }

  @Example
  void whatIsInFlightSurvivesAShortCut() {
    var bench = new Bench(1);
    Socket alice = bench.open();
    bench.network.send(alice, new Note(0), bench.engine.now());
    bench.network.partition("cut", List.of(List.of(ALICE), List.of(BOB)));
    bench.network.send(alice, new Note(1), bench.engine.now());
    bench.runUntil(1_000 * MILLI);
    assertThat(bench.notesFor(BOB)).isEmpty();
    bench.network.heal();
    bench.network.send(alice, new Note(2), bench.engine.now());
    bench.runUntil(3_000 * MILLI);
    assertThat(bench.notesFor(BOB)).containsExactly(0, 1, 2);
    assertThat(bench.engine.nextTime()).isEmpty();
  }

  @Example
  void aCutInOneDirectionSoonSilencesTheOther() {
    var bench = new Bench(1);
    bench.open();
    Socket bob = ((Accepted) bench.outcomes.get(0)).socket();
    bench.network.block(ALICE, BOB);
    bench.network.send(bob, new Note(1), bench.engine.now());
    bench.runUntil(100 * MILLI);
    bench.network.send(bob, new Note(2), bench.engine.now());
    bench.runUntil(300 * MILLI);
    bench.network.send(bob, new Note(3), bench.engine.now());
    bench.runUntil(5_000 * MILLI);
    assertThat(bench.notesFor(ALICE)).containsExactly(1, 2);
  }

  @Example
  void closingTellsTheOtherEndAfterAllThatWasSent() {
    var bench = new Bench(1);
    Socket alice = bench.open();
    bench.network.send(alice, new Note(1), bench.engine.now());
    bench.network.abandon(ALICE, bench.engine.now());
    bench.runUntil(2 * MILLI);
    assertThat(bench.notesFor(BOB)).containsExactly(1);
    assertThat(bench.outcomes.getLast()).isInstanceOf(Closed.class);
    assertThat(((Closed) bench.outcomes.getLast()).cause()).isEqualTo(Cause.FINISHED);
    assertThat(bench.network.openStreams()).isEmpty();
  }

  @Property(tries = 200)
  void packetsArriveOnceAndInOrderWhateverIsCutAndHealed(
      @ForAll long seed, @ForAll @Size(max = 40) List<@IntRange(max = 4) Integer> steps) {
    var bench = new Bench(seed);
    Socket alice = bench.open();
    int sent = 0;
    for (int step : steps) {
      switch (step) {
        case 0 -> bench.network.block(ALICE, BOB);
        case 1 -> bench.network.block(BOB, ALICE);
        case 2 -> bench.network.heal();
        case 3 -> bench.runUntil(bench.engine.now() + 20_000 + 17 * sent);
        default -> bench.network.send(alice, new Note(sent++), bench.engine.now());
      }
    }
    Bench copy = new Bench(bench);
    for (Bench each : List.of(bench, copy)) {
      each.network.heal();
      each.runUntil(each.engine.now() + 100_000 * MILLI);
    }
    List<Integer> all = java.util.stream.IntStream.range(0, sent).boxed().toList();
    assertThat(bench.notesFor(BOB)).isEqualTo(all);
    assertThat(copy.outcomes).isEqualTo(bench.outcomes);
    assertThat(bench.engine.nextTime()).isEmpty();
  }
}
