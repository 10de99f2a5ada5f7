import beamyard.exercises.straight.Self;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

public final class LastWords {
  public static Term of(Self self, Pid pid) {
    self.call("Process", "flag", Atom.of("trap_exit"), Atom.TRUE);
    self.call("Process", "link", pid);
    Tuple exit =
        (Tuple)
            self.receive(
                each ->
                    each instanceof Tuple tuple
                        && tuple.isTagged(Atom.of("EXIT"), 3)
                        && tuple.get(1).equals(pid));
    Term reason = exit.get(2);
    if (reason.equals(Atom.of("noproc"))) {
      return Atom.of("unknown");
    }
    return reason.equals(Atom.of("noconnection"))
        ? Tuple.of(Atom.of("lost"), pid.node())
        : Tuple.of(Atom.of("ended"), reason);
  }
}
