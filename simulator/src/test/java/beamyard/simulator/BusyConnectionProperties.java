package beamyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.distribution.Distribution.Peer;
import beamyard.simulator.network.Latency;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessContext.SendOption;
import beamyard.simulator.process.ProcessView;
import beamyard.simulator.process.ProcessView.Status;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Processes that send more than a connection carries: {@code +zdbbl}. */
class BusyConnectionProperties {
  private static final InitialCall FLOOD = new InitialCall(Atom.of("flood"), Atom.of("run"), 0);
  private static final int BESIDE = 1000;

  /** Sends numbered messages to the other node's shell, one after the other, as fast as it can, and ends. */
  private static final class Flood implements Routine {
    private final int sender;
    private final int count;
    private final int bytes;
    private int sent;

    Flood(int sender, int count, int bytes) {
      this.sender = sender;
      this.count = count;
      this.bytes = bytes;
    }

    @Override
    public Outcome run(ProcessContext self) {
      while (sent < count) {
        if (self.reductionsLeft() <= 0) {
          return Outcome.YIELDED;
        }
        self.consume(10);
        self.send(
            new Address.OfName(Atom.of("shell"), Yard.at("bob")),
            Tuple.of(SmallInt.of(sender), SmallInt.of(sent++), Bits.of(new byte[bytes])));
      }
      return new Outcome.Returned(Atom.OK);
    }

    @Override
    public Routine copy() {
      var copy = new Flood(sender, count, bytes);
      copy.sent = sent;
      return copy;
    }
  }

  /**
   * @param bandwidth bytes a second; 0 for no limit
   */
  record Load(int limitKilobytes, int senders, int messages, int bytes, long bandwidth, Stop stop) {
    long limitBytes() {
      return limitKilobytes * 1024L;
    }
  }

  /** What keeps the other end from reading for some seconds. */
  private enum Stop {
    NOTHING,
    PAUSE,
    CUT,
    HOLD
  }

