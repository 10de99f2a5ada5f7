package beamyard.simulator.exploration;

import beamyard.simulator.BadSetup;
import beamyard.simulator.KernelParameters;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster, what its programs do and what is done to it, as a value with a text that runs again:
 *
 * <pre>
 * seed 17
 * nodes alice bob carol
 * kernel net_ticktime=4 net_setuptime=2
 * 0 connect alice -> bob
 * 1200 partition alice | bob carol
 * 1300 register alice leader
 * </pre>
 *
 * @param seed of everything left to chance
 * @param kernel parameters of all nodes that differ from OTP's defaults, as {@code name=value}
 * @param steps in the order of time
 */
public record Scenario(long seed, List<String> nodes, List<String> kernel, List<Step> steps) {
  /** One action, so many virtual milliseconds after the nodes are up. */
  public record Step(long atMillis, Action action) {
    @Override
    public String toString() {
      return atMillis + " " + action.text();
    }
  }

  public Scenario {
    nodes = List.copyOf(nodes);
    kernel = List.copyOf(kernel);
    steps = List.copyOf(steps);
    if (nodes.isEmpty() || nodes.stream().distinct().count() < nodes.size()) {
      throw new BadSetup("are " + nodes, "the nodes of a scenario", "one or more different names");
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      for (String node : step.action.nodes()) {
        if (!nodes.contains(node)) {
          throw new BadSetup("names node " + node, "step '" + step + "'", "nodes of " + nodes);
        }
      }
      if (i > 0 && step.atMillis < steps.get(i - 1).atMillis) {
        throw new BadSetup(
            "comes after '" + steps.get(i - 1) + "'",
            "step '" + step + "'",
            "steps in the order of time");
      }
    }
  }

  /** The kernel parameters as a whole. */
  public KernelParameters kernelParameters() {
    KernelParameters all = KernelParameters.DEFAULT;
    for (String parameter : kernel) {
      int equals = parameter.indexOf('=');
      if (equals < 0) {
        throw new BadSetup("is '" + parameter + "'", "a kernel parameter", "name=value");
      }
      all = all.with(parameter.substring(0, equals), parameter.substring(equals + 1));
    }
    return all;
  }

  Scenario withSteps(List<Step> changed) {
    return new Scenario(seed, nodes, kernel, changed);
  }

  /** The same without a node and all that names it. */
  Scenario without(String node) {
    var fewer = new ArrayList<>(nodes);
    fewer.remove(node);
    var rest = new ArrayList<Step>();
    for (Step step : steps) {
      step.action.without(node).ifPresent(action -> rest.add(new Step(step.atMillis, action)));
    }
    return new Scenario(seed, fewer, kernel, rest);
  }

  /** Reads the text of a scenario. Empty lines and what follows {@code #} count for nothing. */
  public static Scenario parse(String text) {
    long seed = 1;
    List<String> nodes = List.of();
    List<String> kernel = List.of();
    var steps = new ArrayList<Step>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String where = "line " + number;
      String content = line.replaceFirst("#.*", "").strip();
      if (content.isEmpty()) {
        continue;
      }
      String[] parts = content.split("\\s+", 2);
      String rest = parts.length > 1 ? parts[1] : "";
      switch (parts[0]) {
        case "seed" -> seed = whole(where, rest);
        case "nodes" -> nodes = List.of(rest.split("\\s+"));
        case "kernel" -> kernel = List.of(rest.split("\\s+"));
        default -> steps.add(new Step(whole(where, parts[0]), Action.parse(where, rest)));
      }
    }
    return new Scenario(seed, nodes, kernel, steps);
  }

  private static long whole(String where, String word) {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException notOne) {
      throw new BadSetup(
          "begins with '" + word + "'", where, "seed, nodes, kernel or the milliseconds of a step");
    }
  }

  @Override
  public String toString() {
    var text = new StringBuilder("seed " + seed + "\nnodes " + String.join(" ", nodes) + "\n");
    if (!kernel.isEmpty()) {
      text.append("kernel ").append(String.join(" ", kernel)).append('\n');
    }
    steps.forEach(step -> text.append(step).append('\n'));
    return text.toString();
  }
}
