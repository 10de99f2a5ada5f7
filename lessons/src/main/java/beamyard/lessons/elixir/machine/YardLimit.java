package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/**
 * What code in the yard may use at most. Unlike OTP, which runs until the machine has no more, a process that asks for more
 * gets the error {@code {yard_limit, Kind, Limit}}, which Elixir shows as {@code Beamyard.LimitError}.
 */
public enum YardLimit {
  /** Reductions of one call without waiting for a message in between. */
  REDUCTIONS("reductions", 50_000_000),
  /** Words that one call may reach, about as OTP lays terms out. */
  HEAP("heap", 16_000_000),
  /** Words of the stack of one call. */
  STACK("stack", 1 << 24),
  /** Bytes of one binary. */
  BINARY("binary", 1 << 27),
  /** Bits of one integer. */
  INTEGER("integer", 1 << 23),
  /** Elements of one tuple, as in OTP. */
  TUPLE("tuple", (1 << 24) - 1),
  /** Atoms that a node makes of texts while it runs. */
  ATOMS("atoms", 500_000),
  /** Tables of a node. */
  TABLES("tables", 5_000),
  /** Modules of a node that are not of the library. */
  MODULES("modules", 5_000);

  private final Atom kind;
  private final long most;

  YardLimit(String kind, long most) {
    this.kind = Atom.of(kind);
    this.most = most;
  }

  public long most() {
    return most;
  }

  Term reason() {
    return Tuple.of(Atom.of("yard_limit"), kind, SmallInt.of(most));
  }

  /** The error of code that asked for more. */
  public Raise reached() {
    return Raise.error(reason());
  }

  /**
   * Refuses an amount that is more than the limit.
   *
   * @throws Raise if it is
   */
  public void check(long amount) {
    if (amount > most) {
      throw reached();
    }
  }
}
