package beamyard.simulator.term;

import java.math.BigInteger;

/** An integer that fits a {@code long}. */
public final class SmallInt implements IntegerTerm {
  private static final int LOWEST_CACHED = -128;
  private static final SmallInt[] CACHE = new SmallInt[LOWEST_CACHED * -1 + 1024];

  static {
    for (int i = 0; i < CACHE.length; i++) {
      CACHE[i] = new SmallInt(i + LOWEST_CACHED);
    }
  }

  private final long value;

  private SmallInt(long value) {
    this.value = value;
  }

  public static SmallInt of(long value) {
    int index = (int) value - LOWEST_CACHED;
    return value >= LOWEST_CACHED && value < CACHE.length + LOWEST_CACHED
        ? CACHE[index]
        : new SmallInt(value);
  }

  public long value() {
    return value;
  }

  @Override
  public BigInteger bigValue() {
    return BigInteger.valueOf(value);
  }

  @Override
  public int signum() {
    return Long.signum(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SmallInt that && that.value == value;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
