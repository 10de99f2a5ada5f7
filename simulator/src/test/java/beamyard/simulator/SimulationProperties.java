package beamyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.process.NodeLink.NodeKind;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.trace.Fact;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SimulationProperties {
  private static final List<String> LABELS = List.of("alice", "bob", "carol");

  private static final Bits MUCH = Bits.of(new byte[2_000_000]);

  private enum Kind {
    CONNECT,
    DISCONNECT,
    SEND,
    SEND_MUCH,
    WATCH,
    KILL,
    STOP,
    BOOT,
    PAUSE,
    RESUME,
    CUT,
    BLOCK,
    HEAL,
    WAIT,
    WAIT_LONG
  }

  record Step(Kind kind, int one, int other) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> node = Arbitraries.integers().between(0, LABELS.size() - 1);
    return Combinators.combine(Arbitraries.of(Kind.class), node, node)
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }

  /** Everything that was recorded, as text. */
  private static final class Notes implements Trace {
    final List<String> lines = new ArrayList<>();

    @Override
    public boolean isOn() {
      return true;
    }

    @Override
    public void record(long atNanos, Fact fact) {
      lines.add(atNanos + " " + fact);
    }
  }

  private static void take(Yard yard, Step step) {
    String one = LABELS.get(step.one());
    String other = LABELS.get(step.other());
    Simulation simulation = yard.simulation;
    Node node = simulation.node(one);
    switch (step.kind()) {
      case CONNECT -> {
        if (node.isUp()) {
          yard.begin(one, node.distribution().connect(Yard.at(other), Visibility.VISIBLE));
        }
      }
      case DISCONNECT -> {
        if (node.isUp()) {
          yard.begin(one, node.distribution().disconnect(Yard.at(other)));
        }
      }
      case SEND -> {
        if (node.isUp()) {
          yard.begin(one, Yard.sending(other, SmallInt.of(simulation.now() % 1000)));
        }
      }
      case SEND_MUCH -> {
        if (node.isUp()) {
          yard.begin(one, Yard.sending(other, MUCH)); // the third suspends the shell, if not read
        }
      }
      case WATCH -> {
        if (node.isUp()) {
          yard.begin(
              one, new Yard.Job(self -> self.distribution().monitorNodes(self.self(), Atom.TRUE)));
        }
      }
      case KILL -> {
        if (!node.hasEnded()) {
          simulation.kill(one);
        }
      }
      case STOP -> {
        if (node.state() == Node.State.RUNNING) {
          simulation.stop(one);
        }
      }
      case BOOT -> {
        if (node.state() == Node.State.DOWN) {
          simulation.boot(node.settings());
        }
      }
      case PAUSE -> {
        if (node.state() == Node.State.RUNNING) {
          simulation.pause(one);
        }
      }
      case RESUME -> {
        if (node.state() == Node.State.PAUSED) {
          simulation.resume(one);
        }
      }
      case CUT -> {
        if (!one.equals(other)) {
          simulation.partition(List.of(List.of(one), List.of(other)));
        }
      }
      case BLOCK -> {
        if (!one.equals(other)) {
          simulation.block(one, other);
        }
      }
      case HEAL -> simulation.heal();
      case WAIT -> simulation.runFor(3 * Yard.MILLI);
      case WAIT_LONG -> simulation.runFor(2 * Yard.SECOND);
    }
  }

  private static Yard boot(Notes notes) {
    var yard = new Yard(notes);
    for (String label : LABELS) {
      yard.start(
          NodeSettings.shortName(label)
              .withLabel(label)
              .withCookie("secret")
              .withKernel(KernelParameters.DEFAULT.withNetTickTime(4)));
    }
    yard.simulation.runFor(Yard.SECOND);
    return yard;
  }

  @Property(tries = 100)
  void theSameStepsGiveTheSameRunAndACopyGoesOnTheSameWay(
      @ForAll("steps") List<Step> before, @ForAll("steps") List<Step> after) {
    var first = new Notes();
    var second = new Notes();
    var copied = new Notes();
    Yard one = boot(first);
    Yard two = boot(second);
    before.forEach(step -> take(one, step));
    before.forEach(step -> take(two, step));
    assertThat(second.lines).isEqualTo(first.lines);
    int length = first.lines.size();
    Yard copy = one.copy(copied);
    for (Yard yard : List.of(one, copy)) {
      after.forEach(step -> take(yard, step));
      yard.simulation.runFor(10 * Yard.SECOND);
    }
    assertThat(copied.lines).isEqualTo(first.lines.subList(length, first.lines.size()));
  }

  @Property(tries = 100)
  void whenTheFaultsAreOverBothEndsAgreeOnWhetherTheyAreConnected(
      @ForAll("steps") List<Step> steps) {
    Yard yard = boot(new Notes());
    steps.forEach(step -> take(yard, step));
    for (String label : LABELS) {
      Node node = yard.simulation.node(label);
      if (node.state() == Node.State.PAUSED) {
        yard.simulation.resume(label);
      }
    }
    yard.simulation.heal();
    yard.simulation.runFor(200 * Yard.SECOND);
    for (String label : LABELS) {
      for (String other : LABELS) {
        Node one = yard.simulation.node(label);
        Node two = yard.simulation.node(other);
        if (one.isUp() && two.isUp()) {
          assertThat(connected(one, two)).isEqualTo(connected(two, one));
        } else if (one.isUp()) {
          assertThat(connected(one, two)).isFalse();
        }
      }
    }
  }

  private static boolean connected(Node node, Node to) {
    return node.distribution().nodes(List.of(NodeKind.CONNECTED)).contains(Yard.at(to.label()));
  }
}
