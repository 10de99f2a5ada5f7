package beamyard.ui.desktop.run;

import beamyard.lessons.shell.ElixirNodes;
import beamyard.simulator.BadSetup;
import beamyard.simulator.Fault;
import beamyard.simulator.Node;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.Simulation;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a person does to a yard. Applied at the same places of the same run, the same commands give the same run again: this
 * is what going back in time rests on.
 */
public sealed interface Command {
  /** Does it; {@link BadSetup} if it cannot be done. */
  void applyTo(Simulation simulation);

  /** The node at whose terminal it shows; empty if at none. */
  default String node() {
    return "";
  }

  /** What is told of it where no fact of the simulation tells; empty if one does. */
  default Optional<String> note() {
    return Optional.empty();
  }

  /** Starts a node, or starts one that has ended again. */
  record StartNode(NodeSettings settings) implements Command {
    @Override
    public String node() {
      return settings.label();
    }

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

  /** Breaks something, or mends it. */
  record Inflict(Fault fault) implements Command {
    @Override
    public void applyTo(Simulation simulation) {
      simulation.apply(fault);
    }
  }

  /** Takes a node away for good. */
  record Remove(String label) implements Command {
    @Override
    public void applyTo(Simulation simulation) {
      simulation.remove(label);
    }

    @Override
    public Optional<String> note() {
      return Optional.of(label + " is removed");
    }
  }

  /** Takes a host away for good, on which there are no nodes. */
  record RemoveHost(String host) implements Command {
    @Override
    public void applyTo(Simulation simulation) {
      simulation.removeHost(host);
    }

    @Override
    public Optional<String> note() {
      return Optional.of("the host " + host + " is removed");
    }
  }

  /**
   * Something that goes wrong in a run that was made for it. It is no part of a file.
   *
   * @param told in words
   */
  record Happen(String told, Consumer<Simulation> deed) implements Command {
    @Override
    public void applyTo(Simulation simulation) {
      deed.accept(simulation);
    }
  }
}
