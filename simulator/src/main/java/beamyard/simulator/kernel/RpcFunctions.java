package beamyard.simulator.kernel;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.DemonitorOptions;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessContext.Spawned;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions of {@code rpc}: those of {@code erpc} with errors as {@code {badrpc, Reason}}, and calls of the server
 * {@code rex}.
 *
 * @see <a href="https://www.erlang.org/doc/man/rpc.html">OTP kernel, rpc</a>
 */
final class RpcFunctions {
  private static final Atom NODE = Atom.of("node");
  private static final Atom NOTSUP = Atom.of("notsup");
  private static final Atom SIGNAL = Atom.of("signal");
  private static final Atom ABCAST = Atom.of("abcast");
  private static final Atom BLOCK_CALL = Atom.of("block_call");
  private static final Atom NONEXISTING_NAME = Atom.of("nonexisting_name");
  private static final Atom NO_RESPONSE = Atom.of("no_response");
  private static final Atom PROCESS_INFO = Atom.of("process_info");
  private static final Atom SBCAST = Atom.of("sbcast");
  private static final InitialCall APPLY = new InitialCall(Words.ERLANG, Atom.of("apply"), 2);

  private RpcFunctions() {}

  static void addTo(KernelFunctions all) {
    all.add(Words.RPC, "call", RpcFunctions::call, 4, 5);
    all.add(Words.RPC, "block_call", RpcFunctions::blockCall, 4, 5);
    all.add(Words.RPC, "server_call", RpcFunctions::serverCall, 4);
    all.add(Words.RPC, "cast", (self, a) -> cast(self, a), 4);
    all.add(Words.RPC, "abcast", (self, a) -> abcast(self, withNodes(self, a, 2)), 2, 3);
    all.add(Words.RPC, "sbcast", (self, a) -> sbcast(self, withNodes(self, a, 2)), 2, 3);
    all.add(
        Words.RPC,
        "eval_everywhere",
        (self, a) -> evalEverywhere(self, withNodes(self, a, 3)),
        3,
        4);
    all.add(
        Words.RPC,
        "multicall",
        (self, a) ->
            multicall(
                self,
                a.size() == 5 || a.get(0) instanceof ListTerm ? a : withNodes(self, a, a.size())),
        3,
        4,
        5);
    all.add(
        Words.RPC,
        "multi_server_call",
        (self, a) -> multiServerCall(self, withNodes(self, a, 2)),
        2,
        3);
    all.add(Words.RPC, "async_call", RpcFunctions::asyncCall, 4);
    all.add(Words.RPC, "yield", (self, a) -> answerOf(self, all, a.get(0)), 1);
    all.add(Words.RPC, "nb_yield", (self, a) -> nonBlockingYield(self, all, a), 1, 2);
    all.add(
        Words.RPC,
        "parallel_eval",
        (self, a) ->
            a.get(0) instanceof ListTerm calls
                ? parallelEval(self, all, calls)
                : ofNodes(self, a.get(0)),
        1);
    all.add(Words.RPC, "pmap", (self, a) -> pmap(self, all, a), 3);
    all.add(Words.RPC, "pinfo", RpcFunctions::pinfo, 1, 2);
  }

  /** {@code rpc:call(Node, Module, Function, Arguments[, Timeout])}. */
  static Turn call(ProcessContext self, List<Term> a) {
    return answer(ErpcFunctions.call(self, a));
  }

  private static Turn noClause(String function, List<Term> arguments) {
    return Turn.functionClause(Words.RPC, Atom.of(function), arguments);
  }

  /** What is no list of calls fails where the calls are given to the nodes. */
  private static Turn ofNodes(ProcessContext self, Term calls) {
    Term nodes = ListTerm.of(Nodes.all(self));
    return noClause("map_nodes", List.of(calls, nodes, nodes));
  }

  /** The arguments with the nodes in front: this and all visible ones if they are left out. */
  private static List<Term> withNodes(ProcessContext self, List<Term> arguments, int others) {
    return arguments.size() > others
        ? arguments
        : ServerCall.before(ListTerm.of(Nodes.all(self)), arguments);
  }

  /** What an {@code erpc} call ends with, as {@code rpc} answers it. */
  private static Turn answer(Turn erpcCall) {
    return Turn.attempt(
        erpcCall,
        (_, outcome) ->
            outcome instanceof Outcome.Returned(Term value)
                ? Turn.value(marked(value))
                : answerTo((Outcome.Raised) outcome));
  }

