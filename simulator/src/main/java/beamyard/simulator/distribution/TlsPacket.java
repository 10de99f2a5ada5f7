package beamyard.simulator.distribution;

import beamyard.simulator.network.Packet;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * What crosses a connection over TLS, as one piece: version 1.2, as two nodes of OTP 25 agree on. Nobody but the two ends looks
 * into a record.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5246">RFC 5246</a>
 */
public sealed interface TlsPacket extends Packet {
  /** One of the four flights by which two ends make sure of each other and agree on keys. */
  record Flight(Step step, String authority) implements TlsPacket {
    /** The flights in their order, with what they measure about with certificates of 2,048 bits. */
    public enum Step {
      CLIENT_HELLO(220, "client hello"),
      SERVER_CERTIFICATE(2_200, "server hello and certificate"),
      CLIENT_CERTIFICATE(2_050, "client certificate and finished"),
      SERVER_FINISHED(51, "server finished");

      private final int bytes;
      private final String words;

      Step(int bytes, String words) {
        this.bytes = bytes;
        this.words = words;
      }
    }

    @Override
    public int size() {
      return step.bytes;
    }

    @Override
    public String toString() {
      return "TLS handshake: " + step.words;
    }
  }

  /** Says why one end gives up, before it closes. */
  record Alert(Reason reason) implements TlsPacket {
    /** Why. */
    public enum Reason {
      UNEXPECTED_MESSAGE("Unexpected Message"),
      UNKNOWN_CA("Unknown CA");

      private final String words;

      Reason(String words) {
        this.words = words;
      }

      String words() {
        return words;
      }
    }

    @Override
    public int size() {
      return 7;
    }

    @Override
    public String toString() {
      return "TLS alert: " + reason.words;
    }
  }

  /**
   * What distribution sends, locked: whoever listens learns how much it is, and no more.
   *
   * @param content only for the end that it is for
   * @param key which keys it is locked with, and which of what they have locked it is: no two records look alike
   */
  record Sealed(Packet content, long key) implements TlsPacket {
    private static final int MOST_IN_A_RECORD = 16_384;
    private static final int HEAD = 5;

    /** The nonce and the tag of AES-GCM. */
    private static final int LOCK = 8 + 16;

    private static final int APPLICATION_DATA = 23;
    private static final int VERSION = 0x0303;

    private int records() {
      return Math.max(1, Math.ceilDiv(content.size(), MOST_IN_A_RECORD));
    }

    @Override
    public int size() {
      return content.size() + records() * (HEAD + LOCK);
    }

    /** What a listener reads. */
    public byte[] bytes() {
      ByteBuffer bytes = ByteBuffer.allocate(size());
      var noise = new SplittableRandom(key);
      for (int left = content.size(); bytes.hasRemaining(); left -= MOST_IN_A_RECORD) {
        var body = new byte[Math.min(left, MOST_IN_A_RECORD) + LOCK];
        noise.nextBytes(body);
        bytes.put((byte) APPLICATION_DATA).putShort((short) VERSION).putShort((short) body.length);
        bytes.put(body);
      }
      return bytes.array();
    }

    @Override
    public String toString() {
      return "TLS application data, " + size() + " bytes";
    }
  }
}
