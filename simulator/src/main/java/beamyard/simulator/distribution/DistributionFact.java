package beamyard.simulator.distribution;

import beamyard.simulator.distribution.HandshakePacket.Status;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import beamyard.simulator.trace.Fact;

/** What happened between nodes. */
public sealed interface DistributionFact extends Fact {
  record NameRegistered(String host, String name, int port, int creation)
      implements DistributionFact {}

  /** A name was taken already. */
  record NameRefused(String host, String name) implements DistributionFact {}

  record NameFreed(String host, String name) implements DistributionFact {}

  /** Distribution was turned on. */
  record NodeNamed(Atom node, int creation) implements DistributionFact {}

  record NodeUnnamed(Atom node) implements DistributionFact {}

  record ConnectionStarted(Atom node, Atom peer) implements DistributionFact {}

  record HandshakeAnswered(Atom node, Atom peer, Status.Kind status) implements DistributionFact {}

  /** A proof of the cookie was wrong. */
  record CookieRefused(Atom node, Atom peer) implements DistributionFact {}

  /** An attempt to connect came to nothing; {@code why} as the logger would say it. */
  record ConnectionFailed(Atom node, Atom peer, String why) implements DistributionFact {}

  /** A connection is up, as seen by one of its nodes. */
  record NodeUp(Atom node, Atom peer, boolean visible, long connectionId)
      implements DistributionFact {}

  /** A connection is over, as seen by one of its nodes. */
  record NodeDown(Atom node, Atom peer, Term reason, long connectionId)
      implements DistributionFact {}

  /** A signal has to wait for the connection. */
  record SignalBuffered(Atom node, Atom peer) implements DistributionFact {}

  /** Signals that will never arrive, because there is no connection to be had or it went down. */
  record SignalsLost(Atom node, Atom peer, int count) implements DistributionFact {}

  /** So many bytes wait to be sent that processes which send more are suspended. */
  record ConnectionBusy(Atom node, Atom peer, long waitingBytes) implements DistributionFact {}

  /** What waited was sent: the processes that were suspended go on. */
  record ConnectionFree(Atom node, Atom peer) implements DistributionFact {}

  record TickSent(Atom node, Atom peer) implements DistributionFact {}

  record TickTimeChanged(Atom node, int seconds) implements DistributionFact {}
}
