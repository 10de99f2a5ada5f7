package beamyard.simulator;

/** What somebody asked of a simulation cannot be: says what, where, and what would be possible. */
public final class BadSetup extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String where;
  private final String legal;

  /**
   * @param what is wrong, with the value
   * @param where it was given: a node, a parameter
   * @param legal what would be accepted
   */
  public BadSetup(String what, String where, String legal) {
    super(where + ": " + what + "; needs " + legal);
    this.where = where;
    this.legal = legal;
  }

  public String where() {
    return where;
  }

  public String legal() {
    return legal;
  }
}
