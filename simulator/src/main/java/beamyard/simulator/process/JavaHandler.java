package beamyard.simulator.process;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A process written in Java: a function of a state and one message, called once for each message in the order of arrival.
 *
 * <p>A handler keeps nothing in fields of its own, and its states are immutable: a copy of the simulation shares both. What
 * it sends is returned and sent when it returns; links, monitors, timers and the rest are asked of {@code self}. A {@link
 * RuntimeException} is a crash of the process, as an error is in Erlang.
 *
 * @param <S> the state
 */
@FunctionalInterface
public interface JavaHandler<S> {
  Step<S> handle(S state, Term message, ProcessContext self);

  /** The body of a process that begins in a state. */
  default Routine body(S state) {
    return new HandlerRoutine<>(this, state);
  }

  /** What follows from one message. */
  sealed interface Step<S> {
    List<Sending> sendings();

    /** Goes on in a new state. */
    static <S> Step<S> next(S state) {
      return new Next<>(state, List.of());
    }

    /** Ends the process, after sending. */
    static <S> Step<S> stop(Term reason) {
      return new Stop<>(reason, List.of());
    }

    /** The same step that sends one message more. */
    Step<S> send(Address to, Term message);

    default Step<S> send(Pid to, Term message) {
      return send(new Address.OfProcess(to), message);
    }

    default Step<S> send(Atom name, Atom node, Term message) {
      return send(new Address.OfName(name, node), message);
    }
  }

  record Next<S>(S state, List<Sending> sendings) implements Step<S> {
    @Override
    public Step<S> send(Address to, Term message) {
      return new Next<>(state, Sending.append(sendings, to, message));
    }
  }

  record Stop<S>(Term reason, List<Sending> sendings) implements Step<S> {
    @Override
    public Step<S> send(Address to, Term message) {
      return new Stop<>(reason, Sending.append(sendings, to, message));
    }
  }

  /** One message to be sent. */
  record Sending(Address to, Term message) {
    public Sending {
      Objects.requireNonNull(to, "a message is sent to null");
      Objects.requireNonNull(message, "null is sent");
    }

    private static List<Sending> append(List<Sending> sendings, Address to, Term message) {
      var longer = new ArrayList<>(sendings);
      longer.add(new Sending(to, message));
      return Collections.unmodifiableList(longer);
    }
  }
}
