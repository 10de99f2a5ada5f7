import beamyard.exercises.straight.Self;
import beamyard.simulator.term.*;

public final class Hello {
  public static Term greeting(Self self, Atom node) {
    while (true) {}
  }
}
