package beamyard.simulator.term;

/** A float: a finite IEEE 754 double. As in OTP 25, {@code 0.0} and {@code -0.0} are equal. */
public record Float64(double value) implements Term {
  public Float64 {
    if (!Double.isFinite(value)) {
      throw new AssertionError("an Erlang float is finite: " + value);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Float64(double that) && that == value;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(value == 0 ? 0.0 : value);
  }

  @Override
  public String toString() {
    return Double.toString(value);
  }
}
