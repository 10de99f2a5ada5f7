package beamyard.lessons.script;

/** A page or transcript that cannot be used as it is: what is wrong, where, and how to mend it, in one line. */
public final class ScriptProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param line from 1; 0 if it is about the whole file
   */
  public ScriptProblem(String file, int line, String what) {
    super(line > 0 ? file + ":" + line + ": " + what : file + ": " + what);
  }
}