  @Provide
  Arbitrary<Load> loads() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 2000),
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(1, 60),
            Arbitraries.of(10, 1_000, 60_000, 400_000),
            Arbitraries.of(0L, 20_000_000L, 100_000_000L),
            Arbitraries.of(Stop.class))
        .as(Load::new);
  }

  private static Yard connected(Load load) {
    var yard = new Yard();
    for (String name : List.of("alice", "bob")) {
      yard.start(
          NodeSettings.shortName(name)
              .withLabel(name)
              .withCookie("secret")
              .withLimits(NodeLimits.NONE.withBusyKilobytes(load.limitKilobytes())));
    }
    yard.simulation.runFor(Yard.SECOND);
    yard.connect("alice", "bob");
    if (load.bandwidth() > 0) {
      yard.simulation.apply(new Fault.Narrow("alice", "bob", Optional.of(load.bandwidth())));
    }
    return yard;
  }

  private static void flood(Yard yard, Load load) {
    yard.act(
        "alice",
        self -> {
          for (int sender = 0; sender < load.senders(); sender++) {
            self.spawn(
                new Flood(sender, load.messages(), load.bytes()), SpawnOptions.none(), FLOOD);
          }
        });
  }

  private static void begin(Yard yard, Stop stop) {
    switch (stop) {
      case NOTHING -> {}
      case PAUSE -> yard.simulation.pause("bob");
      case CUT -> yard.simulation.partition(List.of(List.of("alice"), List.of("bob")));
      case HOLD -> yard.simulation.apply(new Fault.Hold("alice", "bob"));
    }
  }

  private static void end(Yard yard, Stop stop) {
    switch (stop) {
      case NOTHING -> {}
      case PAUSE -> yard.simulation.resume("bob");
      case CUT -> yard.simulation.heal();
      case HOLD -> yard.simulation.apply(new Fault.ReleaseAll());
    }
  }

  private static Peer link(Yard yard) {
    return yard.simulation.node("alice").distribution().peers().getFirst();
  }

  private static long senders(Yard yard, Status status) {
    return views(yard).stream().filter(view -> view.status() == status).count();
  }

  private static List<ProcessView> views(Yard yard) {
    return yard.simulation.node("alice").processes().views().stream()
        .filter(view -> view.initialCall().equals(FLOOD))
        .toList();
  }

  /** Lets time pass event by event; at none of them does more wait than there may. */
  private static void runChecked(Yard yard, Load load, long nanos) {
    long end = yard.simulation.now() + nanos;
    long most = load.limitBytes() + (long) load.senders() * (load.bytes() + BESIDE);
    while (yard.simulation.nextEventTime() <= end && yard.simulation.step()) {
      for (Peer peer : yard.simulation.node("alice").distribution().peers()) {
        assertThat(peer.waitingBytes()).isLessThanOrEqualTo(most);
        assertThat(peer.busy() || senders(yard, Status.SUSPENDED) == 0).isTrue();
      }
    }
    yard.simulation.runUntil(Math.max(end, yard.simulation.now()));
  }

  private static Map<Integer, List<Integer>> arrived(Yard yard) {
    var numbers = new LinkedHashMap<Integer, List<Integer>>();
    for (Term message : yard.flush("bob")) {
      if (message instanceof Tuple tuple && tuple.size() == 3) {
        int sender = (int) ((SmallInt) tuple.get(0)).value();
        numbers
            .computeIfAbsent(sender, _ -> new ArrayList<>())
            .add((int) ((SmallInt) tuple.get(1)).value());
      }
    }
    return numbers;
  }

  private static List<Integer> numbersTo(int count) {
    var numbers = new ArrayList<Integer>();
    for (int i = 0; i < count; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  @Property(tries = 60)
  void suspendingLosesNothingKeepsTheOrderAndBoundsWhatWaits(@ForAll("loads") Load load) {
    Yard yard = connected(load);
    begin(yard, load.stop());
    flood(yard, load);
    runChecked(yard, load, 3 * Yard.SECOND);
    end(yard, load.stop());
    runChecked(yard, load, 20 * Yard.SECOND);
    assertThat(views(yard)).isEmpty();
    assertThat(link(yard).busy()).isFalse();
    Map<Integer, List<Integer>> arrived = arrived(yard);
    for (int sender = 0; sender < load.senders(); sender++) {
      assertThat(arrived.get(sender)).isEqualTo(numbersTo(load.messages()));
    }
  }

  @Property(tries = 40)
  void theEndOfTheConnectionLetsAllSendersGoOnAndLosesASuffixOfEach(
      @ForAll("loads") Load load, @ForAll boolean killed) {
    Yard yard = connected(load);
    begin(yard, load.stop());
    flood(yard, load);
    runChecked(yard, load, Yard.SECOND);
    if (killed) {
      yard.simulation.kill("bob");
    } else {
      yard.simulation.apply(new Fault.Reset("alice", "bob"));
    }
    runChecked(yard, load, Yard.MILLI);
    if (load.stop() != Stop.PAUSE || !killed) {
      end(yard, load.stop());
    }
    yard.simulation.runFor(120 * Yard.SECOND);
    if (!killed) {
      arrived(yard).forEach((_, numbers) -> assertThat(numbers).isSorted().doesNotHaveDuplicates());
    }
    assertThat(views(yard)).isEmpty();
  }

  @Property(tries = 30)
  void aCopyMadeWhileSendersAreSuspendedGoesOnAsTheOriginal(@ForAll("loads") Load load) {
    Yard yard = connected(load);
    flood(yard, load);
    begin(yard, load.stop());
    yard.simulation.runFor(Yard.SECOND);
    Yard copy = yard.copy();
    for (Yard each : List.of(yard, copy)) {
      end(each, load.stop());
      each.simulation.runFor(10 * Yard.SECOND);
    }
    assertThat(arrived(copy)).isEqualTo(arrived(yard));
    assertThat(copy.simulation.now()).isEqualTo(yard.simulation.now());
    assertThat(views(copy)).hasSameSizeAs(views(yard));
  }

  @Example
  void whoDoesNotWantToBeSuspendedIsToldAndGoesOn() {
    var load = new Load(64, 1, 20, 400_000, 0, Stop.HOLD);
    Yard yard = connected(load);
    begin(yard, Stop.HOLD);
    flood(yard, load);
    yard.simulation.runFor(Yard.SECOND);
    assertThat(senders(yard, Status.SUSPENDED)).isEqualTo(1);
    assertThat(yard.ask("alice", BusyConnectionProperties::sendWithoutSuspending))
        .isEqualTo(Atom.of("nosuspend"));
    end(yard, Stop.HOLD);
    yard.simulation.runFor(Yard.SECOND);
    assertThat(yard.ask("alice", BusyConnectionProperties::sendWithoutSuspending))
        .isEqualTo(Atom.OK);
  }

  private static Term sendWithoutSuspending(ProcessContext self) {
    return self.send(
        new Address.OfName(Atom.of("nobody"), Yard.at("bob")),
        Atom.OK,
        EnumSet.of(SendOption.NOSUSPEND));
  }

  @Example
  void aConnectionThatIsBeingMadeIsBusyTooWhenTooMuchWaitsForIt() {
    var yard = new Yard();
    for (String name : List.of("alice", "bob")) {
      yard.start(NodeSettings.shortName(name).withLabel(name).withCookie("secret"));
    }
    yard.simulation.runFor(Yard.SECOND);
    yard.simulation.apply(new Fault.Delay("alice", "bob", new Latency.Constant(500 * Yard.MILLI)));
    flood(yard, new Load(1024, 2, 10, 400_000, 0, Stop.NOTHING));
    yard.simulation.runFor(100 * Yard.MILLI);
    assertThat(senders(yard, Status.SUSPENDED)).isEqualTo(2);
    assertThat(link(yard).up()).isFalse();
    yard.simulation.runFor(10 * Yard.SECOND);
    assertThat(views(yard)).isEmpty();
    assertThat(arrived(yard)).hasSize(2).allSatisfy((_, of) -> assertThat(of).hasSize(10));
  }

  @Example
  void aSlowLinkLetsItsSendersGoOnInBursts() {
    var load = new Load(1024, 1, 40, 400_000, 1_000_000, Stop.NOTHING);
    Yard yard = connected(load);
    flood(yard, load);
    yard.simulation.runFor(Yard.SECOND / 2);
    long before = bytesTakenFrom(yard);
    yard.simulation.runFor(Yard.SECOND);
    assertThat(senders(yard, Status.SUSPENDED)).isEqualTo(1);
    assertThat(bytesTakenFrom(yard)).isEqualTo(before); // less than a third of the buffers is free
    yard.simulation.runFor(Yard.SECOND);
    assertThat(bytesTakenFrom(yard)).isGreaterThan(before);
    yard.simulation.runFor(20 * Yard.SECOND);
    assertThat(views(yard)).isEmpty();
  }

  private static long bytesTakenFrom(Yard yard) {
    return link(yard).sent();
  }
}
