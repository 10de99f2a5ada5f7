package beamyard.simulator;

import org.jspecify.annotations.Nullable;

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

  /**
   * The thing itself.
   *
   * @throws BadSetup if it is {@code null}
   */
  static <T> T ifNull(@Nullable T thing, String what) {
    if (thing == null) {
      throw new BadSetup("is null", what, "something else");
    }
    return thing;
  }

  public String where() {
    return where;
  }

  public String legal() {
    return legal;
  }
}