  /** A returned {@code {'EXIT', X}} cannot be told from a failure. */
  private static Term marked(Term value) {
    return value instanceof Tuple exit && exit.isTagged(Words.EXIT_SIGNAL, 2)
        ? badRpc(exit)
        : value;
  }

  private static Term badRpc(Term reason) {
    return Tuple.of(Words.BADRPC, reason);
  }

  private static Term exited(Term reason) {
    return badRpc(Tuple.of(Words.EXIT_SIGNAL, reason));
  }

  private static Turn answerTo(Outcome.Raised raised) {
    Term reason = raised.reason();
    return switch (raised.exceptionClass()) {
      case THROW -> Turn.value(marked(reason));
      case EXIT ->
          reason instanceof Tuple pair
                  && (pair.isTagged(Execution.EXCEPTION, 2) || pair.isTagged(SIGNAL, 2))
              ? Turn.value(exited(pair.get(1)))
              : Turn.done(raised);
      case ERROR -> {
        if (reason instanceof Tuple error && error.isTagged(Execution.EXCEPTION, 3)) {
          yield Turn.value(exited(Tuple.of(error.get(1), error.get(2))));
        }
        if (reason instanceof Tuple error && error.isTagged(Words.ERPC, 2)) {
          yield answerToErpcError(error.get(1));
        }
        yield Turn.done(raised);
      }
    };
  }

  private static Turn answerToErpcError(Term reason) {
    if (reason == Words.BADARG) {
      return Turn.error(Words.BADARG);
    }
    if (reason == Words.NOCONNECTION) {
      return Turn.value(badRpc(Words.NODEDOWN));
    }
    return Turn.value(
        reason == Words.TIMEOUT || reason == NOTSUP ? badRpc(reason) : exited(reason));
  }

  private static Turn blockCall(ProcessContext self, List<Term> a) {
    Term timeout = a.size() == 5 ? a.get(4) : Words.INFINITY;
    if (!(a.get(0) instanceof Atom node)
        || !(a.get(1) instanceof Atom)
        || !(a.get(3) instanceof ListTerm)
        || Timeout.deadline(self, timeout).isEmpty()) {
      return noClause("block_call", a.size() == 5 ? a : appended(a, Words.INFINITY));
    }
    Term request = Tuple.of(BLOCK_CALL, a.get(1), a.get(2), a.get(3), self.groupLeader());
    Term server = Tuple.of(Words.REX, node);
    if (timeout == Words.INFINITY) {
      return Turn.attempt(
          ServerCall.gen(self, server, request, timeout),
          (_, outcome) ->
              outcome instanceof Outcome.Raised(_, Term reason, _)
                  ? Turn.value(unanswered(reason))
                  : Turn.done(outcome));
    }
    return callThroughReceiver(self, server, request, timeout);
  }

  private static Term unanswered(Term reason) {
    boolean lost =
        reason instanceof Tuple pair
            && pair.size() == 2
            && pair.get(0) instanceof Tuple cause
            && cause.isTagged(Words.NODEDOWN, 2);
    boolean late = reason instanceof Tuple pair && pair.size() == 2 && pair.get(0) == Words.TIMEOUT;
    return lost ? badRpc(Words.NODEDOWN) : late ? badRpc(Words.TIMEOUT) : exited(reason);
  }

  /** With a timeout another process calls, so that a late reply reaches nobody. */
  private static Turn callThroughReceiver(
      ProcessContext self, Term server, Term request, Term timeout) {
    Reference tag = self.makeReference();
    var body =
        new Conversation(
            Turn.act(
                receiver -> {
                  receiver.setTrapExit(true);
                  return Turn.value(
                      ServerCall.gen(receiver, server, request, timeout),
                      (again, value) -> Turn.exit(Tuple.of(again.self(), tag, value)));
                }));
    Spawned receiver = self.spawn(body, SpawnOptions.of(SpawnOptions.Flag.MONITOR), APPLY);
    Term monitor = receiver.monitor().orElseThrow();
    return Turn.await(
        message -> {
          if (!(message instanceof Tuple down)
              || !down.isTagged(Words.DOWN, 5)
              || !down.get(1).equals(monitor)) {
            return null;
          }
          return down.get(4) instanceof Tuple end && end.size() == 3 && end.get(1).equals(tag)
              ? _ -> Turn.value(end.get(2))
              : _ -> Turn.value(unanswered(down.get(4)));
        });
  }

