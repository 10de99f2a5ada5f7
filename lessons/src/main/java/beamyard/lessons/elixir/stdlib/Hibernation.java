package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code hibernate/3}: waits for a message, then calls a function, and never returns to its caller.
 *
 * @see <a href="https://www.erlang.org/doc/man/erlang.html#hibernate-3">erlang:hibernate/3</a>
 */
final class Hibernation implements Routine {
  private final Atom module;
  private final Atom function;
  private final List<Term> arguments;
  private @Nullable Routine awake;

  private Hibernation(Atom module, Atom function, List<Term> arguments) {
    this.module = module;
    this.function = function;
    this.arguments = arguments;
  }

  static void define(BuiltinTable table) {
    table.defineBlocking(
        "erlang",
        "hibernate",
        3,
        (_, a) ->
            new Hibernation(Arguments.atom(a[0]), Arguments.atom(a[1]), Arguments.list(a[2])));
  }

  @Override
  public Outcome run(ProcessContext self) {
    Routine running = awake;
    if (running == null) {
      if (self.mailbox().next() == null) {
        return Outcome.WAITING;
      }
      self.mailbox().restart();
      running = self.call(module, function, arguments);
      awake = running;
    }
    Outcome outcome = running.run(self);
    return outcome instanceof Outcome.Returned
        ? new Outcome.Raised(ExceptionClass.EXIT, Atom.of("normal"), Nil.NIL)
        : outcome;
  }

  @Override
  public Routine copy() {
    var copy = new Hibernation(module, function, arguments);
    copy.awake = awake == null ? null : awake.copy();
    return copy;
  }
}
