package beamyard.ui.desktop.run;

import beamyard.simulator.distribution.ConnectionPacket;
import beamyard.simulator.distribution.HandshakeForm;
import beamyard.simulator.distribution.HandshakePacket;
import beamyard.simulator.distribution.TlsPacket;
import beamyard.simulator.distribution.WireForm;
import beamyard.simulator.network.Packet;
import beamyard.simulator.process.Signal;
import beamyard.ui.desktop.run.Happening.Cargo;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Packets as people read them. Put into words only when somebody looks: most packets are never looked at. */
public final class PacketText {
  private static final int LABEL_CHARACTERS = 60;
  private static final int BYTES_A_LINE = 8;
  private static final int MOST_BYTES = 512;

  private PacketText() {}

  /** Whether a packet is between nodes, and not to a port mapper. */
  static boolean isShown(Packet packet) {
    return packet instanceof ConnectionPacket
        || packet instanceof HandshakePacket
        || packet instanceof TlsPacket;
  }

  static Cargo cargo(Packet packet) {
    return switch (packet) {
      case ConnectionPacket.Control(_, Signal.Message _, _) -> Cargo.MESSAGE;
      case ConnectionPacket.Control _ -> Cargo.SIGNAL;
      case ConnectionPacket.Tick _ -> Cargo.TICK;
      case TlsPacket.Sealed _ -> Cargo.SIGNAL;
      default -> Cargo.HANDSHAKE;
    };
  }

  /** What kind of packet it is, in a word or two. */
  public static String title(Packet packet) {
    if (packet instanceof TlsPacket.Sealed) {
      return "TLS record";
    }
    return switch (cargo(packet)) {
      case MESSAGE -> "Message";
      case SIGNAL -> "Signal";
      case HANDSHAKE -> "Handshake";
      case TICK -> "Tick";
    };
  }

  /** What it says, shortened. */
  public static String label(Packet packet) {
    return switch (packet) {
      case ConnectionPacket.Control control ->
          TermText.shortened(SignalText.label(control.signal()), LABEL_CHARACTERS);
      case ConnectionPacket.Tick _ -> "tick";
      case HandshakePacket.Name _ -> "handshake: name";
      case HandshakePacket.Status(var kind) -> "handshake: " + kind.name().toLowerCase(Locale.ROOT);
      case HandshakePacket.Challenge _ -> "handshake: challenge";
      case HandshakePacket.ChallengeReply _ -> "handshake: proof";
      case HandshakePacket.ChallengeAck _ -> "handshake: proof back";
      case TlsPacket _ -> packet.toString();
      default -> "handshake";
    };
  }

  /** All that it says. */
  public static String full(Packet packet) {
    return switch (packet) {
      case ConnectionPacket.Control control -> SignalText.full(control.signal());
      case ConnectionPacket.Tick _ -> "a tick: there is nothing to say, but I am here";
      case HandshakePacket handshake -> full(handshake);
      default -> packet.toString();
    };
  }

  private static String full(HandshakePacket packet) {
    return switch (packet) {
      case HandshakePacket.Name(long flags, int creation, String name) ->
          lines("name", name, "creation", creation, "flags", hex(flags));
      case HandshakePacket.Status(var kind) ->
          lines("status", kind.name().toLowerCase(Locale.ROOT));
      case HandshakePacket.Challenge(long flags, int challenge, int creation, String name) ->
          lines(
              "name",
              name,
              "challenge",
              Integer.toUnsignedString(challenge),
              "creation",
              creation,
              "flags",
              hex(flags));
      case HandshakePacket.ChallengeReply(int challenge, var digest) ->
          lines("challenge", Integer.toUnsignedString(challenge), "proof", digest.hex());
      case HandshakePacket.ChallengeAck(var digest) -> lines("proof", digest.hex());
    };
  }

  private static String hex(long flags) {
    return "16#" + Long.toHexString(flags);
  }

  /** Names and what they stand for, a line for each two. */
  private static String lines(Object... words) {
    var text = new StringBuilder();
    for (int i = 0; i < words.length; i += 2) {
      text.append(String.format(Locale.ROOT, "%-10s %s%n", words[i], words[i + 1]));
    }
    return text.toString().stripTrailing();
  }

  /** The control message, and what follows it, as the terms that are on the wire. */
  public static String terms(ConnectionPacket.Control control) {
    WireForm.Control form = WireForm.control(control.to(), control.signal());
    return "control  "
        + TermText.of(form.message())
        + form.payload().map(payload -> "\npayload  " + TermText.of(payload)).orElse("");
  }

  /** Its bytes, as many in hexadecimal as can be read; empty if it has none of a form that is known. */
  public static Optional<String> bytes(Packet packet) {
    return switch (packet) {
      case ConnectionPacket of -> Optional.of(inHexadecimal(WireForm.bytes(of)));
      case HandshakePacket of -> Optional.of(inHexadecimal(HandshakeForm.bytes(of)));
      case TlsPacket.Sealed sealed -> Optional.of(inHexadecimal(sealed.bytes()));
      default -> Optional.empty();
    };
  }

  private static String inHexadecimal(byte[] bytes) {
    var text = new StringBuilder();
    HexFormat hex = HexFormat.ofDelimiter(" ");
    int shown = Math.min(bytes.length, MOST_BYTES);
    for (int from = 0; from < shown; from += BYTES_A_LINE) {
      int to = Math.min(shown, from + BYTES_A_LINE);
      text.append(String.format(Locale.ROOT, "%04x  %-24s ", from, hex.formatHex(bytes, from, to)));
      for (int i = from; i < to; i++) {
        text.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '·');
      }
      text.append('\n');
    }
    if (bytes.length > shown) {
      text.append("and ").append(bytes.length - shown).append(" bytes more\n");
    }
    return text.toString().stripTrailing();
  }
}
