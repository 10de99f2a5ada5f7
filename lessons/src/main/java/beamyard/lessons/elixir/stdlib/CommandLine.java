package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.simulator.Node;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.distribution.NodeName;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code init} tells of the command line of a node: that of {@code iex} as Debian installs it, with the name, the cookie
 * and the visibility that the node was started with. Unlike OTP, kernel parameters are not among the flags.
 *
 * @see <a href="https://www.erlang.org/doc/man/init.html">OTP erts, init</a>
 */
final class CommandLine {
  private static final String INIT = "init";
  private static final String ROOT = "/usr/lib/erlang";
  private static final String ELIXIR = "/usr/lib/elixir/bin/../lib/";
  private static final List<String> APPLICATIONS =
      List.of("eex", "elixir", "ex_unit", "iex", "logger", "mix");

  private CommandLine() {}

  /** A flag with its values. */
  private record Flag(String name, List<String> values) {
    Flag(String name, String... values) {
      this(name, List.of(values));
    }

    ListTerm valueTerms() {
      return ListTerm.of(values.stream().map(Arguments::charlist).toList());
    }
  }

  static void define(BuiltinTable table) {
    table.define(
        INIT,
        "get_arguments",
        0,
        (self, _) ->
            ListTerm.of(
                flags(self).stream()
                    .map(flag -> Tuple.of(Atom.of(flag.name), flag.valueTerms()))
                    .toList()));
    table.define(INIT, "get_argument", 1, (self, a) -> argument(self, a[0]));
    table.define(
        INIT,
        "get_plain_arguments",
        0,
        (_, _) -> ListTerm.of(Arguments.charlist("--no-halt"), Arguments.charlist("+iex")));
    table.define(
        INIT,
        "script_id",
        0,
        (_, _) -> Tuple.of(Arguments.charlist("Erlang/OTP"), Arguments.charlist("25")));
  }

  /** {@code {ok, [Values]}}, an element for each time that the flag is there, or {@code error}. */
  private static Term argument(ProcessContext self, Term name) {
    List<Term> found =
        flags(self).stream()
            .filter(flag -> name == Atom.of(flag.name))
            .<Term>map(Flag::valueTerms)
            .toList();
    return found.isEmpty() ? Atom.ERROR : Tuple.of(Atom.OK, ListTerm.of(found));
  }

  private static List<Flag> flags(ProcessContext self) {
    NodeSettings settings = self.owned(Node.class).settings();
    var flags = new ArrayList<Flag>();
    flags.add(new Flag("root", ROOT));
    flags.add(new Flag("bindir", ROOT + "/erts-13.1.5/bin"));
    flags.add(new Flag("progname", "erl"));
    flags.add(new Flag("home", HostFiles.HOME));
    flags.add(new Flag("pa", APPLICATIONS.stream().map(each -> ELIXIR + each + "/ebin").toList()));
    flags.add(new Flag("noshell"));
    flags.add(new Flag("user", "Elixir.IEx.CLI"));
    if (settings.visibility() == Visibility.HIDDEN) {
      flags.add(new Flag("hidden"));
    }
    settings
        .name()
        .ifPresent(
            name ->
                flags.add(
                    new Flag(
                        name.kind() == NodeName.Kind.SHORT ? "sname" : "name",
                        name.full().toString())));
    settings.cookie().ifPresent(cookie -> flags.add(new Flag("setcookie", cookie)));
    return flags;
  }
}
