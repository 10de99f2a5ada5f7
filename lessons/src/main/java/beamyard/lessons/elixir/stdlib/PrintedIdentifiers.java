package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.distribution.Distribution;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Port;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pids, references and ports to text and back, as {@code erlang} has them. Number 0 is the node that
 * reads the text, any other that of a node it is connected to; text with another number is a bad argument.
 *
 * @see <a href="https://www.erlang.org/docs/25/man/erlang.html#list_to_pid-1">OTP erts, erlang</a>
 */
final class PrintedIdentifiers {
  private static final String ERLANG = "erlang";
  private static final Pattern PID = Pattern.compile("<(\\d+)\\.(\\d+)\\.(\\d+)>");
  private static final Pattern REFERENCE =
      Pattern.compile("#Ref<(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)>");
  private static final Pattern PORT = Pattern.compile("#Port<(\\d+)\\.(\\d+)>");
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
    Origin origin = origin(self, text);
    return new Pid(origin.node, number(text, 2, WORD), number(text, 3, WORD), origin.creation);
  }

  private static Reference reference(ProcessContext self, Matcher text) {
    Origin origin = origin(self, text);
    return new Reference(
        origin.node,
        origin.creation,
        (int) number(text, 4, LOW_WORD),
        (int) number(text, 3, WORD),
        (int) number(text, 2, WORD));
  }

  private static Port port(ProcessContext self, Matcher text) {
    Origin origin = origin(self, text);
    return new Port(origin.node, number(text, 2, Long.SIZE - 1), origin.creation);
  }

  /** The node that the first number of a text stands for here. */
  private static Origin origin(ProcessContext self, Matcher text) {
    long number = number(text, 1, WORD);
    if (number == 0) {
      return new Origin(self.node(), self.self().creation());
    }
    var numbers = NodeNumbers.of(self);
    return self.owned(Distribution.class).peers().stream()
        .filter(peer -> numbers.nodeNumber(peer.node()) == number)
        .findFirst()
        .map(peer -> new Origin(peer.node(), peer.creation()))
        .orElseThrow(Raise::badarg);
  }

  private record Origin(Atom node, int creation) {}

  private static long number(Matcher text, int group, int bits) {
    var number = new BigInteger(text.group(group));
    if (number.bitLength() > bits) {
      throw Raise.badarg();
    }
    return number.longValueExact();
  }
}
