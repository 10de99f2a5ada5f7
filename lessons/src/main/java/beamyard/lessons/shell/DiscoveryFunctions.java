package beamyard.lessons.shell;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.Node;
import beamyard.simulator.Simulation;
import beamyard.simulator.cluster.Addresses;
import beamyard.simulator.cluster.Machine;
import beamyard.simulator.cluster.Multicast;
import beamyard.simulator.cluster.Multicast.Group;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;

/** What strategies of libcluster ask of the yard: module {@code beamyard_discovery}. */
final class DiscoveryFunctions {
  private static final String DISCOVERY = "beamyard_discovery";

  private DiscoveryFunctions() {}

  static void define(BuiltinTable table) {
    table.define(
        DISCOVERY,
        "join",
        2,
        (self, a) -> {
          self.owned(Multicast.class).join(group(a[0], a[1]), self.self());
          return Atom.OK;
        });
    table.define(
        DISCOVERY,
        "multicast",
        3,
        (self, a) -> {
          Multicast.send(self, group(a[0], a[1]), a[2]);
          return Atom.OK;
        });
    table.define(
        DISCOVERY,
        "addresses",
        1,
        (self, a) -> texts(Addresses.of(self.owned(Machine.class), text(a[0]))));
    table.define(
        DISCOVERY, "port_mapper", 1, (self, a) -> portMapper(simulation(self), text(a[0])));
    table.define(
        DISCOVERY,
        "install",
        1,
        (self, a) -> {
          self.owned(CodeServer.class).install(text(a[0]));
          return Atom.OK;
        });
  }

  private static Simulation simulation(ProcessContext self) {
    return self.owned(Node.class).simulation();
  }

  /** {@code {ok, [{Name, Port}]}}, newest first as EPMD lists them; {@code error} if there is no such host. */
  private static Term portMapper(Simulation yard, String host) {
    if (yard.nodes().stream().noneMatch(node -> node.host().name().equals(host))) {
      return Atom.ERROR;
    }
    var names = new ArrayList<Term>();
    yard.host(host)
        .epmd()
        .names()
        .sequencedEntrySet()
        .reversed()
        .forEach(
            entry -> names.add(Tuple.of(Bits.of(entry.getKey()), SmallInt.of(entry.getValue()))));
    return Tuple.of(Atom.OK, ListTerm.of(names));
  }

  private static Group group(Term address, Term port) {
    if (port instanceof SmallInt number) {
      return new Group(text(address), (int) number.value());
    }
    throw Raise.badarg();
  }

  private static ListTerm texts(List<String> texts) {
    return ListTerm.of(texts.stream().map(Bits::of).toList());
  }

  private static String text(Term term) {
    if (term instanceof Bits bits && bits.isBinary()) {
      return bits.text();
    }
    throw Raise.badarg();
  }
}
