package beamyard.simulator.kernel;

import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.DemonitorOptions;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.process.SpawnOptions.Flag;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Fun;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The functions of {@code erpc}. A call is a request to spawn a process on the other node, which ends with an exit
 * reason that carries the outcome; the monitor brings it back. A call of the own node without a timeout runs in the
 * caller.
 *
 * @see <a href="https://www.erlang.org/doc/man/erpc.html">OTP kernel, erpc</a>
 */
final class ErpcFunctions {
  private static final Atom APPLY = Atom.of("apply");
  private static final Atom EXECUTE_CALL = Atom.of("execute_call");
  private static final Atom EXECUTE_CAST = Atom.of("execute_cast");
  private static final Atom NO_REQUEST = Atom.of("no_request");
  private static final Atom NO_RESPONSE = Atom.of("no_response");
  private static final Atom RESPONSE = Atom.of("response");
  private static final Atom SIGNAL = Atom.of("signal");
  private static final Atom SPAWN_REPLY = Atom.of("spawn_reply");
  private static final Atom ABS = Atom.of("abs");

  private ErpcFunctions() {}

  static void addTo(KernelFunctions all) {
    all.add(Words.ERPC, "call", (self, a) -> ofFunction(a, 1, rest -> call(self, rest)), 2, 3);
    all.add(Words.ERPC, "call", ErpcFunctions::call, 4, 5);
    all.add(Words.ERPC, "cast", (self, a) -> cast(self, applying(a, 1)), 2);
    all.add(Words.ERPC, "cast", ErpcFunctions::cast, 4);
    all.add(
        Words.ERPC,
        "send_request",
        (self, a) -> ofFunction(a, 1, rest -> sendRequest(self, rest)),
        2);
    all.add(
        Words.ERPC,
        "send_request",
        (self, a) ->
            a.get(1) instanceof Fun
                ? ofFunction(a, 1, rest -> sendRequest(self, rest))
                : sendRequest(self, a),
        4);
    all.add(Words.ERPC, "send_request", ErpcFunctions::sendRequest, 6);
    all.add(Words.ERPC, "receive_response", (self, a) -> response(self, a, Wait.RECEIVE), 1, 2);
    all.add(Words.ERPC, "receive_response", (self, a) -> collected(self, a, Wait.RECEIVE), 3);
    all.add(Words.ERPC, "wait_response", (self, a) -> response(self, a, Wait.WAIT), 1, 2);
    all.add(Words.ERPC, "wait_response", (self, a) -> collected(self, a, Wait.WAIT), 3);
    all.add(Words.ERPC, "check_response", (self, a) -> check(a), 2);
    all.add(Words.ERPC, "check_response", (self, a) -> checkCollected(a), 3);
    all.add(
        Words.ERPC,
        "multicall",
        (self, a) -> ofFunction(a, 1, rest -> MultiCall.call(self, rest)),
        2,
        3);
    all.add(Words.ERPC, "multicall", (self, a) -> MultiCall.call(self, a), 4, 5);
    all.add(Words.ERPC, "multicast", (self, a) -> multicast(self, applying(a, 1)), 2);
    all.add(Words.ERPC, "multicast", ErpcFunctions::multicast, 4);
    all.add(Words.ERPC, "reqids_new", (_, _) -> Turn.value(MapTerm.EMPTY), 0);
    all.add(
        Words.ERPC,
        "reqids_size",
        (_, a) ->
            a.get(0) instanceof MapTerm ids ? Turn.value(SmallInt.of(ids.size())) : badArgument(),
        1);
    all.add(Words.ERPC, "reqids_add", (_, a) -> addRequest(a), 3);
    all.add(Words.ERPC, "reqids_to_list", (_, a) -> listRequests(a.get(0)), 1);
    all.add(
        Words.ERPC,
        "execute_call",
        (self, a) ->
            execution(a.get(1), a.get(2), a.get(3))
                .map(run -> run.runAndExit(self, a.get(0)))
                .orElse(badArgument()),
        4);
    all.add(
        Words.ERPC,
        "execute_cast",
        (self, a) ->
            execution(a.get(0), a.get(1), a.get(2))
                .map(run -> executeCast(self, run))
                .orElse(badArgument()),
        3);
  }

  /** Calls of a function value become calls of {@code erlang:apply/2}. */
  private static Turn ofFunction(List<Term> arguments, int at, Function<List<Term>, Turn> then) {
    return arguments.get(at) instanceof Fun fun && fun.arity() == 0
        ? then.apply(applying(arguments, at))
        : badArgument();
  }

