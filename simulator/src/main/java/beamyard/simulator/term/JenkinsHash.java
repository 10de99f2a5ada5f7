package beamyard.simulator.term;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One computation of a term's hash with Bob Jenkins' mixing function, as OTP goes about it: the hash of what came before is
 * the seed of what follows.
 *
 * <p>What OTP's two hashes of this kind have in common is here; where they differ is in the subclasses.
 */
abstract sealed class JenkinsHash permits PortableHash, InternalHash {
  /*
   * Background: Bob Jenkins, "Hash functions", Dr. Dobb's Journal, September 1997. OTP tells kinds of terms apart by adding
   * multiples of the golden ratio, here golden(n), to what is mixed.
   */
  private static final int GOLDEN_RATIO = 0x9e3779b9;

  /** The hash so far. */
  protected int hash;

  private int pairs;
  private @Nullable Deque<Object> pending;

  /** After the last pair of a map: what was before. */
  private record EndOfMap(int hash, int pairs) {}

  private enum Mark {
    END_OF_PAIR,
    /** Stands before a tail that is no cell. */
    TAIL
  }

  /** The n-th multiple of the golden ratio. */
  protected static int golden(int n) {
    return GOLDEN_RATIO * n;
  }

  /** Mixes a term into the hash; answers the term that comes next, or {@code null} for the next pending one. */
  protected abstract @Nullable Term mixList(Cons list);

  protected abstract void mixNil();

  protected abstract void mixSmall(long value);

  protected abstract void mixAtom(Atom atom);

  protected abstract void mixFloat(int low, int high);

  protected abstract void mixReference(Reference reference);

  protected abstract void mixPort(Port port);

  protected abstract void mixPid(Pid pid);

  protected abstract void mixExternalFun(ExternalFun fun);

  protected abstract void mixClosure(Closure closure, int terms);

  /** Makes the keys and values of a map come next. */
  protected abstract void pendEntries(MapTerm.Columns columns);

  protected final int run(Term start) {
    Term term = start;
    while (true) {
      Term next = mixTerm(term);
      while (next == null) {
        switch (pending == null ? null : pending.poll()) {
          case null -> {
            return hash;
          }
          case Term waiting -> next = waiting;
          case Mark.END_OF_PAIR -> {
            pairs ^= hash;
            hash = 0;
          }
          case EndOfMap(int before, int pairsBefore) -> {
            hash = before;
            mix(pairs, 0, golden(19));
            pairs = pairsBefore;
          }
          case Mark.TAIL -> turn(golden(18));
          case Object other -> throw new AssertionError(other);
        }
      }
      term = next;
    }
  }

  private @Nullable Term mixTerm(Term term) {
    switch (term) {
      case SmallInt small -> mixSmall(small.value());
      case Atom atom -> mixAtom(atom);
      case Bits bits -> mixBits(bits);
      case BigInt big -> mixBig(big.bigValue());
      case Float64(double value) -> {
        long raw = Double.doubleToRawLongBits(value == 0 ? 0.0 : value);
        mixFloat((int) raw, (int) (raw >>> 32));
      }
      case Cons list -> {
        return mixList(list);
      }
      case Nil _ -> mixNil();
      case Tuple tuple -> {
        mix(tuple.size(), 0, golden(9));
        pendAll(tuple.shared());
      }
      case MapTerm map -> pendMap(map);
      case Reference reference -> mixReference(reference);
      case Port port -> mixPort(port);
      case Pid pid -> mixPid(pid);
      case ExternalFun fun -> mixExternalFun(fun);
      case Closure closure -> {
        Term[] environment = closure.environment();
        mixClosure(closure, environment.length);
        pendAll(environment);
      }
    }
    return null;
  }

  protected final void pend(Term term) {
    push(term);
  }

  private void push(Object termOrMark) {
    if (pending == null) {
      pending = new ArrayDeque<>();
    }
    pending.push(termOrMark);
  }

