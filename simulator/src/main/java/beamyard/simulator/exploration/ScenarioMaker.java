package beamyard.simulator.exploration;

import beamyard.simulator.Fault;
import beamyard.simulator.engine.Choices;
import beamyard.simulator.engine.SeededChoices;
import beamyard.simulator.exploration.Scenario.Step;
import beamyard.simulator.network.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes up scenarios: two to six nodes, faults and work mixed. The same seed gives the same scenario. */
public final class ScenarioMaker {
  private static final List<String> NAMES =
      List.of("alice", "bob", "carol", "dave", "erin", "frank");
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final int MOST_STEPS = 24;

  private final Choices choices;
  private final List<String> nodes;

  private ScenarioMaker(Choices choices, List<String> nodes) {
    this.choices = choices;
    this.nodes = nodes;
  }

  /** The scenario of a seed. */
  public static Scenario of(long seed) {
    var choices = new SeededChoices(seed);
    List<String> nodes = NAMES.subList(0, (int) choices.between("nodes", 2, NAMES.size()));
    var kernel = new ArrayList<>(List.of("net_ticktime=4", "net_setuptime=2", "start_pg=true"));
    if (choices.between("overlap", 0, 4) == 0) {
      kernel.add("prevent_overlapping_partitions=false");
    }
    return new Scenario(seed, nodes, kernel, new ScenarioMaker(choices, nodes).steps());
  }

  private List<Step> steps() {
    var steps = new ArrayList<Step>();
    long at = 0;
    if (choices.between("begin", 0, 3) > 0) {
      for (String other : nodes.subList(1, nodes.size())) {
        steps.add(new Step(at, new Action.Connect(nodes.getFirst(), other)));
      }
      at = 1000;
    }
    int count = (int) choices.between("steps", 2, MOST_STEPS);
    for (int i = 0; i < count; i++) {
      at += pause();
      steps.add(new Step(at, action()));
    }
    return steps;
  }

  /** Mostly short, now and then about what {@code :global} waits, seldom as long as silence takes to be noticed. */
  private long pause() {
    return switch ((int) choices.between("pause", 0, 5)) {
      case 0, 1 -> choices.between("short", 0, 20);
      case 2, 3 -> choices.between("middle", 150, 450);
      case 4 -> choices.between("second", 500, 1500);
      default -> choices.between("long", 3000, 7000);
    };
  }

  private Action action() {
    return switch ((int) choices.between("action", 0, 25)) {
      case 0, 1 -> {
        List<String> pair = pair();
        yield new Action.Connect(pair.get(0), pair.get(1));
      }
      case 2 -> {
        List<String> pair = pair();
        yield new Action.Disconnect(pair.get(0), pair.get(1));
      }
      case 3, 4 -> new Action.Register(node(), name());
      case 5 -> new Action.Unregister(node(), name());
      case 6, 7 -> new Action.Join(node(), name());
      case 8, 9 -> {
        List<String> pair = pair();
        yield new Action.Send(pair.get(0), pair.get(1), (int) choices.between("count", 1, 5));
      }
      case 10, 11 -> new Action.Lock(node(), name(), (int) choices.between("lock length", 1, 1500));
      case 12, 13, 14 -> suffer(new Fault.Partition(Optional.empty(), groups()));
      case 15 -> suffer(new Fault.Blip(groups(), choices.between("blip", 1, 900) * NANOS_A_MILLI));
      case 16 -> {
        List<String> pair = pair();
        yield suffer(new Fault.Block(pair.get(0), pair.get(1)));
      }
      case 17, 18 -> suffer(new Fault.Heal(Optional.empty()));
      case 19 -> suffer(new Fault.Crash(node()));
      case 20 -> suffer(new Fault.Restart(node()));
      case 21 -> suffer(new Fault.Pause(node()));
      case 22 -> suffer(new Fault.Resume(node()));
      case 23 -> {
        List<String> pair = pair();
        yield suffer(new Fault.Reset(pair.get(0), pair.get(1)));
      }
      case 24 -> suffer(new Fault.Stop(node()));
      default -> {
        List<String> pair = pair();
        yield suffer(
            new Fault.Delay(
                pair.get(0),
                pair.get(1),
                new Latency.Uniform(0, choices.between("jitter", 1, 80) * NANOS_A_MILLI)));
      }
    };
  }

  private static Action suffer(Fault fault) {
    return new Action.Suffer(fault);
  }

  private String node() {
    return nodes.get((int) choices.between("node", 0, nodes.size() - 1));
  }

  private List<String> pair() {
    String one = node();
    List<String> others = nodes.stream().filter(node -> !node.equals(one)).toList();
    return List.of(one, others.get((int) choices.between("other", 0, others.size() - 1)));
  }

  private String name() {
    return choices.between("name", 0, 1) == 0 ? "red" : "blue";
  }

  private List<List<String>> groups() {
    var one = new ArrayList<String>();
    var other = new ArrayList<String>();
    for (String node : nodes) {
      switch ((int) choices.between("side", 0, 4)) {
        case 0, 1 -> one.add(node);
        case 2, 3 -> other.add(node);
        default -> {} // in no group: it sees both sides
      }
    }
    if (one.isEmpty() || other.isEmpty()) {
      return List.of(List.of(nodes.getFirst()), nodes.subList(1, nodes.size()));
    }
    return List.of(one, other);
  }
}
