package beamyard.simulator.kernel;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import java.util.List;
import java.util.Optional;

/**
 * A process of the kernel as a pure function of its state and one message, in OTP's own shapes. What follows is
 * returned as effects, which the node performs.
 *
 * @param <S> its state: immutable
 */
public interface Service<S> {
  /** The state and effects at its start. */
  Step<S> start(Surroundings surroundings);

  /** Takes one message: a request, a reply, a {@code DOWN}, or junk. */
  Step<S> handle(S state, Term message, Surroundings surroundings);

  /** How many reductions it takes to deal with a message. */
  default int reductions(Term message) {
    return 40;
  }

  /** Whether exit signals reach it as messages. */
  default boolean trapsExits() {
    return false;
  }

  /** A state as a crash report shows it: OTP's record. */
  default Term shown(S state) {
    return Atom.of("state");
  }

  /** Where in {@link KernelTables} other processes of the node find {@link #published}; empty if nothing is to be found. */
  default Optional<Atom> publishedAs() {
    return Optional.empty();
  }

  /** What other processes of the node may read of a state without asking, as OTP does by ETS: immutable. */
  default Object published(S state) {
    throw new AssertionError("a service that has no table publishes nothing");
  }

  /** A new state and what to do. */
  record Step<S>(S state, List<Effect> effects) {
    public static <S> Step<S> of(S state, Effect... effects) {
      return new Step<>(state, List.of(effects));
    }
  }

  /** What a service may know besides its state and message. */
  interface Surroundings {
    Pid self();

    Atom node();

    /** Virtual nanoseconds. */
    long now();

    /** A new reference, for a monitor, a timer or a tag. */
    Reference makeReference();

    /** Visible connected nodes, oldest connection first. */
    List<Atom> nodes();
  }
}
