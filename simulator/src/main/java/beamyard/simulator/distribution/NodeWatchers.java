package beamyard.simulator.distribution;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Who wants to know that nodes come and go: the subscribers of {@code net_kernel:monitor_nodes}. */
final class NodeWatchers {
  private static final Atom NODE_TYPE = Atom.of("node_type");
  private static final Atom NODEDOWN_REASON = Atom.of("nodedown_reason");
  static final Atom CONNECTION_ID = Atom.of("connection_id");
  private static final Atom NODEUP = Atom.of("nodeup");
  private static final Atom NODEDOWN = Atom.of("nodedown");

  /** With how often each was made; each is as many messages. */
  private final LinkedHashMap<Subscription, Integer> subscriptions = new LinkedHashMap<>();

  private record Subscription(Pid watcher, Options options) {}

  private enum Style {
    PAIR,
    LIST,
    MAP
  }

  /** A node's type as options name it. */
  private enum NodeType {
    VISIBLE,
    HIDDEN,
    ALL;

    static Optional<NodeType> of(Term term) {
      for (NodeType type : values()) {
        if (term == type.atom()) {
          return Optional.of(type);
        }
      }
      return Optional.empty();
    }

    Atom atom() {
      return Atom.of(name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  private record Options(
      Style style, Optional<NodeType> nodeType, boolean reason, boolean connectionId) {
    boolean wants(boolean visible) {
      return switch (nodeType.orElse(NodeType.VISIBLE)) {
        case VISIBLE -> visible;
        case HIDDEN -> !visible;
        case ALL -> true;
      };
    }
  }

  /** A message for a watcher. */
  record Notice(Pid watcher, Term message) {}

  Term monitorNodes(Pid watcher, Term flag) {
    return subscribe(watcher, flag, new Options(Style.PAIR, Optional.empty(), false, false));
  }

  Term monitorNodes(Pid watcher, Term flag, Term options) {
    Optional<Options> parsed = parse(options);
    if (parsed.isPresent()) {
      return subscribe(watcher, flag, parsed.get());
    }
    return isBoolean(flag) ? Tuple.of(Atom.ERROR, mistake(options)) : Atom.ERROR;
  }

  private Term subscribe(Pid watcher, Term flag, Options options) {
    if (!isBoolean(flag)) {
      return Atom.ERROR;
    }
    var subscription = new Subscription(watcher, options);
    if (flag == Atom.TRUE) {
      subscriptions.merge(subscription, 1, Integer::sum);
    } else {
      subscriptions.remove(subscription);
    }
    return Atom.OK;
  }

  private static boolean isBoolean(Term term) {
    return term == Atom.TRUE || term == Atom.FALSE;
  }

  private static Optional<Options> parse(Term term) {
    Optional<NodeType> type = Optional.empty();
    boolean reason = false;
    boolean id = false;
    if (term instanceof ListTerm list && list.isProper()) {
      for (Term option : list) {
        if (option == NODEDOWN_REASON) {
          reason = true;
        } else if (option == CONNECTION_ID) {
          id = true;
        } else if (option instanceof Tuple pair && pair.isTagged(NODE_TYPE, 2)) {
          Optional<NodeType> given = NodeType.of(pair.get(1));
          if (given.isEmpty() || type.isPresent() && !type.equals(given)) {
            return Optional.empty();
          }
          type = given;
        } else {
          return Optional.empty();
        }
      }
      Style style = list.isEmpty() ? Style.PAIR : Style.LIST;
      return Optional.of(new Options(style, type, reason, id));
    }
    if (term instanceof MapTerm map) {
      for (MapTerm.Entry entry : map) {
        if (entry.key() == NODE_TYPE) {
          type = NodeType.of(entry.value());
          if (type.isEmpty()) {
            return Optional.empty();
          }
        } else if (!isBoolean(entry.value())) {
          return Optional.empty();
        } else if (entry.key() == NODEDOWN_REASON) {
          reason = entry.value() == Atom.TRUE;
        } else if (entry.key() == CONNECTION_ID) {
          id = entry.value() == Atom.TRUE;
        } else {
          return Optional.empty();
        }
      }
      return Optional.of(new Options(Style.MAP, type, reason, id));
    }
    return Optional.empty();
  }

  /** What is wrong with options, in the order in which OTP looks for it. */
  private static Term mistake(Term options) {
    return switch (options) {
      case ListTerm list when list.isProper() -> listMistake(list);
      case MapTerm map -> mapMistake(map);
      default -> Tuple.of(Atom.of("invalid_options"), options);
    };
  }

  private static Term listMistake(ListTerm list) {
    var types = new ArrayList<Tuple>();
    var others = new ArrayList<Term>();
    for (Term option : list) {
      if (option instanceof Tuple pair && pair.isTagged(NODE_TYPE, 2)) {
        if (types.isEmpty()) {
          types.add(pair);
        } else if (!types.getFirst().equals(pair)) {
          return Tuple.of(Atom.of("option_value_mismatch"), ListTerm.of(pair, types.getFirst()));
        }
      } else {
        others.add(option);
      }
    }
    if (!types.isEmpty()) {
      if (NodeType.of(types.getFirst().get(1)).isEmpty()) {
        return Tuple.of(Atom.of("bad_option_value"), types.getFirst());
      }
      java.util.Collections.reverse(others); // each option that is found leaves the others reversed
    }
    if (others.contains(NODEDOWN_REASON)) {
      others.removeIf(NODEDOWN_REASON::equals);
      java.util.Collections.reverse(others);
    }
    return others.isEmpty()
        ? Atom.of("internal_error")
        : Tuple.of(Atom.of("unknown_options"), ListTerm.of(others));
  }

  private static Term mapMistake(MapTerm map) {
    MapTerm others = map;
    for (Atom key : List.of(CONNECTION_ID, NODEDOWN_REASON, NODE_TYPE)) {
      Term value = map.get(key);
      if (value != null) {
        boolean valid = key == NODE_TYPE ? NodeType.of(value).isPresent() : isBoolean(value);
        if (!valid) {
          return Tuple.of(Atom.of("bad_option_value"), MapTerm.EMPTY.put(key, value));
        }
        others = others.remove(key);
      }
    }
    return others.size() == 0
        ? Atom.of("internal_error")
        : Tuple.of(Atom.of("unknown_options"), others);
  }

  List<Notice> up(Atom node, boolean visible, long connectionId) {
    var notices = new ArrayList<Notice>();
    subscriptions.forEach(
        (subscription, count) -> {
          if (subscription.options().wants(visible)) {
            Notice notice =
                notice(subscription, NODEUP, node, visible, connectionId, Optional.empty());
            notices.addAll(java.util.Collections.nCopies(count, notice));
          }
        });
    return notices;
  }

  List<Notice> down(Atom node, boolean visible, long connectionId, Term reason) {
    var notices = new ArrayList<Notice>();
    subscriptions.forEach(
        (subscription, count) -> {
          if (subscription.options().wants(visible)) {
            Notice notice =
                notice(subscription, NODEDOWN, node, visible, connectionId, Optional.of(reason));
            notices.addAll(java.util.Collections.nCopies(count, notice));
          }
        });
    return notices;
  }

  private static Notice notice(
      Subscription subscription,
      Atom what,
      Atom node,
      boolean visible,
      long connectionId,
      Optional<Term> reason) {
    Options options = subscription.options();
    if (options.style() == Style.PAIR) {
      return new Notice(subscription.watcher(), Tuple.of(what, node));
    }
    var info = new LinkedHashMap<Atom, Term>();
    if (options.connectionId()) {
      info.put(CONNECTION_ID, IntegerTerm.of(connectionId));
    }
    if (options.reason() && reason.isPresent()) {
      info.put(NODEDOWN_REASON, reason.get());
    }
    if (options.nodeType().isPresent()) {
      info.put(NODE_TYPE, (visible ? NodeType.VISIBLE : NodeType.HIDDEN).atom());
    }
    if (options.style() == Style.MAP) {
      MapTerm map = MapTerm.EMPTY;
      for (var entry : info.entrySet()) {
        map = map.put(entry.getKey(), entry.getValue());
      }
      return new Notice(subscription.watcher(), Tuple.of(what, node, map));
    }
    var pairs = new ArrayList<Term>();
    info.forEach((key, value) -> pairs.add(Tuple.of(key, value)));
    return new Notice(subscription.watcher(), Tuple.of(what, node, ListTerm.of(pairs)));
  }

  NodeWatchers copy() {
    var copy = new NodeWatchers();
    copy.subscriptions.putAll(subscriptions);
    return copy;
  }
}
