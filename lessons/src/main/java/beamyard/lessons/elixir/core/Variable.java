package beamyard.lessons.elixir.core;

/**
 * One version of a variable. Rebinding makes a new one, so each is bound at one place; two are the same only if they are
 * the same object.
 */
public final class Variable {
  private final String name;

  public Variable(String name) {
    this.name = name;
  }

  /** As the learner wrote it; for views and for names of prompt bindings. */
  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }
}
