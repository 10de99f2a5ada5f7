package beamyard.simulator.process;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;

/** Is told which registered processes have ended: there are some that a runtime cannot go on without. */
public interface Guardian {
  /**
   * A process has ended; nobody else has been told yet.
   *
   * @param name that it was registered by
   */
  void ended(Atom name, Term reason);
}
