package beamyard.simulator.distribution;

import beamyard.simulator.distribution.Connection.Caller;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Optional;

/** The body of the {@code net_kernel} process: takes requests of this node and of others. */
final class NetKernel implements Routine {
  private static final Atom GEN_CALL = Atom.of("$gen_call");
  private static final Atom DISCONNECT = Atom.of("disconnect");

  @Override
  public Outcome run(ProcessContext self) {
    self.setTrapExit(true);
    for (Term message = self.mailbox().next(); message != null; message = self.mailbox().next()) {
      self.mailbox().take();
      if (message instanceof Tuple call
          && call.isTagged(GEN_CALL, 3)
          && call.get(1) instanceof Tuple mark
          && mark.size() == 2
          && mark.get(0) instanceof Pid caller) {
        var from = new Caller(caller, mark.get(1));
        request(self.owned(Distribution.class), call.get(2), from, self.now())
            .ifPresent(answer -> self.send(from.address(), Tuple.of(from.tag(), answer)));
      }
      // Anything else OTP only logs.
    }
    return Outcome.WAITING;
  }

  @Override
  public Routine copy() {
    return this; // its state is the distribution's
  }

  /** The answer to a request; empty if the answer comes later, or never. */
  private static Optional<Term> request(
      Distribution distribution, Term request, Caller from, long atNanos) {
    if (!(request instanceof Tuple tuple) || tuple.size() == 0) {
      return plainRequest(distribution, request);
    }
    String what = tuple.get(0) instanceof Atom first ? first.name() : "";
    if (what.equals("connect") && tuple.size() == 3 && tuple.get(2) instanceof Atom peer) {
      Visibility visibility =
          tuple.get(1) == Atom.of("hidden") ? Visibility.HIDDEN : Visibility.VISIBLE;
      return distribution.connections().connect(peer, visibility, from, atNanos);
    }
    if (tuple.size() != 2) {
      return Optional.empty();
    }
    return switch (what) {
      case "disconnect" ->
          Optional.of(
              Atom.of(tuple.get(1) instanceof Atom peer && disconnectFrom(distribution, peer)));
      case "is_auth" -> Optional.of(Atom.of("yes"));
      case "allow" -> Optional.of(allow(distribution, tuple.get(1)));
      default -> Optional.empty();
    };
  }

  private static Optional<Term> plainRequest(Distribution distribution, Term request) {
    return switch (request instanceof Atom atom ? atom.name() : "") {
      case "longnames" -> Optional.of(Atom.of(distribution.nameKind() == NodeName.Kind.LONG));
      case "nodename" -> Optional.of(distribution.name());
      case "ticktime" -> Optional.of(distribution.tickTime());
      case "allowed" ->
          Optional.of(Tuple.of(Atom.OK, ListTerm.of(distribution.connections().allowed())));
      default -> Optional.empty();
    };
  }

  private static boolean disconnectFrom(Distribution distribution, Atom peer) {
    Optional<Connection> connection = distribution.connections().to(peer).filter(Connection::isUp);
    connection.ifPresent(up -> distribution.connections().close(up, DISCONNECT));
    return connection.isPresent();
  }

  private static Term allow(Distribution distribution, Term nodes) {
    if (!(nodes instanceof ListTerm list) || !list.isProper()) {
      return Atom.ERROR;
    }
    var atoms = new ArrayList<Atom>();
    for (Term node : list) {
      if (!(node instanceof Atom atom)) {
        return Atom.ERROR;
      }
      atoms.add(atom);
    }
    distribution.connections().allow(atoms);
    return Atom.OK;
  }
}
