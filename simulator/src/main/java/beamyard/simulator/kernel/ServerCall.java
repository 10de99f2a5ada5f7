package beamyard.simulator.kernel;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.AliasMode;
import beamyard.simulator.process.ProcessContext.DemonitorOptions;
import beamyard.simulator.process.ProcessContext.MonitorOptions;
import beamyard.simulator.process.ProcessContext.SendOption;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls of servers: a request, a monitor, and the wait for the reply.
 *
 * @see <a href="https://www.erlang.org/doc/man/gen_server.html#call-3">OTP stdlib, gen_server:call</a>
 */
final class ServerCall {
  private static final Atom CALLING_SELF = Atom.of("calling_self");
  private static final Atom GEN = Atom.of("gen");
  private static final Atom GEN_SERVER = Atom.of("gen_server");
  static final Set<SendOption> WITHOUT_CONNECTING =
      Collections.unmodifiableSet(EnumSet.of(SendOption.NOCONNECT));

  private ServerCall() {}

  static void addTo(KernelFunctions all) {
    all.add(
        GEN,
        "call",
        (self, a) -> {
          Term timeout = a.size() == 4 ? a.get(3) : SmallInt.of(5000);
          return Timeout.deadline(self, timeout).isEmpty()
              ? Turn.functionClause(GEN, Atom.of("call"), a)
              : Turn.value(
                  call(self, a.get(0), a.get(1), a.get(2), Timeout.deadline(self, timeout).get()),
                  (_, reply) -> Turn.value(Tuple.of(Atom.OK, reply)));
        },
        3,
        4);
  }

  /** {@code gen_server:call/3}: the reply, or an exit that names the call. */
  static Turn gen(ProcessContext self, Term server, Term request, Term timeout) {
    Optional<Long> deadline = Timeout.deadline(self, timeout);
    if (deadline.isEmpty()) {
      return Turn.functionClause(
          GEN, Atom.of("call"), List.of(server, Words.CALL, request, timeout));
    }
    return Turn.attempt(
        call(self, server, Words.CALL, request, deadline.get()),
        (_, outcome) ->
            outcome instanceof Outcome.Raised(_, Term reason, _)
                ? Turn.exit(
                    Tuple.of(
                        reason,
                        Tuple.of(
                            GEN_SERVER, Atom.of("call"), ListTerm.of(server, request, timeout))))
                : Turn.done(outcome));
  }

  /** The reply, or an exit with the bare reason: {@code noproc}, {@code timeout}, {@code {nodedown, Node}}, ... */
  static Turn call(ProcessContext self, Term server, Term label, Term request, long deadline) {
    if (server instanceof Atom name) {
      return self.whereis(name)
          .map(pid -> ask(self, pid, label, request, deadline))
          .orElse(Turn.exit(Words.NOPROC));
    }
    if (server instanceof Pid pid) {
      return ask(self, pid, label, request, deadline);
    }
    if (server instanceof Tuple pair && pair.isTagged(Words.GLOBAL, 2)) {
      return GlobalNames.whereis(self, pair.get(1))
          .map(pid -> askGlobal(self, pid, label, request, deadline))
          .orElse(Turn.exit(Words.NOPROC));
    }
    if (server instanceof Tuple pair
        && pair.size() == 2
        && pair.get(0) instanceof Atom name
        && pair.get(1) instanceof Atom node) {
      if (node == self.node()) {
        return call(self, name, label, request, deadline);
      }
      return self.node() == Words.NONODE
          ? Turn.exit(Tuple.of(Words.NODEDOWN, node))
          : request(self, new Address.OfName(name, node), node, label, request, deadline);
    }
    return Turn.functionClause(GEN, Atom.of("do_for_proc"), List.of(server));
  }

  /** A process found by its global name that turns out to be on a lost node does not exist. */
  private static Turn askGlobal(
      ProcessContext self, Pid pid, Term label, Term request, long deadline) {
    Term lost = Tuple.of(Words.NODEDOWN, pid.node());
    return Turn.attempt(
        ask(self, pid, label, request, deadline),
        (_, outcome) ->
            outcome instanceof Outcome.Raised(_, Term reason, _) && reason.equals(lost)
                ? Turn.exit(Words.NOPROC)
                : Turn.done(outcome));
  }

  private static Turn ask(ProcessContext self, Pid pid, Term label, Term request, long deadline) {
    return pid.equals(self.self())
        ? Turn.exit(CALLING_SELF)
        : request(self, new Address.OfProcess(pid), pid.node(), label, request, deadline);
  }

  private static Turn request(
      ProcessContext self, Address server, Atom node, Term label, Term request, long deadline) {
    boolean plain = deadline == Long.MAX_VALUE && node == self.node();
    Reference reference =
        self.monitor(
            server,
            plain
                ? MonitorOptions.PLAIN
                : new MonitorOptions(AliasMode.DEMONITOR, Optional.empty()));
    Term tag = plain ? reference : new Cons(Words.ALIAS, reference);
    Term message = Tuple.of(label, Tuple.of(self.self(), tag), request);
    if (plain) {
      self.send(server, message);
    } else {
      self.send(server, message, WITHOUT_CONNECTING);
    }
    Turn.Reader reader =
        answer -> {
          if (answer instanceof Tuple reply && reply.size() == 2 && reply.get(0).equals(tag)) {
            return after -> {
              after.demonitor(reference, DemonitorOptions.FLUSH);
              return Turn.value(reply.get(1));
            };
          }
          if (answer instanceof Tuple down
              && down.isTagged(Words.DOWN, 5)
              && down.get(1).equals(reference)) {
            boolean lost = down.get(4) == Words.NOCONNECTION && !plain;
            return _ -> Turn.exit(lost ? Tuple.of(Words.NODEDOWN, node) : down.get(4));
          }
          return null;
        };
    return Turn.await(
        reader,
        deadline,
        late -> {
          late.demonitor(reference, DemonitorOptions.FLUSH);
          return Turn.await(reader, late.now(), _ -> Turn.exit(Words.TIMEOUT));
        });
  }

