package beamyard.simulator.process;

import beamyard.simulator.term.Atom;

/**
 * Told what is used while something happens, so that who tries other orders knows which happenings commute: those that use
 * nothing in common, or only read it. Nobody is told in a run that nobody explores.
 */
public interface Footprint {
  /** A thing of a runtime was used; its number is 0 for what all nodes share. */
  void used(Access access, int vm, Thing thing);

  /** How. */
  enum Access {
    READ,
    WRITE
  }

  /** What more than one process can use. */
  sealed interface Thing {
    /** A process's messages and all that it computes from them. */
    record Work(long process) implements Thing {}

    /** Whether a process lives: monitors read it, its end writes it. */
    record Life(long process) implements Thing {}

    record Name(Atom name) implements Thing {}

    /** Data that processes read and write while they compute, without a message, by what it is called: tables. */
    record Data(Object what) implements Thing {}

    /** Something else, by what it is called: a table, the connections of a node, a timer. */
    record Shared(Object what) implements Thing {}

    /** All of a runtime: what happens to it as a whole writes it, all else in it reads it. */
    record Whole() implements Thing {}
  }

  /** The connections of a node. */
  Thing CONNECTIONS = new Thing.Shared("connections");

  /** The paths between nodes. */
  Thing NETWORK = new Thing.Shared("network");

  /** A node as a whole. */
  Thing RUNTIME = new Thing.Whole();
}
