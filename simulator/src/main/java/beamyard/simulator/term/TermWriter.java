package beamyard.simulator.term;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Writes terms in the external format, without recursion, so of any depth. */
final class TermWriter {
  /** The longest list of bytes that is written as a string. */
  private static final int MAX_STRING = 65535;

  /** Ports above this need the newest form. */
  private static final long MAX_NEW_PORT = (1L << 28) - 1;

  private final ByteSink sink;
  private final TermCodec.MinorVersion version;
  private final Pid maker;
  private final TermCodec.AtomReferences atoms;

  /** Terms, arrays and cells still to be written, and functions whose size is still to be filled in. */
  private final Deque<Object> pending = new ArrayDeque<>();

  private static final class Elements {
    final Term[] terms;
    int next;

    Elements(Term[] terms) {
      this.terms = terms;
    }
  }

  /** The elements of a list from here on and its last tail. */
  private static final class Cells {
    Term rest;

    Cells(Term rest) {
      this.rest = rest;
    }
  }

  private record EndOfFun(int start) {}

  TermWriter(
      ByteSink sink, TermCodec.MinorVersion version, Pid maker, TermCodec.AtomReferences atoms) {
    this.sink = sink;
    this.version = version;
    this.maker = maker;
    this.atoms = atoms;
  }

  void write(Term root) {
    one(root);
    while (!pending.isEmpty()) {
      switch (pending.peek()) {
        case Elements elements when elements.next < elements.terms.length ->
            one(elements.terms[elements.next++]);
        case Elements _ -> pending.pop();
        case Cells cells when cells.rest instanceof Cons cons -> {
          cells.rest = cons.tail();
          one(cons.head());
        }
        case Cells cells -> {
          pending.pop();
          one(cells.rest);
        }
        case EndOfFun(int start) -> {
          pending.pop();
          sink.patchU4(start, sink.position() - start);
        }
        case Object other -> throw new AssertionError(other);
      }
    }
  }

  /** Writes a term, or its beginning if it is compound. */
  private void one(Term term) {
    switch (term) {
      case SmallInt small -> integer(small.value());
      case BigInt big -> big(big.bigValue());
      case Float64(double value) -> real(value);
      case Atom atom -> atom(atom);
      case Nil _ -> sink.u1(ExternalTag.NIL);
      case Cons list -> list(list);
      case Tuple tuple -> {
        if (tuple.size() < 256) {
          sink.u1(ExternalTag.SMALL_TUPLE);
          sink.u1(tuple.size());
        } else {
          sink.u1(ExternalTag.LARGE_TUPLE);
          sink.u4(tuple.size());
        }
        pending.push(new Elements(tuple.shared()));
      }
      case MapTerm map -> map(map);
      case Bits bits -> bits(bits);
      case Pid pid -> pid(pid);
      case Port port -> port(port);
      case Reference reference -> {
        sink.u1(ExternalTag.NEWER_REFERENCE);
        sink.u2(3);
        atom(reference.node());
        sink.u4(reference.creation());
        sink.u4(reference.low());
        sink.u4(reference.middle());
        sink.u4(reference.high());
      }
      case ExternalFun fun -> {
        sink.u1(ExternalTag.EXPORT);
        atom(fun.module());
        atom(fun.function());
        integer(fun.arity());
      }
      case Closure closure -> closure(closure);
    }
  }

  private void integer(long value) {
    if (value >= 0 && value < 256) {
      sink.u1(ExternalTag.SMALL_INTEGER);
      sink.u1((int) value);
    } else if (value == (int) value) {
      sink.u1(ExternalTag.INTEGER);
      sink.u4((int) value);
    } else {
      big(BigInteger.valueOf(value));
    }
  }

  private void big(BigInteger value) {
    byte[] magnitude = value.abs().toByteArray();
    int start = magnitude[0] == 0 ? 1 : 0;
    int length = magnitude.length - start;
    if (length < 256) {
      sink.u1(ExternalTag.SMALL_BIG);
      sink.u1(length);
    } else {
      sink.u1(ExternalTag.LARGE_BIG);
      sink.u4(length);
    }
    sink.u1(value.signum() < 0 ? 1 : 0);
    for (int i = magnitude.length - 1; i >= start; i--) {
      sink.u1(magnitude[i]);
    }
  }

