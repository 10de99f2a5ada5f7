package beamyard.simulator.kernel;

import beamyard.simulator.distribution.EpmdCall;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The functions of {@code erl_epmd} and {@code net_adm} that ask the port mapper of a host, and those of {@code net_adm}
 * that ping what it knows.
 *
 * @see <a href="https://www.erlang.org/doc/man/net_adm.html">net_adm</a>
 * @see <a href="https://www.erlang.org/doc/man/erl_epmd.html">erl_epmd</a>
 */
final class PortMapperFunctions {
  private static final Atom ERL_EPMD = Atom.of("erl_epmd");
  private static final Atom NET_ADM = Atom.of("net_adm");
  private static final Term LOOPBACK =
      Tuple.of(SmallInt.of(127), SmallInt.of(0), SmallInt.of(0), SmallInt.of(1));

  private PortMapperFunctions() {}

  static void addTo(KernelFunctions all) {
    for (Atom module : List.of(NET_ADM, ERL_EPMD)) {
      all.add(module, "names", (self, _) -> names(ownHost(self)), 0);
      all.add(
          module,
          "names",
          (self, a) ->
              host(self, a.get(0))
                  .map(PortMapperFunctions::names)
                  .orElseGet(() -> Turn.functionClause(module, Atom.of("names"), a)),
          1);
    }
    all.add(ERL_EPMD, "port_please", PortMapperFunctions::portPlease, 2, 3);
    all.add(
        ERL_EPMD, "listen_port_please", (_, _) -> Turn.value(Tuple.of(Atom.OK, SmallInt.of(0))), 2);
    all.add(NET_ADM, "world_list", (self, a) -> worldList(a), 1, 2);
    all.add(NET_ADM, "ping_list", (self, a) -> pingList(a), 1);
  }

  private static Turn names(String host) {
    return Turn.run(EpmdCall.names(host), (_, outcome) -> Turn.done(outcome));
  }

  private static Turn portPlease(ProcessContext self, List<Term> a) {
    Optional<String> host = host(self, a.get(1));
    Optional<String> name = text(a.get(0));
    return host.isEmpty() || name.isEmpty()
        ? Turn.functionClause(ERL_EPMD, Atom.of("port_please"), a)
        : Turn.run(EpmdCall.port(name.get(), host.get()), (_, outcome) -> Turn.done(outcome));
  }

  private static String ownHost(ProcessContext self) {
    return self.owned(KernelSettings.class).hostName();
  }

  /** A host as an atom, a charlist or an address. */
  private static Optional<String> host(ProcessContext self, Term term) {
    return term.equals(LOOPBACK) ? Optional.of(ownHost(self)) : text(term);
  }

  private static Optional<String> text(Term term) {
    if (term instanceof Atom atom) {
      return Optional.of(atom.name());
    }
    if (!(term instanceof ListTerm list) || !list.isProper()) {
      return Optional.empty();
    }
    var text = new StringBuilder();
    for (Term each : list) {
      if (!(each instanceof SmallInt character)
          || !Character.isValidCodePoint(Math.toIntExact(character.value()))) {
        return Optional.empty();
      }
      text.appendCodePoint((int) character.value());
    }
    return Optional.of(text.toString());
  }

  /** The nodes that answer on some hosts: all that their port mappers know are pinged, the newest host's first. */
  private static Turn worldList(List<Term> a) {
    return a.get(0) instanceof ListTerm hosts && hosts.isProper()
        ? onHosts(hosts.toList(), List.of())
        : Turn.functionClause(NET_ADM, Atom.of("world_list"), a);
  }

  private static Turn onHosts(List<Term> hosts, List<Term> found) {
    if (hosts.isEmpty()) {
      return Turn.value(ListTerm.of(found));
    }
    List<Term> others = hosts.subList(1, hosts.size());
    Optional<String> host = text(hosts.getFirst());
    if (host.isEmpty()) {
      return onHosts(others, found);
    }
    return Turn.value(
        names(host.get()),
        (_, answer) ->
            answer instanceof Tuple named
                    && named.isTagged(Atom.OK, 2)
                    && named.get(1) instanceof ListTerm entries
                ? pingAll(
                    nodes(entries, host.get()),
                    List.of(),
                    here -> {
                      var all = new ArrayList<>(here);
                      all.addAll(found);
                      return onHosts(others, all);
                    })
                : onHosts(others, found));
  }

  private static List<Term> nodes(ListTerm entries, String host) {
    var nodes = new ArrayList<Term>();
    for (Term entry : entries) {
      if (entry instanceof Tuple pair) {
        text(pair.get(0)).ifPresent(name -> nodes.add(Atom.of(name + "@" + host)));
      }
    }
    return nodes;
  }

  private static Turn pingList(List<Term> a) {
    return a.get(0) instanceof ListTerm nodes && nodes.isProper()
        ? pingAll(nodes.toList(), List.of(), found -> Turn.value(ListTerm.of(found)))
        : Turn.functionClause(NET_ADM, Atom.of("ping_list"), a);
  }

  private interface WithNodes {
    Turn then(List<Term> found);
  }

  /** Pings one node after the other and goes on with those that answered, in their order. */
  private static Turn pingAll(List<Term> nodes, List<Term> found, WithNodes then) {
    if (nodes.isEmpty()) {
      return then.then(found);
    }
    return Turn.value(
        Turn.act(self -> NodeFunctions.ping(self, List.of(nodes.getFirst()))),
        (_, answer) -> {
          var next = new ArrayList<>(found);
          if (answer == Atom.of("pong")) {
            next.add(nodes.getFirst());
          }
          return pingAll(nodes.subList(1, nodes.size()), next, then);
        });
  }
}
