package beamyard.simulator.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Cluster;
import beamyard.simulator.Fault;
import beamyard.simulator.Node;
import beamyard.simulator.Simulation;
import beamyard.simulator.exploration.ScheduleSearch.Limits;
import beamyard.simulator.exploration.ScheduleSearch.Result;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.JavaHandler;
import beamyard.simulator.process.JavaHandler.Step;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.TimerMessage;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScheduleSearchProperties {
  private static final Atom LOG = Atom.of("log");
  private static final Atom GO = Atom.of("go");
  private static final List<String> NODES = List.of("alice", "bob");
  private static final int MOST_ORDERS = 8_000;

  /** Processes that note what they get, and send something on; their nodes are connected, and each has a message under way. */
  private static final class Programs {
    private final Cluster cluster = Cluster.of("alice", "bob");
    private final List<Pid> pids = new ArrayList<>();

    /**
     * By process, whom it sends something with each message that it gets; a number that no process has stands for itself, after
     * a millisecond.
     */
    Programs(List<List<Integer>> scripts) {
      cluster.connect("alice", "bob");
      cluster.run(Duration.ofSeconds(2));
      for (List<Integer> script : scripts) {
        JavaHandler<Integer> handler =
            (count, message, self) -> react(script, count, message, self);
        pids.add(cluster.spawn(NODES.get(pids.size() % 2), handler, 0));
      }
      cluster.run(Duration.ofMillis(1));
      for (int i = 0; i < pids.size(); i++) {
        send(pids.get(i), NODES.get(i % 2), GO);
      }
    }

    private void send(Pid to, String node, Term message) {
      Simulation simulation = cluster.simulation();
      simulation
          .node(node)
          .processes()
          .deliver(new Address.OfProcess(to), new Signal.Message(to, message), simulation.now());
    }

    private Step<Integer> react(
        List<Integer> script, int count, Term message, ProcessContext self) {
      ListTerm log =
          self.dictionary().get(LOG) instanceof ListTerm known ? known : ListTerm.empty();
      self.setDictionary(self.dictionary().put(LOG, new Cons(message, log)));
      Step<Integer> step = Step.next(count + 1);
      if (count >= script.size()) {
        return step;
      }
      Term next = Tuple.of(SmallInt.of(pids.indexOf(self.self())), SmallInt.of(count));
      if (script.get(count) < pids.size()) {
        return step.send(pids.get(script.get(count)), next);
      }
      var self2 = new Address.OfProcess(self.self());
      self.startTimer(1_000_000, self2, new TimerMessage(next, TimerMessage.Form.BARE));
      return step;
    }

    SteppedRun run() {
      return new SteppedRun(cluster.simulation());
    }

    /** What every process has got, in order. */
    String outcome(Simulation simulation) {
      var text = new StringBuilder();
      for (Pid pid : pids) {
        for (Node node : simulation.nodes()) {
          if (node.isUp() && node.name() == pid.node()) {
            text.append(node.processes().view(pid).map(view -> "" + view.dictionary().get(LOG)));
          }
        }
        text.append('\n');
      }
      return text.toString();
    }
  }

  /** Notes how runs end. */
  private static class Outcomes implements Subject {
    private final Programs programs;
    private final TreeSet<String> all = new TreeSet<>();
    private final List<Fault> faults;

    Outcomes(Programs programs, List<Fault> faults) {
      this.programs = programs;
      this.faults = faults;
    }

    @Override
    public boolean sees(Uses uses) {
      return false;
    }

    @Override
    public Optional<String> wrong(SteppedRun run) {
      return Optional.empty();
    }

    @Override
    public Optional<String> wrongAtEnd(SteppedRun run) {
      all.add(programs.outcome(run.simulation()));
      return Optional.empty();
    }

    @Override
    public List<Fault> faults(Simulation simulation) {
      return faults.stream().filter(fault -> isPossible(simulation, fault)).toList();
    }

    private static boolean isPossible(Simulation simulation, Fault fault) {
      return !(fault instanceof Fault.Crash(String node)) || simulation.node(node).isUp();
    }
  }

  /** All ends of all orders, found without leaving any out; {@code false} if there are too many. */
  private static boolean everyOrder(SteppedRun run, Outcomes outcomes, int faults, int[] left) {
    List<Candidate> enabled = run.isQuiet() ? List.of() : run.enabled();
    if (--left[0] < 0) {
      return false;
    }
    if (enabled.isEmpty()) {
      outcomes.wrongAtEnd(run);
    }
    for (Candidate candidate : enabled) {
      SteppedRun next = run.copy(Trace.OFF);
      next.take(candidate);
      if (!everyOrder(next, outcomes, faults, left)) {
        return false;
      }
    }
    if (faults > 0) {
      for (Fault fault : outcomes.faults(run.simulation())) {
        SteppedRun next = run.copy(Trace.OFF);
        next.take(Candidate.of(fault, -1));
        if (!everyOrder(next, outcomes, faults - 1, left)) {
          return false;
        }
      }
    }
    return true;
  }

  private static Result search(Programs programs, Outcomes outcomes, int faults) {
    return ScheduleSearch.run(
        programs.run(), outcomes, new Limits(faults, 1_000_000, 1_000), () -> false);
  }

  @Provide
  Arbitrary<List<List<Integer>>> scripts() {
    return Arbitraries.integers()
        .between(0, 3)
        .list()
        .ofMaxSize(2)
        .list()
        .ofMinSize(2)
        .ofMaxSize(3);
  }

  @Property(tries = 60)
  void theSearchFindsEveryEndThatSomeOrderHas(@ForAll("scripts") List<List<Integer>> scripts) {
    check(scripts, List.of(), 0);
  }

  @Property(tries = 20)
  void soItDoesWhenANodeMayCrash(@ForAll("scripts") List<List<Integer>> scripts) {
    check(scripts, List.of(new Fault.Crash("bob")), 1);
  }

  private static void check(List<List<Integer>> scripts, List<Fault> faults, int most) {
    var programs = new Programs(scripts);
    var expected = new Outcomes(programs, faults);
    int[] left = {MOST_ORDERS};
    if (!everyOrder(programs.run(), expected, most, left)) {
      return; // more orders than can be tried one by one
    }
    var found = new Outcomes(programs, faults);
    Result result = search(programs, found, most);
    assertThat(result.exhausted()).isTrue();
    assertThat(found.all).isEqualTo(expected.all);
    assertThat(result.executions()).isLessThanOrEqualTo(MOST_ORDERS - left[0]);
  }

  @Example
  void ofStepsThatCommuteOneOrderIsTried() {
    var apart = new Programs(List.of(List.of(), List.of(), List.of(), List.of()));
    Result result = search(apart, new Outcomes(apart, List.of()), 0);
    assertThat(result.exhausted()).isTrue();
    assertThat(result.executions()).isEqualTo(1);
    assertThat(result.steps()).isEqualTo(4);
  }

  @Example
  void messagesOfDifferentSendersCanOvertakeEachOtherAndThoseOfOneCannot() {
    // 1 and 2 send to 0 what they get, and 2 does so twice: to itself first.
    var programs = new Programs(List.of(List.of(), List.of(0), List.of(0)));
    var outcomes = new Outcomes(programs, List.of());
    Result result = search(programs, outcomes, 0);
    assertThat(result.exhausted()).isTrue();
    assertThat(outcomes.all).hasSize(6);
    assertThat(result.executions()).isEqualTo(6);
  }
}
