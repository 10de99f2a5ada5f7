package beamyard.ui.desktop.run;

import beamyard.simulator.FaultFact;
import beamyard.simulator.NodeFact;
import beamyard.simulator.distribution.DistributionFact;
import beamyard.simulator.network.Endpoint;
import beamyard.simulator.network.Latency;
import beamyard.simulator.network.NetworkFact;
import beamyard.simulator.process.ProcessFact;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.ui.desktop.run.Happening.Kind;
import beamyard.ui.desktop.run.Happening.Moment;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Facts of a run as people read them in a log; nothing for those that views show in another way, or not at all. */
public final class FactText {
  private FactText() {}

  public static Moment of(NodeFact fact) {
    return new Moment(Kind.NODE, fact.node(), told(fact), fact::toString);
  }

  public static Moment of(FaultFact.FaultRefused refused) {
    return new Moment(Kind.FAULT, "", "refused: " + refused.why(), refused.fault()::toString);
  }

  private static String told(NodeFact fact) {
    return switch (fact) {
      case NodeFact.NodeBooting _ -> "is starting";
      case NodeFact.NodeStarted _ -> "is up";
      case NodeFact.NodeNotStarted _ -> "did not start: its name is taken";
      case NodeFact.NodeStopping _ -> "is stopping";
      case NodeFact.NodeExited _ -> "has ended";
      case NodeFact.NodeAborted(_, String slogan) -> "cannot go on: " + slogan;
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

  public static Optional<Moment> of(NetworkFact fact) {
    return switch (fact) {
      case NetworkFact.NetworkPartitioned(List<List<Endpoint>> groups) ->
          cut("", "cut: " + joined(groups, Endpoint::name));
      case NetworkFact.PathBlocked(Endpoint from, Endpoint to) ->
          cut(from.name(), "cut: " + way(from, to));
      case NetworkFact.PathUnblocked(Endpoint from, Endpoint to) ->
          fault(from.name(), "mended: " + way(from, to));
      case NetworkFact.NetworkHealed() -> fault("", "healed");
      case NetworkFact.HostsPartitioned(List<List<String>> groups) ->
          cut("", "cut hosts: " + joined(groups, host -> host));
      case NetworkFact.CutMended(String name) -> fault("", "mended: " + name);
      case NetworkFact.LatencyChanged(Endpoint from, Endpoint to, Latency latency) ->
          fault(from.name(), way(from, to) + " latency " + of(latency));
      case NetworkFact.BandwidthChanged(Endpoint from, Endpoint to, var bytes) ->
          fault(
              from.name(),
              way(from, to)
                  + " "
                  + bytes.map(each -> "carries " + each + " bytes a second").orElse("carries all"));
      case NetworkFact.LossChanged(Endpoint from, Endpoint to, int perMille) ->
          fault(from.name(), way(from, to) + " loses " + perMille + " of 1000 packets");
      case NetworkFact.PathHeld(Endpoint from, Endpoint to) ->
          fault(from.name(), way(from, to) + " is held");
      case NetworkFact.PathLetGo(Endpoint from, Endpoint to) ->
          fault(from.name(), way(from, to) + " is let go");
      case NetworkFact.PacketHeld _,
          NetworkFact.PacketReleased _,
          NetworkFact.PacketSent _,
          NetworkFact.PacketArrived _,
          NetworkFact.StreamRequested _,
          NetworkFact.StreamOpened _,
          NetworkFact.StreamClosed _,
          NetworkFact.SegmentLost _,
          NetworkFact.SegmentRepeated _ ->
          Optional.empty();
    };
  }

  private static <T> String joined(List<List<T>> groups, Function<T, String> name) {
    return String.join(
        "  |  ",
        groups.stream()
            .map(group -> String.join(", ", group.stream().map(name).toList()))
            .toList());
  }

  private static String way(Endpoint from, Endpoint to) {
    return from.name() + " → " + to.name();
  }

  private static Optional<Moment> cut(String node, String text) {
    return moment(Kind.CUT, node, text);
  }

  private static Optional<Moment> fault(String node, String text) {
    return moment(Kind.FAULT, node, text);
  }

  private static Optional<Moment> moment(Kind kind, String node, String text) {
    return Optional.of(new Moment(kind, node, text, () -> text));
  }

  /** How long packets take. */
  public static String of(Latency latency) {
    return switch (latency) {
      case Latency.Constant(long nanos) -> Times.duration(nanos);
      case Latency.Uniform(long lowest, long highest) ->
          Times.duration(lowest) + " to " + Times.duration(highest);
      case Latency.Exponential(long least, long mean) ->
          Times.duration(least) + " and " + Times.duration(mean) + " more on average";
      case Latency.LongTail(long typical) -> Times.duration(typical) + ", long-tailed";
    };
  }

  // Connections and processes.

  public static Optional<Moment> of(DistributionFact fact) {
    return switch (fact) {
      case DistributionFact.NodeUp(Atom node, Atom peer, _, _) ->
          connection(node, "sees " + peer.name() + " up");
      case DistributionFact.NodeDown(Atom node, Atom peer, var reason, _) ->
          connection(node, "sees " + peer.name() + " down: " + TermText.of(reason, 40));
      case DistributionFact.ConnectionStarted(Atom node, Atom peer) ->
          connection(node, "calls " + peer.name());
      case DistributionFact.ConnectionFailed(Atom node, Atom peer, String why) ->
          connection(node, "cannot connect to " + peer.name() + ": " + why);
      case DistributionFact.CookieRefused(Atom node, Atom peer) ->
          connection(node, "refuses " + peer.name() + ": wrong cookie");
      case DistributionFact.SignalsLost(Atom node, Atom peer, int count) ->
          connection(node, count + " signals for " + peer.name() + " are lost");
      case DistributionFact.ConnectionBusy(Atom node, Atom peer, long bytes) ->
          connection(
              node,
              bytes / 1024 + " KB wait to be sent to " + peer.name() + ": senders are suspended");
      case DistributionFact.ConnectionFree(Atom node, Atom peer) ->
          connection(node, "has sent to " + peer.name() + " what waited");
      case DistributionFact.NameRegistered _,
          DistributionFact.NameRefused _,
          DistributionFact.NameFreed _,
          DistributionFact.NodeNamed _,
          DistributionFact.NodeUnnamed _,
          DistributionFact.HandshakeAnswered _,
          DistributionFact.SignalBuffered _,
          DistributionFact.TickSent _,
          DistributionFact.TickTimeChanged _ ->
          Optional.empty();
    };
  }

  private static Optional<Moment> connection(Atom node, String text) {
    return moment(Kind.CONNECTION, node.name(), text);
  }

  /**
   * @param name how a process is called, by its registered name if it has one
   */
  static Optional<Moment> of(ProcessFact fact, Function<Pid, String> name) {
    return switch (fact) {
      case ProcessFact.ProcessSpawned(var pid, _, var call) ->
          Optional.of(
              new Moment(
                  Kind.PROCESS,
                  pid.node().name(),
                  name.apply(pid) + " starts",
                  () -> call.module().name() + "." + call.function().name() + "/" + call.arity()));
      case ProcessFact.ProcessExited(var pid, var reason) ->
          Optional.of(
              new Moment(
                  Kind.PROCESS,
                  pid.node().name(),
                  name.apply(pid) + " ends",
                  () -> TermText.of(reason)));
      case ProcessFact.ProcessSuspended(var pid, Atom peer) ->
          moment(
              Kind.PROCESS,
              pid.node().name(),
              name.apply(pid) + " is suspended: too much waits to be sent to " + peer.name());
      case ProcessFact.ProcessResumed(var pid) ->
          moment(Kind.PROCESS, pid.node().name(), name.apply(pid) + " goes on");
      case ProcessFact.NameRegistered(Atom registered, var pid) ->
          moment(
              Kind.NAME, pid.node().name(), TermText.process(pid) + " is now " + registered.name());
      case ProcessFact.NameFreed(Atom freed, var pid) ->
          moment(Kind.NAME, pid.node().name(), freed.name() + " is free");
      case ProcessFact.ReportLogged(var report) ->
          Optional.of(
              new Moment(
                  Kind.LOG,
                  report.source().node().name(),
                  report.level().name() + ": " + report.kind().name(),
                  () -> TermText.of(report.details())));
      case ProcessFact.MessageSent _,
          ProcessFact.MessageDelivered _,
          ProcessFact.MessageReceived _,
          ProcessFact.MessageDropped _,
          ProcessFact.SignalSent _,
          ProcessFact.SignalDelivered _ ->
          Optional.empty();
    };
  }
}
