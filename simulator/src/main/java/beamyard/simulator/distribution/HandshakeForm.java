package beamyard.simulator.distribution;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The messages of the handshake as bytes, the two of their length included.
 *
 * @see <a href="https://www.erlang.org/doc/apps/erts/erl_dist_protocol.html#distribution-handshake">Handshake</a>
 */
public final class HandshakeForm {
  private static final int LENGTH_BYTES = 2;

  private HandshakeForm() {}

  /** The bytes of a message. */
  public static byte[] bytes(HandshakePacket packet) {
    ByteBuffer bytes = ByteBuffer.allocate(packet.size());
    bytes.putShort((short) (packet.size() - LENGTH_BYTES));
    switch (packet) {
      case HandshakePacket.Name(long flags, int creation, String name) -> {
        bytes.put((byte) 'N').putLong(flags).putInt(creation);
        put(bytes, name);
      }
      case HandshakePacket.Status(var kind) -> {
        bytes.put((byte) 's');
        bytes.put(kind.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
      }
      case HandshakePacket.Challenge(long flags, int challenge, int creation, String name) -> {
        bytes.put((byte) 'N').putLong(flags).putInt(challenge).putInt(creation);
        put(bytes, name);
      }
      case HandshakePacket.ChallengeReply(int challenge, var digest) ->
          bytes.put((byte) 'r').putInt(challenge).put(sum(digest));
      case HandshakePacket.ChallengeAck(var digest) -> bytes.put((byte) 'a').put(sum(digest));
    }
    return bytes.array();
  }

  private static void put(ByteBuffer bytes, String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    bytes.putShort((short) text.length).put(text);
  }

  private static byte[] sum(HandshakePacket.Digest digest) {
    return HexFormat.of().parseHex(digest.hex());
  }
}
