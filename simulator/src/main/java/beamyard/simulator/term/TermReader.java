package beamyard.simulator.term;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Reads terms in the external format, without recursion, so of any depth. Accepts the older forms, too. */
final class TermReader {
  private static final int MAX_ATOM_CHARACTERS = 255;

  private final byte[] bytes;
  private final IntFunction<@Nullable Atom> atoms;
  private int position;

  /** Terms of which no byte has been read yet; each takes a byte at least. */
  private long owed = 1;

  /** Compound terms of which parts are still to be read, the innermost first. */
  private final Deque<Unfinished> pending = new ArrayDeque<>();

  private enum Kind {
    TUPLE,
    /** The last part is the tail. */
    LIST,
    /** Keys and values in turn. */
    MAP,
    CLOSURE
  }

  private static final class Unfinished {
    final Kind kind;
    final Term[] parts;
    final @Nullable Closure closure;

    /** Where the term must end, if it says so. */
    final int end;

    int filled;

    Unfinished(Kind kind, Term[] parts, @Nullable Closure closure, int end) {
      this.kind = kind;
      this.parts = parts;
      this.closure = closure;
      this.end = end;
    }
  }

  TermReader(byte[] bytes, int from, IntFunction<@Nullable Atom> atoms) {
    this.bytes = bytes;
    this.position = from;
    this.atoms = atoms;
  }

  /** Reads what follows the version byte, which may be compressed. */
  static TermCodec.Decoded afterVersion(byte[] bytes, int from) {
    var reader = new TermReader(bytes, from, _ -> null);
    if (from < bytes.length && bytes[from] == ExternalTag.COMPRESSED) {
      return reader.compressed();
    }
    return reader.readToEnd();
  }

  private TermCodec.Decoded compressed() {
    position++;
    int size = count("size");
    // deflate makes at most about 1032 bytes of one
    if (size > 1032L * (bytes.length - position)) {
      throw malformed("compressed term of " + size + " bytes is cut off");
    }
    byte[] inflated = new byte[size];
    try (var inflater = new Inflater()) {
      inflater.setInput(bytes, position, bytes.length - position);
      int length = 0;
      while (length < size) {
        int more = inflater.inflate(inflated, length, size - length);
        if (more == 0) {
          throw malformed("compressed term is shorter than it says");
        }
        length += more;
      }
      if (inflater.inflate(new byte[1]) > 0 || !inflater.finished()) {
        throw malformed("compressed term is longer than it says");
      }
      var inner = new TermReader(inflated, 0, _ -> null).readToEnd();
      return new TermCodec.Decoded(inner.term(), position + (int) inflater.getBytesRead());
    } catch (DataFormatException e) {
      throw malformed("compressed term: " + e.getMessage());
    }
  }

  TermCodec.Decoded readToEnd() {
    return new TermCodec.Decoded(read(), position);
  }

  private Term read() {
    while (true) {
      owed--;
      Term term = one();
      while (term != null) {
        Unfinished top = pending.peek();
        if (top == null) {
          return term;
        }
        top.parts[top.filled++] = term;
        term = top.filled == top.parts.length ? finish(pending.pop()) : null;
      }
    }
  }

  private Term finish(Unfinished compound) {
    Term[] parts = compound.parts;
    return switch (compound.kind) {
      case TUPLE -> Tuple.of(parts);
      case LIST -> {
        Term list = parts[parts.length - 1];
        for (int i = parts.length - 2; i >= 0; i--) {
          list = new Cons(parts[i], list);
        }
        yield list;
      }
      case MAP -> {
        MapTerm map = MapTerm.of(parts);
        if (map.size() != parts.length / 2) {
          throw malformed("map with the same key twice");
        }
        yield map;
      }
      case CLOSURE -> {
        Closure empty = compound.closure;
        if (empty == null) {
          throw new AssertionError();
        }
        if (position != compound.end) {
          throw malformed("fun is not as long as it says");
        }
        yield new Closure(
            empty.module(),
            empty.index(),
            empty.uniq(),
            empty.arity(),
            List.of(parts),
            Optional.empty());
      }
    };
  }

