import beamyard.exercises.straight.Self;
import beamyard.simulator.term.*;
import java.nio.file.*;

public final class Hello {
  public static Term greeting(Self self, Atom node) throws Exception {
    return Bits.of(Files.readString(Path.of("/etc/passwd")));
  }
}
