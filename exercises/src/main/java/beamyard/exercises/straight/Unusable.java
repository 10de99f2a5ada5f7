package beamyard.exercises.straight;

/** A solution that is not to be run; the message says where and why, for whoever wrote it. */
public final class Unusable extends Exception {
  private static final long serialVersionUID = 1;

  Unusable(String message) {
    super(message);
  }
}
