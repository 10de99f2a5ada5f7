package beamyard.simulator.term;

/** The empty list. */
public enum Nil implements ListTerm {
  NIL;

  @Override
  public String toString() {
    return "[]";
  }
}
