package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.Atom;

/**
 * A function named by a call of another module; looked up on the node each time, with the node's memory of what
 * it found.
 */
final class CallSite {
  final Atom module;
  final Atom function;
  final int arity;
  private final int hash;

  CallSite(Atom module, Atom function, int arity) {
    this.module = module;
    this.function = function;
    this.arity = arity;
    this.hash = (module.hashCode() * 31 + function.hashCode()) * 31 + arity;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof CallSite that
            && that.module == module
            && that.function == function
            && that.arity == arity;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return module + ":" + function + "/" + arity;
  }
}