  /** A cast looks not at what it is given to apply: the process over there fails. */
  private static List<Term> applying(List<Term> arguments, int at) {
    var full = new ArrayList<>(arguments);
    full.set(at, Words.ERLANG);
    full.add(at + 1, APPLY);
    full.add(at + 2, ListTerm.of(arguments.get(at), ListTerm.empty()));
    return full;
  }

  static Turn badArgument() {
    return failed(Words.BADARG);
  }

  private static Turn failed(Term reason) {
    return Turn.error(Tuple.of(Words.ERPC, reason));
  }

  static Optional<Execution> execution(Term module, Term function, Term arguments) {
    return module instanceof Atom m
            && function instanceof Atom f
            && arguments instanceof ListTerm list
        ? Optional.of(new Execution(m, f, list))
        : Optional.empty();
  }

  /** The instant of a timeout of {@code erpc}, which may also be {@code {abs, Milliseconds}}. */
  static Optional<Long> deadline(ProcessContext self, Term timeout) {
    if (timeout instanceof Tuple pair
        && pair.isTagged(ABS, 2)
        && pair.get(1) instanceof SmallInt instant) {
      long nanos = instant.value() * Timeout.NANOS_A_MILLISECOND;
      return nanos - self.now() > Timeout.LONGEST_MILLISECONDS * Timeout.NANOS_A_MILLISECOND
          ? Optional.empty()
          : Optional.of(Math.max(nanos, self.now()));
    }
    return Timeout.deadline(self, timeout);
  }

  /** {@code call(Node, Module, Function, Arguments[, Timeout])}. */
  static Turn call(ProcessContext self, List<Term> a) {
    Term timeout = a.size() == 5 ? a.get(4) : Words.INFINITY;
    Execution execution = execution(a.get(1), a.get(2), a.get(3)).orElse(null);
    if (execution == null || !(a.get(0) instanceof Atom node)) {
      return badArgument();
    }
    if (timeout == Words.INFINITY && node == self.node()) {
      return execution.run(self, (_, outcome) -> wrapped(execution, outcome));
    }
    return deadline(self, timeout)
        .map(
            deadline -> {
              Reference mark = self.makeReference();
              Reference request = request(self, node, execution, mark);
              return receive(request, mark, deadline, late -> abandon(late, request, mark));
            })
        .orElseGet(ErpcFunctions::badArgument);
  }

  /** What a call in the caller's own process ended with, as {@code erpc} raises it. */
  private static Turn wrapped(Execution execution, Outcome outcome) {
    return outcome instanceof Outcome.Raised(ExceptionClass kind, Term reason, Term stack)
        ? switch (kind) {
          case EXIT -> Turn.exit(Tuple.of(Execution.EXCEPTION, reason));
          case ERROR ->
              Turn.error(Tuple.of(Execution.EXCEPTION, reason, execution.ownFrames(stack)));
          case THROW -> Turn.done(outcome);
        }
        : Turn.done(outcome);
  }

  static Reference request(ProcessContext self, Atom node, Execution execution, Reference mark) {
    return self.distribution()
        .spawnRequest(
            self,
            node,
            Words.ERPC,
            EXECUTE_CALL,
            List.of(mark, execution.module(), execution.function(), execution.arguments()),
            new SpawnOptions(
                EnumSet.of(Flag.MONITOR),
                Optional.of(SPAWN_REPLY),
                SpawnOptions.Reply.ERROR_ONLY,
                Optional.empty()));
  }

  private static Turn receive(Reference request, Reference mark, long deadline, Turn.Action late) {
    return Turn.await(
        message -> isReplyTo(message, request) ? _ -> result((Tuple) message, mark) : null,
        deadline,
        late);
  }

  /** Whether a message is the reply of a spawn request or the end of what it spawned. */
  private static boolean isReplyTo(Term message, Term request) {
    return message instanceof Tuple reply
        && (reply.isTagged(SPAWN_REPLY, 4) && reply.get(2) == Atom.ERROR
            || reply.isTagged(Words.DOWN, 5))
        && reply.get(1).equals(request);
  }

  private static Turn result(Tuple message, Term mark) {
    return message.size() == 4 ? failed(message.get(3)) : resultOfEnd(message.get(4), mark);
  }

