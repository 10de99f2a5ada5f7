package beamyard.ui.desktop;

import beamyard.simulator.FaultFact;
import beamyard.simulator.NodeFact;
import beamyard.simulator.distribution.ConnectionPacket;
import beamyard.simulator.distribution.DistributionFact;
import beamyard.simulator.distribution.HandshakePacket;
import beamyard.simulator.kernel.KernelFact;
import beamyard.simulator.network.Endpoint;
import beamyard.simulator.network.Latency;
import beamyard.simulator.network.NetworkFact;
import beamyard.simulator.network.Packet;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.ProcessFact;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Fact;
import beamyard.simulator.trace.Trace;
import beamyard.ui.desktop.Happening.Arrived;
import beamyard.ui.desktop.Happening.Cargo;
import beamyard.ui.desktop.Happening.Kind;
import beamyard.ui.desktop.Happening.LockTurn;
import beamyard.ui.desktop.Happening.Lost;
import beamyard.ui.desktop.Happening.Moment;
import beamyard.ui.desktop.Happening.Sent;
import beamyard.ui.desktop.Happening.Turn;
import beamyard.ui.desktop.Happening.What;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Turns the trace of a run into happenings: what views show of it. Keeps the latest of them. */
final class Chronicle implements Trace {
  /** So many are kept; the oldest are dropped in one go. */
  static final int MOST = 120_000;

  private static final int LABEL_CHARACTERS = 60;
  private static final Atom CALL = Atom.of("$gen_call");
  private static final Atom GLOBAL_NAME_SERVER = Atom.of("global_name_server");
  private static final Atom SET_LOCK = Atom.of("set_lock");
  private static final Atom DEL_LOCK = Atom.of("del_lock");

  private final ArrayList<Happening> happenings = new ArrayList<>();
  private final Map<Way, Deque<Long>> underWay = new LinkedHashMap<>();
  private final Map<Pid, String> names = new LinkedHashMap<>();

  /** Requests for locks that wait for an answer, by the tag of the call and the node that was asked. */
  private final Map<Asked, Lock> asked = new LinkedHashMap<>();

  private long next;
  private long nextTransfer;
  private long dropped;
  private long fingerprint = 1;
  private Position place = Position.START;

  /** One direction of a stream. */
  private record Way(long stream, String from, String to) {
    static Way of(Sent sent) {
      return new Way(sent.stream(), sent.from(), sent.to());
    }
  }

  private record Asked(Term tag, String node) {}

  private record Lock(String resource, String requester) {}

  /** The facts recorded from now on belong to a place of the run. */
  void begin(Position now) {
    place = now;
  }

  /** All that is kept, in order. */
  List<Happening> all() {
    return List.copyOf(happenings);
  }

  /** Those with a number of at least {@code from}. */
  List<Happening> since(long from) {
    int index = Math.clamp(from - dropped, 0, happenings.size());
    return List.copyOf(happenings.subList(index, happenings.size()));
  }

  /** The number that the next happening will have. */
  long nextNumber() {
    return next;
  }

  private static long fingerprint(long before, long atNanos) {
    return before == 0 ? 0 : (before * 0x9E3779B97F4A7C15L + atNanos) | 1;
  }

  /** The same for the same happenings at the same times, and hardly for others; 0 if it is not known. */
  long fingerprint() {
    return fingerprint;
  }

  /** A chronicle that begins with what happened up to a place of this one. */
  Chronicle until(Position end) {
    var copy = new Chronicle();
    for (Happening happening : happenings) {
      if (!happening.place().isAfter(end)) {
        copy.happenings.add(happening);
      }
    }
    copy.dropped = dropped;
    copy.next = copy.dropped + copy.happenings.size();
    copy.nextTransfer = nextTransfer;
    copy.place = end;
    copy.fingerprint = 0;
    if (dropped == 0) {
      copy.fingerprint = 1;
      for (Happening happening : copy.happenings) {
        copy.fingerprint = fingerprint(copy.fingerprint, happening.atNanos());
      }
    }
    copy.names.putAll(names);
    copy.restoreUnderWay();
    return copy;
  }

