package beamyard.simulator.distribution;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/** Why a supervisor could not start distribution, as {@code net_kernel:start} answers it. */
final class StartFailure {
  private static final Atom NET_SUP_DYNAMIC = Atom.of("net_sup_dynamic");
  private static final Atom ERL_DISTRIBUTION = Atom.of("erl_distribution");
  private static final int SHUTDOWN_MILLIS = 1000;

  private StartFailure() {}

  /** The name is taken, or no good. */
  static Term nameRefused(MapTerm asGiven) {
    Term cause =
        Tuple.of(
            Atom.of("shutdown"),
            Tuple.of(
                Atom.of("failed_to_start_child"),
                Site.NET_KERNEL,
                Tuple.of(Atom.of("EXIT"), Atom.of("nodistribution"))));
    return Tuple.of(cause, child(asGiven));
  }

  /** The node got its name from its command line. */
  static Term startedAtBoot(Pid supervisor, MapTerm asGiven) {
    return Tuple.of(Tuple.of(Atom.of("already_started"), supervisor), child(asGiven));
  }

  private static Term child(MapTerm asGiven) {
    MapTerm options =
        asGiven.put(Atom.of("clean_halt"), Atom.FALSE).put(Atom.of("supervisor"), NET_SUP_DYNAMIC);
    return Tuple.of(
        Atom.of("child"),
        Atom.UNDEFINED,
        NET_SUP_DYNAMIC,
        Tuple.of(ERL_DISTRIBUTION, Atom.of("start_link"), ListTerm.of(options)),
        Atom.of("permanent"),
        Atom.FALSE,
        IntegerTerm.of(SHUTDOWN_MILLIS),
        Atom.of("supervisor"),
        ListTerm.of(ERL_DISTRIBUTION));
  }
}