  private void pendAll(Term[] terms) {
    for (int i = terms.length - 1; i >= 0; i--) {
      push(terms[i]);
    }
  }

  private void pendMap(MapTerm map) {
    mix(map.size(), 0, golden(16));
    if (!map.isEmpty()) {
      pendEntries(map.columns());
    }
  }

  /** Hashes each pair alone and combines them so that their order does not matter. */
  protected final void pendUnordered(MapTerm.Columns columns) {
    push(new EndOfMap(hash, pairs));
    for (int i = 0; i < columns.keys().length; i++) {
      push(Mark.END_OF_PAIR);
      push(columns.values()[i]);
      push(columns.keys()[i]);
    }
    hash = 0;
    pairs = 0;
  }

  /** Makes a tail that is no cell come next, marked as such. */
  protected final void pendLastTail(Term tail) {
    push(tail);
    push(Mark.TAIL);
  }

  /** Mixes in that a part of a list cell follows, cheaply. */
  protected final void turn(int kind) {
    hash = Integer.rotateLeft(hash ^ kind, 17);
  }

  /** Mixes the absolute value of an integer, 64 bits at a time. */
  protected final void mixBig(BigInteger value) {
    int kind = value.signum() < 0 ? golden(10) : golden(11);
    BigInteger rest = value.abs();
    do {
      long digit = rest.longValue();
      mix((int) digit, (int) (digit >>> 32), kind);
      rest = rest.shiftRight(64);
    } while (rest.signum() != 0);
  }

  private void mixBits(Bits bits) {
    int seed = golden(13) + hash;
    if (bits.bitSize() == 0) {
      hash = seed;
      return;
    }
    int wholeBytes = bits.bitSize() >>> 3;
    mixBytes(
        bits.byteSize() == wholeBytes ? bits.toBytes() : bits.slice(0, wholeBytes).toBytes(), seed);
    int rest = bits.bitSize() & 7;
    if (rest > 0) {
      mix(rest, bits.byteAt(wholeBytes) >>> (8 - rest), golden(15));
    }
  }

  /** Makes the hash that of bytes: twelve at a time, then the rest with the length. */
  protected final void mixBytes(byte[] bytes, int seed) {
    int a = GOLDEN_RATIO;
    int b = GOLDEN_RATIO;
    hash = seed;
    int at = 0;
    for (; bytes.length - at >= 12; at += 12) {
      mixed(a + word(bytes, at), b + word(bytes, at + 4), hash + word(bytes, at + 8));
      a = mixedA;
      b = mixedB;
    }
    // the lowest byte of the last word is that of the length
    int c = hash + bytes.length + (word(bytes, at + 8) << 8);
    mixed(a + word(bytes, at), b + word(bytes, at + 4), c);
  }

  /** Four bytes, lowest first; zero for those beyond the end. */
  private static int word(byte[] bytes, int at) {
    int word = 0;
    for (int i = Math.min(3, bytes.length - 1 - at); i >= 0; i--) {
      word = word << 8 | bytes[at + i] & 0xFF;
    }
    return word;
  }

  protected final void mix(int x, int y, int kind) {
    mixed(kind + x, kind + y, hash);
  }

  private int mixedA;
  private int mixedB;

  /** The mixing function of three words; the third becomes the hash. */
  private void mixed(int x, int y, int z) {
    int a = x;
    int b = y;
    int c = z;
    a = a - b - c ^ c >>> 13;
    b = b - c - a ^ a << 8;
    c = c - a - b ^ b >>> 13;
    a = a - b - c ^ c >>> 12;
    b = b - c - a ^ a << 16;
    c = c - a - b ^ b >>> 5;
    a = a - b - c ^ c >>> 3;
    b = b - c - a ^ a << 10;
    c = c - a - b ^ b >>> 15;
    mixedA = a;
    mixedB = b;
    hash = c;
  }
}