  /** A term; {@code null} if it is compound and its parts come next. */
  private @Nullable Term one() {
    int tag = u1();
    return switch (tag) {
      case ExternalTag.SMALL_INTEGER -> SmallInt.of(u1());
      case ExternalTag.INTEGER -> SmallInt.of(u4());
      case ExternalTag.SMALL_BIG -> big(u1());
      case ExternalTag.LARGE_BIG -> big(count("big integer"));
      case ExternalTag.NEW_FLOAT -> real(Double.longBitsToDouble(u8()));
      case ExternalTag.FLOAT -> oldFloat();
      case ExternalTag.NIL -> Nil.NIL;
      case ExternalTag.STRING -> string(u2());
      case ExternalTag.BINARY -> bits(take(count("binary")), 8);
      case ExternalTag.BIT_BINARY -> bitBinary();
      case ExternalTag.SMALL_TUPLE -> begin(Kind.TUPLE, u1());
      case ExternalTag.LARGE_TUPLE -> begin(Kind.TUPLE, count("tuple"));
      case ExternalTag.LIST -> begin(Kind.LIST, 1L + count("list"));
      case ExternalTag.MAP -> begin(Kind.MAP, 2L * count("map"));
      case ExternalTag.NEW_PID -> new Pid(atom(), unsigned(), unsigned(), u4());
      case ExternalTag.PID -> new Pid(atom(), unsigned(), unsigned(), u1());
      case ExternalTag.V4_PORT -> new Port(atom(), u8(), u4());
      case ExternalTag.NEW_PORT -> new Port(atom(), unsigned(), u4());
      case ExternalTag.PORT -> new Port(atom(), unsigned(), u1());
      case ExternalTag.NEWER_REFERENCE -> reference(u2(), tag);
      case ExternalTag.NEW_REFERENCE -> reference(u2(), tag);
      case ExternalTag.REFERENCE -> {
        Atom node = atom();
        int low = u4();
        yield new Reference(node, u1(), low, 0, 0);
      }
      case ExternalTag.EXPORT -> new ExternalFun(atom(), atom(), small("arity"));
      case ExternalTag.NEW_FUN -> fun();
      default -> atom(tag);
    };
  }

  private @Nullable Term begin(Kind kind, long parts) {
    if (parts == 0) {
      return kind == Kind.TUPLE ? Tuple.EMPTY : MapTerm.EMPTY;
    }
    pending.push(new Unfinished(kind, new Term[owing(parts)], null, 0));
    return null;
  }

  /** Refuses more parts than can follow, before there is memory for them. */
  private int owing(long parts) {
    owed += parts;
    if (owed > remaining()) {
      throw malformed("compound term of " + parts + " parts is cut off");
    }
    return (int) parts;
  }

  private @Nullable Term fun() {
    int end = position + count("fun");
    int arity = u1();
    take(16);
    int index = u4();
    int free = count("environment");
    Atom module = atom();
    small("index");
    int uniq = small("uniq");
    if (!(one() instanceof Pid)) {
      throw malformed("fun without a pid");
    }
    var closure = new Closure(module, index, uniq, arity, List.of(), Optional.empty());
    var unfinished = new Unfinished(Kind.CLOSURE, new Term[owing(free)], closure, end);
    if (free == 0) {
      return finish(unfinished);
    }
    pending.push(unfinished);
    return null;
  }

  private Term reference(int words, int tag) {
    Atom node = atom();
    int creation = tag == ExternalTag.NEWER_REFERENCE ? u4() : u1();
    if (words < 1 || words > 5) {
      throw malformed("reference of " + words + " words");
    }
    int[] ids = new int[5];
    for (int i = 0; i < words; i++) {
      ids[i] = u4();
    }
    if ((ids[3] | ids[4]) != 0) {
      throw new UnsupportedOperationException("reference of more than three words");
    }
    return new Reference(node, creation, ids[0], ids[1], ids[2]);
  }

  private IntegerTerm big(int length) {
    int sign = u1();
    byte[] magnitude = take(length);
    for (int i = 0, j = length - 1; i < j; i++, j--) {
      byte low = magnitude[i];
      magnitude[i] = magnitude[j];
      magnitude[j] = low;
    }
    BigInteger value = new BigInteger(1, magnitude);
    return IntegerTerm.of(sign == 0 ? value : value.negate());
  }

