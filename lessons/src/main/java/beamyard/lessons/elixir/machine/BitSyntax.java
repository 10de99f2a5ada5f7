package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core.Endian;
import beamyard.lessons.elixir.core.Core.Sign;
import beamyard.lessons.elixir.core.Core.Type;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Builds and takes apart bitstrings.
 *
 * @see <a href="https://www.erlang.org/doc/reference_manual/expressions.html#bit_syntax_expressions">Erlang reference
 *     manual, bit syntax</a>
 */
final class BitSyntax {
  /** How a segment is laid out. {@code NATIVE} is little-endian. */
  record Format(Type type, int unit, Sign sign, Endian endian) {
    boolean isLittle() {
      return endian != Endian.BIG;
    }
  }

  private static final Atom CAUSE = Atom.of("cause");

  private byte[] bytes = new byte[32];
  private int bitSize;

  private BitSyntax() {}

  /**
   * Builds a bitstring.
   *
   * @param parts a value and a size in turn; {@code null} for no size
   */
  static Term build(Format[] formats, @Nullable Term[] parts) {
    var builder = new BitSyntax();
    for (int i = 0; i < formats.length; i++) {
      builder.append(formats[i], parts[2 * i], parts[2 * i + 1], i + 1);
    }
    return Bits.of(Arrays.copyOf(builder.bytes, (builder.bitSize + 7) >>> 3), builder.bitSize);
  }

  private void append(Format format, Term value, @Nullable Term size, int segment) {
    switch (format.type()) {
      case INTEGER -> {
        if (!(value instanceof IntegerTerm integer)) {
          throw bad(segment, format, "type", value);
        }
        appendInteger(integer, bits(format, size, 8, segment), format.isLittle());
      }
      case FLOAT -> appendFloat(format, value, bits(format, size, 64, segment), segment);
      case BINARY, BITSTRING -> {
        if (!(value instanceof Bits data)) {
          throw bad(segment, format, "type", value);
        }
        if (size == null) {
          if (format.type() == Type.BINARY && data.bitSize() % format.unit() != 0) {
            throw bad(segment, format, "unit", value);
          }
          appendBits(data, data.bitSize());
        } else {
          int wanted = bits(format, size, 0, segment);
          if (wanted > data.bitSize()) {
            throw bad(segment, format, "short", value);
          }
          appendBits(data, wanted);
        }
      }
      case UTF8, UTF16, UTF32 -> {
        if (!(value instanceof SmallInt point) || !isCodePoint(point.value())) {
          throw bad(segment, format, "type", value);
        }
        appendBytes(encode(format, (int) point.value()));
      }
    }
  }

  private static boolean isCodePoint(long value) {
    return value >= 0 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
  }

