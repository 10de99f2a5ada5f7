package beamyard.exercises;

/** An exercise, or a solution handed in, that cannot be used: what, where and how to mend it, in one line. */
public final class ExerciseProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ExerciseProblem(String where, String what) {
    super(where + ": " + what);
  }
}
