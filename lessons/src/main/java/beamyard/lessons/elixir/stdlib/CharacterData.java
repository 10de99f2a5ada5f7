package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Conversions between the encodings of characters.
 *
 * @see <a href="https://www.erlang.org/doc/man/unicode.html">OTP stdlib, unicode</a>
 */
final class CharacterData {
  private static final String UNICODE = "unicode";

  private CharacterData() {}

  /** How characters are bytes. */
  private enum Encoding {
    LATIN1,
    UTF8,
    UTF16_BIG,
    UTF16_LITTLE,
    UTF32_BIG,
    UTF32_LITTLE;

    static Encoding of(Term term) {
      return switch (term.toString()) {
        case "latin1" -> LATIN1;
        case "utf8", "unicode" -> UTF8;
        case "utf16", "{utf16, big}" -> UTF16_BIG;
        case "{utf16, little}" -> UTF16_LITTLE;
        case "utf32", "{utf32, big}" -> UTF32_BIG;
        case "{utf32, little}" -> UTF32_LITTLE;
        default -> throw Raise.badarg();
      };
    }

    ByteOrder order() {
      return this == UTF16_LITTLE || this == UTF32_LITTLE
          ? ByteOrder.LITTLE_ENDIAN
          : ByteOrder.BIG_ENDIAN;
    }
  }

  /** Characters read so far, and what stopped the reading: {@code error} or {@code incomplete}, and what is left. */
  private record Read(StringBuilder text, @Nullable String stop, Term rest) {}

  static void define(BuiltinTable table) {
    table.define(
        UNICODE, "characters_to_binary", 1, (_, a) -> toBinary(a[0], Encoding.UTF8, Encoding.UTF8));
    table.define(
        UNICODE,
        "characters_to_binary",
        2,
        (_, a) -> toBinary(a[0], Encoding.of(a[1]), Encoding.UTF8));
    table.define(
        UNICODE,
        "characters_to_binary",
        3,
        (_, a) -> toBinary(a[0], Encoding.of(a[1]), Encoding.of(a[2])));
    table.define(
        UNICODE,
        "characters_to_list",
        1,
        (_, a) -> answer(read(a[0], Encoding.UTF8), Arguments::charlist));
    table.define(
        UNICODE,
        "characters_to_list",
        2,
        (_, a) -> answer(read(a[0], Encoding.of(a[1])), Arguments::charlist));
    for (String form : new String[] {"nfc", "nfd", "nfkc", "nfkd"}) {
      Normalizer.Form target = Normalizer.Form.valueOf(form.toUpperCase(Locale.ROOT));
      table.define(
          UNICODE,
          "characters_to_" + form + "_binary",
          1,
          (_, a) ->
              answer(
                  read(a[0], Encoding.UTF8), text -> Bits.of(Normalizer.normalize(text, target))));
      table.define(
          UNICODE,
          "characters_to_" + form + "_list",
          1,
          (_, a) ->
              answer(
                  read(a[0], Encoding.UTF8),
                  text -> Arguments.charlist(Normalizer.normalize(text, target))));
    }
    table.define(UNICODE, "bom_to_encoding", 1, (_, a) -> mark(Arguments.binary(a[0]).toBytes()));
    table.define(UNICODE, "encoding_to_bom", 1, (_, a) -> markOf(Encoding.of(a[0])));
    table.define(
        UNICODE,
        "bin_is_7bit",
        1,
        (_, a) -> {
          for (byte b : Arguments.binary(a[0]).toBytes()) {
            if (b < 0) {
              return Atom.FALSE;
            }
          }
          return Atom.TRUE;
        });
  }

