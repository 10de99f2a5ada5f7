package beamyard.simulator.network;

/** One direction between two endpoints. */
record Path(Endpoint from, Endpoint to) {
  Path back() {
    return new Path(to, from);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Path that && from.equals(that.from) && to.equals(that.to);
  }

  @Override
  public int hashCode() {
    // The default would give (n1, n33) and (n2, n2) the same: names in a row have hashes in a row.
    return from.hashCode() * 0x9E3779B9 + Integer.rotateLeft(to.hashCode() * 0x85EBCA6B, 15);
  }
}