  private static Turn serverCall(ProcessContext self, List<Term> a) {
    if (!(a.get(0) instanceof Atom node) || !(a.get(1) instanceof Atom name)) {
      return noClause("server_call", a);
    }
    Term failure = Tuple.of(Atom.ERROR, Words.NODEDOWN);
    if (self.node() == Words.NONODE && node != Words.NONODE) {
      return Turn.value(failure);
    }
    Address server = new Address.OfName(name, node);
    Reference monitor = ServerCall.watch(self, server, node);
    self.send(server, Tuple.of(self.self(), a.get(3)));
    return Turn.await(
        message -> {
          if (isDown(message, monitor)) {
            return _ -> Turn.value(failure);
          }
          return message instanceof Tuple reply
                  && reply.size() == 3
                  && reply.get(0).equals(a.get(2))
                  && reply.get(1) == node
              ? after -> {
                after.demonitor(monitor, DemonitorOptions.FLUSH);
                return Turn.value(reply.get(2));
              }
              : null;
        });
  }

  private static boolean isDown(Term message, Reference monitor) {
    return message instanceof Tuple down
        && down.isTagged(Words.DOWN, 5)
        && down.get(1).equals(monitor);
  }

  /** {@code erpc}'s complaint about arguments is {@code badarg} in {@code rpc}. */
  private static Turn complainingPlainly(Turn turn) {
    Term complaint = Tuple.of(Words.ERPC, Words.BADARG);
    return Turn.attempt(
        turn,
        (_, outcome) ->
            outcome instanceof Outcome.Raised(ExceptionClass kind, Term reason, _)
                    && kind == ExceptionClass.ERROR
                    && reason.equals(complaint)
                ? Turn.error(Words.BADARG)
                : Turn.done(outcome));
  }

  private static Turn cast(ProcessContext self, List<Term> a) {
    return Turn.value(
        complainingPlainly(ErpcFunctions.cast(self, a)), (_, _) -> Turn.value(Atom.TRUE));
  }

  private static Turn abcast(ProcessContext self, List<Term> a) {
    if (!(a.get(0) instanceof ListTerm nodes)) {
      return noClause("abcast", a);
    }
    Term rest = nodes;
    for (; rest instanceof Cons cell; rest = cell.tail()) {
      if (cell.head() instanceof Atom node && a.get(1) instanceof Atom name) {
        self.send(new Address.OfName(name, node), a.get(2));
      }
    }
    return rest.equals(ListTerm.empty())
        ? Turn.value(ABCAST)
        : noClause("abcast", List.of(rest, a.get(1), a.get(2)));
  }

  private static Turn evalEverywhere(ProcessContext self, List<Term> a) {
    for (Term rest = a.get(0); rest instanceof Cons cell; rest = cell.tail()) {
      Turn done = ErpcFunctions.cast(self, List.of(cell.head(), a.get(1), a.get(2), a.get(3)));
      if (done instanceof Turn.Done(Outcome.Raised _)) {
        return complainingPlainly(done);
      }
    }
    Term end = Lists.end(a.get(0));
    return end.equals(ListTerm.empty())
        ? Turn.value(ABCAST)
        : Lists.notTheRestOfAList(Words.RPC, end);
  }

  private record Asked(Atom node, Reference monitor) {}

  private static Turn sbcast(ProcessContext self, List<Term> a) {
    return a.get(0) instanceof ListTerm nodes
        ? askAll(self, nodes, Words.REX, Tuple.of(SBCAST, a.get(1), a.get(2)))
        : noClause("sbcast", a);
  }

  private static Turn multiServerCall(ProcessContext self, List<Term> a) {
    return a.get(0) instanceof ListTerm nodes && a.get(1) instanceof Atom name
        ? askAll(self, nodes, name, a.get(2))
        : noClause("multi_server_call", a);
  }

