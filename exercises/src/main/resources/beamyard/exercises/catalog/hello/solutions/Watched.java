import beamyard.exercises.straight.Self;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/** Starts a process over there, watches it, and waits for its word or its end. */
public final class Hello {
  private static final Atom OK = Atom.of("ok");
  private static final Atom ERROR = Atom.of("error");
  private static final Atom GREETING = Atom.of("greeting");

  public static Term greeting(Self self, Atom node) {
    Self.Monitored reader = self.spawnMonitor(node, "read", self.pid());
    Term message =
        self.receive(
            each ->
                reader.isDown(each)
                    || each instanceof Tuple answer
                        && answer.isTagged(GREETING, 3)
                        && answer.get(1).equals(reader.pid()));
    self.demonitor(reader);
    return reader.isDown(message)
        ? Tuple.of(ERROR, Atom.of("unreachable"))
        : ((Tuple) message).get(2);
  }

  /** Runs on the other node. */
  public static void read(Self self, Pid caller) {
    Term result =
        self.readFile("greeting.txt")
            .<Term>map(text -> Tuple.of(OK, Bits.of(text.strip())))
            .orElse(Tuple.of(ERROR, Atom.of("no_greeting")));
    self.send(caller, Tuple.of(GREETING, self.pid(), result));
  }
}
