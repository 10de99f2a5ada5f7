package beamyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import beamyard.simulator.process.JavaHandler;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.StraightLine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.testing.Invariants;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Example;

class ClusterTest {
  private static final KernelParameters QUICK =
      KernelParameters.DEFAULT.withNetTickTime(4).withStartPg(true);

  /** Counts what it is sent and tells whoever asks. */
  private static JavaHandler.Step<Integer> count(Integer state, Term message, Object self) {
    return message instanceof Tuple pair && pair.get(0) instanceof Pid from
        ? JavaHandler.Step.<Integer>next(state).send(from, SmallInt.of(state))
        : JavaHandler.Step.next(state + 1);
  }

  @Example
  void handlersAndStraightLineProcessesTalkAcrossNodes() {
    Cluster cluster = Cluster.of("alice", "bob");
    Pid counter = cluster.spawn("bob", ClusterTest::count, 0);
    cluster.send("alice", counter, Atom.OK);
    cluster.send("alice", counter, Atom.OK);
    cluster.run(Duration.ofMillis(100));
    var answers = new java.util.ArrayList<Term>();
    Pid asker =
        cluster.spawn(
            "alice",
            self -> {
              self.send(counter, Tuple.of(self.pid(), Atom.of("how_many")));
              answers.add(self.receive());
            });
    cluster.await(() -> !cluster.isAlive(asker), Duration.ofSeconds(1));
    assertThat(answers).containsExactly(SmallInt.of(2));
  }

  @Example
  void globalNamesAndGroupsAreCalledByName() {
    Cluster cluster = Cluster.of(ClusterSettings.seed(2).withKernel(QUICK), "alice", "bob");
    cluster.mesh();
    Pid holder = cluster.spawn("bob", ClusterTest::count, 0);
    assertThat(cluster.call("bob", "global", "register_name", Atom.of("counter"), holder))
        .isEqualTo(Atom.of("yes"));
    assertThat(cluster.call("alice", "global", "whereis_name", Atom.of("counter")))
        .isEqualTo(holder);
    assertThat(cluster.call("bob", "pg", "join", Atom.of("counters"), holder)).isEqualTo(Atom.OK);
    cluster.run(Duration.ofMillis(10));
    assertThat(cluster.call("alice", "pg", "get_members", Atom.of("counters")))
        .isEqualTo(ListTerm.of(holder));
  }

  @Example
  void functionsInJavaAreCalledOverRpc() {
    ClusterSettings settings =
        ClusterSettings.seed(1)
            .withFunction(
                "math", "double", 1, (_, a) -> SmallInt.of(2 * ((SmallInt) a.get(0)).value()));
    Cluster cluster = Cluster.of(settings, "alice", "bob");
    Term answer =
        cluster.call(
            "alice",
            "rpc",
            "call",
            cluster.name("bob"),
            Atom.of("math"),
            Atom.of("double"),
            ListTerm.of(SmallInt.of(21)));
    assertThat(answer).isEqualTo(SmallInt.of(42));
    assertThatThrownBy(() -> cluster.call("alice", "math", "halve", SmallInt.of(2)))
        .isInstanceOf(CallFailed.class)
        .hasMessage("alice: math:halve/1: error undef");
  }

  @Example
  void aPartitionIsNoticedAndHealedAndTheClusterIsWholeAgain() {
    Cluster cluster =
        Cluster.of(ClusterSettings.seed(3).withKernel(QUICK), "alice", "bob", "carol");
    cluster.mesh();
    cluster.partition("rack", List.of(List.of("alice"), List.of("bob", "carol")));
    cluster.run(Duration.ofSeconds(6));
    assertThat(cluster.nodes("alice")).isEmpty();
    assertThat(cluster.nodes("bob")).containsExactly("carol");
    assertThat(Invariants.ofAQuietCluster(cluster.beliefs())).isEmpty();
    assertThat(Invariants.isOneMesh(cluster.beliefs())).isNotEmpty();
    cluster.heal("rack");
    assertThat(cluster.ping("alice", "bob")).isTrue();
    cluster.mesh();
    assertThat(Invariants.ofAWholeCluster(cluster.beliefs())).isEmpty();
  }

  @Example
  void aBlipOfMillisecondsLosesNothing() {
    Cluster cluster = Cluster.of(ClusterSettings.seed(4).withKernel(QUICK), "alice", "bob");
    cluster.mesh();
    Pid counter = cluster.spawn("bob", ClusterTest::count, 0);
    cluster.run(Duration.ofMillis(1));
    long idle = cluster.view(counter).orElseThrow().reductions();
    cluster.blip(Duration.ofMillis(30), List.of(List.of("alice"), List.of("bob")));
    cluster.send("alice", counter, Atom.OK);
    cluster.run(Duration.ofMillis(150));
    assertThat(cluster.view(counter).orElseThrow().reductions()).isEqualTo(idle);
    cluster.run(Duration.ofMillis(150));
    assertThat(cluster.view(counter).orElseThrow().reductions()).isGreaterThan(idle);
    assertThat(cluster.nodes("alice")).containsExactly("bob");
  }

