package beamyard.simulator.distribution;

import beamyard.simulator.distribution.Connection.Caller;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/** The body of the {@code net_kernel} process: takes requests of this node and of others for {@link Distribution}. */
final class NetKernel implements Routine {
  private static final Atom GEN_CALL = Atom.of("$gen_call");

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
        self.owned(Distribution.class)
            .request(call.get(2), from, self.now())
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

  /** Why a supervisor could not start distribution, as {@code net_kernel:start} answers it. */
  static Term startFailure(Atom name, NodeName.Kind kind, int tickTimeSeconds) {
    Atom dynamic = Atom.of("net_sup_dynamic");
    MapTerm options =
        MapTerm.EMPTY
            .put(Atom.of("clean_halt"), Atom.FALSE)
            .put(Atom.of("name"), name)
            .put(
                Atom.of("name_domain"),
                Atom.of(kind == NodeName.Kind.SHORT ? "shortnames" : "longnames"))
            .put(Atom.of("net_tickintensity"), IntegerTerm.of(4))
            .put(Atom.of("net_ticktime"), IntegerTerm.of(tickTimeSeconds))
            .put(Atom.of("supervisor"), dynamic);
    Atom supervisor = Atom.of("erl_distribution");
    return Tuple.of(
        Tuple.of(
            Atom.of("shutdown"),
            Tuple.of(
                Atom.of("failed_to_start_child"),
                Site.NET_KERNEL,
                Tuple.of(Atom.of("EXIT"), Atom.of("nodistribution")))),
        Tuple.of(
            Atom.of("child"),
            Atom.UNDEFINED,
            dynamic,
            Tuple.of(supervisor, Atom.of("start_link"), ListTerm.of(options)),
            Atom.of("permanent"),
            Atom.FALSE,
            IntegerTerm.of(1000),
            Atom.of("supervisor"),
            ListTerm.of(supervisor)));
  }
}
