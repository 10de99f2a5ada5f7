package beamyard.simulator;

import beamyard.simulator.network.Endpoint;
import beamyard.simulator.network.HeldPacket;
import beamyard.simulator.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Does to a simulation what a {@link Fault} says, all of it or, if it is impossible, nothing. */
final class Faults {
  private static final int MOST_TIMES_SLOWER = 10_000;
  private final Simulation simulation;
  private final Lifecycle lifecycle;
  private final Network network;

  Faults(Simulation simulation, Lifecycle lifecycle, Network network) {
    this.simulation = simulation;
    this.lifecycle = lifecycle;
    this.network = network;
  }

  /** Fails if a fault is impossible now; see {@link BadSetup}. */
  void check(Fault fault) {
    switch (fault) {
      case Fault.Partition(var name, var groups) -> {
        checkName(name);
        checkNodes(groups);
      }
      case Fault.HostCut(var name, var hosts) -> {
        checkName(name);
        checkGroups("host", hosts);
        hosts.forEach(group -> group.forEach(this::checkHost));
      }
      case Fault.Blip(var groups, long nanos) -> {
        checkNodes(groups);
        require(nanos > 0, "lasts " + nanos + " ns", "a blip", "more than 0");
      }
      case Fault.Heal(var name) ->
          name.ifPresent(
              cut ->
                  require(
                      network.cuts().contains(cut),
                      "is not there",
                      "cut " + cut,
                      network.cuts().isEmpty() ? "a cut first" : "one of " + network.cuts()));
      case Fault.Block(String from, String to) -> checkPath(from, to);
      case Fault.Unblock(String from, String to) -> checkPath(from, to);
      case Fault.Delay(String from, String to, _) -> checkPath(from, to);
      case Fault.Narrow(String from, String to, var bytesPerSecond) -> {
        checkPath(from, to);
        bytesPerSecond.ifPresent(
            bytes ->
                require(
                    bytes > 0,
                    "is " + bytes + " bytes a second",
                    "bandwidth of " + from + " to " + to,
                    "1 or more"));
      }
      case Fault.Lose(String from, String to, int perMille) -> {
        checkPath(from, to);
        require(
            perMille >= 0 && perMille <= 1000,
            "is " + perMille + " of a thousand",
            "loss from " + from + " to " + to,
            "0 to 1000");
      }
      case Fault.Hold(String from, String to) -> checkPath(from, to);
      case Fault.Release(long packet) -> checkOldest(packet);
      case Fault.Drop(long packet) -> held(packet);
      case Fault.ReleaseAll() -> {}
      case Fault.Reset(String one, String other) -> {
        checkPath(one, other);
        Endpoint here = endpoint(one);
        Endpoint there = endpoint(other);
        require(
            network.openStreams().stream()
                .anyMatch(ends -> ends.contains(here) && ends.contains(there)),
            "there is none",
            "connection of " + one + " and " + other,
            "nodes that are connected");
      }
      case Fault.Crash(String node) ->
          checkState(
              node, Node.State.BOOTING, Node.State.RUNNING, Node.State.PAUSED, Node.State.STOPPING);
      case Fault.Stop(String node) -> checkState(node, Node.State.RUNNING);
      case Fault.Start(String node) -> checkState(node, Node.State.DOWN, Node.State.NOT_STARTED);
      case Fault.Boot(NodeSettings settings) ->
          require(
              simulation.nodes().stream()
                  .filter(node -> node.label().equals(settings.label()))
                  .allMatch(Node::hasEnded),
              "is running already",
              "node " + settings.label(),
              "another label, or the node stopped first");
      case Fault.Restart(String node) -> simulation.node(node);
      case Fault.Pause(String node) -> checkState(node, Node.State.RUNNING);
      case Fault.Resume(String node) -> checkState(node, Node.State.PAUSED);
      case Fault.Slow(String node, double times) -> {
        checkState(node, Node.State.RUNNING, Node.State.PAUSED, Node.State.STOPPING);
        require(
            times > 0 && times <= MOST_TIMES_SLOWER,
            "is " + times,
            "slowness of " + node,
            "more than 0, at most " + MOST_TIMES_SLOWER);
      }
      case Fault.Skew(String node, _) ->
          checkState(node, Node.State.RUNNING, Node.State.PAUSED, Node.State.STOPPING);
    }
  }

