package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Term;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Base 16 and 64. */
final class Encodings {
  private static final String BEAMYARD = "beamyard";

  private Encodings() {}

  static void define(BuiltinTable table) {
    table.define(
        BEAMYARD,
        "encode16",
        2,
        (_, a) -> {
          String upper = HexFormat.of().withUpperCase().formatHex(Arguments.binary(a[0]).toBytes());
          return Bits.of(a[1] == Atom.of("lower") ? upper.toLowerCase(Locale.ROOT) : upper);
        });
    table.define(
        BEAMYARD,
        "decode16",
        2,
        (_, a) ->
            decoded16(Arguments.text(a[0]), Arguments.atom(a[1]).name())
                .<Term>map(Bits::of)
                .orElse(Atom.ERROR));
    table.define(
        BEAMYARD,
        "encode64",
        3,
        (_, a) -> {
          Base64.Encoder encoder =
              a[1] == Atom.of("url") ? Base64.getUrlEncoder() : Base64.getEncoder();
          byte[] bytes = Arguments.binary(a[0]).toBytes();
          return Bits.of(
              a[2] == Atom.FALSE ? encoder.withoutPadding().encode(bytes) : encoder.encode(bytes));
        });
    table.define(
        BEAMYARD,
        "decode64",
        3,
        (_, a) ->
            decoded64(Arguments.text(a[0]), a[1], a[2]).<Term>map(Bits::of).orElse(Atom.ERROR));
  }

  private static Optional<byte[]> decoded16(String text, String letters) {
    boolean known =
        switch (letters) {
          case "upper" -> text.equals(text.toUpperCase(Locale.ROOT));
          case "lower" -> text.equals(text.toLowerCase(Locale.ROOT));
          default -> true;
        };
    try {
      return known ? Optional.of(HexFormat.of().parseHex(text)) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> decoded64(String text, Term alphabet, Term padding) {
    if (text.length() % 4 != 0 && padding != Atom.FALSE) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          (alphabet == Atom.of("url") ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
