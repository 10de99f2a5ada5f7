package beamyard.simulator.examples;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Cluster;
import beamyard.simulator.ClusterSettings;
import beamyard.simulator.Fault;
import beamyard.simulator.KernelParameters;
import beamyard.simulator.process.JavaHandler;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.testing.Clusters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Two-phase commit: whatever is cut and when, no two participants decide differently. A participant that has voted waits for
 * the decision, for ever if need be: that is the price.
 */
class TwoPhaseCommitProperties {
  private static final List<String> NODES = List.of("alice", "bob", "carol", "dave");
  private static final Atom VOTE = Atom.of("vote");
  private static final Atom YES = Atom.of("yes");
  private static final Atom NO = Atom.of("no");
  private static final Atom COMMIT = Atom.of("commit");
  private static final Atom ABORT = Atom.of("abort");
  private static final KernelParameters QUICK = KernelParameters.DEFAULT.withNetTickTime(4);

  /** What a participant has decided, by transaction. */
  record Ledger(Atom vote, Map<Term, Atom> decided) {
    Ledger with(Term transaction, Atom decision) {
      var more = new LinkedHashMap<>(decided);
      more.put(transaction, decision);
      return new Ledger(vote, Map.copyOf(more)); // lookups only
    }
  }

  /** {@code {vote, Coordinator, T}}, {@code {commit, T}} and {@code {abort, T}}. */
  private static JavaHandler.Step<Ledger> participate(
      Ledger ledger, Term message, ProcessContext self) {
    Tuple request = (Tuple) message;
    if (request.get(0) != VOTE) {
      return JavaHandler.Step.next(ledger.with(request.get(1), (Atom) request.get(0)));
    }
    JavaHandler.Step<Ledger> answered = JavaHandler.Step.next(ledger);
    return answered.send(
        (Pid) request.get(1), Tuple.of(ledger.vote(), self.self(), request.get(2)));
  }

  private record Participant(String node, Pid pid) {}

  @Provide
  Arbitrary<List<Fault>> faults() {
    return Clusters.faults(NODES).list().ofMaxSize(4);
  }

  @Property(tries = 40)
  void noTwoParticipantsDecideDifferently(
      @ForAll("faults") List<Fault> faults, @ForAll("votes") List<Boolean> votes) {
    Cluster cluster = Cluster.of(ClusterSettings.seed(7).withKernel(QUICK), array(NODES));
    cluster.mesh();
    SequencedMap<String, List<Atom>> decisions = new LinkedHashMap<>();
    var participants = new ArrayList<Participant>();
    for (int i = 0; i < votes.size(); i++) {
      String node = NODES.get(i + 1);
      decisions.put(node, new ArrayList<>());
      var ledger = new Ledger(votes.get(i) ? YES : NO, Map.of()); // lookups only
      Pid pid =
          cluster.<Ledger>spawn(
              node,
              (state, message, self) -> {
                if (message instanceof Tuple told && told.get(0) != VOTE) {
                  decisions.get(node).add((Atom) told.get(0));
                }
                return participate(state, message, self);
              },
              ledger);
      participants.add(new Participant(node, pid));
    }
    coordinate(cluster, participants);
    for (Fault fault : faults) {
      cluster.run(Duration.ofMillis(1));
      try {
        cluster.apply(fault);
      } catch (beamyard.simulator.BadSetup impossible) {
        continue; // such as resuming a node that runs
      }
    }
    cluster.run(Duration.ofSeconds(30));
    assertThat(decisions.values().stream().flatMap(List::stream).distinct()).hasSizeLessThan(2);
    if (votes.contains(false)) {
      assertThat(decisions.values().stream().flatMap(List::stream)).doesNotContain(COMMIT);
    }
  }

  /** Asks all, and tells all: to commit if everybody has said yes within two seconds. */
  private static void coordinate(Cluster cluster, List<Participant> participants) {
    cluster.spawn(
        "alice",
        self -> {
          Term transaction = SmallInt.of(1);
          participants.forEach(
              each -> self.send(each.pid(), Tuple.of(VOTE, self.pid(), transaction)));
          boolean all = true;
          for (Participant each : participants) {
            all &=
                self.receive(
                        message -> ((Tuple) message).get(1).equals(each.pid()),
                        Duration.ofSeconds(2))
                    .filter(vote -> ((Tuple) vote).get(0) == YES)
                    .isPresent();
          }
          Term decision = Tuple.of(all ? COMMIT : ABORT, transaction);
          participants.forEach(each -> self.send(each.pid(), decision));
        });
  }

  @Provide
  Arbitrary<List<Boolean>> votes() {
    return Arbitraries.of(true, true, true, false).list().ofSize(NODES.size() - 1);
  }

  private static String[] array(List<String> nodes) {
    return nodes.toArray(String[]::new);
  }
}