  /** What the exit reason of the process that ran the call says. */
  static Turn resultOfEnd(Term reason, Term mark) {
    if (reason instanceof Tuple end && end.size() >= 3 && end.get(0).equals(mark)) {
      Term kind = end.get(1);
      if (kind == Execution.RETURN) {
        return Turn.value(end.get(2));
      }
      if (kind == Execution.THROW) {
        return Turn.thrown(end.get(2));
      }
      if (kind == Words.EXIT) {
        return Turn.exit(Tuple.of(Execution.EXCEPTION, end.get(2)));
      }
      if (kind == Atom.ERROR) {
        return end.size() == 4
            ? Turn.error(Tuple.of(Execution.EXCEPTION, end.get(2), end.get(3)))
            : Turn.error(end.get(2));
      }
    }
    return reason == Words.NOCONNECTION
        ? failed(Words.NOCONNECTION)
        : Turn.exit(Tuple.of(SIGNAL, reason));
  }

  /** After a timeout it stays unknown whether the function was applied. */
  private static Turn abandon(ProcessContext self, Reference request, Reference mark) {
    return givenUp(self, request)
        ? failed(Words.TIMEOUT)
        : receive(request, mark, self.now(), _ -> badArgument());
  }

  static boolean givenUp(ProcessContext self, Reference request) {
    return self.distribution().abandonSpawnRequest(self, request)
        || self.demonitor(request, DemonitorOptions.KEEP);
  }

  static Turn cast(ProcessContext self, List<Term> a) {
    Execution execution = execution(a.get(1), a.get(2), a.get(3)).orElse(null);
    if (execution == null || !(a.get(0) instanceof Atom node)) {
      return badArgument();
    }
    requestCast(self, node, execution);
    return Turn.value(Atom.OK);
  }

  private static void requestCast(ProcessContext self, Atom node, Execution execution) {
    self.distribution()
        .spawnRequest(
            self,
            node,
            Words.ERPC,
            EXECUTE_CAST,
            List.of(execution.module(), execution.function(), execution.arguments()),
            new SpawnOptions(
                EnumSet.noneOf(Flag.class),
                Optional.of(SPAWN_REPLY),
                SpawnOptions.Reply.NO,
                Optional.empty()));
  }

  private static Turn multicast(ProcessContext self, List<Term> a) {
    Execution execution = execution(a.get(1), a.get(2), a.get(3)).orElse(null);
    if (execution == null || !(a.get(0) instanceof ListTerm nodes) || !nodes.isProper()) {
      return badArgument();
    }
    for (Term each : nodes) {
      if (!(each instanceof Atom node)) {
        return badArgument();
      }
      requestCast(self, node, execution);
    }
    return Turn.value(Atom.OK);
  }

  private static Turn executeCast(ProcessContext self, Execution execution) {
    return execution.run(
        self,
        (_, outcome) ->
            outcome instanceof Outcome.Raised(ExceptionClass kind, Term reason, Term stack)
                    && kind == ExceptionClass.ERROR
                ? Turn.error(
                    Tuple.of(Execution.EXCEPTION, Tuple.of(reason, execution.ownFrames(stack))))
                : Turn.done(outcome));
  }

  /** {@code send_request(Node, Module, Function, Arguments[, Label, Collection])}. */
  private static Turn sendRequest(ProcessContext self, List<Term> a) {
    Execution execution = execution(a.get(1), a.get(2), a.get(3)).orElse(null);
    if (execution == null
        || !(a.get(0) instanceof Atom node)
        || a.size() == 6 && !(a.get(5) instanceof MapTerm)) {
      return badArgument();
    }
    Reference mark = self.makeReference();
    Reference request = request(self, node, execution, mark);
    return Turn.value(
        a.size() == 6
            ? ((MapTerm) a.get(5)).put(request, new Cons(mark, a.get(4)))
            : new Cons(mark, request));
  }

  private enum Wait {
    RECEIVE,
    WAIT
  }

  private static Turn response(ProcessContext self, List<Term> a, Wait wait) {
    Term timeout =
        a.size() == 2 ? a.get(1) : wait == Wait.RECEIVE ? Words.INFINITY : SmallInt.of(0);
    Long deadline = deadline(self, timeout).orElse(null);
    if (deadline == null
        || !(a.get(0) instanceof Cons id)
        || !(id.head() instanceof Reference mark)
        || !(id.tail() instanceof Reference request)) {
      return badArgument();
    }
    return wait == Wait.RECEIVE
        ? receive(request, mark, deadline, late -> abandon(late, request, mark))
        : Turn.await(
            message ->
                isReplyTo(message, request)
                    ? _ ->
                        Turn.value(
                            result((Tuple) message, mark),
                            (_, value) -> Turn.value(response(value)))
                    : null,
            deadline,
            _ -> Turn.value(NO_RESPONSE));
  }

