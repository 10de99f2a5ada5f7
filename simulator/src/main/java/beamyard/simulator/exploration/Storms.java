package beamyard.simulator.exploration;

import beamyard.simulator.Cluster;
import beamyard.simulator.Node;
import beamyard.simulator.process.ProcessFact;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.FactList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Two name servers of {@code :global} that begin their exchange anew for ever, thousands of times a second: each calls off the
 * attempt that the other has just begun ({@code cancel_connect}), which begins the next, and so they cross again. Seen on real
 * nodes of OTP 25 too, when attempts are called off on both sides at once; there as here only a disconnect ends it, and that is
 * what is done.
 */
final class Storms {
  private static final int FACTS_BETWEEN_LOOKS = 20_000;
  private static final int CALLED_OFF_IN_A_STORM = 300;
  private static final Atom CANCEL_CONNECT = Atom.of("cancel_connect");

  private final Cluster cluster;
  private final Bites bites;
  private final List<FactList.Dated> facts;
  private int looked;

  Storms(Cluster cluster, Bites bites) {
    this.cluster = cluster;
    this.bites = bites;
    facts = cluster.facts();
  }

  /** Whether so much has happened that a look is worth while. */
  boolean isDue() {
    return facts.size() - looked >= FACTS_BETWEEN_LOOKS;
  }

  /** Ends the storms that there are, if a look is due. */
  void end() {
    if (!isDue()) {
      return;
    }
    var calledOff = new LinkedHashMap<List<Atom>, Integer>();
    for (FactList.Dated dated : facts.subList(looked, facts.size())) {
      if (dated.fact() instanceof ProcessFact.MessageReceived(Pid by, Tuple message)
          && message.isTagged(CANCEL_CONNECT, 3)
          && message.get(1) instanceof Atom peer) {
        calledOff.merge(List.of(by.node(), peer), 1, Integer::sum);
      }
    }
    looked = facts.size();
    calledOff.forEach(
        (pair, times) -> {
          if (times > CALLED_OFF_IN_A_STORM) {
            disconnect(pair.getFirst(), pair.getLast());
          }
        });
  }

  private void disconnect(Atom name, Atom peer) {
    for (Node node : cluster.simulation().nodes()) {
      if (node.state() == Node.State.RUNNING && node.name() == name) {
        cluster.begin(node.label(), "net_kernel", "disconnect", peer);
        bites.remark(Bites.Remark.STORM);
      }
    }
  }
}
