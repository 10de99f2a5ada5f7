package beamyard.simulator.term;

/**
 * A process identifier. Two incarnations of a node differ in {@code creation}, so their pids differ although they print
 * the same.
 */
public record Pid(Atom node, long number, long serial, int creation) implements Term {
  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Pid that
            && number == that.number
            && node == that.node
            && serial == that.serial
            && creation == that.creation;
  }

  @Override
  public int hashCode() {
    return (Long.hashCode(serial << 15 ^ number) * 31 + node.hashCode()) * 31 + creation;
  }
}
