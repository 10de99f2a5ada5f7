package beamyard.simulator;

import beamyard.simulator.JavaNodes.Calls;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import java.time.Duration;
import java.util.Optional;

/** A call under way in a cluster, begun by {@link Cluster#begin}. */
public final class PendingCall {
  private static final Duration LONGEST_CALL = Duration.ofMinutes(10);

  private final Cluster cluster;
  private final Node node;
  private final Pid caller;
  private Optional<Outcome> outcome = Optional.empty();

  PendingCall(Cluster cluster, Node node, Pid caller) {
    this.cluster = cluster;
    this.node = node;
    this.caller = caller;
  }

  /** How it ended; empty while it has not. A process that was killed, or whose node ended, has exited {@code killed}. */
  public Optional<Outcome> outcome() {
    if (outcome.isEmpty()) {
      outcome = node.owned(Calls.class).take(caller);
    }
    if (outcome.isEmpty() && (node.hasEnded() || !node.processes().isAlive(caller))) {
      outcome =
          Optional.of(
              new Outcome.Raised(Outcome.ExceptionClass.EXIT, Atom.of("killed"), ListTerm.empty()));
    }
    return outcome;
  }

  /**
   * Lets time pass until it has ended.
   *
   * @throws AssertionError if it has not after ten minutes of virtual time
   */
  public Outcome await() {
    cluster.await(() -> outcome().isPresent(), LONGEST_CALL);
    return outcome.orElseThrow();
  }
}
