package beamyard.simulator.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.TermCodec;
import beamyard.simulator.term.Tuple;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What a listener on the cable reads. */
class WireFormTest {
  private static final Pid ALICE = new Pid(Atom.of("alice@localhost"), 107, 0, 5);
  private static final Pid BOB = new Pid(Atom.of("bob@localhost"), 110, 0, 6);
  private static final Tuple SECRET = Tuple.of(Atom.of("pin"), Bits.of("4711"));

  private static ByteBuffer bytes(Address to, Signal signal) {
    return ByteBuffer.wrap(WireForm.bytes(new ConnectionPacket.Control(to, signal, 0)));
  }

  @Test
  void aMessageToANameTravelsAsItIs() {
    ByteBuffer wire =
        bytes(
            new Address.OfName(Atom.of("shell"), Atom.of("bob@localhost")),
            new Signal.Message(ALICE, SECRET));
    assertThat(wire.getInt()).isEqualTo(wire.remaining());
    assertThat(wire.get()).isEqualTo((byte) 112);
    TermCodec.Decoded control = TermCodec.decode(wire.array(), wire.position());
    assertThat(control.term())
        .isEqualTo(Tuple.of(SmallInt.of(6), ALICE, Atom.of(""), Atom.of("shell")));
    TermCodec.Decoded message = TermCodec.decode(wire.array(), control.end());
    assertThat(message.term()).isEqualTo(SECRET);
    assertThat(message.end()).isEqualTo(wire.capacity());
  }

  @Test
  void aLinkCarriesNothingBehindIt() {
    WireForm.Control control = WireForm.control(new Address.OfProcess(BOB), new Signal.Link(ALICE));
    assertThat(control.message()).isEqualTo(Tuple.of(SmallInt.of(1), ALICE, BOB));
    assertThat(control.payload()).isEmpty();
  }

  @Test
  void aTickIsALengthOfNothing() {
    assertThat(WireForm.bytes(new ConnectionPacket.Tick())).containsOnly(0).hasSize(4);
  }
}
