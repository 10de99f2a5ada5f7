package beamyard.simulator.term;

/** A reference, unique to one incarnation of a node. The words are OTP's: {@code low} is the first, 18 bits. */
public record Reference(Atom node, int creation, int low, int middle, int high) implements Term {
  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Reference that
            && low == that.low
            && middle == that.middle
            && high == that.high
            && node == that.node
            && creation == that.creation;
  }

  @Override
  public int hashCode() {
    return ((low * 31 + middle) * 31 + node.hashCode()) * 31 + creation;
  }
}
