package beamyard.simulator.term;

import java.math.BigInteger;

/** An integer of any size. A value that fits a {@code long} is always a {@link SmallInt}. */
public sealed interface IntegerTerm extends Term permits SmallInt, BigInt {
  BigInteger bigValue();

  /** The sign: -1, 0 or 1. */
  int signum();

  static IntegerTerm of(long value) {
    return SmallInt.of(value);
  }

  static IntegerTerm of(BigInteger value) {
    return value.bitLength() < 64 ? SmallInt.of(value.longValue()) : new BigInt(value);
  }
}
