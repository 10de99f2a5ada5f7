package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Port;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pids, references and ports to text and back, as {@code erlang} has them. Text names the identifiers of the node that
 * reads it only, those with number 0; any other is a bad argument.
 *
 * @see <a href="https://www.erlang.org/docs/25/man/erlang.html#list_to_pid-1">OTP erts, erlang</a>
 */
final class PrintedIdentifiers {
  private static final String ERLANG = "erlang";
  private static final Pattern PID = Pattern.compile("<0\\.(\\d+)\\.(\\d+)>");
  private static final Pattern REFERENCE = Pattern.compile("#Ref<0\\.(\\d+)\\.(\\d+)\\.(\\d+)>");
  private static final Pattern PORT = Pattern.compile("#Port<0\\.(\\d+)>");
  private static final int WORD = 32;

  /** How many bits of its first word a reference has. */
  private static final int LOW_WORD = 18;

  private PrintedIdentifiers() {}

  static void define(BuiltinTable table) {
    table.define(ERLANG, "list_to_pid", 1, (self, a) -> pid(self, matched(PID, a[0])));
    table.define(ERLANG, "list_to_ref", 1, (self, a) -> reference(self, matched(REFERENCE, a[0])));
    table.define(ERLANG, "list_to_port", 1, (self, a) -> port(self, matched(PORT, a[0])));
    table.define(
        ERLANG,
        "ref_to_list",
        1,
        (self, a) ->
            Arguments.charlist(
                NodeNumbers.inspected(self, ErlangProcesses.reference(a[0]))
                    .replace("#Reference", "#Ref")));
    table.define(
        ERLANG,
        "port_to_list",
        1,
        (self, a) -> {
          if (a[0] instanceof Port port) {
            return Arguments.charlist(NodeNumbers.inspected(self, port));
          }
          throw Raise.badarg();
        });
  }

  private static Matcher matched(Pattern pattern, Term text) {
    Matcher matcher = pattern.matcher(Arguments.charlist(text));
    if (!matcher.matches()) {
      throw Raise.badarg();
    }
    return matcher;
  }

  private static Pid pid(ProcessContext self, Matcher text) {
    return new Pid(
        self.node(), number(text, 1, WORD), number(text, 2, WORD), self.self().creation());
  }

  private static Reference reference(ProcessContext self, Matcher text) {
    return new Reference(
        self.node(),
        self.self().creation(),
        (int) number(text, 3, LOW_WORD),
        (int) number(text, 2, WORD),
        (int) number(text, 1, WORD));
  }

  private static Port port(ProcessContext self, Matcher text) {
    return new Port(self.node(), number(text, 1, Long.SIZE - 1), self.self().creation());
  }

  private static long number(Matcher text, int group, int bits) {
    var number = new BigInteger(text.group(group));
    if (number.bitLength() > bits) {
      throw Raise.badarg();
    }
    return number.longValueExact();
  }
}
