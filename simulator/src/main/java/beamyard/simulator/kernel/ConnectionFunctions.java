package beamyard.simulator.kernel;

import beamyard.simulator.distribution.Distribution;
import beamyard.simulator.distribution.Distribution.Peer;
import beamyard.simulator.distribution.Transport;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions of {@code net_kernel}, {@code auth} and {@code global_group} that tell about this node's connections.
 *
 * <p>Unlike OTP, the owner of a connection is {@code net_kernel} itself, the address is the peer's node name's host without a
 * port, {@code setopts} and {@code verbose} change nothing, and no node belongs to a global group.
 *
 * @see <a href="https://www.erlang.org/doc/man/net_kernel.html">net_kernel</a>
 */
final class ConnectionFunctions {
  private static final Atom NET_KERNEL = Atom.of("net_kernel");
  private static final Atom AUTH = Atom.of("auth");
  private static final Atom GLOBAL_GROUP = Atom.of("global_group");
  private static final Atom STATE = Atom.of("state");

  private ConnectionFunctions() {}

  static void addTo(KernelFunctions all) {
    all.add(NET_KERNEL, "nodes_info", (self, _) -> Turn.value(everyInfo(self)), 0);
    all.add(NET_KERNEL, "node_info", (self, a) -> Turn.value(info(self, a.get(0))), 1);
    all.add(
        NET_KERNEL, "node_info", (self, a) -> Turn.value(item(info(self, a.get(0)), a.get(1))), 2);
    all.add(NET_KERNEL, "setopts", (self, a) -> Turn.value(setOptions(self, a)), 2);
    all.add(NET_KERNEL, "verbose", (_, _) -> Turn.value(SmallInt.of(0)), 1);
    all.add(
        AUTH, "get_cookie", (self, _) -> Turn.value(self.distribution().cookie(self.node())), 0);
    all.add(AUTH, "get_cookie", ConnectionFunctions::cookie, 1);
    all.add(AUTH, "set_cookie", (self, a) -> setCookie(self, a, self.node(), a.get(0)), 1);
    all.add(AUTH, "set_cookie", (self, a) -> setCookie(self, a, a.get(0), a.get(1)), 2);
    all.add(AUTH, "cookie", (self, _) -> Turn.value(self.distribution().cookie(self.node())), 0);
    all.add(AUTH, "is_auth", ConnectionFunctions::isAuthorized, 1);
    all.add(GLOBAL_GROUP, "info", (_, _) -> Turn.value(noGroups()), 0);
    all.add(GLOBAL_GROUP, "own_nodes", (self, _) -> Turn.value(ownNodes(self)), 0);
    all.add(GLOBAL_GROUP, "global_groups", (_, _) -> Turn.value(Atom.UNDEFINED), 0);
    all.add(
        GLOBAL_GROUP,
        "monitor_nodes",
        (self, a) -> Turn.value(self.distribution().monitorNodes(self.self(), a.get(0))),
        1);
  }

  private static List<Peer> peers(ProcessContext self) {
    return self.owned(Distribution.class).peers();
  }

  private static Term everyInfo(ProcessContext self) {
    return Tuple.of(
        Atom.OK,
        ListTerm.of(
            peers(self).stream().map(peer -> Tuple.of(peer.node(), items(self, peer))).toList()));
  }

  private static Term info(ProcessContext self, Term node) {
    return peers(self).stream()
        .filter(peer -> peer.node() == node)
        .findFirst()
        .<Term>map(peer -> Tuple.of(Atom.OK, items(self, peer)))
        .orElse(Tuple.of(Atom.ERROR, Atom.of("bad_node")));
  }

  private static Term item(Term info, Term wanted) {
    if (info instanceof Tuple found
        && found.isTagged(Atom.OK, 2)
        && found.get(1) instanceof ListTerm items) {
      for (Term item : items) {
        if (item instanceof Tuple pair && pair.get(0) == wanted) {
          return Tuple.of(Atom.OK, pair.get(1));
        }
      }
      return Tuple.of(Atom.ERROR, Atom.of("invalid_key"));
    }
    return info;
  }

  private static ListTerm items(ProcessContext self, Peer peer) {
    String name = peer.node().name();
    var host = new ArrayList<Term>();
    name.substring(name.indexOf('@') + 1).chars().forEach(each -> host.add(SmallInt.of(each)));
    Term address =
        Tuple.of(
            Atom.of("net_address"),
            Atom.UNDEFINED,
            ListTerm.of(host),
            carrier(self),
            Atom.of("inet"));
    Term owner = self.whereis(NET_KERNEL).<Term>map(pid -> pid).orElse(Atom.UNDEFINED);
    return ListTerm.of(
        Tuple.of(Atom.of("owner"), owner),
        Tuple.of(STATE, Atom.of(peer.up() ? "up" : "pending")),
        Tuple.of(Atom.of("address"), address),
        Tuple.of(Atom.of("type"), Atom.of(peer.visible() ? "normal" : "hidden")),
        Tuple.of(Atom.of("in"), IntegerTerm.of(peer.received())),
        Tuple.of(Atom.of("out"), IntegerTerm.of(peer.sent())));
  }

  private static Atom carrier(ProcessContext self) {
    Transport transport = self.owned(Distribution.class).settings().transport();
    return Atom.of(transport instanceof Transport.Tls ? "tls" : "tcp");
  }

  private static Term setOptions(ProcessContext self, List<Term> a) {
    boolean known =
        a.get(0) == Atom.of("new") || peers(self).stream().anyMatch(p -> p.node() == a.get(0));
    return known ? Atom.OK : Tuple.of(Atom.ERROR, Atom.of("noconnection"));
  }

  private static Turn cookie(ProcessContext self, List<Term> a) {
    return a.get(0) instanceof Atom node
        ? Turn.value(self.distribution().cookie(node))
        : Turn.functionClause(AUTH, Atom.of("get_cookie"), a);
  }

  private static Turn setCookie(ProcessContext self, List<Term> a, Term node, Term cookie) {
    if (!(node instanceof Atom named) || !(cookie instanceof Atom secret)) {
      return Turn.functionClause(AUTH, Atom.of("set_cookie"), a);
    }
    if (!self.distribution().isAlive()) {
      return Turn.error(Atom.of("distribution_not_started"));
    }
    self.distribution().setCookie(named, secret);
    return Turn.value(Atom.TRUE);
  }

  private static Turn isAuthorized(ProcessContext self, List<Term> a) {
    return a.get(0) instanceof Atom node
        ? NodeFunctions.ping(self, node, Words.YES, Words.NO)
        : Turn.functionClause(Atom.of("net_adm"), Atom.of("ping"), a);
  }

  private static ListTerm ownNodes(ProcessContext self) {
    return ListTerm.of(Nodes.all(self));
  }

  private static ListTerm noGroups() {
    var items = new ArrayList<Term>();
    items.add(Tuple.of(STATE, Atom.of("no_conf")));
    for (String each :
        List.of(
            "own_group_name",
            "own_group_nodes",
            "synced_nodes",
            "sync_error",
            "no_contact",
            "other_groups",
            "monitoring")) {
      items.add(Tuple.of(Atom.of(each), ListTerm.empty()));
    }
    return ListTerm.of(items);
  }
}