  private static Term response(Term value) {
    return Tuple.of(RESPONSE, value);
  }

  private static Turn check(List<Term> a) {
    if (!(a.get(1) instanceof Cons id)
        || !(id.head() instanceof Reference mark)
        || !(id.tail() instanceof Reference request)) {
      return badArgument();
    }
    return isReplyTo(a.get(0), request)
        ? Turn.value(result((Tuple) a.get(0), mark), (_, value) -> Turn.value(response(value)))
        : Turn.value(NO_RESPONSE);
  }

  private static Turn checkCollected(List<Term> a) {
    if (!(a.get(1) instanceof MapTerm ids) || !isBoolean(a.get(2))) {
      return badArgument();
    }
    if (ids.size() == 0) {
      return Turn.value(NO_REQUEST);
    }
    Term request =
        a.get(0) instanceof Tuple message && message.size() >= 2 ? message.get(1) : Atom.UNDEFINED;
    return ids.containsKey(request) && isReplyTo(a.get(0), request)
        ? ofCollection((Tuple) a.get(0), ids, Wait.WAIT, a.get(2))
        : Turn.value(NO_RESPONSE);
  }

  private static Turn collected(ProcessContext self, List<Term> a, Wait wait) {
    Long deadline = deadline(self, a.get(1)).orElse(null);
    if (deadline == null || !(a.get(0) instanceof MapTerm ids) || !isBoolean(a.get(2))) {
      return badArgument();
    }
    if (ids.size() == 0) {
      return Turn.value(NO_REQUEST);
    }
    return Turn.await(
        message ->
            message instanceof Tuple reply
                    && reply.size() >= 2
                    && ids.containsKey(reply.get(1))
                    && isReplyTo(message, reply.get(1))
                ? _ -> ofCollection(reply, ids, wait, a.get(2))
                : null,
        deadline,
        late -> wait == Wait.WAIT ? Turn.value(NO_RESPONSE) : abandonAll(late, ids));
  }

  private static Turn abandonAll(ProcessContext self, MapTerm ids) {
    for (MapTerm.Entry entry : ids.entries()) {
      if (!(entry.key() instanceof Reference request)) {
        return badArgument();
      }
      self.distribution().abandonSpawnRequest(self, request);
      self.demonitor(request, DemonitorOptions.FLUSH);
    }
    return failed(Words.TIMEOUT);
  }

  private static Turn ofCollection(Tuple message, MapTerm ids, Wait wait, Term delete) {
    if (!(ids.get(message.get(1)) instanceof Cons entry)
        || !(entry.head() instanceof Reference mark)) {
      return badArgument();
    }
    Term label = entry.tail();
    MapTerm rest = delete == Atom.TRUE ? ids.remove(message.get(1)) : ids;
    return Turn.attempt(
        result(message, mark),
        (_, outcome) ->
            switch (outcome) {
              case Outcome.Returned(Term value) ->
                  Turn.value(Tuple.of(wait == Wait.WAIT ? response(value) : value, label, rest));
              case Outcome.Raised(ExceptionClass kind, Term reason, Term stack) ->
                  Turn.done(new Outcome.Raised(kind, Tuple.of(reason, label, rest), stack));
              case Outcome.Yielded _, Outcome.Waiting _ ->
                  throw new AssertionError("not an end: " + outcome);
            });
  }

  private static Turn addRequest(List<Term> a) {
    return a.get(0) instanceof Cons id
            && id.head() instanceof Reference mark
            && id.tail() instanceof Reference request
            && a.get(2) instanceof MapTerm ids
            && !ids.containsKey(request)
        ? Turn.value(ids.put(request, new Cons(mark, a.get(1))))
        : badArgument();
  }

  private static Turn listRequests(Term collection) {
    if (!(collection instanceof MapTerm ids)) {
      return badArgument();
    }
    ListTerm list = ListTerm.empty();
    for (MapTerm.Entry entry : ids.entries()) {
      if (!(entry.value() instanceof Cons cell) || !(entry.key() instanceof Reference)) {
        return badArgument();
      }
      list = new Cons(Tuple.of(new Cons(cell.head(), entry.key()), cell.tail()), list);
    }
    return Turn.value(list);
  }

  private static boolean isBoolean(Term term) {
    return term == Atom.TRUE || term == Atom.FALSE;
  }
}
