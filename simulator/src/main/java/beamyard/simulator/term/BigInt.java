package beamyard.simulator.term;

import java.math.BigInteger;

/** An integer that does not fit a {@code long}; made by {@link IntegerTerm#of(BigInteger)}. */
public final class BigInt implements IntegerTerm {
  private final BigInteger value;

  BigInt(BigInteger value) {
    this.value = value;
  }

  @Override
  public BigInteger bigValue() {
    return value;
  }

  @Override
  public int signum() {
    return value.signum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BigInt that && that.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
