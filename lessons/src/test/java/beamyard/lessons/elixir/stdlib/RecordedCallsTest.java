package beamyard.lessons.elixir.stdlib;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.elixir.machine.Builtin;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermCodec;
import beamyard.simulator.term.Tuple;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Calls of Java functions give what they gave on OTP 25: {@code calls.txt} has a call and its result on each line. */
class RecordedCallsTest {
  @Test
  void everyCallGivesWhatOtpGave() throws IOException {
    BuiltinTable builtins = Stdlib.builtins();
    var mismatches = new ArrayList<String>();
    int count = 0;
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                RecordedCallsTest.class.getResourceAsStream("calls.txt"),
                StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ");
        Tuple call = (Tuple) decode(parts[0]);
        Tuple expected = (Tuple) decode(parts[1]);
        Term given = result(builtins, call);
        if (expected.get(0) == Atom.OK
            ? !isSame((Tuple) given, expected)
            : ((Tuple) given).get(0) != Atom.ERROR) {
          mismatches.add(call + "\n  OTP:  " + expected + "\n  here: " + given);
        }
        count++;
      }
    }
    assertThat(count).isPositive();
    assertThat(mismatches).isEmpty();
  }

  /** Unlike OTP, whose C library decides the last bit of a logarithm, the yard gives the same on every machine. */
  private static boolean isSame(Tuple given, Tuple expected) {
    return given.equals(expected)
        || given.get(1) instanceof Float64(double x)
            && expected.get(1) instanceof Float64(double y)
            && Math.abs(x - y) <= Math.ulp(y);
  }

  private static Term decode(String base64) {
    return TermCodec.decode(Base64.getDecoder().decode(base64));
  }

  private static Term result(BuiltinTable builtins, Tuple call) {
    Term[] arguments = ((ListTerm) call.get(2)).toList().toArray(Term[]::new);
    Builtin builtin =
        builtins.builtin(
            new BuiltinTable.Name((Atom) call.get(0), (Atom) call.get(1), arguments.length));
    try {
      return Tuple.of(Atom.OK, builtin.call(idle(), arguments));
    } catch (Raise raise) {
      return Tuple.of(Atom.ERROR, raise.reason());
    }
  }

  /** A process that counts no reductions. */
  private static ProcessContext idle() {
    return (ProcessContext)
        Proxy.newProxyInstance(
            RecordedCallsTest.class.getClassLoader(),
            new Class<?>[] {ProcessContext.class},
            (_, _, _) -> null);
  }
}