  private static byte[] encode(Format format, int point) {
    String text = Character.toString(point);
    return switch (format.type()) {
      case UTF8 -> text.getBytes(StandardCharsets.UTF_8);
      case UTF16 ->
          text.getBytes(format.isLittle() ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
      default -> {
        byte[] four = {
          (byte) (point >>> 24), (byte) (point >>> 16), (byte) (point >>> 8), (byte) point
        };
        if (format.isLittle()) {
          reverse(four, 4);
        }
        yield four;
      }
    };
  }

  private static void reverse(byte[] bytes, int length) {
    for (int i = 0; i < length / 2; i++) {
      byte other = bytes[length - 1 - i];
      bytes[length - 1 - i] = bytes[i];
      bytes[i] = other;
    }
  }

  private static int bits(Format format, @Nullable Term size, int none, int segment) {
    if (size == null) {
      return none;
    }
    if (!(size instanceof SmallInt count) || count.value() < 0) {
      throw bad(segment, format, "size", size);
    }
    if (count.value() > (Integer.MAX_VALUE >>> 4) / Math.max(1, format.unit())) {
      throw Raise.error(Atom.of("system_limit"));
    }
    return (int) count.value() * format.unit();
  }

  /** {@code badarg} with what OTP knows about the segment that failed. */
  private static Raise bad(int segment, Format format, String what, Term value) {
    String type =
        isBinary(format.type()) ? "binary" : format.type().name().toLowerCase(Locale.ROOT);
    Term cause = Tuple.of(SmallInt.of(segment), Atom.of(type), Atom.of(what), value);
    Term info =
        MapTerm.of(
            CAUSE,
            cause,
            Atom.of("function"),
            Atom.of("format_bs_fail"),
            Atom.of("module"),
            Atom.of("erl_erts_errors"));
    return Raise.badarg().inLocation(ListTerm.of(Tuple.of(Atom.of("error_info"), info)));
  }

  private static boolean isBinary(Type type) {
    return type == Type.BINARY || type == Type.BITSTRING;
  }

  /**
   * The same failure in code of a prompt: the interpreter asks for the size of a binary before it builds one, and has no words of its
   * own for a size that is no number.
   */
  static Raise interpreted(Raise raise) {
    if (!(raise.location().toList() instanceof List<Term> details
        && details.size() == 1
        && details.getFirst() instanceof Tuple info
        && info.get(1) instanceof MapTerm told
        && told.get(CAUSE) instanceof Tuple cause)) {
      return raise;
    }
    Term value = cause.get(3);
    String failure = cause.get(1) == Atom.of("binary") ? cause.get(2).toString() : "";
    return switch (failure) {
      case "type" -> Intrinsics.bad("byte_size", value);
      case "unit" -> Raise.badarg();
      default ->
          cause.get(2) == Atom.of("size") && !(value instanceof IntegerTerm)
              ? Raise.badarg()
              : raise;
    };
  }

  private void reserve(int bits) {
    long wanted = ((long) bitSize + bits + 7) >>> 3;
    YardLimit.BINARY.check(wanted);
    int needed = (int) wanted;
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, Math.max(needed, (int) Math.min(bytes.length * 2L, YardLimit.BINARY.most())));
    }
  }

  private void appendInteger(IntegerTerm value, int bits, boolean little) {
    if (bits == 0) {
      return;
    }
    if (bits == 8 && (bitSize & 7) == 0 && value instanceof SmallInt small) {
      reserve(8);
      bytes[bitSize >>> 3] = (byte) small.value();
      bitSize += 8;
      return;
    }
    // The lowest bits, highest first, filled up on the left.
    int length = (bits + 7) >>> 3;
    YardLimit.BINARY.check(length);
    byte[] number = new byte[length];
    byte[] digits = value.bigValue().toByteArray();
    byte sign = (byte) (value.signum() < 0 ? -1 : 0);
    for (int i = 0; i < length; i++) {
      int from = digits.length - 1 - i;
      number[length - 1 - i] = from >= 0 ? digits[from] : sign;
    }
    int spare = length * 8 - bits;
    if (!little) {
      appendFrom(number, spare, bits);
      return;
    }
    // Little-endian: whole bytes from the lowest; the last one has only the bits that are left.
    for (int i = length - 1; i > 0; i--) {
      appendFrom(new byte[] {number[i]}, 0, 8);
    }
    appendFrom(new byte[] {number[0]}, spare, 8 - spare);
  }

  private void appendFrom(byte[] source, int fromBit, int count) {
    reserve(count);
    if (((bitSize | fromBit | count) & 7) == 0) {
      System.arraycopy(source, fromBit >>> 3, bytes, bitSize >>> 3, count >>> 3);
    } else {
      for (int i = 0; i < count; i++) {
        int bit = source[(fromBit + i) >>> 3] >>> (7 - ((fromBit + i) & 7)) & 1;
        bytes[(bitSize + i) >>> 3] |= (byte) (bit << (7 - ((bitSize + i) & 7)));
      }
    }
    bitSize += count;
  }

  private void appendFloat(Format format, Term value, int bits, int segment) {
    if (bits != 64 && bits != 32 && bits != 16) {
      throw bad(segment, format, "invalid", SmallInt.of(bits));
    }
    double number =
        switch (value) {
          case Float64(double it) -> it;
          case IntegerTerm it -> it.bigValue().doubleValue();
          default -> throw bad(segment, format, "type", value);
        };
    long image =
        switch (bits) {
          case 64 -> Double.doubleToLongBits(number);
          case 32 -> Float.floatToIntBits((float) number);
          default -> Float.floatToFloat16((float) number);
        };
    if (Double.isInfinite(number)) {
      throw bad(segment, format, "no_float", value);
    }
    appendInteger(SmallInt.of(image), bits, format.isLittle());
  }

  private void appendBits(Bits data, int count) {
    if ((bitSize & 7) == 0) {
      reserve(count);
      Bits part = count == data.bitSize() ? data : data.sliceBits(0, count);
      byte[] image = part.toBytes();
      System.arraycopy(image, 0, bytes, bitSize >>> 3, image.length);
      bitSize += count;
    } else {
      appendFrom(data.toBytes(), 0, count);
    }
  }

  private void appendBytes(byte[] data) {
    appendFrom(data, 0, data.length * 8);
  }

  // Matching.

  /** What a segment matched, and where the next begins. */
  record Match(Term value, int end) {}

  /** Matches one segment from a bit on; {@code null} if it does not match. */
  static @Nullable Match match(Bits data, int at, Format format, @Nullable Term size) {
    int left = data.bitSize() - at;
    if (format.type() == Type.UTF8 || format.type() == Type.UTF16 || format.type() == Type.UTF32) {
      return matchCodePoint(data, at, left, format);
    }
    long wanted;
    if (size == null) {
      wanted =
          switch (format.type()) {
            case INTEGER -> 8;
            case FLOAT -> 64;
            default -> left;
          };
      if (format.type() == Type.BINARY && left % format.unit() != 0) {
        return null;
      }
    } else if (size instanceof SmallInt count
        && count.value() >= 0
        && count.value() <= Integer.MAX_VALUE) {
      wanted = count.value() * format.unit();
    } else {
      return null;
    }
    if (wanted > left) {
      return null;
    }
    int bits = (int) wanted;
    return switch (format.type()) {
      case INTEGER -> new Match(integer(data, at, bits, format), at + bits);
      case FLOAT -> matchFloat(data, at, bits, format);
      default -> new Match(data.sliceBits(at, bits), at + bits);
    };
  }

  private static Term integer(Bits data, int at, int bits, Format format) {
    if (bits == 8 && (at & 7) == 0) {
      int value = data.byteAt(at >>> 3);
      return SmallInt.of(format.sign() == Sign.SIGNED ? (byte) value : value);
    }
    if (bits == 0) {
      return SmallInt.of(0);
    }
    // Big-endian image with the bits at the right end.
    int length = (bits + 7) >>> 3;
    int spare = length * 8 - bits;
    byte[] image = new byte[length];
    if (format.isLittle()) {
      int rest = 8 - spare;
      for (int i = 0; i < length - 1; i++) {
        image[length - 1 - i] = (byte) read(data, at + 8 * i, 8);
      }
      image[0] = (byte) read(data, at + 8 * (length - 1), rest);
    } else {
      image[0] = (byte) read(data, at, 8 - spare);
      for (int i = 1; i < length; i++) {
        image[i] = (byte) read(data, at + 8 * i - spare, 8);
      }
    }
    if (format.sign() == Sign.SIGNED) {
      image[0] = (byte) ((byte) (image[0] << spare) >> spare);
      return IntegerTerm.of(new BigInteger(image));
    }
    return IntegerTerm.of(new BigInteger(1, image));
  }

  private static int read(Bits data, int at, int count) {
    if ((at & 7) == 0 && count == 8) {
      return data.byteAt(at >>> 3);
    }
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | data.bitAt(at + i);
    }
    return value;
  }

  private static @Nullable Match matchFloat(Bits data, int at, int bits, Format format) {
    if (bits != 64 && bits != 32 && bits != 16) {
      return null;
    }
    var unsigned = new Format(Type.INTEGER, 1, Sign.SIGNED, format.endian());
    long image = ((SmallInt) integer(data, at, bits, unsigned)).value();
    double value =
        switch (bits) {
          case 64 -> Double.longBitsToDouble(image);
          case 32 -> Float.intBitsToFloat((int) image);
          default -> Float.float16ToFloat((short) image);
        };
    return Double.isFinite(value) ? new Match(new Float64(value), at + bits) : null;
  }

  private static @Nullable Match matchCodePoint(Bits data, int at, int left, Format format) {
    var unit = new Format(Type.INTEGER, 1, Sign.UNSIGNED, format.endian());
    if (format.type() == Type.UTF32) {
      return left < 32
          ? null
          : codePoint(((SmallInt) integer(data, at, 32, unit)).value(), at + 32);
    }
    if (format.type() == Type.UTF16) {
      if (left < 16) {
        return null;
      }
      int high = (int) ((SmallInt) integer(data, at, 16, unit)).value();
      if (high < 0xD800 || high > 0xDFFF) {
        return codePoint(high, at + 16);
      }
      if (high > 0xDBFF || left < 32) {
        return null;
      }
      int low = (int) ((SmallInt) integer(data, at + 16, 16, unit)).value();
      return low < 0xDC00 || low > 0xDFFF
          ? null
          : codePoint(Character.toCodePoint((char) high, (char) low), at + 32);
    }
    if (left < 8) {
      return null;
    }
    int first = read(data, at, 8);
    if (first < 0x80) {
      return codePoint(first, at + 8);
    }
    int length = first >= 0xF0 && first < 0xF8 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first >= 0xF8 || left < length * 8) {
      return null;
    }
    int point = first & (0xFF >>> (length + 1));
    for (int i = 1; i < length; i++) {
      int next = read(data, at + 8 * i, 8);
      if ((next & 0xC0) != 0x80) {
        return null;
      }
      point = point << 6 | next & 0x3F;
    }
    int shortest = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
    return point < shortest ? null : codePoint(point, at + 8 * length);
  }

  private static @Nullable Match codePoint(long value, int end) {
    return isCodePoint(value) ? new Match(SmallInt.of(value), end) : null;
  }
}
