package beamyard.simulator.term;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * {@code erlang:phash2}: the same on every machine and in every version of OTP.
 *
 * @see <a href="https://www.erlang.org/doc/man/erlang.html#phash2-1">erlang:phash2/1</a>
 */
public final class PortableHash extends JenkinsHash {
  private static final int NIL_ALONE = 0xCEC2_C42E;
  private static final int NIL_TAG = 2;

  private PortableHash() {}

  /** From 0 to 2^27 - 1. */
  public static int phash2(Term term) {
    return new PortableHash().run(term) & (1 << 27) - 1;
  }

  /** From 0 to {@code range} - 1; the range is 1 to 2^32. */
  public static long phash2(Term term, long range) {
    if (range < 1 || range > 1L << 32) {
      throw new IllegalArgumentException("range of phash2: " + range);
    }
    return Integer.toUnsignedLong(new PortableHash().run(term)) % range;
  }

  @Override
  protected @Nullable Term mixList(Cons list) {
    Term rest = list;
    int word = 0;
    int bytes = 0;
    while (rest instanceof Cons cons
        && cons.head() instanceof SmallInt small
        && (small.value() & ~0xFFL) == 0) {
      word = word << 8 | (int) small.value();
      bytes++;
      if (bytes == 4) {
        mix(word, 0, golden(4));
        word = 0;
        bytes = 0;
      }
      rest = cons.tail();
    }
    if (bytes > 0) {
      mix(word, 0, golden(4));
    }
    if (rest instanceof Cons cons) {
      pend(cons.tail());
      return cons.head();
    }
    return rest;
  }

  @Override
  protected void mixNil() {
    if (hash == 0) {
      hash = NIL_ALONE;
    } else {
      mix(NIL_TAG, 0, golden(2));
    }
  }

  @Override
  protected void mixSmall(long value) {
    if (value < -(1 << 27) || value >= 1 << 27) {
      mixBig(BigInteger.valueOf(value));
      return;
    }
    if (value < 0) {
      mix((int) -value, 0, golden(1));
    }
    mix((int) value, 0, golden(1));
  }

  @Override
  protected void mixAtom(Atom atom) {
    if (hash == 0) {
      hash = hashOf(atom);
    } else {
      mix(hashOf(atom), 0, golden(3));
    }
  }

  /** P. J. Weinberger's hash of the name, in Latin-1 where that has the character, else of the bytes of its UTF-8. */
  private static int hashOf(Atom atom) {
    byte[] bytes = atom.utf8();
    int hash = 0;
    for (int i = 0; i < bytes.length; i++) {
      int value = bytes[i] & 0xFF;
      if ((value & 0xFE) == 0xC2 && i + 1 < bytes.length) {
        value = (value << 6 | bytes[++i] & 0x3F) & 0xFF;
      }
      hash = (hash << 4) + value;
      int high = hash & 0xF000_0000;
      hash = (hash ^ high >>> 24) & ~high;
    }
    return hash;
  }

  @Override
  protected void mixFloat(int low, int high) {
    mix(high, low, golden(12));
  }

  @Override
  protected void mixReference(Reference reference) {
    mix(reference.low(), 0, golden(7));
  }

  @Override
  protected void mixPort(Port port) {
    mix((int) port.number(), (int) (port.number() >>> 32), golden(6));
  }

  @Override
  protected void mixPid(Pid pid) {
    mix((int) pid.number(), 0, golden(5));
  }

  @Override
  protected void mixExternalFun(ExternalFun fun) {
    mix(fun.arity(), hashOf(fun.module()), golden(1));
    mix(hashOf(fun.function()), 0, golden(14));
  }

  @Override
  protected void mixClosure(Closure closure, int terms) {
    mix(terms, hashOf(closure.module()), golden(1));
    mix(closure.index(), closure.uniq(), golden(1));
  }

  @Override
  protected void pendEntries(MapTerm.Columns columns) {
    pendUnordered(columns);
  }
}