  /** Sends {@code {Self, Message}} to the name on all nodes and waits for {@code {Name, Node, Reply}} from each. */
  private static Turn askAll(ProcessContext self, ListTerm nodes, Atom name, Term message) {
    var asked = new ArrayList<Asked>();
    Term rest = nodes;
    for (; rest instanceof Cons cell; rest = cell.tail()) {
      if (cell.head() instanceof Atom node) {
        Address server = new Address.OfName(name, node);
        asked.addFirst(new Asked(node, ServerCall.watch(self, server, node)));
        self.send(server, Tuple.of(self.self(), message));
      }
    }
    if (!rest.equals(ListTerm.empty())) {
      var monitors = new ArrayList<Term>();
      asked.forEach(one -> monitors.add(Tuple.of(one.node, one.monitor)));
      return noClause("send_nodes", List.of(rest, name, message, ListTerm.of(monitors)));
    }
    return collect(asked, 0, name, ListTerm.empty(), ListTerm.empty());
  }

  private static Turn collect(
      List<Asked> asked, int index, Atom name, ListTerm replies, ListTerm badNodes) {
    if (index == asked.size()) {
      return Turn.value(Tuple.of(replies, badNodes));
    }
    Asked next = asked.get(index);
    return Turn.await(
        message -> {
          if (isDown(message, next.monitor)) {
            return _ -> collect(asked, index + 1, name, replies, new Cons(next.node, badNodes));
          }
          if (!(message instanceof Tuple reply) || reply.size() != 3 || reply.get(1) != next.node) {
            return null;
          }
          boolean missing =
              reply.get(0) == Words.REX
                  && reply.get(2) instanceof Tuple no
                  && no.isTagged(NONEXISTING_NAME, 2);
          if (!missing && reply.get(0) != name) {
            return null;
          }
          return self -> {
            self.demonitor(next.monitor, DemonitorOptions.FLUSH);
            return missing
                ? collect(asked, index + 1, name, replies, new Cons(next.node, badNodes))
                : collect(asked, index + 1, name, new Cons(reply.get(2), replies), badNodes);
          };
        });
  }

  private static Turn multicall(ProcessContext self, List<Term> a) {
    return Turn.value(
        complainingPlainly(MultiCall.call(self, a)),
        (_, results) ->
            sorted(
                ((ListTerm) a.get(0)).toList(),
                ((ListTerm) results).toList(),
                0,
                List.of(),
                List.of()));
  }

  /** Timeouts and lost nodes make bad nodes; every other outcome is a result. */
  private static Turn sorted(
      List<Term> nodes, List<Term> results, int index, List<Term> good, List<Term> bad) {
    if (index == nodes.size()) {
      return Turn.value(Tuple.of(ListTerm.of(good), ListTerm.of(bad)));
    }
    Tuple result = (Tuple) results.get(index);
    if (result.get(0) == Atom.OK) {
      return sorted(nodes, results, index + 1, appended(good, marked(result.get(1))), bad);
    }
    if (result.get(0) == Atom.ERROR
        && result.get(1) instanceof Tuple error
        && error.isTagged(Words.ERPC, 2)
        && (error.get(1) == Words.TIMEOUT || error.get(1) == Words.NOCONNECTION)) {
      return sorted(nodes, results, index + 1, good, appended(bad, nodes.get(index)));
    }
    ExceptionClass kind =
        result.get(0) == Execution.THROW
            ? ExceptionClass.THROW
            : result.get(0) == Words.EXIT ? ExceptionClass.EXIT : ExceptionClass.ERROR;
    return Turn.value(
        answerTo(new Outcome.Raised(kind, result.get(1), ListTerm.empty())),
        (_, answer) -> sorted(nodes, results, index + 1, appended(good, answer), bad));
  }

