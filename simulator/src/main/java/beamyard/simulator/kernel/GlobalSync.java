package beamyard.simulator.kernel;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.LogReport;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/** The small processes of the global name server that wait for other nodes. */
final class GlobalSync {
  private static final Atom EXTRA_NODEDOWN = Atom.of("extra_nodedown");
  private static final Atom GLOBAL_CONNECT_FAILED = Atom.of("global_connect_failed");
  private static final Atom IN_SYNC = Atom.of("in_sync");
  private static final Atom WARNING = Atom.of("warning");

  private GlobalSync() {}

  /** Waits until names have been exchanged with nodes, or they are lost, and then answers {@code global:sync/1}. */
  static Conversation body(ListTerm nodes, Caller caller) {
    return new Conversation(
        Turn.act(
            self -> {
              nodes.forEach(node -> self.distribution().monitorNode(self.self(), Shape.atom(node)));
              return loop(self, nodes, caller);
            }));
  }

  private static Turn loop(ProcessContext self, ListTerm nodes, Caller caller) {
    if (nodes.isEmpty()) {
      caller.reply(self, Atom.OK);
      return Turn.value(Atom.OK);
    }
    return Turn.await(
        message -> {
          if (message instanceof Tuple down
              && down.isTagged(Words.NODEDOWN, 2)
              && down.get(1) instanceof Atom) {
            return again -> without(again, nodes, ListTerm.of(down.get(1)), caller);
          }
          return message instanceof Tuple synced
                  && synced.isTagged(GlobalNameServer.SYNCED, 2)
                  && synced.get(1) instanceof ListTerm done
              ? again -> without(again, nodes, done, caller)
              : null;
        });
  }

  private static Turn without(ProcessContext self, ListTerm nodes, ListTerm done, Caller caller) {
    done.forEach(node -> self.distribution().demonitorNode(self.self(), Shape.atom(node)));
    return loop(self, Lists.without(nodes, done), caller);
  }

  /** Connects to a node that another node told of, and tells it so. */
  static Conversation joining(Atom node) {
    return new Conversation(
        Turn.act(
            self ->
                Turn.run(
                    self.distribution().connect(node, Visibility.VISIBLE),
                    (after, outcome) -> {
                      joined(after, node, outcome);
                      return Turn.value(Atom.OK);
                    })));
  }

  private static void joined(ProcessContext self, Atom node, Outcome outcome) {
    if (outcome instanceof Outcome.Returned(Term value) && value == Atom.TRUE) {
      self.send(
          new Address.OfName(Words.GLOBAL_NAME_SERVER, node),
          Tuple.of(Words.CAST, Tuple.of(IN_SYNC, self.node(), Atom.TRUE)));
      return;
    }
    self.log(
        new LogReport(WARNING, self.self(), GLOBAL_CONNECT_FAILED, Tuple.of(self.node(), node)));
    self.send(
        new Address.OfName(Words.GLOBAL_NAME_SERVER, self.node()), Tuple.of(EXTRA_NODEDOWN, node));
  }
}