  /** Does it, or fails as {@link #check} does. */
  void apply(Fault fault) {
    check(fault);
    switch (fault) {
      case Fault.Partition(var name, var groups) ->
          network.partition(name.orElseGet(network::nameForCut), endpoints(groups));
      case Fault.HostCut(var name, var hosts) ->
          network.partitionHosts(
              name.orElseGet(network::nameForCut), hosts.stream().map(List::copyOf).toList());
      case Fault.Blip(var groups, long nanos) -> {
        String name = network.nameForCut();
        network.partition(name, endpoints(groups));
        network.mendAt(simulation.now() + nanos, name);
      }
      case Fault.Heal(var name) -> name.ifPresentOrElse(network::mend, network::heal);
      case Fault.Block(String from, String to) -> network.block(endpoint(from), endpoint(to));
      case Fault.Unblock(String from, String to) -> network.unblock(endpoint(from), endpoint(to));
      case Fault.Delay(String from, String to, var latency) ->
          network.setLatency(endpoint(from), endpoint(to), latency);
      case Fault.Narrow(String from, String to, var bytesPerSecond) ->
          network.setBandwidth(endpoint(from), endpoint(to), bytesPerSecond);
      case Fault.Lose(String from, String to, int perMille) ->
          network.setLoss(endpoint(from), endpoint(to), perMille);
      case Fault.Hold(String from, String to) -> network.hold(endpoint(from), endpoint(to));
      case Fault.Release(long packet) -> network.release(packet);
      case Fault.Drop(long packet) -> network.drop(packet);
      case Fault.ReleaseAll() -> network.releaseAll();
      case Fault.Reset(String one, String other) -> network.reset(endpoint(one), endpoint(other));
      case Fault.Crash(String node) -> lifecycle.killNow(simulation.node(node));
      case Fault.Stop(String node) -> lifecycle.stop(simulation.node(node), 0);
      case Fault.Start(String node) -> lifecycle.bootNow(simulation.node(node).settings());
      case Fault.Boot(NodeSettings settings) -> lifecycle.bootNow(settings);
      case Fault.Restart(String node) -> restart(simulation.node(node));
      case Fault.Pause(String node) -> lifecycle.pauseNow(simulation.node(node));
      case Fault.Resume(String node) -> lifecycle.resumeNow(simulation.node(node));
      case Fault.Slow(String node, double times) -> lifecycle.slowNow(simulation.node(node), times);
      case Fault.Skew(String node, long nanos) -> lifecycle.skewNow(simulation.node(node), nanos);
    }
  }

  private void restart(Node node) {
    if (node.hasEnded()) {
      lifecycle.bootNow(node.settings());
    } else {
      long dead = lifecycle.killNow(node);
      simulation.applyAt(dead, new Fault.Start(node.label()));
    }
  }

  private static void require(boolean holds, String what, String where, String legal) {
    if (!holds) {
      throw new BadSetup(what, where, legal);
    }
  }

  private void checkName(Optional<String> name) {
    name.ifPresent(
        cut ->
            require(
                !network.cuts().contains(cut),
                "is there already",
                "cut " + cut,
                "another name, or that cut healed first"));
  }

  private void checkNodes(List<List<String>> groups) {
    checkGroups("node", groups);
    groups.forEach(group -> group.forEach(simulation::node));
  }

  private static void checkGroups(String what, List<List<String>> groups) {
    for (List<String> group : BadSetup.ifNull(groups, "the groups of a partition")) {
      for (String member : BadSetup.ifNull(group, "a group of a partition")) {
        BadSetup.ifNull(member, "a " + what + " of a partition");
      }
    }
    require(
        groups.size() > 1 && groups.stream().noneMatch(List::isEmpty),
        "is " + groups,
        "a partition",
        "two groups or more, none of them empty");
    var seen = new ArrayList<String>();
    for (List<String> group : groups) {
      for (String member : group) {
        require(
            !seen.contains(member),
            "is named twice",
            what + " " + member,
            "every " + what + " in one group at most");
        seen.add(member);
      }
    }
  }

  private void checkHost(String name) {
    List<String> known = simulation.hosts().stream().map(Host::name).toList();
    require(known.contains(name), "is not there", "host " + name, "one of " + known);
  }

  private void checkPath(String from, String to) {
    simulation.node(from);
    simulation.node(to);
    require(!from.equals(to), "is " + from + " to itself", "a path", "two different nodes");
  }

  private void checkState(String label, Node.State... legal) {
    Node.State state = simulation.node(label).state();
    require(
        List.of(legal).contains(state),
        "is " + state,
        "node " + label,
        "a node that is " + String.join(" or ", List.of(legal).stream().map(Enum::name).toList()));
  }

  private HeldPacket held(long id) {
    List<HeldPacket> all = network.held();
    for (HeldPacket packet : all) {
      if (packet.id() == id) {
        return packet;
      }
    }
    throw new BadSetup(
        "is not held",
        "packet " + id,
        all.isEmpty() ? "a path that holds, and packets on it" : "one of " + ids(all));
  }

  private static List<Long> ids(List<HeldPacket> packets) {
    return packets.stream().map(HeldPacket::id).toList();
  }

  private void checkOldest(long id) {
    HeldPacket packet = held(id);
    for (HeldPacket each : network.held()) {
      if (each.stream() == packet.stream() && each.to().equals(packet.to())) {
        require(
            each.id() == id,
            "would overtake packet " + each.id() + " of its stream",
            "packet " + id,
            "packet " + each.id() + " released first");
        return;
      }
    }
  }

  private List<List<Endpoint>> endpoints(List<List<String>> groups) {
    return groups.stream().map(group -> group.stream().map(this::endpoint).toList()).toList();
  }

  private Endpoint endpoint(String label) {
    return Simulation.endpoint(simulation.node(label).settings());
  }
}
