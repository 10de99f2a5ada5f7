package beamyard.ui.bench;

import java.util.OptionalDouble;

/**
 * One line of the table.
 *
 * @param what is measured
 * @param figure what came out, in the unit
 * @param peer what real Elixir needs for the same, in the same unit and run; empty if it is not installed or has no such thing
 */
record Row(String what, double figure, Unit unit, Goal goal, OptionalDouble peer) {
  /** What a figure counts. */
  enum Unit {
    EACH_SECOND("/s"),
    MILLIS(" ms"),
    SECONDS(" s"),
    NODES(" nodes"),
    MEGABYTES(" MB");

    final String symbol;

    Unit(String symbol) {
      this.symbol = symbol;
    }
  }

  /** What a figure should be. */
  sealed interface Goal {
    record AtLeast(double figure) implements Goal {}

    record AtMost(double figure) implements Goal {}

    /** At most so many times what the peer needs. */
    record TimesPeer(double factor) implements Goal {}

    /** Shown for comparison only. */
    record None() implements Goal {}
  }

  static Row of(String what, double figure, Unit unit, Goal goal) {
    return new Row(what, figure, unit, goal, OptionalDouble.empty());
  }

  /** How the figure stands to the goal. */
  enum Verdict {
    REACHED("yes"),
    MISSED("no"),
    /** There is nothing to compare with. */
    UNKNOWN("");

    final String text;

    Verdict(String text) {
      this.text = text;
    }
  }

  Verdict verdict() {
    return switch (goal) {
      case Goal.AtLeast(double least) -> figure >= least ? Verdict.REACHED : Verdict.MISSED;
      case Goal.AtMost(double most) -> figure <= most ? Verdict.REACHED : Verdict.MISSED;
      case Goal.TimesPeer(double factor) ->
          peer.isEmpty()
              ? Verdict.UNKNOWN
              : figure <= factor * peer.getAsDouble() ? Verdict.REACHED : Verdict.MISSED;
      case Goal.None _ -> Verdict.UNKNOWN;
    };
  }
}
