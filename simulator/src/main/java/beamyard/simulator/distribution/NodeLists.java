package beamyard.simulator.distribution;

import beamyard.simulator.process.NodeLink.NodeKind;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node says of itself and the nodes it knows.
 *
 * @see <a href="https://www.erlang.org/doc/man/erlang.html#nodes-2">erlang:nodes/2</a>
 */
final class NodeLists {
  private final Site site;
  private final Connections connections;

  NodeLists(Site site, Connections connections) {
    this.site = site;
    this.connections = connections;
  }

  /** See {@link beamyard.simulator.process.NodeLink#nodes(List)}. */
  List<Atom> nodes(List<NodeKind> kinds) {
    var nodes = new ArrayList<Atom>();
    if (kinds.contains(NodeKind.KNOWN)) {
      // Those not connected come first, as they came to be so; the first of all is the one without
      // a name.
      if (site.name != NodeName.NONODE) {
        nodes.add(NodeName.NONODE);
      }
      for (Atom node : connections.known()) {
        boolean connected = connections.to(node).filter(Connection::isUp).isPresent();
        if (node != site.name && node != NodeName.NONODE && !connected) {
          nodes.add(node);
        }
      }
    }
    if (wants(kinds, NodeKind.HIDDEN)) {
      connections.addUp(Visibility.HIDDEN, nodes);
    }
    if (wants(kinds, NodeKind.VISIBLE)) {
      connections.addUp(Visibility.VISIBLE, nodes);
    }
    boolean self = kinds.contains(NodeKind.THIS) || kinds.contains(NodeKind.KNOWN);
    if (self && !nodes.contains(site.name)) {
      nodes.add(site.name);
    }
    return nodes;
  }

  /** See {@link beamyard.simulator.process.NodeLink#nodes(List, List)}. */
  Term nodes(List<NodeKind> kinds, List<Atom> infos) {
    var entries = new ArrayList<Term>();
    for (Atom node : nodes(kinds)) {
      MapTerm info = MapTerm.EMPTY;
      for (Atom each : infos) {
        info = info.put(each, each == NodeWatchers.CONNECTION_ID ? connectionId(node) : type(node));
      }
      entries.add(Tuple.of(node, info));
    }
    return ListTerm.of(entries);
  }

  private Term connectionId(Atom node) {
    return connections
        .to(node)
        .filter(Connection::isUp)
        .<Term>map(up -> IntegerTerm.of(up.id))
        .orElse(Atom.UNDEFINED);
  }

  private Atom type(Atom node) {
    if (node == site.name) {
      return Atom.of("this");
    }
    return connections
        .to(node)
        .filter(Connection::isUp)
        .map(up -> Atom.of(up.visible ? "visible" : "hidden"))
        .orElse(Atom.of("known"));
  }

  private static boolean wants(List<NodeKind> kinds, NodeKind kind) {
    return kinds.contains(kind)
        || kinds.contains(NodeKind.CONNECTED)
        || kinds.contains(NodeKind.KNOWN);
  }
}