  private void real(double value) {
    if (version != TermCodec.MinorVersion.FLOATS_AS_TEXT) {
      sink.u1(ExternalTag.NEW_FLOAT);
      sink.u8(Double.doubleToRawLongBits(value));
      return;
    }
    // C's "%.20e", exact where Java's formatter makes up zeros
    BigDecimal rounded =
        new BigDecimal(Math.abs(value)).round(new MathContext(21, RoundingMode.HALF_EVEN));
    String digits = rounded.unscaledValue().toString();
    int exponent = value == 0 ? 0 : digits.length() - 1 - rounded.scale();
    String text =
        (Math.copySign(1, value) < 0 ? "-" : "")
            + digits.charAt(0)
            + "."
            + (digits.substring(1) + "0".repeat(20)).substring(0, 20)
            + (exponent < 0 ? "e-" : "e+")
            + (Math.abs(exponent) < 10 ? "0" : "")
            + Math.abs(exponent);
    sink.u1(ExternalTag.FLOAT);
    sink.bytes(Arrays.copyOf(text.getBytes(ISO_8859_1), 31));
  }

  private void atom(Atom atom) {
    int index = atoms.indexOf(atom);
    if (index >= 0) {
      sink.u1(ExternalTag.ATOM_CACHE_REF);
      sink.u1(index);
      return;
    }
    if (version != TermCodec.MinorVersion.UTF8_ATOMS
        && atom.name().chars().allMatch(c -> c < 256)) {
      byte[] latin1 = atom.name().getBytes(ISO_8859_1);
      sink.u1(ExternalTag.ATOM);
      sink.u2(latin1.length);
      sink.bytes(latin1);
      return;
    }
    byte[] name = atom.utf8();
    if (name.length < 256) {
      sink.u1(ExternalTag.SMALL_ATOM_UTF8);
      sink.u1(name.length);
    } else {
      sink.u1(ExternalTag.ATOM_UTF8);
      sink.u2(name.length);
    }
    sink.bytes(name);
  }

  private void list(Cons list) {
    int length = 0;
    boolean bytes = true;
    Term rest = list;
    while (rest instanceof Cons cons) {
      bytes = bytes && cons.head() instanceof SmallInt small && (small.value() & ~0xFFL) == 0;
      length++;
      rest = cons.tail();
    }
    if (bytes && rest == Nil.NIL && length <= MAX_STRING) {
      sink.u1(ExternalTag.STRING);
      sink.u2(length);
      for (Term element : list) {
        sink.u1((int) ((SmallInt) element).value());
      }
    } else {
      sink.u1(ExternalTag.LIST);
      sink.u4(length);
      pending.push(new Cells(list));
    }
  }

  private void map(MapTerm map) {
    sink.u1(ExternalTag.MAP);
    sink.u4(map.size());
    MapTerm.Columns columns = map.columns();
    Term[] both = new Term[2 * map.size()];
    for (int i = 0; i < map.size(); i++) {
      both[2 * i] = columns.keys()[i];
      both[2 * i + 1] = columns.values()[i];
    }
    pending.push(new Elements(both));
  }

  private void bits(Bits bits) {
    int rest = bits.bitSize() & 7;
    sink.u1(rest == 0 ? ExternalTag.BINARY : ExternalTag.BIT_BINARY);
    sink.u4(bits.byteSize());
    if (rest != 0) {
      sink.u1(rest);
    }
    bits.writeTo(sink);
  }

  private void pid(Pid pid) {
    sink.u1(ExternalTag.NEW_PID);
    atom(pid.node());
    sink.u4((int) pid.number());
    sink.u4((int) pid.serial());
    sink.u4(pid.creation());
  }

  private void port(Port port) {
    boolean small = Long.compareUnsigned(port.number(), MAX_NEW_PORT) <= 0;
    sink.u1(small ? ExternalTag.NEW_PORT : ExternalTag.V4_PORT);
    atom(port.node());
    if (small) {
      sink.u4((int) port.number());
    } else {
      sink.u8(port.number());
    }
    sink.u4(port.creation());
  }

  private void closure(Closure closure) {
    Term[] environment = closure.environment();
    sink.u1(ExternalTag.NEW_FUN);
    pending.push(new EndOfFun(sink.position()));
    sink.u4(0);
    sink.u1(closure.arity());
    sink.bytes(checksum(closure));
    sink.u4(closure.index());
    sink.u4(environment.length);
    atom(closure.module());
    integer(closure.index());
    integer(closure.uniq());
    pid(maker);
    pending.push(new Elements(environment));
  }

  /** Stands for the checksum of the module, which is not known here. */
  private static byte[] checksum(Closure closure) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(closure.module().utf8());
      return digest.digest(Integer.toString(closure.uniq()).getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has MD5", e);
    }
  }
}
