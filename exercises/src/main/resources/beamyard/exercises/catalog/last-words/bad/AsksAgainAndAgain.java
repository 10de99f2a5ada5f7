import beamyard.exercises.straight.Self;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.time.Duration;

public final class LastWords {
  public static Term of(Self self, Pid pid) {
    while (self.call("rpc", "call", pid.node(), Atom.of("erlang"), Atom.of("is_process_alive"),
            beamyard.simulator.term.ListTerm.of(pid)).equals(Atom.TRUE)) {
      self.sleep(Duration.ofMillis(10));
    }
    return Tuple.of(Atom.of("ended"), Atom.of("normal"));
  }
}
