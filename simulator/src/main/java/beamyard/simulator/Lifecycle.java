package beamyard.simulator;

import beamyard.simulator.distribution.Distribution;
import beamyard.simulator.distribution.DistributionEvent;
import beamyard.simulator.distribution.DistributionSettings;
import beamyard.simulator.engine.Engine;
import beamyard.simulator.network.Network;
import beamyard.simulator.network.NetworkOutcome;
import beamyard.simulator.network.Packet;
import beamyard.simulator.network.Socket;
import beamyard.simulator.process.ProcessSettings;
import beamyard.simulator.process.ProcessTable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.trace.Trace;
import java.util.Optional;

/** What becomes of nodes as processes of the operating system: they boot, are stopped, killed, paused and resumed. */
final class Lifecycle {
  /** What reading one packet from the operating system costs. */
  private static final long CATCH_UP_NANOS = 10_000;

  private final Simulation simulation;
  private final SimulationSettings settings;
  private final NodeSoftware software;
  private final Engine engine;
  private final Network network;
  private final Incarnations nodes;
  private final Trace trace;

  Lifecycle(
      Simulation simulation,
      SimulationSettings settings,
      NodeSoftware software,
      Engine engine,
      Network network,
      Incarnations nodes,
      Trace trace) {
    this.simulation = simulation;
    this.settings = settings;
    this.software = software;
    this.engine = engine;
    this.network = network;
    this.nodes = nodes;
    this.trace = trace;
  }

  void bootNow(NodeSettings node) {
    Host host = simulation.host(node.host());
    int incarnation = nodes.nextIncarnation();
    Atom cookie = Atom.of(node.cookie().orElseGet(() -> host.cookie(engine)));
    KernelParameters kernel = node.kernel();
    var distributionSettings =
        new DistributionSettings(
            cookie,
            node.visibility(),
            kernel.netTickTime(),
            kernel.netTickIntensity(),
            kernel.netSetupTime(),
            kernel.distAutoConnect(),
            node.transport(),
            node.limits().busyLimitBytes(),
            settings.timings().handshakeStep());
    var distribution =
        new Distribution(
            incarnation,
            node.label(),
            Simulation.endpoint(node),
            distributionSettings,
            engine,
            network,
            trace);
    var booting = new Node(simulation, incarnation, node, host, distribution);
    nodes.add(booting);
    record(new NodeFact.NodeBooting(node.label()));
    engine.schedule(
        engine.now() + settings.timings().boot(), 0, new NodeEvent.BootDue(incarnation));
  }

  void stop(Node node, int status) {
    if (node.state() == Node.State.RUNNING) {
      node.setState(Node.State.STOPPING);
      node.setExitStatus(status);
      record(new NodeFact.NodeStopping(node.label()));
      engine.schedule(
          engine.now() + settings.timings().stop(), 0, new NodeEvent.ExitDue(node.incarnation()));
    }
  }

  void halt(Node node, int status) {
    node.setExitStatus(status);
    engine.schedule(engine.now(), 0, new NodeEvent.ExitDue(node.incarnation()));
  }

  void abort(Node node, String slogan) {
    record(new NodeFact.NodeAborted(node.label(), slogan));
    software.aborted(node, slogan);
    halt(node, 1);
  }

  void abortLater(Node node, long afterNanos, String slogan) {
    engine.schedule(
        engine.now() + afterNanos, 0, new NodeEvent.AbortDue(node.incarnation(), slogan));
  }

  /** Answers when it will be dead. */
  long killNow(Node node) {
    long dead = engine.now() + settings.timings().kill();
    engine.schedule(dead, 0, new NodeEvent.KillDue(node.incarnation()));
    return dead;
  }

  void pauseNow(Node node) {
    node.setState(Node.State.PAUSED);
    node.processes().pause();
    network.stall(Simulation.endpoint(node.settings()));
    record(new NodeFact.NodePaused(node.label()));
  }

