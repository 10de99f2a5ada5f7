package beamyard.simulator.process;

import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Objects;

/** Gives a {@link JavaHandler} one message after the other. */
final class HandlerRoutine<S> implements Routine {
  /** What one message costs; about what a small Erlang server spends on one. */
  private static final int REDUCTIONS_PER_MESSAGE = 20;

  private final JavaHandler<S> handler;
  private S state;

  HandlerRoutine(JavaHandler<S> handler, S state) {
    this.handler = handler;
    this.state = state;
  }

  @Override
  public Outcome run(ProcessContext self) {
    while (self.reductionsLeft() > 0) {
      Term message = self.mailbox().next();
      if (message == null) {
        return Outcome.WAITING;
      }
      self.mailbox().take();
      self.consume(REDUCTIONS_PER_MESSAGE);
      JavaHandler.Step<S> step;
      try {
        step = Objects.requireNonNull(handler.handle(state, message, self), "no step but null");
      } catch (SystemLimit e) {
        throw e; // the runtime's, and no error of the handler
      } catch (RuntimeException e) {
        Term text = Bits.of(String.valueOf(e.getMessage()));
        return new Outcome.Raised(
            ExceptionClass.ERROR,
            Tuple.of(Atom.of(e.getClass().getName()), text),
            ListTerm.empty());
      }
      step.sendings().forEach(sending -> self.send(sending.to(), sending.message()));
      switch (step) {
        case JavaHandler.Next<S>(var next, _) -> state = next;
        case JavaHandler.Stop<S>(var reason, _) -> {
          return new Outcome.Raised(ExceptionClass.EXIT, reason, ListTerm.empty());
        }
      }
    }
    return Outcome.YIELDED;
  }

  @Override
  public Routine copy() {
    return new HandlerRoutine<>(handler, state);
  }

  S state() {
    return state;
  }
}