  /**
   * What the servers of one name on several nodes answered: the nodes in the order asked, and those without an
   * answer.
   */
  record Replies(List<Reply> replies, List<Atom> badNodes) {}

  /** The answer of one node. */
  record Reply(Atom node, Term value) {}

  private record Asked(Atom node, Reference monitor) {}

  /**
   * What came of asking one node, and of those asked before.
   *
   * @param value {@code null} if the node is lost
   */
  private record Answered(Atom node, @Nullable Term value, @Nullable Answered earlier) {
    /** The latest first. */
    static Replies replies(@Nullable Answered latest) {
      var replies = new ArrayList<Reply>();
      var badNodes = new ArrayList<Atom>(0);
      for (Answered each = latest; each != null; each = each.earlier) {
        if (each.value == null) {
          badNodes.add(each.node);
        } else {
          replies.add(new Reply(each.node, each.value));
        }
      }
      return new Replies(replies, badNodes);
    }
  }

  /** {@code gen_server:multi_call/3}: waits until every node has answered or is lost. */
  static Turn multi(
      ProcessContext self, List<Atom> nodes, Atom name, Term request, Turn.Then<Replies> then) {
    if (nodes.size() == 1 && nodes.getFirst() == self.node()) {
      return Turn.attempt(
          call(self, name, Words.CALL, request, Long.MAX_VALUE),
          (after, outcome) ->
              then.then(
                  after,
                  outcome instanceof Outcome.Returned(Term value)
                      ? new Replies(List.of(new Reply(nodes.getFirst(), value)), List.of())
                      : new Replies(List.of(), nodes)));
    }
    Reference tag = self.makeReference();
    List<Asked> asked = ask(self, nodes, name, tag, request);
    return collect(asked, 0, tag, null, then);
  }

  /** Those asked, the last first. */
  private static List<Asked> ask(
      ProcessContext self, List<Atom> nodes, Atom name, Reference tag, Term request) {
    var asked = new ArrayList<Asked>(nodes.size());
    for (Atom node : nodes) {
      Address server = new Address.OfName(name, node);
      asked.add(new Asked(node, watch(self, server, node)));
      self.send(server, Tuple.of(Words.CALL, Tuple.of(self.self(), Tuple.of(tag, node)), request));
    }
    return asked.reversed();
  }

  /** {@code gen_server:multi_call/3} of a list that ends in something else: fails when all in front of it have been asked. */
  static Turn multiOfImproper(
      ProcessContext self, List<Atom> nodes, Term end, Atom name, Term request) {
    Reference tag = self.makeReference();
    var monitors = new ArrayList<Term>();
    ask(self, nodes, name, tag, request)
        .forEach(asked -> monitors.add(Tuple.of(asked.node, asked.monitor)));
    return Turn.functionClause(
        GEN_SERVER, Atom.of("send_nodes"), List.of(end, name, tag, request, ListTerm.of(monitors)));
  }

  /** A monitor of a named process; one without distribution learns at once that another node is not there. */
  static Reference watch(ProcessContext self, Address.OfName server, Atom node) {
    if (self.node() != Words.NONODE || node == Words.NONODE) {
      return self.monitor(server, MonitorOptions.PLAIN);
    }
    Reference reference = self.makeReference();
    self.send(
        new Address.OfProcess(self.self()),
        Tuple.of(
            Words.DOWN,
            reference,
            Words.PROCESS,
            Tuple.of(server.name(), node),
            Words.NOCONNECTION));
    return reference;
  }

  static Reference watch(ProcessContext self, Address server, Atom node) {
    return server instanceof Address.OfName named
        ? watch(self, named, node)
        : self.monitor(server, MonitorOptions.PLAIN);
  }

  private static Turn collect(
      List<Asked> asked,
      int index,
      Reference tag,
      @Nullable Answered soFar,
      Turn.Then<Replies> then) {
    if (index == asked.size()) {
      return Turn.act(self -> then.then(self, Answered.replies(soFar)));
    }
    Asked next = asked.get(index);
    Term replyTag = Tuple.of(tag, next.node);
    return Turn.await(
        message -> {
          if (message instanceof Tuple down
              && down.isTagged(Words.DOWN, 5)
              && down.get(1).equals(next.monitor)) {
            return _ -> collect(asked, index + 1, tag, new Answered(next.node, null, soFar), then);
          }
          if (message instanceof Tuple reply
              && reply.size() == 2
              && reply.get(0).equals(replyTag)) {
            return self -> {
              self.demonitor(next.monitor, DemonitorOptions.FLUSH);
              return collect(
                  asked, index + 1, tag, new Answered(next.node, reply.get(1), soFar), then);
            };
          }
          return null;
        });
  }

  /** A list with one more element in front. */
  static <T> List<T> before(T first, List<? extends T> rest) {
    var list = new ArrayList<T>(rest.size() + 1);
    list.add(first);
    list.addAll(rest);
    return list;
  }
}
