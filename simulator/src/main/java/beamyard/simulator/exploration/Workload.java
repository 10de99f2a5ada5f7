package beamyard.simulator.exploration;

import beamyard.simulator.Node;
import beamyard.simulator.kernel.Conversation;
import beamyard.simulator.kernel.Turn;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.JavaHandler;
import beamyard.simulator.process.NodeLink.NodeKind;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The programs that run on the nodes of a scenario. Each node has a {@code source}, which numbers the messages it is told to
 * send, and a {@code sink}, which takes them. Lockers tell the sink of their node what they do, so that it is in the trace.
 */
final class Workload {
  static final Atom NUMBERED = Atom.of("numbered");
  static final Atom LOCKING = Atom.of("locking");
  static final Atom LOCKED = Atom.of("locked");
  static final Atom UNLOCKED = Atom.of("unlocked");
  static final Atom REGISTERING = Atom.of("registering");
  static final Atom REGISTERED = Atom.of("registered");
  private static final Atom SOURCE = Atom.of("source");
  private static final Atom SINK = Atom.of("sink");
  private static final Atom GLOBAL = Atom.of("global");
  private static final Atom PG = Atom.of("pg");
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final int RETRIES = 3;

  private Workload() {}

  /** Gives a node its source and sink, unless it has them. */
  static void install(Node node) {
    if (node.processes().whereis(SINK).isEmpty()) {
      JavaHandler<Integer> sink = (count, _, _) -> JavaHandler.Step.next(count + 1);
      register(node, SINK, sink.body(0));
      JavaHandler<Integer> source = Workload::source;
      register(node, SOURCE, source.body(0));
    }
  }

  private static void register(Node node, Atom name, Routine body) {
    node.processes().register(name, spawn(node, body));
  }

  private static Pid spawn(Node node, Routine body) {
    return node.processes()
        .spawn(body, new InitialCall(Atom.of("workload"), SOURCE, 0), Optional.empty());
  }

  private static JavaHandler.Step<Integer> source(Integer sent, Term message, ProcessContext self) {
    if (message instanceof Tuple pair
        && pair.size() == 2
        && pair.get(0) instanceof Pid to
        && pair.get(1) instanceof SmallInt count) {
      JavaHandler.Step<Integer> step = JavaHandler.Step.next(sent + (int) count.value());
      for (int i = 1; i <= count.value(); i++) {
        step = step.send(to, Tuple.of(NUMBERED, SmallInt.of(sent + i)));
      }
      return step;
    }
    return JavaHandler.Step.next(sent);
  }

  /** Lets the source of a node send to the sink of another, in the incarnation that is up or was up last. */
  static void send(Node from, Pid sink, int count) {
    from.processes()
        .whereis(SOURCE)
        .ifPresent(
            source ->
                from.processes()
                    .deliver(
                        new Address.OfProcess(source),
                        new Signal.Message(source, Tuple.of(sink, SmallInt.of(count))),
                        from.processes().now()));
  }

  static Optional<Pid> sink(Node node) {
    return node.hasProcesses() ? node.processes().whereis(SINK) : Optional.empty();
  }

  /** A process that does nothing else registers a global name, and tells when. */
  static void holdName(Node node, String name) {
    Atom what = Atom.of(name);
    spawn(
        node,
        new Conversation(
            Turn.act(
                self -> {
                  tell(self, REGISTERING, what, ListTerm.empty());
                  return Turn.run(
                      self.call(GLOBAL, Atom.of("register_name"), List.of(what, self.self())),
                      (later, _) -> {
                        tell(later, REGISTERED, what, ListTerm.empty());
                        return Turn.await(_ -> null);
                      });
                })));
  }

  static void freeName(Node node, String name) {
    spawn(
        node,
        new Conversation(
            Turn.act(
                self ->
                    Turn.run(
                        self.call(GLOBAL, Atom.of("unregister_name"), List.of(Atom.of(name))),
                        (_, outcome) -> Turn.done(outcome)))));
  }

  /** A process that does nothing joins a group. */
  static void joinGroup(Node node, String group) {
    spawn(
        node,
        new Conversation(
            Turn.act(
                self ->
                    Turn.run(
                        self.call(PG, Atom.of("join"), List.of(Atom.of(group), self.self())),
                        (_, _) -> Turn.await(_ -> null)))));
  }

  /** A process takes a lock on the nodes it sees, keeps it for a while and gives it back. */
  static void lock(Node node, String resource, int millis) {
    spawn(node, new Conversation(Turn.act(self -> takeLock(self, Atom.of(resource), millis))));
  }

  private static Turn takeLock(ProcessContext self, Atom resource, int millis) {
    Term id = Tuple.of(resource, self.self());
    var all = new ArrayList<Term>(List.of(self.node()));
    all.addAll(self.distribution().nodes(List.of(NodeKind.VISIBLE)));
    ListTerm nodes = ListTerm.of(all);
    tell(self, LOCKING, resource, nodes);
    return Turn.run(
        self.call(GLOBAL, Atom.of("set_lock"), List.of(id, nodes, SmallInt.of(RETRIES))),
        (later, outcome) -> {
          if (!(outcome instanceof Outcome.Returned(Term answer)) || answer != Atom.TRUE) {
            return Turn.done(outcome);
          }
          tell(later, LOCKED, resource, nodes);
          return Turn.sleep(
              later.now() + millis * NANOS_A_MILLI, end -> giveBack(end, id, resource, nodes));
        });
  }

  private static Turn giveBack(ProcessContext self, Term id, Atom resource, ListTerm nodes) {
    tell(self, UNLOCKED, resource, nodes);
    return Turn.run(
        self.call(GLOBAL, Atom.of("del_lock"), List.of(id, nodes)),
        (_, outcome) -> Turn.done(outcome));
  }

  private static void tell(ProcessContext self, Atom what, Atom resource, ListTerm nodes) {
    self.send(new Address.OfName(SINK, self.node()), Tuple.of(what, resource, nodes));
  }
}
