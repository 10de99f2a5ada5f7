package beamyard.simulator.distribution;

import beamyard.simulator.network.Packet;
import java.util.HexFormat;

/**
 * The messages of the handshake of version 6.
 *
 * @see <a href="https://www.erlang.org/doc/apps/erts/erl_dist_protocol.html#distribution-handshake">Handshake</a>
 */
public sealed interface HandshakePacket extends Packet {
  /** The caller names itself: {@code send_name}. */
  record Name(long flags, int creation, String name) implements HandshakePacket {
    @Override
    public int size() {
      return 2 + 15 + name.length();
    }
  }

  /** {@code send_status}, and the caller's answer to {@code alive}. */
  record Status(Kind kind) implements HandshakePacket {
    /** The statuses, spelt on the wire as their names in lower case. */
    public enum Kind {
      OK,
      OK_SIMULTANEOUS,
      NOK,
      ALIVE,
      NOT_ALLOWED,
      TRUE,
      FALSE
    }

    @Override
    public int size() {
      return 2 + 1 + kind.name().length();
    }
  }

  /** The answerer names itself and asks for a proof: {@code send_challenge}. */
  record Challenge(long flags, int challenge, int creation, String name)
      implements HandshakePacket {
    @Override
    public int size() {
      return 2 + 19 + name.length();
    }
  }

  /** The caller's proof and its own challenge. */
  record ChallengeReply(int challenge, Digest digest) implements HandshakePacket {
    @Override
    public int size() {
      return 2 + 21;
    }
  }

  /** The answerer's proof. */
  record ChallengeAck(Digest digest) implements HandshakePacket {
    @Override
    public int size() {
      return 2 + 17;
    }
  }

  /**
   * The proof that one knows a cookie: the MD5 sum of the cookie and the challenge in decimal. Computed when somebody looks at
   * it: the two ends compare what it is made of.
   */
  record Digest(String proven) {
    static Digest of(int challenge, String cookie) {
      return new Digest(cookie + Integer.toUnsignedString(challenge));
    }

    /** The sum in hexadecimal. */
    public String hex() {
      try {
        byte[] text = proven.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return HexFormat.of()
            .formatHex(java.security.MessageDigest.getInstance("MD5").digest(text));
      } catch (java.security.NoSuchAlgorithmException missing) {
        throw new AssertionError("every Java platform has MD5", missing);
      }
    }

    @Override
    public String toString() {
      return "Digest[hex=" + hex() + "]";
    }
  }
}
