package beamyard.ui.desktop;

import beamyard.lessons.shell.ElixirNodes;
import beamyard.simulator.BadSetup;
import beamyard.simulator.Node;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.Simulation;
import java.util.List;

/**
 * What a person does to a yard. Applied at the same places of the same run, the same commands give the same run again: this
 * is what going back in time rests on.
 */
sealed interface Command {
  /** Does it; {@link BadSetup} if it cannot be done. */
  void applyTo(Simulation simulation);

  /** Starts a node, or starts one that has ended again. */
  record StartNode(NodeSettings settings) implements Command {
    @Override
    public void applyTo(Simulation simulation) {
      simulation.boot(settings);
    }
  }

  /** Types at a node's shell. */
  record Type(String node, String code) implements Command {
    @Override
    public void applyTo(Simulation simulation) {
      Node typedAt = simulation.node(node);
      if (!typedAt.isUp()) {
        throw new BadSetup("has no shell, it is not running", node, "a node that is up");
      }
      ElixirNodes.type(typedAt, code);
    }
  }

  /** What can be done to one node as a whole. */
  enum NodeDeed {
    KILL,
    STOP,
    PAUSE,
    RESUME
  }

  record DoToNode(String node, NodeDeed deed) implements Command {
    @Override
    public void applyTo(Simulation simulation) {
      switch (deed) {
        case KILL -> simulation.kill(node);
        case STOP -> simulation.stop(node);
        case PAUSE -> simulation.pause(node);
        case RESUME -> simulation.resume(node);
      }
    }
  }

  /** Cuts what is between groups of nodes. */
  record Partition(List<List<String>> groups) implements Command {
    @Override
    public void applyTo(Simulation simulation) {
      simulation.partition(groups);
    }
  }

  /** Drops what goes one way between two nodes. */
  record Block(String from, String to) implements Command {
    @Override
    public void applyTo(Simulation simulation) {
      simulation.block(from, to);
    }
  }

  record Unblock(String from, String to) implements Command {
    @Override
    public void applyTo(Simulation simulation) {
      simulation.unblock(from, to);
    }
  }

  record Heal() implements Command {
    @Override
    public void applyTo(Simulation simulation) {
      simulation.heal();
    }
  }

  record Latency(String one, String other, long nanos) implements Command {
    @Override
    public void applyTo(Simulation simulation) {
      simulation.setLatency(one, other, nanos);
    }
  }
}