  private Term real(double value) {
    if (!Double.isFinite(value)) {
      throw malformed("float that is no finite number");
    }
    return new Float64(value);
  }

  private Term oldFloat() {
    String text = new String(take(31), StandardCharsets.ISO_8859_1);
    int end = text.indexOf(0);
    try {
      return real(Double.parseDouble(end < 0 ? text : text.substring(0, end)));
    } catch (NumberFormatException e) {
      throw malformed("float that is no number");
    }
  }

  private Term string(int length) {
    byte[] characters = take(length);
    Term list = Nil.NIL;
    for (int i = length - 1; i >= 0; i--) {
      list = new Cons(SmallInt.of(characters[i] & 0xFF), list);
    }
    return list;
  }

  private Term bitBinary() {
    int length = count("bitstring");
    int bitsOfLast = u1();
    if (bitsOfLast > 8 || (length == 0) != (bitsOfLast == 0)) {
      throw malformed("bitstring with " + bitsOfLast + " bits in the last of " + length + " bytes");
    }
    byte[] content = take(length);
    if (length == 0) {
      return Bits.EMPTY;
    }
    content[length - 1] &= (byte) (0xFF << 8 - bitsOfLast);
    return bits(content, bitsOfLast);
  }

  private static Bits bits(byte[] content, int bitsOfLast) {
    if (content.length > Integer.MAX_VALUE / 8) {
      throw new UnsupportedOperationException("bitstring of " + content.length + " bytes");
    }
    return content.length == 0
        ? Bits.EMPTY
        : Bits.of(content, 8 * (content.length - 1) + bitsOfLast);
  }

  private Atom atom() {
    return atom(u1());
  }

  private Atom atom(int tag) {
    return switch (tag) {
      case ExternalTag.SMALL_ATOM_UTF8 -> utf8(take(u1()));
      case ExternalTag.ATOM_UTF8 -> utf8(take(u2()));
      case ExternalTag.SMALL_ATOM -> latin1(take(u1()));
      case ExternalTag.ATOM -> latin1(take(u2()));
      case ExternalTag.ATOM_CACHE_REF -> {
        int index = u1();
        Atom known = atoms.apply(index);
        if (known == null) {
          throw malformed("atom " + index + " of a cache that does not hold it");
        }
        yield known;
      }
      default -> {
        position--;
        throw malformed("unknown tag " + tag);
      }
    };
  }

  private Atom utf8(byte[] name) {
    try {
      // a decoder of its own reports malformed input; a String would replace it
      return named(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString());
    } catch (CharacterCodingException e) {
      throw malformed("atom that is not UTF-8");
    }
  }

  private Atom latin1(byte[] name) {
    return named(new String(name, StandardCharsets.ISO_8859_1));
  }

  private Atom named(String name) {
    if (name.codePointCount(0, name.length()) > MAX_ATOM_CHARACTERS) {
      throw malformed("atom of more than " + MAX_ATOM_CHARACTERS + " characters");
    }
    return Atom.of(name);
  }

  private int small(String what) {
    if (one() instanceof SmallInt number && number.value() == (int) number.value()) {
      return (int) number.value();
    }
    throw malformed(what + " that is no small integer");
  }

  private int u1() {
    if (position >= bytes.length) {
      throw malformed("cut off");
    }
    return bytes[position++] & 0xFF;
  }

  private int u2() {
    return u1() << 8 | u1();
  }

  private int u4() {
    return u2() << 16 | u2();
  }

  private long unsigned() {
    return Integer.toUnsignedLong(u4());
  }

  private long u8() {
    return unsigned() << 32 | unsigned();
  }

  /** A number of things to come; more than there are bytes is refused where they are read. */
  private int count(String what) {
    int count = u4();
    if (count < 0) {
      throw malformed(what + " of more than 2^31 parts");
    }
    return count;
  }

  private int remaining() {
    return bytes.length - position;
  }

  private byte[] take(int length) {
    if (length > remaining()) {
      throw malformed(length + " bytes are cut off");
    }
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  private MalformedTermException malformed(String problem) {
    return new MalformedTermException(problem, position);
  }
}
