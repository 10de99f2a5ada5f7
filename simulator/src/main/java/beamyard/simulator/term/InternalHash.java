package beamyard.simulator.term;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The hash that gives OTP 25's big maps their order. Exactly OTP's, on 64 bits, for numbers, bitstrings, and lists, tuples
 * and maps of those.
 *
 * <p>Unlike OTP, whose hashes of atoms, funs and identifiers depend on the history of the virtual machine, those here
 * depend on the terms alone. All that tells terms apart goes into the hash, so that terms which collide do not do so again
 * with another salt.
 */
public final class InternalHash extends JenkinsHash {
  /** Immediate terms are mixed as the words that OTP has for them. */
  private static final long NIL = 0x3B;

  private static final int SMALL_TAG = 0xF;
  private static final int SMALL_BITS = 60;

  /** Keeps this hash apart from the portable one. */
  private static final int SEED = 0xCC9E_2D51;

  private InternalHash(int salt) {
    hash = SEED ^ salt;
  }

  /** The hash without salt, as maps and tables use it. */
  public static int of(Term term) {
    return term instanceof Atom atom ? atom.internalHash() : new InternalHash(0).run(term);
  }

  /** The hash that {@link Atom#internalHash} keeps. */
  static int ofName(Atom atom) {
    return new InternalHash(0).run(atom);
  }

  /** The hash of a key for the levels of a trie that the rounds before did not reach; the first round is 0. */
  static int of(Term key, int round) {
    if (round == 0) {
      return of(key);
    }
    var salt = new InternalHash(SEED);
    salt.mix(round, 1, golden(22));
    return new InternalHash(salt.hash).run(key);
  }

  private void mixWord(long word) {
    mix((int) word, (int) (word >>> 32), golden(1));
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
      mix(word, bytes, golden(22));
    }
    if (rest instanceof Cons cons) {
      turn(golden(17));
      if (cons.tail() instanceof Cons) {
        pend(cons.tail());
      } else {
        pendLastTail(cons.tail());
      }
      return cons.head();
    }
    return rest;
  }

  @Override
  protected void mixNil() {
    mixWord(NIL);
  }

  @Override
  protected void mixSmall(long value) {
    long word = value << 64 - SMALL_BITS | SMALL_TAG;
    if (word >> 64 - SMALL_BITS == value) {
      mixWord(word);
    } else {
      mixBig(BigInteger.valueOf(value));
    }
  }

  @Override
  protected void mixAtom(Atom atom) {
    mixBytes(atom.utf8(), golden(3) + hash);
  }

  @Override
  protected void mixFloat(int low, int high) {
    mix(low, high, golden(12));
  }

  @Override
  protected void mixReference(Reference reference) {
    mixAtom(reference.node());
    mix(reference.creation(), reference.low(), golden(7));
    mix(reference.middle(), reference.high(), golden(8));
  }

  @Override
  protected void mixPort(Port port) {
    mixAtom(port.node());
    mix(port.creation(), 0, golden(6));
    mix((int) port.number(), (int) (port.number() >>> 32), golden(6));
  }

  @Override
  protected void mixPid(Pid pid) {
    mixAtom(pid.node());
    mix(pid.creation(), (int) pid.serial(), golden(5));
    mix((int) pid.number(), (int) (pid.number() >>> 32), golden(5));
  }

  @Override
  protected void mixExternalFun(ExternalFun fun) {
    mixAtom(fun.module());
    mixAtom(fun.function());
    mix(fun.arity(), 0, golden(14));
  }

  @Override
  protected void mixClosure(Closure closure, int terms) {
    mixAtom(closure.module());
    mix(terms, closure.arity(), golden(20));
    mix(closure.index(), closure.uniq(), golden(21));
  }

  @Override
  protected void pendEntries(MapTerm.Columns columns) {
    for (int i = columns.keys().length - 1; i >= 0; i--) {
      pend(columns.values()[i]);
      pend(columns.keys()[i]);
    }
  }
}
