package beamyard.simulator.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** The handshake as a real node of OTP 25 sent and took it when a plain socket spoke to it. */
class HandshakeFormTest {
  private static String hex(HandshakePacket packet) {
    return HexFormat.of().formatHex(HandshakeForm.bytes(packet));
  }

  @Test
  void theAnswererNamesItselfAsARealNodeDoes() {
    // {"D07DF7FBD", 2964922925, 1795720359, 14, "real@localhost"}
    assertThat(
            hex(
                new HandshakePacket.Challenge(
                    0xD07DF7FBDL, (int) 2964922925L, 1795720359, "real@localhost")))
        .isEqualTo(
            "0021" // 33 bytes
                + "4e" // N
                + "0000000d07df7fbd"
                + "b0b9222d"
                + "6b0884a7"
                + "000e"
                + HexFormat.of().formatHex("real@localhost".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aStatusIsItsWord() {
    assertThat(HandshakeForm.bytes(new HandshakePacket.Status(HandshakePacket.Status.Kind.OK)))
        .isEqualTo(new byte[] {0, 3, 's', 'o', 'k'});
  }

  @Test
  void aProofIsTheSumThatARealNodeTook() {
    // :erlang.md5("secret12345")
    assertThat(hex(new HandshakePacket.ChallengeAck(HandshakePacket.Digest.of(12345, "secret"))))
        .isEqualTo("0011" + "61" + "d4047d3e56e6d6d63f7d16b85cd2fa88");
  }

  @Property
  void theLengthThatIsToldIsThatOfWhatFollows(
      @ForAll long flags,
      @ForAll int number,
      @ForAll @AlphaChars @StringLength(min = 1, max = 200) String name,
      @ForAll HandshakePacket.Status.Kind kind) {
    var digest = HandshakePacket.Digest.of(number, name);
    for (HandshakePacket packet :
        Arrays.asList(
            new HandshakePacket.Name(flags, number, name),
            new HandshakePacket.Status(kind),
            new HandshakePacket.Challenge(flags, number, number, name),
            new HandshakePacket.ChallengeReply(number, digest),
            new HandshakePacket.ChallengeAck(digest))) {
      byte[] bytes = HandshakeForm.bytes(packet);
      assertThat(bytes).hasSize(packet.size());
      assertThat((bytes[0] & 0xff) << 8 | bytes[1] & 0xff).isEqualTo(packet.size() - 2);
    }
  }
}