  private static List<Term> appended(List<Term> list, Term last) {
    var longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  private static Turn asyncCall(ProcessContext self, List<Term> a) {
    Execution execution = ErpcFunctions.execution(a.get(1), a.get(2), a.get(3)).orElse(null);
    if (execution == null || !(a.get(0) instanceof Atom node)) {
      return Turn.error(Words.BADARG);
    }
    Reference mark = self.makeReference();
    return Turn.value(new Cons(mark, ErpcFunctions.request(self, node, execution, mark)));
  }

  private static Turn erpc(
      ProcessContext self, KernelFunctions all, String function, List<Term> a) {
    KernelFunction found = all.find(Words.ERPC, Atom.of(function), a.size()).orElseThrow();
    return Turn.run(found.call(self, a), (_, outcome) -> Turn.done(outcome));
  }

  private static Turn answerOf(ProcessContext self, KernelFunctions all, Term key) {
    return answer(erpc(self, all, "receive_response", List.of(key)));
  }

  private static Turn nonBlockingYield(ProcessContext self, KernelFunctions all, List<Term> a) {
    Term timeout = a.size() == 2 ? a.get(1) : SmallInt.of(0);
    return Turn.attempt(
        erpc(self, all, "wait_response", List.of(a.get(0), timeout)),
        (_, outcome) -> {
          if (outcome instanceof Outcome.Returned(Term value)) {
            return Turn.value(
                value == NO_RESPONSE
                    ? Words.TIMEOUT
                    : Tuple.of(Words.VALUE, marked(((Tuple) value).get(1))));
          }
          return Turn.value(
              answerTo((Outcome.Raised) outcome),
              (_, answer) -> Turn.value(Tuple.of(Words.VALUE, answer)));
        });
  }

  private static Turn parallelEval(ProcessContext self, KernelFunctions all, ListTerm calls) {
    List<Atom> nodes = Nodes.all(self);
    var keys = new ArrayList<Term>();
    int index = 0;
    for (Term call : calls) {
      if (!(call instanceof Tuple triple) || triple.size() != 3) {
        return noClause("map_nodes", List.of(calls, ListTerm.of(nodes), ListTerm.of(nodes)));
      }
      Execution execution =
          ErpcFunctions.execution(triple.get(0), triple.get(1), triple.get(2)).orElse(null);
      if (execution == null) {
        return Turn.error(Words.BADARG);
      }
      Reference mark = self.makeReference();
      Atom node = nodes.get(index++ % nodes.size());
      keys.add(new Cons(mark, ErpcFunctions.request(self, node, execution, mark)));
    }
    return yieldAll(self, all, keys, 0, List.of());
  }

  private static Turn yieldAll(
      ProcessContext self, KernelFunctions all, List<Term> keys, int index, List<Term> results) {
    return index == keys.size()
        ? Turn.value(ListTerm.of(results))
        : Turn.value(
            answerOf(self, all, keys.get(index)),
            (again, result) -> yieldAll(again, all, keys, index + 1, appended(results, result)));
  }

  private static Turn pmap(ProcessContext self, KernelFunctions all, List<Term> a) {
    if (!(a.get(0) instanceof Tuple function)
        || function.size() != 2
        || !(function.get(0) instanceof Atom)
        || !(function.get(1) instanceof Atom)
        || !(a.get(1) instanceof ListTerm extra)
        || !(a.get(2) instanceof ListTerm list)) {
      return noClause("pmap", a);
    }
    ListTerm calls = ListTerm.empty();
    Term rest = list;
    for (; rest instanceof Cons cell; rest = cell.tail()) {
      // OTP too asks for the last element first, which shows in which node does what
      Term call = Tuple.of(function.get(0), function.get(1), new Cons(cell.head(), extra));
      calls = new Cons(call, calls);
    }
    if (!rest.equals(ListTerm.empty())) {
      return noClause("build_args", List.of(function.get(0), function.get(1), extra, rest, calls));
    }
    return Turn.value(parallelEval(self, all, calls), (_, results) -> checked((ListTerm) results));
  }

  private static Turn checked(ListTerm results) {
    ListTerm inOrder = ListTerm.empty();
    for (Term result : results) {
      if (result instanceof Tuple bad && bad.isTagged(Words.BADRPC, 2)) {
        return Turn.exit(Words.BADRPC);
      }
      inOrder = new Cons(result, inOrder);
    }
    return Turn.value(inOrder);
  }

  private static Turn pinfo(ProcessContext self, List<Term> a) {
    if (!(a.get(0) instanceof Pid pid)) {
      return Turn.badArgument(Words.ERLANG, NODE, List.of(a.get(0)));
    }
    if (pid.node() == self.node()) {
      return Turn.run(self.call(Words.ERLANG, PROCESS_INFO, a), (_, outcome) -> Turn.done(outcome));
    }
    List<Term> call = List.of(pid.node(), Words.ERLANG, PROCESS_INFO, ListTerm.of(a));
    return a.size() == 1 ? answer(ErpcFunctions.call(self, call)) : blockCall(self, call);
  }
}