  private static Term toBinary(Term data, Encoding from, Encoding to) {
    Read read = read(data, from);
    var bytes = new ByteArrayOutputStream();
    int[] points = read.text().codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      if (to == Encoding.LATIN1 && points[i] > 255) {
        return Tuple.of(
            Atom.ERROR,
            Bits.of(bytes.toByteArray()),
            Bits.of(new String(points, i, points.length - i)));
      }
      write(bytes, points[i], to);
    }
    Term done = Bits.of(bytes.toByteArray());
    return read.stop() == null ? done : Tuple.of(Atom.of(read.stop()), done, read.rest());
  }

  private static void write(ByteArrayOutputStream bytes, int point, Encoding to) {
    switch (to) {
      case LATIN1 -> bytes.write(point);
      case UTF8 ->
          bytes.writeBytes(
              Character.toString(point).getBytes(java.nio.charset.StandardCharsets.UTF_8));
      case UTF16_BIG, UTF16_LITTLE -> {
        for (char unit : Character.toChars(point)) {
          bytes.writeBytes(ByteBuffer.allocate(2).order(to.order()).putChar(unit).array());
        }
      }
      case UTF32_BIG, UTF32_LITTLE ->
          bytes.writeBytes(ByteBuffer.allocate(4).order(to.order()).putInt(point).array());
    }
  }

  private static Term answer(Read read, Function<String, Term> result) {
    Term done = result.apply(read.text().toString());
    return read.stop() == null ? done : Tuple.of(Atom.of(read.stop()), done, read.rest());
  }

  private static Read read(Term data, Encoding encoding) {
    if (!(data instanceof Bits || data instanceof ListTerm)) {
      throw Raise.badarg();
    }
    var text = new StringBuilder();
    Deque<Term> left = new ArrayDeque<>();
    left.push(data);
    while (!left.isEmpty()) {
      Term next = left.pop();
      switch (next) {
        case Nil _ -> {}
        case Cons cons -> {
          if (!(cons.tail() instanceof ListTerm || cons.tail() instanceof Bits)) {
            throw Raise.badarg();
          }
          left.push(cons.tail());
          left.push(cons.head());
        }
        case SmallInt point -> {
          if (point.value() < 0
              || point.value() > 0x10FFFF
              || point.value() >= 0xD800 && point.value() < 0xE000
              || encoding == Encoding.LATIN1 && point.value() > 255) {
            checkRest(left);
            return new Read(text, "error", rest(point, left));
          }
          text.appendCodePoint((int) point.value());
        }
        case Bits bits when bits.isBinary() -> {
          byte[] bytes = bits.toBytes();
          int at = decode(bytes, encoding, text);
          if (at < bytes.length) {
            boolean cut = left.isEmpty() && isBeginning(bytes, at, encoding);
            Term after = Bits.of(java.util.Arrays.copyOfRange(bytes, at, bytes.length));
            return new Read(text, cut ? "incomplete" : "error", rest(after, left));
          }
        }
        default -> throw Raise.badarg();
      }
    }
    return new Read(text, null, Nil.NIL);
  }

  /** What follows a wrong character must be character data as far as OTP looks. */
  private static void checkRest(Deque<Term> left) {
    for (Term term : left) {
      Term rest = term;
      while (rest instanceof Cons cons) {
        if (!(cons.head() instanceof SmallInt
            || cons.head() instanceof Bits
            || cons.head() instanceof ListTerm)) {
          throw Raise.badarg();
        }
        rest = cons.tail();
      }
    }
  }

  private static Term rest(Term first, Deque<Term> left) {
    left.removeIf(term -> term == Nil.NIL);
    if (left.isEmpty()) {
      return first instanceof Bits ? first : ListTerm.of(first);
    }
    Term tail = Nil.NIL;
    while (!left.isEmpty()) {
      Term last = left.removeLast();
      tail = tail == Nil.NIL && last instanceof ListTerm ? last : new Cons(last, tail);
    }
    return new Cons(first, tail);
  }

  /** Appends characters and gives the index of the first byte that begins none. */
  private static int decode(byte[] bytes, Encoding encoding, StringBuilder text) {
    int at = 0;
    while (at < bytes.length) {
      int size = size(bytes, at, encoding);
      if (size <= 0) {
        return at;
      }
      text.appendCodePoint(point(bytes, at, size, encoding));
      at += size;
    }
    return at;
  }

  /** How many bytes a character has; 0 or less where there is none. */
  private static int size(byte[] bytes, int at, Encoding encoding) {
    int left = bytes.length - at;
    return switch (encoding) {
      case LATIN1 -> 1;
      case UTF8 -> {
        int first = bytes[at] & 0xFF;
        int size =
            first < 0x80
                ? 1
                : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (size == 0 || size > left) {
          yield 0;
        }
        for (int i = 1; i < size; i++) {
          if ((bytes[at + i] & 0xC0) != 0x80) {
            yield 0;
          }
        }
        int point = point(bytes, at, size, encoding);
        boolean valid =
            point < 0x110000
                && (point < 0xD800 || point >= 0xE000)
                && (size < 3 || point >= 0x800)
                && (size < 4 || point >= 0x10000);
        yield valid ? size : 0;
      }
      case UTF16_BIG, UTF16_LITTLE -> {
        if (left < 2) {
          yield 0;
        }
        char unit = ByteBuffer.wrap(bytes, at, 2).order(encoding.order()).getChar();
        yield !Character.isSurrogate(unit)
            ? 2
            : Character.isHighSurrogate(unit) && left >= 4 ? 4 : 0;
      }
      case UTF32_BIG, UTF32_LITTLE -> {
        boolean valid =
            left >= 4
                && Character.isValidCodePoint(
                    ByteBuffer.wrap(bytes, at, 4).order(encoding.order()).getInt());
        yield valid ? 4 : 0;
      }
    };
  }

  private static int point(byte[] bytes, int at, int size, Encoding encoding) {
    return switch (encoding) {
      case LATIN1 -> bytes[at] & 0xFF;
      case UTF8 -> {
        int point = size == 1 ? bytes[at] : bytes[at] & (0xFF >> (size + 1));
        for (int i = 1; i < size; i++) {
          point = point << 6 | bytes[at + i] & 0x3F;
        }
        yield point;
      }
      case UTF16_BIG, UTF16_LITTLE -> {
        ByteBuffer units = ByteBuffer.wrap(bytes, at, size).order(encoding.order());
        char first = units.getChar();
        yield size == 2 ? first : Character.toCodePoint(first, units.getChar());
      }
      case UTF32_BIG, UTF32_LITTLE ->
          ByteBuffer.wrap(bytes, at, 4).order(encoding.order()).getInt();
    };
  }

  /** Whether the bytes from an index may be the beginning of a character of which the end is missing. */
  private static boolean isBeginning(byte[] bytes, int at, Encoding encoding) {
    int left = bytes.length - at;
    return switch (encoding) {
      case LATIN1 -> false;
      case UTF8 -> {
        int first = bytes[at] & 0xFF;
        int size = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1;
        boolean fits = left < size;
        for (int i = at + 1; i < bytes.length && fits; i++) {
          fits = (bytes[i] & 0xC0) == 0x80;
        }
        yield fits;
      }
      case UTF16_BIG, UTF16_LITTLE -> left < 4;
      case UTF32_BIG, UTF32_LITTLE -> left < 4;
    };
  }

  private static Term mark(byte[] b) {
    Term name = Atom.of("latin1");
    int size = 0;
    if (b.length >= 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF) {
      name = Atom.of("utf8");
      size = 3;
    } else if (b.length >= 2 && b[0] == (byte) 0xFE && b[1] == (byte) 0xFF) {
      name = Tuple.of(Atom.of("utf16"), Atom.of("big"));
      size = 2;
    } else if (b.length >= 2 && b[0] == (byte) 0xFF && b[1] == (byte) 0xFE) {
      name = Tuple.of(Atom.of("utf16"), Atom.of("little"));
      size = 2;
    }
    return Tuple.of(name, SmallInt.of(size));
  }

  private static Term markOf(Encoding encoding) {
    if (encoding == Encoding.LATIN1) {
      return Bits.EMPTY;
    }
    var bytes = new ByteArrayOutputStream();
    write(bytes, 0xFEFF, encoding);
    return Bits.of(bytes.toByteArray());
  }
}
