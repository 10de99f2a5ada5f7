package beamyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import beamyard.simulator.distribution.ConnectionPacket;
import beamyard.simulator.distribution.EpmdPacket;
import beamyard.simulator.distribution.TlsPacket;
import beamyard.simulator.distribution.TlsPacket.Sealed;
import beamyard.simulator.distribution.Transport;
import beamyard.simulator.network.NetworkFact;
import beamyard.simulator.network.Packet;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.trace.FactList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TlsTest {
  private final FactList facts = new FactList();
  private final Yard yard = new Yard(facts);

  /** What was sent, but to port mappers. */
  private List<Packet> wire() {
    var packets = new ArrayList<Packet>();
    for (FactList.Dated dated : facts.facts()) {
      if (dated.fact() instanceof NetworkFact.PacketSent(_, _, _, Packet packet)
          && !(packet instanceof EpmdPacket)) {
        packets.add(packet);
      }
    }
    return packets;
  }

  private void start(String name, Transport transport) {
    yard.start(
        NodeSettings.shortName(name + "@localhost")
            .withLabel(name)
            .withCookie("secret")
            .over(transport));
  }

  private void startBoth(Transport one, Transport other) {
    start("alice", one);
    start("bob", other);
    yard.simulation.runFor(Yard.SECOND);
  }

  private static Sealed sealed(String text, long key) {
    var nobody = new Pid(Atom.of("a@b"), 1, 0, 1);
    var signal = new Signal.Message(nobody, Bits.of(text));
    var to = new Address.OfName(Atom.of("shell"), Atom.of("c@d"));
    return new Sealed(new ConnectionPacket.Control(to, signal, 40 + text.length()), key);
  }

  @Test
  void everythingButTheHandshakeOfTlsTravelsLocked() {
    startBoth(Transport.SECURE, Transport.SECURE);
    assertThat(yard.connect("alice", "bob")).isEqualTo(Atom.TRUE);
    yard.act("alice", self -> self.send(shellOfBob(), Bits.of("plain words")));
    yard.simulation.runFor(Yard.SECOND);
    assertThat(yard.flush("bob")).containsExactly(Bits.of("plain words"));
    assertThat(wire()).hasSizeGreaterThan(9).allMatch(TlsPacket.class::isInstance);
    assertThat(wire().subList(0, 4)).allMatch(TlsPacket.Flight.class::isInstance);
    assertThat(wire().subList(4, wire().size())).allMatch(Sealed.class::isInstance);
    assertThat(wire().toString()).doesNotContain("plain words").doesNotContain("bob");
  }

  private static Address shellOfBob() {
    return new Address.OfName(Atom.of("shell"), Yard.at("bob"));
  }

  @Property(tries = 200)
  void aRecordShowsItsLengthAndNothingElse(
      @ForAll @AlphaChars @StringLength(min = 8, max = 200) String text,
      @ForAll @IntRange(max = 1000) int key) {
    Sealed one = sealed(text, key);
    Sealed again = sealed(text, key + 1L);
    Sealed other = sealed("x".repeat(text.length()), key);
    assertThat(one.bytes()).hasSize(one.size()).isEqualTo(sealed(text, key).bytes());
    assertThat(one.bytes()).isNotEqualTo(again.bytes()).isEqualTo(other.bytes());
    assertThat(new String(one.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain(text);
    assertThat(one.bytes()).startsWith(23, 3, 3);
  }

  @Test
  void whatDoesNotFitIntoOneRecordGoesInSeveral() {
    Sealed large = sealed("x".repeat(40_000), 1);
    assertThat(large.size()).isEqualTo(40_040 + 3 * 29);
    byte[] bytes = large.bytes();
    int second = 5 + 16_384 + 24;
    assertThat(List.of(bytes[second], bytes[second + 1])).containsExactly((byte) 23, (byte) 3);
  }

  @Test
  void shakingHandsTakesTwoRoundTripsMore() {
    long secure = nanosToConnect(Transport.SECURE);
    long plain = new TlsTest().nanosToConnect(Transport.PLAIN);
    assertThat(secure - plain).isBetween(40 * Yard.MILLI, 45 * Yard.MILLI);
  }

  private long nanosToConnect(Transport transport) {
    startBoth(transport, transport);
    yard.simulation.setLatency("alice", "bob", 10 * Yard.MILLI);
    long before = yard.simulation.now();
    assertThat(yard.connect("alice", "bob")).isEqualTo(Atom.TRUE);
    return yard.simulation.now() - before;
  }

  @Test
  void aPlainNodeWaitsInVainForTheRestOfWhatItTakesForAMessage() {
    startBoth(Transport.SECURE, Transport.PLAIN);
    long before = yard.simulation.now();
    assertThat(yard.connect("alice", "bob")).isEqualTo(Atom.FALSE);
    assertThat(yard.simulation.now() - before).isBetween(7 * Yard.SECOND, 8 * Yard.SECOND);
    assertThat(yard.connect("bob", "alice")).isEqualTo(Atom.FALSE);
    assertThat(yard.simulation.now() - before).isLessThan(9 * Yard.SECOND);
  }

  @Test
  void certificatesOfDifferentAuthoritiesAreRefusedFromEitherSide() {
    startBoth(Transport.SECURE, new Transport.Tls("another"));
    assertThat(yard.connect("alice", "bob")).isEqualTo(Atom.FALSE);
    assertThat(yard.connect("bob", "alice")).isEqualTo(Atom.FALSE);
    assertThat(wire()).noneMatch(Sealed.class::isInstance);
  }

  @Test
  void aCopyInTheMiddleOfTheHandshakeGoesOnTheSameWay() {
    startBoth(Transport.SECURE, Transport.SECURE);
    yard.simulation.setLatency("alice", "bob", 10 * Yard.MILLI);
    yard.act("alice", self -> self.send(shellOfBob(), Atom.of("here")));
    yard.simulation.runFor(45 * Yard.MILLI);
    assertThat(wire()).isNotEmpty().allMatch(TlsPacket.Flight.class::isInstance);
    Yard copy = yard.copy();
    List<Term> arrived = new ArrayList<>();
    for (Yard each : List.of(yard, copy)) {
      each.simulation.runFor(Yard.SECOND);
      arrived.addAll(each.flush("bob"));
    }
    assertThat(arrived).containsExactly(Atom.of("here"), Atom.of("here"));
  }

  @Test
  void aResetIsSeenOnBothSides() {
    startBoth(Transport.SECURE, Transport.SECURE);
    yard.connect("alice", "bob");
    yard.simulation.apply(new Fault.Reset("alice", "bob"));
    yard.simulation.runFor(Yard.MILLI);
    assertThat(yard.nodes("alice")).isEmpty();
    assertThat(yard.nodes("bob")).isEmpty();
  }

  @Test
  void aCarrierThatIsNotSimulatedIsRefusedByName() {
    assertThatThrownBy(() -> NodeSettings.shortName("alice").with("-proto_dist", "inet6_tcp"))
        .isInstanceOf(BadSetup.class)
        .hasMessage("-proto_dist: is \"inet6_tcp\"; needs inet_tcp or inet_tls");
  }
}