  /** Which packets were under way, told by what happened. */
  private void restoreUnderWay() {
    Map<Long, Way> ways = new LinkedHashMap<>();
    for (Happening happening : happenings) {
      switch (happening.what()) {
        case Sent sent -> ways.put(sent.transfer(), Way.of(sent));
        case Arrived(long transfer) -> ways.remove(transfer);
        case Lost(long transfer) -> ways.remove(transfer);
        case Moment _, LockTurn _ -> {}
      }
    }
    ways.forEach(
        (transfer, way) -> underWay.computeIfAbsent(way, _ -> new ArrayDeque<>()).add(transfer));
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void record(long atNanos, Fact fact) {
    switch (fact) {
      case NetworkFact network -> record(atNanos, network);
      case NodeFact node -> {
        moment(atNanos, Kind.NODE, node.node(), told(node), node::toString);
        if (node instanceof NodeFact.NodeKilled || node instanceof NodeFact.NodeExited) {
          List.copyOf(underWay.keySet()).stream()
              .filter(way -> way.to().equals(node.node()))
              .forEach(way -> lose(atNanos, way));
        }
      }
      case FaultFact.FaultRefused(var fault, String why) ->
          moment(atNanos, Kind.FAULT, "", "refused: " + why, fault::toString);
      case KernelFact.LockAwaited(var process, var resource, var requester, _) ->
          turn(
              atNanos,
              process.node().name(),
              new Lock(TermText.fromOutside(resource), TermText.fromOutside(requester)),
              Turn.REFUSED);
      case DistributionFact distribution -> record(atNanos, distribution);
      case ProcessFact process -> record(atNanos, process);
      default -> {} // a family of facts that no view shows
    }
  }

  /** Notes what a person did. */
  void input(long atNanos, String node, String text) {
    moment(atNanos, Kind.INPUT, node, text, () -> text);
  }

  private void moment(long atNanos, Kind kind, String node, String text, Supplier<String> detail) {
    add(atNanos, new Moment(kind, node, text, detail));
  }

  private void add(long atNanos, What what) {
    happenings.add(new Happening(next++, place, atNanos, what));
    fingerprint = fingerprint(fingerprint, atNanos);
    if (happenings.size() > MOST) {
      int surplus = MOST / 4;
      happenings.subList(0, surplus).clear();
      dropped += surplus;
    }
  }

  private static String told(NodeFact fact) {
    return switch (fact) {
      case NodeFact.NodeBooting _ -> "is starting";
      case NodeFact.NodeStarted _ -> "is up";
      case NodeFact.NodeNotStarted _ -> "did not start: its name is taken";
      case NodeFact.NodeStopping _ -> "is stopping";
      case NodeFact.NodeExited _ -> "has ended";
      case NodeFact.NodeKilled _ -> "was killed";
      case NodeFact.NodePaused _ -> "was paused";
      case NodeFact.NodeResumed _ -> "goes on";
      case NodeFact.NodeSlowed(_, double times) -> "computes " + times + " times as slowly";
      case NodeFact.ClockSkewed(_, long nanos) ->
          "has a clock that is "
              + Times.duration(Math.abs(nanos))
              + (nanos < 0 ? " behind" : " ahead");
    };
  }

  // The network.

  private void record(long atNanos, NetworkFact fact) {
    switch (fact) {
      case NetworkFact.PacketSent(long stream, Endpoint from, Endpoint to, Packet packet) ->
          sent(atNanos, new Way(stream, from.name(), to.name()), packet);
      case NetworkFact.PacketArrived(long stream, Endpoint from, Endpoint to, Packet packet) -> {
        if (isShown(packet)) {
          Deque<Long> queue = underWay.get(new Way(stream, from.name(), to.name()));
          Long transfer = queue == null ? null : queue.poll();
          if (transfer != null) {
            add(atNanos, new Arrived(transfer));
          }
        }
      }
      case NetworkFact.StreamClosed(long stream, Endpoint owner, Endpoint other, _) -> {
        lose(atNanos, new Way(stream, other.name(), owner.name()));
      }
      case NetworkFact.NetworkPartitioned(List<List<Endpoint>> groups) ->
          fault(
              atNanos,
              "",
              "cut: "
                  + String.join(
                      "  |  ",
                      groups.stream()
                          .map(
                              group ->
                                  String.join(", ", group.stream().map(Endpoint::name).toList()))
                          .toList()));
      case NetworkFact.PathBlocked(Endpoint from, Endpoint to) ->
          fault(atNanos, from.name(), "cut: " + from.name() + " → " + to.name());
      case NetworkFact.PathUnblocked(Endpoint from, Endpoint to) ->
          fault(atNanos, from.name(), "mended: " + from.name() + " → " + to.name());
      case NetworkFact.NetworkHealed() -> fault(atNanos, "", "healed");
      case NetworkFact.HostsPartitioned(List<List<String>> groups) ->
          fault(
              atNanos,
              "",
              "cut hosts: "
                  + String.join(
                      "  |  ", groups.stream().map(group -> String.join(", ", group)).toList()));
      case NetworkFact.CutMended(String name) -> fault(atNanos, "", "mended: " + name);
      case NetworkFact.LatencyChanged(Endpoint from, Endpoint to, Latency latency) ->
          path(atNanos, from, to, "latency " + told(latency));
      case NetworkFact.BandwidthChanged(Endpoint from, Endpoint to, var bytes) ->
          path(
              atNanos,
              from,
              to,
              bytes.map(each -> "carries " + each + " bytes a second").orElse("carries all"));
      case NetworkFact.LossChanged(Endpoint from, Endpoint to, int perMille) ->
          path(atNanos, from, to, "loses " + perMille + " of 1000 packets");
      case NetworkFact.PathHeld(Endpoint from, Endpoint to) -> path(atNanos, from, to, "is held");
      case NetworkFact.PathLetGo(Endpoint from, Endpoint to) ->
          path(atNanos, from, to, "is let go");
      case NetworkFact.PacketHeld _, NetworkFact.PacketReleased _ -> {}
      case NetworkFact.StreamRequested _,
          NetworkFact.StreamOpened _,
          NetworkFact.SegmentLost _,
          NetworkFact.SegmentRepeated _ -> {}
    }
  }

  private void path(long atNanos, Endpoint from, Endpoint to, String what) {
    fault(atNanos, from.name(), from.name() + " → " + to.name() + " " + what);
  }

  private static String told(Latency latency) {
    return switch (latency) {
      case Latency.Constant(long nanos) -> Times.duration(nanos);
      case Latency.Uniform(long lowest, long highest) ->
          Times.duration(lowest) + " to " + Times.duration(highest);
      case Latency.Exponential(long least, long mean) ->
          Times.duration(least) + " and " + Times.duration(mean) + " more on average";
      case Latency.LongTail(long typical) -> Times.duration(typical) + ", long-tailed";
    };
  }

  private void fault(long atNanos, String node, String text) {
    moment(atNanos, Kind.FAULT, node, text, () -> text);
  }

  private void lose(long atNanos, Way way) {
    Deque<Long> queue = underWay.remove(way);
    if (queue != null) {
      for (long transfer : queue) {
        add(atNanos, new Lost(transfer));
      }
    }
  }

  private static boolean isShown(Packet packet) {
    return packet instanceof ConnectionPacket || packet instanceof HandshakePacket;
  }

  private void sent(long atNanos, Way way, Packet packet) {
    if (!isShown(packet)) {
      return;
    }
    long transfer = nextTransfer++;
    underWay.computeIfAbsent(way, _ -> new ArrayDeque<>()).add(transfer);
    What sent =
        switch (packet) {
          case ConnectionPacket.Control(var address, Signal.Message(var sender, var payload), _) ->
              new Sent(
                  transfer,
                  way.stream(),
                  Cargo.MESSAGE,
                  way.from(),
                  way.to(),
                  process(sender),
                  process(address),
                  () ->
                      TermText.shortened(
                          SignalText.label(new Signal.Message(sender, payload)), LABEL_CHARACTERS),
                  () -> TermText.of(payload));
          case ConnectionPacket.Control(var address, Signal signal, _) ->
              new Sent(
                  transfer,
                  way.stream(),
                  Cargo.SIGNAL,
                  way.from(),
                  way.to(),
                  process(signal.from()),
                  process(address),
                  () -> TermText.shortened(SignalText.label(signal), LABEL_CHARACTERS),
                  () -> SignalText.full(signal));
          case ConnectionPacket.Tick _ -> own(transfer, Cargo.TICK, way, "tick", packet);
          default -> own(transfer, Cargo.HANDSHAKE, way, handshake(packet), packet);
        };
    add(atNanos, sent);
  }

  private static Sent own(long transfer, Cargo cargo, Way way, String text, Packet packet) {
    return new Sent(
        transfer, way.stream(), cargo, way.from(), way.to(), "", "", () -> text, packet::toString);
  }

  private static String handshake(Packet packet) {
    return switch (packet) {
      case HandshakePacket.Name _ -> "handshake: name";
      case HandshakePacket.Status(var kind) -> "handshake: " + kind.name().toLowerCase(Locale.ROOT);
      case HandshakePacket.Challenge _ -> "handshake: challenge";
      case HandshakePacket.ChallengeReply _ -> "handshake: proof";
      case HandshakePacket.ChallengeAck _ -> "handshake: proof back";
      default -> "handshake";
    };
  }

  // Nodes and processes.

  private void record(long atNanos, DistributionFact fact) {
    switch (fact) {
      case DistributionFact.NodeUp(Atom node, Atom peer, _, _) ->
          connection(atNanos, node, "sees " + peer.name() + " up");
      case DistributionFact.NodeDown(Atom node, Atom peer, var reason, _) ->
          connection(atNanos, node, "sees " + peer.name() + " down: " + TermText.of(reason, 40));
      case DistributionFact.ConnectionStarted(Atom node, Atom peer) ->
          connection(atNanos, node, "calls " + peer.name());
      case DistributionFact.ConnectionFailed(Atom node, Atom peer, String why) ->
          connection(atNanos, node, "cannot connect to " + peer.name() + ": " + why);
      case DistributionFact.CookieRefused(Atom node, Atom peer) ->
          connection(atNanos, node, "refuses " + peer.name() + ": wrong cookie");
      case DistributionFact.SignalsLost(Atom node, Atom peer, int count) ->
          connection(atNanos, node, count + " signals for " + peer.name() + " are lost");
      case DistributionFact.NameRegistered _,
          DistributionFact.NameRefused _,
          DistributionFact.NameFreed _,
          DistributionFact.NodeNamed _,
          DistributionFact.NodeUnnamed _,
          DistributionFact.HandshakeAnswered _,
          DistributionFact.SignalBuffered _,
          DistributionFact.TickSent _,
          DistributionFact.TickTimeChanged _ -> {}
    }
  }

  // Locks.

  /** {@code {'$gen_call', {Pid, Tag}, {set_lock, {Resource, Requester}}}} to a name server, and its answers. */
  private void lockTalk(long atNanos, Pid from, Address to, Term message) {
    if (!(message instanceof Tuple tuple)) {
      return;
    }
    if (tuple.isTagged(CALL, 3)
        && to instanceof Address.OfName(Atom name, Atom node)
        && name == GLOBAL_NAME_SERVER
        && tuple.get(1) instanceof Tuple caller
        && caller.size() == 2
        && tuple.get(2) instanceof Tuple request
        && request.size() >= 2
        && request.get(1) instanceof Tuple id
        && id.size() == 2) {
      var lock = new Lock(TermText.fromOutside(id.get(0)), TermText.fromOutside(id.get(1)));
      if (request.get(0) == SET_LOCK) {
        asked.put(new Asked(caller.get(1), node.name()), lock);
        turn(atNanos, node.name(), lock, Turn.ASKED);
      } else if (request.get(0) == DEL_LOCK) {
        turn(atNanos, node.name(), lock, Turn.FREED);
      }
    } else if (tuple.size() == 2 && !asked.isEmpty() && tuple.get(1) instanceof Atom answer) {
      Lock lock = asked.remove(new Asked(tuple.get(0), from.node().name()));
      if (lock != null) {
        turn(atNanos, from.node().name(), lock, answer == Atom.TRUE ? Turn.GRANTED : Turn.REFUSED);
      }
    }
  }

  private void turn(long atNanos, String node, Lock lock, Turn turn) {
    add(atNanos, new LockTurn(node, lock.resource(), lock.requester(), turn));
  }

  private String process(Pid pid) {
    String name = names.get(pid);
    return name != null ? name : TermText.process(pid);
  }

  private String process(Address address) {
    return address instanceof Address.OfProcess(Pid pid) ? process(pid) : TermText.process(address);
  }

  private void connection(long atNanos, Atom node, String text) {
    moment(atNanos, Kind.CONNECTION, node.name(), text, () -> text);
  }

  private void record(long atNanos, ProcessFact fact) {
    switch (fact) {
      case ProcessFact.ProcessSpawned(var pid, _, var call) ->
          moment(
              atNanos,
              Kind.PROCESS,
              pid.node().name(),
              process(pid) + " starts",
              () -> call.module().name() + "." + call.function().name() + "/" + call.arity());
      case ProcessFact.ProcessExited(var pid, var reason) ->
          moment(
              atNanos,
              Kind.PROCESS,
              pid.node().name(),
              process(pid) + " ends",
              () -> TermText.of(reason));
      case ProcessFact.NameRegistered(Atom name, var pid) -> {
        names.put(pid, name.name());
        moment(
            atNanos,
            Kind.NAME,
            pid.node().name(),
            TermText.process(pid) + " is now " + name.name(),
            name::name);
      }
      case ProcessFact.NameFreed(Atom name, var pid) ->
          moment(atNanos, Kind.NAME, pid.node().name(), name.name() + " is free", name::name);
      case ProcessFact.ReportLogged(var report) ->
          moment(
              atNanos,
              Kind.LOG,
              report.source().node().name(),
              report.level().name() + ": " + report.kind().name(),
              () -> TermText.of(report.details()));
      case ProcessFact.MessageSent(var from, var to, var message) ->
          lockTalk(atNanos, from, to, message);
      case ProcessFact.MessageDelivered _,
          ProcessFact.MessageReceived _,
          ProcessFact.MessageDropped _,
          ProcessFact.SignalSent _,
          ProcessFact.SignalDelivered _ -> {}
    }
  }
}
