package beamyard.simulator.kernel;

import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.process.SpawnOptions.Flag;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code erpc:multicall}: requests to all nodes at once, then the wait for all. The own node, if no timeout is given,
 * is called in the caller while the others work.
 */
record MultiCall(Execution execution, Reference mark, long deadline, List<Request> requests) {
  /**
   * The call of one node.
   *
   * @param id {@code null} for the call that runs in the caller
   * @param result {@code null} until there is one
   */
  record Request(@Nullable Reference id, @Nullable Term result) {}

  private static final Atom EXECUTE_CALL = Atom.of("execute_call");
  private static final Term TIMED_OUT = Tuple.of(Atom.ERROR, Tuple.of(Words.ERPC, Words.TIMEOUT));

  /** {@code multicall(Nodes, Module, Function, Arguments[, Timeout])}. */
  static Turn call(ProcessContext self, List<Term> a) {
    Term timeout = a.size() == 5 ? a.get(4) : Words.INFINITY;
    Execution execution = ErpcFunctions.execution(a.get(1), a.get(2), a.get(3)).orElse(null);
    Long deadline = ErpcFunctions.deadline(self, timeout).orElse(null);
    if (execution == null
        || deadline == null
        || !(a.get(0) instanceof ListTerm nodes)
        || !nodes.isProper()) {
      return ErpcFunctions.badArgument();
    }
    Reference mark = self.makeReference();
    var requests = new ArrayList<Request>();
    int local = -1;
    for (Term each : nodes) {
      if (!(each instanceof Atom node)) {
        return ErpcFunctions.badArgument();
      }
      if (node == self.node() && timeout == Words.INFINITY && local < 0) {
        local = requests.size();
        requests.add(new Request(null, null));
      } else {
        requests.add(new Request(send(self, node, execution, mark), null));
      }
    }
    var call = new MultiCall(execution, mark, deadline, List.copyOf(requests));
    return local < 0 ? call.receive() : call.runLocally(self, local);
  }

  private static Reference send(
      ProcessContext self, Atom node, Execution execution, Reference mark) {
    return self.distribution()
        .spawnRequest(
            self,
            node,
            Words.ERPC,
            EXECUTE_CALL,
            List.of(mark, execution.module(), execution.function(), execution.arguments()),
            new SpawnOptions(
                EnumSet.of(Flag.MONITOR),
                Optional.of(mark),
                SpawnOptions.Reply.ERROR_ONLY,
                Optional.of(mark)));
  }

  private Turn runLocally(ProcessContext self, int index) {
    return execution.run(
        self,
        (_, outcome) ->
            with(
                    index,
                    switch (outcome) {
                      case Outcome.Returned(Term value) -> Tuple.of(Atom.OK, value);
                      case Outcome.Raised(ExceptionClass kind, Term reason, Term stack) ->
                          switch (kind) {
                            case THROW -> Tuple.of(Execution.THROW, reason);
                            case EXIT ->
                                Tuple.of(Words.EXIT, Tuple.of(Execution.EXCEPTION, reason));
                            case ERROR ->
                                Tuple.of(
                                    Atom.ERROR,
                                    Tuple.of(
                                        Execution.EXCEPTION, reason, execution.ownFrames(stack)));
                          };
                      case Outcome.Yielded _, Outcome.Waiting _ ->
                          throw new AssertionError("not an end: " + outcome);
                    })
                .receive());
  }

  private MultiCall with(int index, Term result) {
    var changed = new ArrayList<>(requests);
    changed.set(index, new Request(requests.get(index).id, result));
    return new MultiCall(execution, mark, deadline, List.copyOf(changed));
  }

  private boolean isComplete() {
    return requests.stream().allMatch(request -> request.result != null);
  }

  /** The request a message answers; -1 if it is something else. */
  private int answered(Term message) {
    if (message instanceof Tuple reply
        && (reply.size() == 4 && reply.get(2) == Atom.ERROR || reply.size() == 5)
        && reply.get(0).equals(mark)) {
      for (int i = 0; i < requests.size(); i++) {
        if (reply.get(1).equals(requests.get(i).id)) {
          return i;
        }
      }
    }
    return -1;
  }

  private Turn receive() {
    if (isComplete()) {
      return results();
    }
    return Turn.await(
        message -> {
          int index = answered(message);
          return index < 0 ? null : _ -> take(index, (Tuple) message, MultiCall::receive);
        },
        deadline,
        this::abandon);
  }

  private interface Next {
    Turn after(MultiCall call);
  }

  private Turn take(int index, Tuple reply, Next next) {
    Turn result =
        reply.size() == 4
            ? Turn.error(Tuple.of(Words.ERPC, reply.get(3)))
            : ErpcFunctions.resultOfEnd(reply.get(4), mark);
    return Turn.attempt(result, (_, outcome) -> next.after(with(index, tagged(outcome))));
  }

  private static Term tagged(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Returned(Term value) -> Tuple.of(Atom.OK, value);
      case Outcome.Raised(ExceptionClass kind, Term reason, _) ->
          Tuple.of(
              switch (kind) {
                case ERROR -> Atom.ERROR;
                case EXIT -> Words.EXIT;
                case THROW -> Execution.THROW;
              },
              reason);
      case Outcome.Yielded _, Outcome.Waiting _ ->
          throw new AssertionError("not an end: " + outcome);
    };
  }

  /** Time is over: gives up what is missing, but takes the answers that are there already. */
  private Turn abandon(ProcessContext self) {
    MultiCall rest = this;
    for (int i = 0; i < requests.size(); i++) {
      Request request = requests.get(i);
      if (request.result == null && request.id != null && ErpcFunctions.givenUp(self, request.id)) {
        rest = rest.with(i, TIMED_OUT);
      }
    }
    return rest.drain();
  }

  private Turn drain() {
    return Turn.await(
        message -> {
          int index = answered(message);
          return index < 0 ? null : _ -> take(index, (Tuple) message, MultiCall::drain);
        },
        0,
        _ -> results());
  }

  private Turn results() {
    return Turn.value(
        ListTerm.of(
            requests.stream()
                .map(request -> request.result == null ? TIMED_OUT : request.result)
                .toList()));
  }
}