  @Example
  void aCallUnderWayWhenItsNodeCrashesIsAnExit() {
    Cluster cluster = Cluster.of("alice", "bob");
    PendingCall pending =
        cluster.begin(
            "bob", "global", "trans", Tuple.of(Atom.of("x"), Atom.of("y")), Atom.of("none"));
    cluster.crash("bob");
    assertThat(pending.await()).isInstanceOf(Outcome.Raised.class);
    cluster.restart("bob");
    assertThat(cluster.ping("alice", "bob")).isTrue();
  }

  @Example
  void aCopyGoesOnTheSameWay() {
    Cluster cluster = Cluster.of(ClusterSettings.seed(5).recorded(), "alice", "bob");
    cluster.mesh();
    Cluster copy = cluster.copy();
    int before = cluster.facts().size();
    for (Cluster each : List.of(cluster, copy)) {
      each.crash("bob");
      each.restart("bob");
      each.mesh();
    }
    assertThat(copy.facts()).isEqualTo(cluster.facts().subList(before, cluster.facts().size()));
  }

  @Example
  void whatCannotBeDoneSaysWhatWhereAndWhatCould() {
    Cluster cluster = Cluster.of("alice", "bob");
    assertThatThrownBy(() -> cluster.crash("zed"))
        .isInstanceOf(BadSetup.class)
        .hasMessage("node zed: is not there; needs one of [alice, bob]");
    assertThatThrownBy(() -> cluster.boot("alice"))
        .hasMessageContaining("node alice: is running already; needs another label");
    assertThatThrownBy(() -> cluster.boot(NodeSettings.shortName("alice").withLabel("again")))
        .hasMessageContaining("node again: has the name of another node of its host");
    assertThatThrownBy(() -> cluster.partition(List.of(List.of("alice"), List.of("alice", "bob"))))
        .hasMessageContaining("node alice: is named twice");
    assertThatThrownBy(() -> cluster.partition(List.of(List.of("alice", "bob"))))
        .hasMessageContaining("needs two groups or more");
    assertThatThrownBy(() -> cluster.run(Duration.ofMillis(-1)))
        .isInstanceOf(BadSetup.class)
        .hasMessageContaining("which is past");
    assertThatThrownBy(cluster::facts).hasMessageContaining("recorded()");
    assertThatThrownBy(() -> cluster.resume("alice"))
        .hasMessageContaining("is RUNNING; needs a node that is PAUSED");
  }

  @Example
  void whatIsMissingOrOfAnotherNodeIsRefusedWhereItIsGiven() {
    Cluster cluster = Cluster.of("alice", "bob");
    JavaHandler<Integer> counter = (count, _, _) -> JavaHandler.Step.next(count + 1);
    Pid process = cluster.spawn("alice", counter, 0);
    assertThatThrownBy(() -> cluster.register("bob", "counter", process))
        .isInstanceOf(BadSetup.class)
        .hasMessageContaining("needs a living process of node bob");
    assertThatThrownBy(() -> cluster.send("alice", process, null))
        .hasMessage("a message: is null; needs something else");
    assertThatThrownBy(() -> cluster.spawn("alice", (StraightLine.Body) null))
        .hasMessageContaining("a body: is null");
    assertThatThrownBy(() -> cluster.spawn("alice", (JavaHandler<Integer>) null, 0))
        .hasMessageContaining("a handler: is null");
    assertThatThrownBy(() -> cluster.latency("alice", "bob", null))
        .hasMessageContaining("a latency: is null");
    assertThat(cluster.register("alice", "counter", process)).isTrue();
    assertThat(cluster.ping("alice", "bob")).isTrue();
  }

  @Example
  void processesThatEndByAnExceptionAreTold() {
    Cluster cluster = Cluster.of("alice", "bob");
    JavaHandler<Integer> careless =
        (count, message, _) -> message == Atom.of("null") ? null : divided(count);
    Pid handler = cluster.spawn("alice", careless, 0);
    Pid forgetful = cluster.spawn("alice", careless, 0);
    Pid straight =
        cluster.spawn(
            "bob",
            (StraightLine.Body)
                self -> {
                  throw new IllegalStateException("after " + self.receive());
                });
    cluster.send("alice", handler, Atom.of("go"));
    cluster.send("alice", forgetful, Atom.of("null"));
    cluster.send("bob", straight, Atom.of("go"));
    cluster.run(Duration.ofMillis(1));
    assertThat(cluster.crashes())
        .extracting(Crash::process)
        .containsExactly(handler, forgetful, straight);
    assertThat(cluster.crashes().getLast().toString())
        .endsWith(
            "bob@localhost: a process ended by {java.lang.IllegalStateException, \"after go\"}");
    assertThat(cluster.copy().crashes()).isEqualTo(cluster.crashes());
    assertThat(cluster.ping("alice", "bob")).isTrue();
  }

  @Example
  void aProcessCannotMakeTimePass() {
    Cluster cluster = Cluster.of("alice", "bob");
    Pid impatient =
        cluster.spawn("alice", (StraightLine.Body) self -> cluster.run(Duration.ofMillis(5)));
    cluster.run(Duration.ofMillis(1));
    assertThat(cluster.isAlive(impatient)).isFalse();
    assertThat(cluster.crashes().getFirst().reason().toString())
        .contains("virtual time: is made to pass by a process");
    assertThat(cluster.ping("alice", "bob")).isTrue();
  }

  private static JavaHandler.Step<Integer> divided(int count) {
    return JavaHandler.Step.next(1 / count);
  }
}
