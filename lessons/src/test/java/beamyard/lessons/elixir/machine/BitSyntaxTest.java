package beamyard.lessons.elixir.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import beamyard.lessons.elixir.core.Core.Endian;
import beamyard.lessons.elixir.core.Core.Sign;
import beamyard.lessons.elixir.core.Core.Type;
import beamyard.lessons.elixir.machine.BitSyntax.Format;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The expected values are those of OTP 25. */
class BitSyntaxTest {
  private static Format format(Type type, Endian endian) {
    int unit = type == Type.BINARY ? 8 : 1;
    return new Format(type, unit, Sign.UNSIGNED, endian);
  }

  private static Format big(Type type) {
    return format(type, Endian.BIG);
  }

  private static Format little(Type type) {
    return format(type, Endian.LITTLE);
  }

  private static Term build(Format format, Term value, @Nullable Integer size) {
    return BitSyntax.build(
        new Format[] {format}, new Term[] {value, size == null ? null : SmallInt.of(size)});
  }

  private static Bits bits(int... bytes) {
    byte[] image = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      image[i] = (byte) bytes[i];
    }
    return Bits.of(image);
  }

  private static Bits bits(int size, Bits of) {
    return of.sliceBits(0, size);
  }

  private static @Nullable Term match(Format format, Bits data, @Nullable Integer size) {
    BitSyntax.Match match =
        BitSyntax.match(data, 0, format, size == null ? null : SmallInt.of(size));
    return match == null ? null : match.value();
  }

  private static Term number(long value) {
    return SmallInt.of(value);
  }

  @Test
  void integersAreCutToTheirSizeInEitherOrder() {
    assertThat(build(big(Type.INTEGER), number(-1), 16)).isEqualTo(bits(255, 255));
    assertThat(build(big(Type.INTEGER), number(300), null)).isEqualTo(bits(44));
    assertThat(build(little(Type.INTEGER), number(258), 16)).isEqualTo(bits(2, 1));
    assertThat(build(little(Type.INTEGER), number(0x12345), 20))
        .isEqualTo(bits(20, bits(69, 35, 0x10)));
    assertThat(build(big(Type.INTEGER), number(0xABCDE), 20))
        .isEqualTo(bits(20, bits(171, 205, 0xE0)));
    assertThat(build(little(Type.INTEGER), number(-5), 24)).isEqualTo(bits(251, 255, 255));
    Term large = IntegerTerm.of(new BigInteger("123456789012345678901234567890"));
    assertThat(build(big(Type.INTEGER), large, 104))
        .isEqualTo(bits(1, 142, 233, 15, 246, 195, 115, 224, 238, 78, 63, 10, 210));
  }

  @Test
  void segmentsMayStartInsideAByte() {
    Format integer = big(Type.INTEGER);
    Term[] parts = {number(1), number(1), number(0), number(2), number(3), number(7)};
    assertThat(BitSyntax.build(new Format[] {integer, integer, integer}, parts))
        .isEqualTo(bits(10, bits(128, 0xC0)));
    Term[] text = {number(1), number(3), Bits.of("ab"), null};
    assertThat(BitSyntax.build(new Format[] {integer, big(Type.BINARY)}, text))
        .isEqualTo(bits(19, bits(44, 44, 0x40)));
  }

  @Test
  void floatsHaveThreeSizes() {
    assertThat(build(big(Type.FLOAT), new Float64(3.5), null))
        .isEqualTo(bits(64, 12, 0, 0, 0, 0, 0, 0));
    assertThat(build(big(Type.FLOAT), new Float64(3.5), 32)).isEqualTo(bits(64, 96, 0, 0));
    assertThat(build(big(Type.FLOAT), new Float64(1.5), 16)).isEqualTo(bits(62, 0));
    assertThat(build(little(Type.FLOAT), number(3), null)).isEqualTo(bits(0, 0, 0, 0, 0, 0, 8, 64));
    assertThat(match(little(Type.FLOAT), bits(0, 62), 16)).isEqualTo(new Float64(1.5));
    assertThat(match(big(Type.FLOAT), bits(127, 240, 0, 0, 0, 0, 0, 0), null)).isNull();
  }

  @Test
  void codePointsAreWrittenAndReadInThreeEncodings() {
    assertThat(build(big(Type.UTF8), number(8364), null)).isEqualTo(bits(226, 130, 172));
    assertThat(build(big(Type.UTF16), number(8364), null)).isEqualTo(bits(32, 172));
    assertThat(build(little(Type.UTF16), number(128512), null)).isEqualTo(bits(61, 216, 0, 222));
    assertThat(build(big(Type.UTF32), number(128512), null)).isEqualTo(bits(0, 1, 246, 0));
    for (Type type : new Type[] {Type.UTF8, Type.UTF16, Type.UTF32}) {
      for (Endian endian : Endian.values()) {
        for (int point :
            new int[] {0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF}) {
          Format format = format(type, endian);
          assertThat(match(format, (Bits) build(format, number(point), null), null))
              .isEqualTo(number(point));
        }
      }
    }
    assertThat(match(big(Type.UTF8), bits(0xC0, 0x80), null)).isNull();
    assertThat(match(big(Type.UTF8), bits(0xED, 0xA0, 0x80), null)).isNull();
  }

  @Test
  void integersAreReadBackWithTheirSign() {
    Bits data = bits(0b10110011);
    var signed = new Format(Type.INTEGER, 1, Sign.SIGNED, Endian.BIG);
    assertThat(match(signed, data, 3)).isEqualTo(number(-3));
    assertThat(BitSyntax.match(data, 3, signed, number(5)))
        .isEqualTo(new BitSyntax.Match(number(-13), 8));
    assertThat(match(big(Type.INTEGER), bits(1, 2, 3), 16)).isEqualTo(number(258));
    assertThat(match(little(Type.INTEGER), bits(1, 2, 0x3F), 20)).isEqualTo(number(197121));
    var littleSigned = new Format(Type.INTEGER, 1, Sign.SIGNED, Endian.LITTLE);
    assertThat(match(littleSigned, bits(1, 2, 0xF0), 20)).isEqualTo(number(-65023));
    assertThat(match(big(Type.INTEGER), bits(1), 9)).isNull();
    assertThat(match(big(Type.INTEGER), bits(1), -1)).isNull();
  }

  @Test
  void binariesTakeWholeUnitsOrTheRest() {
    assertThat(match(big(Type.BINARY), bits(7, 8, 9), 2)).isEqualTo(bits(7, 8));
    assertThat(match(big(Type.BINARY), bits(7, 8, 9), null)).isEqualTo(bits(7, 8, 9));
    assertThat(match(big(Type.BINARY), bits(12, bits(7, 0xF0)), null)).isNull();
    assertThat(match(big(Type.BITSTRING), bits(12, bits(7, 0xF0)), null))
        .isEqualTo(bits(12, bits(7, 0xF0)));
  }

  @Test
  void valuesOfTheWrongTypeAreBadArguments() {
    assertThatThrownBy(() -> build(big(Type.INTEGER), Atom.NIL, 8))
        .isInstanceOfSatisfying(
            Raise.class,
            it -> {
              assertThat(it.reason()).isEqualTo(Atom.of("badarg"));
              assertThat(it.location().toString()).contains("{1, integer, type, nil}");
            });
    assertThatThrownBy(() -> build(big(Type.BINARY), Bits.of("ab"), 3)).isInstanceOf(Raise.class);
    assertThatThrownBy(() -> build(big(Type.UTF8), number(0xD800), null)).isInstanceOf(Raise.class);
  }
}
