package beamyard.lessons.elixir.stdlib;

import beamyard.simulator.process.NodeLink.NodeKind;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The arguments of the functions of {@code erlang} about nodes, and what is wrong with them in OTP's words. */
final class NodeArguments {
  static final Atom NONODE = Atom.of("nonode@nohost");

  private NodeArguments() {}

  /** The kinds of nodes that {@code nodes/1} is asked for; empty if there is no such kind. */
  static Optional<List<NodeKind>> kinds(Term argument) {
    if (!(argument instanceof ListTerm list)) {
      return kind(argument).map(List::of);
    }
    if (!list.isProper()) {
      return Optional.empty();
    }
    var kinds = new ArrayList<NodeKind>();
    for (Term each : list) {
      Optional<NodeKind> kind = kind(each);
      if (kind.isEmpty()) {
        return Optional.empty();
      }
      kinds.add(kind.get());
    }
    return Optional.of(kinds);
  }

  private static Optional<NodeKind> kind(Term term) {
    return switch (term instanceof Atom atom ? atom.name() : "") {
      case "visible" -> Optional.of(NodeKind.VISIBLE);
      case "hidden" -> Optional.of(NodeKind.HIDDEN);
      case "connected" -> Optional.of(NodeKind.CONNECTED);
      case "this" -> Optional.of(NodeKind.THIS);
      case "known" -> Optional.of(NodeKind.KNOWN);
      default -> Optional.empty();
    };
  }

  static @Nullable String kindsFault(Term argument) {
    if (kinds(argument).isPresent()) {
      return null;
    }
    return switch (argument) {
      case Atom _ -> "not a valid node type";
      case ListTerm _ -> "not a list of valid node types";
      default -> "not a valid node type or list of valid node types";
    };
  }

  /** What {@code nodes/2} is to tell of each node; empty if there is no such thing to tell. */
  static Optional<List<Atom>> infos(Term argument) {
    if (!(argument instanceof MapTerm map)) {
      return Optional.empty();
    }
    var infos = new ArrayList<Atom>();
    for (MapTerm.Entry entry : map) {
      boolean known =
          entry.key() == Atom.of("connection_id") || entry.key() == Atom.of("node_type");
      if (!known || entry.value() != Atom.TRUE && entry.value() != Atom.FALSE) {
        return Optional.empty();
      }
      if (entry.value() == Atom.TRUE && entry.key() instanceof Atom info) {
        infos.add(info);
      }
    }
    return Optional.of(infos);
  }

  static @Nullable String infosFault(Term argument) {
    return infos(argument).isPresent()
        ? null
        : argument instanceof MapTerm ? "invalid options in map" : "not a map";
  }

  /** Whether {@code monitor_node/3} has such options; the only one there is changes nothing. */
  static boolean areMonitorOptions(Term argument) {
    return monitorOptionsFault(argument) == null;
  }

  static @Nullable String monitorOptionsFault(Term argument) {
    if (!(argument instanceof ListTerm list) || !list.isProper()) {
      return "not a list";
    }
    for (Term option : list) {
      if (option != Atom.of("allow_passive_connect")) {
        return "invalid option in list";
      }
    }
    return null;
  }
}
