package beamyard.simulator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Cluster;
import beamyard.simulator.ClusterSettings;
import beamyard.simulator.KernelParameters;
import beamyard.simulator.distribution.DistributionFact;
import beamyard.simulator.exploration.LockExclusion;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.JavaHandler;
import beamyard.simulator.process.ProcessFact;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Fact;
import beamyard.simulator.trace.FactList;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each invariant notices what it is for. */
class InvariantsTest {
  private static final Atom A = Atom.of("a@localhost");
  private static final Atom B = Atom.of("b@localhost");
  private static final Pid ANN = new Pid(A, 1, 0, 1);
  private static final Pid BEN = new Pid(B, 1, 0, 1);

  private static List<FactList.Dated> facts(Fact... facts) {
    var list = new FactList();
    long at = 0;
    for (Fact fact : facts) {
      list.record(at++, fact);
    }
    return list.facts();
  }

  private static Fact sent(int number) {
    return new ProcessFact.MessageSent(ANN, new Address.OfProcess(BEN), SmallInt.of(number));
  }

  private static Fact delivered(int number) {
    return new ProcessFact.MessageDelivered(BEN, ANN, SmallInt.of(number));
  }

  private static List<String> order(Fact... facts) {
    return Invariants.messagesKeepTheirOrder(facts(facts), _ -> true);
  }

  @Test
  void aMessageThatOvertakesIsNoticed() {
    assertThat(order(sent(1), sent(2), delivered(2), delivered(1))).isNotEmpty();
    assertThat(order(sent(1), sent(2), delivered(1), delivered(2))).isEmpty();
  }

  @Test
  void aMessageThatComesTwiceIsNoticed() {
    assertThat(order(sent(1), delivered(1), delivered(1))).isNotEmpty();
  }

  @Test
  void aGapWithinOneConnectionIsNoticedAndALostEndIsNot() {
    assertThat(order(sent(1), sent(2), sent(3), delivered(1), delivered(3))).isNotEmpty();
    Fact down = new DistributionFact.NodeDown(A, B, Atom.of("net_tick_timeout"), 1);
    assertThat(order(sent(1), sent(2), down, sent(3), delivered(1), delivered(3))).isEmpty();
  }

  @Test
  void aConnectionThatNobodyAskedForIsNoticed() {
    Fact up = new DistributionFact.NodeUp(A, B, true, 1);
    assertThat(Invariants.connectionsHaveACause(facts(up))).isNotEmpty();
    assertThat(
            Invariants.connectionsHaveACause(
                facts(new DistributionFact.ConnectionStarted(B, A), up)))
        .isEmpty();
  }

  private static Fact told(Pid who, String what) {
    Term message = Tuple.of(Atom.of(what), Atom.of("lock"), ListTerm.of(A, B));
    return new ProcessFact.MessageSent(
        who, new Address.OfName(Atom.of("sink"), who.node()), message);
  }

  @Test
  void aLockThatTwoHoldIsNoticedUnlessTheirNodesHaveParted() {
    Fact ab = new DistributionFact.NodeUp(A, B, true, 1);
    Fact ba = new DistributionFact.NodeUp(B, A, true, 1);
    Fact[] twice = {
      ab, ba, told(ANN, "locking"), told(ANN, "locked"), told(BEN, "locking"), told(BEN, "locked")
    };
    assertThat(LockExclusion.check(facts(twice))).isNotEmpty();
    Fact[] inTurn = {
      ab,
      ba,
      told(ANN, "locking"),
      told(ANN, "locked"),
      told(ANN, "unlocked"),
      told(BEN, "locking"),
      told(BEN, "locked")
    };
    assertThat(LockExclusion.check(facts(inTurn))).isEmpty();
    Fact[] parted = {
      ab,
      ba,
      told(ANN, "locking"),
      told(ANN, "locked"),
      new DistributionFact.NodeDown(B, A, Atom.of("net_tick_timeout"), 1),
      new DistributionFact.NodeDown(A, B, Atom.of("net_tick_timeout"), 1),
      told(BEN, "locking"),
      told(BEN, "locked")
    };
    assertThat(LockExclusion.check(facts(parted))).isEmpty();
  }

  @Test
  void aClusterThatIsSplitOrOverlapsIsNoticed() {
    KernelParameters allowing =
        KernelParameters.DEFAULT.withNetTickTime(4).withPreventOverlappingPartitions(false);
    Cluster cluster =
        Cluster.of(ClusterSettings.seed(1).withKernel(allowing), "alice", "bob", "carol");
    cluster.mesh();
    assertThat(Invariants.ofAWholeCluster(cluster.beliefs())).isEmpty();
    cluster.disconnect("alice", "bob");
    cluster.run(Duration.ofSeconds(1));
    assertThat(Invariants.componentsAreCliques(cluster.beliefs())).isNotEmpty();
    assertThat(Invariants.isOneMesh(cluster.beliefs())).isNotEmpty();
    assertThat(Invariants.listsAreSymmetric(cluster.beliefs())).isEmpty();
  }

  @Test
  void namesThatDifferAreNoticed() {
    Cluster cluster = Cluster.of("alice", "bob");
    JavaHandler<Integer> idle = (state, _, _) -> JavaHandler.Step.next(state);
    Pid one = cluster.spawn("alice", idle, 0);
    cluster.call("alice", "global", "register_name", Atom.of("x"), one);
    cluster.connect("alice", "bob");
    assertThat(Invariants.namesAgree(cluster.beliefs())).isNotEmpty();
    cluster.mesh();
    assertThat(Invariants.namesAgree(cluster.beliefs())).isEmpty();
  }
}
