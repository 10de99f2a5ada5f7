package beamyard.simulator.distribution;

import beamyard.simulator.distribution.Connection.Caller;
import beamyard.simulator.distribution.EpmdPacket.NameAtPort;
import beamyard.simulator.network.NetworkOutcome;
import beamyard.simulator.network.Socket;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What processes of a node ask the port mappers of hosts, on streams of their own: {@code erl_epmd:names} and
 * {@code erl_epmd:port_please}. A mapper that is not there refuses the stream; one behind a cut never answers.
 *
 * @see <a href="https://www.erlang.org/doc/man/erl_epmd.html">erl_epmd</a>
 */
final class EpmdQueries {
  private static final Atom NOPORT = Atom.of("noport");

  /** The version of the distribution protocol that an OTP 25 node registers with. */
  private static final SmallInt PROTOCOL_VERSION = SmallInt.of(6);

  private final Site site;
  private final LinkedHashMap<Socket, Query> queries = new LinkedHashMap<>();

  private record Query(EpmdPacket question, Caller caller) {}

  EpmdQueries(Site site) {
    this.site = site;
  }

  EpmdQueries copy(Site itsSite) {
    var copy = new EpmdQueries(itsSite);
    copy.queries.putAll(queries);
    return copy;
  }

  boolean owns(Socket socket) {
    return queries.containsKey(socket);
  }

  /** Asks a port mapper; the caller gets {@code {tag, Answer}}. */
  void ask(String host, EpmdPacket question, Caller caller) {
    if (site.network.hasHost(host)) {
      queries.put(site.open(host, Epmd.PORT), new Query(question, caller));
    } else {
      site.answer(caller, failure(question, Atom.of("nxdomain")));
    }
  }

  void accept(NetworkOutcome outcome) {
    switch (outcome) {
      case NetworkOutcome.Connected(_, Socket socket) ->
          site.send(socket, queries.get(socket).question());
      case NetworkOutcome.Received(_, Socket socket, EpmdPacket packet) -> {
        Query query = queries.remove(socket);
        site.close(socket);
        site.answer(query.caller(), answer(packet));
      }
      case NetworkOutcome.Closed(_, Socket socket, _) -> {
        Query query = queries.remove(socket);
        site.answer(query.caller(), failure(query.question(), Atom.of("address")));
      }
      case NetworkOutcome.Received _, NetworkOutcome.Accepted _, NetworkOutcome.Writable _ ->
          throw new AssertionError("not an answer of a port mapper: " + outcome);
    }
  }

  private static Term failure(EpmdPacket question, Atom reason) {
    return question instanceof EpmdPacket.NamesRequest ? Tuple.of(Atom.ERROR, reason) : NOPORT;
  }

  private static Term answer(EpmdPacket packet) {
    return switch (packet) {
      case EpmdPacket.PortAnswer(_, Optional<Integer> port) ->
          port.<Term>map(
                  number -> Tuple.of(Atom.of("port"), IntegerTerm.of(number), PROTOCOL_VERSION))
              .orElse(NOPORT);
      case EpmdPacket.NamesAnswer(List<NameAtPort> names) -> {
        // The lines come newest first and are put before each other as they are read.
        ListTerm oldestFirst =
            ListTerm.of(names.reversed().stream().map(EpmdQueries::entry).toList());
        yield Tuple.of(Atom.OK, oldestFirst);
      }
      case EpmdPacket.Register _,
          EpmdPacket.Registration _,
          EpmdPacket.PortPlease _,
          EpmdPacket.NamesRequest _ ->
          throw new AssertionError("not an answer: " + packet);
    };
  }

  private static Term entry(NameAtPort each) {
    var name = new ArrayList<Term>();
    each.name().chars().forEach(character -> name.add(SmallInt.of(character)));
    return Tuple.of(ListTerm.of(name), IntegerTerm.of(each.port()));
  }
}