  void resumeNow(Node node) {
    node.setState(Node.State.RUNNING);
    record(new NodeFact.NodeResumed(node.label()));
    node.processes().resume();
    if (node.held.isEmpty()) {
      network.goOn(Simulation.endpoint(node.settings()));
    } else if (!node.catchesUp) {
      node.catchesUp = true;
      scheduleCatchUp(node);
    }
  }

  private void scheduleCatchUp(Node node) {
    engine.schedule(engine.now() + CATCH_UP_NANOS, 0, new NodeEvent.CatchUpDue(node.incarnation()));
  }

  /** A resumed node takes what came meanwhile one by one, its processes running in between. */
  private void catchUp(Node node) {
    if (node.state() == Node.State.PAUSED || node.held.isEmpty()) {
      node.catchesUp = false;
      return;
    }
    scheduleCatchUp(node);
    Node.Held first = node.held.removeFirst();
    if (node.held.isEmpty()) {
      network.goOn(Simulation.endpoint(node.settings()));
    }
    switch (first) {
      case Node.Held.FromNetwork(NetworkOutcome outcome) -> {
        if (outcome instanceof NetworkOutcome.Received(_, Socket socket, Packet packet)) {
          network.read(socket, packet);
        }
        node.distribution().accept(outcome);
      }
      case Node.Held.OwnEvent(DistributionEvent event) -> node.distribution().handle(event);
    }
  }

  void slowNow(Node node, double times) {
    node.processes().slowDown(times);
    record(new NodeFact.NodeSlowed(node.label(), times));
  }

  void skewNow(Node node, long nanos) {
    node.processes().skewClock(nanos);
    record(new NodeFact.ClockSkewed(node.label(), nanos));
  }

  void handle(NodeEvent event) {
    Node node = nodes.living(event.incarnation());
    if (node == null) {
      return; // the node has ended
    }
    switch (event) {
      case NodeEvent.BootDue _ -> {
        ProcessSettings dimensions = node.settings().limits().dimension(ProcessSettings.DEFAULT);
        simulation.connect(node, new ProcessTable(node.incarnation(), dimensions, engine, trace));
        Optional<NodeSettings.Name> name = node.settings().name();
        if (name.isPresent()) {
          node.distribution().boot(name.get().full(), name.get().kind());
        } else {
          started(node);
        }
      }
      case NodeEvent.CatchUpDue _ -> catchUp(node);
      case NodeEvent.ExitDue _ -> {
        record(new NodeFact.NodeExited(node.label()));
        end(node, Node.State.DOWN);
      }
      case NodeEvent.KillDue _ -> killed(node);
      case NodeEvent.AbortDue(_, String slogan) -> abort(node, slogan);
    }
  }

  /** The node has its name, or needs none: its software is started. */
  private void started(Node node) {
    node.setState(Node.State.RUNNING);
    record(new NodeFact.NodeStarted(node.label()));
    software.boot(node);
  }

  /** The node's distribution has got to know something while the node boots: maybe that it has its name. */
  void goOnBooting(Node node) {
    switch (node.distribution().life()) {
      case ON -> started(node);
      case REFUSED -> {
        record(new NodeFact.NodeNotStarted(node.label()));
        node.setExitStatus(1);
        end(node, Node.State.NOT_STARTED);
      }
      case OFF, STARTING -> {}
    }
  }

  void killed(Node node) {
    record(new NodeFact.NodeKilled(node.label()));
    node.setExitStatus(137);
    end(node, Node.State.DOWN);
  }

  private void end(Node node, Node.State how) {
    if (node.hasEnded()) {
      return; // it was killed while it was stopping
    }
    node.setState(how);
    node.held.clear();
    network.goOn(Simulation.endpoint(node.settings()));
    nodes.ended(node);
    if (node.hasProcesses()) {
      node.processes().kill();
    }
    network.abandon(Simulation.endpoint(node.settings()), engine.now());
  }

  private void record(NodeFact fact) {
    if (trace.isOn()) {
      trace.record(engine.now(), fact);
    }
  }
}
