package beamyard.simulator.kernel;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;

/**
 * The server {@code rex}, which runs what other nodes ask for through messages: {@code block_call} in its own
 * process, one at a time; {@code call} and {@code cast} of nodes that cannot spawn here in processes of their own;
 * {@code sbcast}.
 */
final class Rex {
  private static final Atom BLOCK_CALL = Atom.of("block_call");
  private static final Atom CALL = Atom.of("call");
  private static final Atom CAST = Atom.of("cast");
  private static final Atom ERPC = Words.ERPC;
  private static final Atom FEATURES_REPLY = Atom.of("features_reply");
  private static final Atom FEATURES_REQUEST = Atom.of("features_request");
  private static final Atom NONEXISTING_NAME = Atom.of("nonexisting_name");
  private static final Atom SBCAST = Atom.of("sbcast");
  private static final Atom SEND = Atom.of("send");
  private static final InitialCall APPLY = new InitialCall(Words.ERLANG, Atom.of("apply"), 2);

  private Rex() {}

  static Conversation body() {
    return new Conversation(
        Turn.act(
            self -> {
              self.setTrapExit(true);
              return loop();
            }));
  }

  private static Turn loop() {
    return Turn.await(message -> self -> take(self, message));
  }

  private static Turn take(ProcessContext self, Term message) {
    if (message instanceof Tuple call && call.isTagged(Words.CALL, 3)) {
      Optional<Caller> caller = Caller.of(call.get(1));
      if (caller.isPresent() && call.get(2) instanceof Tuple request && request.size() == 5) {
        return onCall(self, caller.get(), request);
      }
    } else if (message instanceof Tuple cast
        && cast.isTagged(Words.CAST, 2)
        && cast.get(1) instanceof Tuple request
        && request.isTagged(CAST, 5)) {
      spawnCast(self, request);
    } else if (message instanceof Tuple pair
        && pair.size() == 2
        && pair.get(0) instanceof Pid from) {
      onMessage(self, from, pair.get(1));
    }
    return loop();
  }

  private static Turn onCall(ProcessContext self, Caller caller, Tuple request) {
    Execution execution =
        ErpcFunctions.execution(request.get(1), request.get(2), request.get(3)).orElse(null);
    if (execution == null) {
      return loop();
    }
    if (request.get(0) == BLOCK_CALL) {
      Pid mine = self.groupLeader();
      lead(self, request.get(4));
      return execution.run(
          self,
          (after, outcome) -> {
            after.setGroupLeader(mine);
            caller.reply(after, answer(execution, outcome));
            return loop();
          });
    }
    if (request.get(0) == CALL) {
      spawnCall(self, execution, request.get(4), caller);
    }
    return loop();
  }

  private static void spawnCall(
      ProcessContext self, Execution execution, Term leader, Caller caller) {
    self.spawn(
        new Conversation(
            Turn.act(
                worker -> {
                  lead(worker, leader);
                  return execution.run(
                      worker,
                      (after, outcome) -> {
                        caller.reply(after, answer(execution, outcome));
                        return Turn.value(Atom.OK);
                      });
                })),
        SpawnOptions.none(),
        APPLY);
  }

  private static void spawnCast(ProcessContext self, Tuple request) {
    ErpcFunctions.execution(request.get(1), request.get(2), request.get(3))
        .ifPresent(
            execution ->
                self.spawn(
                    new Conversation(
                        Turn.act(
                            worker -> {
                              lead(worker, request.get(4));
                              return execution.run(worker, (_, outcome) -> Turn.done(outcome));
                            })),
                    SpawnOptions.none(),
                    APPLY));
  }

  private static void lead(ProcessContext self, Term leader) {
    if (leader instanceof Pid pid) {
      self.setGroupLeader(pid);
    } else {
      self.whereis(Words.USER).ifPresent(self::setGroupLeader);
    }
  }

  private static Term answer(Execution execution, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Returned(Term value) -> value;
      case Outcome.Raised(ExceptionClass kind, Term reason, Term stack) ->
          switch (kind) {
            case THROW -> reason;
            case EXIT -> exited(reason);
            case ERROR -> exited(Tuple.of(reason, execution.ownFrames(stack)));
          };
      case Outcome.Yielded _, Outcome.Waiting _ ->
          throw new AssertionError("not an end: " + outcome);
    };
  }

  private static Term exited(Term reason) {
    return Tuple.of(Words.BADRPC, Tuple.of(Words.EXIT_SIGNAL, reason));
  }

  private static void onMessage(ProcessContext self, Pid from, Term request) {
    Address back = new Address.OfProcess(from);
    if (request == FEATURES_REQUEST) {
      self.send(back, Tuple.of(FEATURES_REPLY, self.node(), ListTerm.of(ERPC)));
    } else if (request instanceof Tuple tuple && tuple.isTagged(SBCAST, 3)) {
      Optional<Pid> named = named(self, tuple.get(1));
      named.ifPresent(pid -> self.send(new Address.OfProcess(pid), tuple.get(2)));
      self.send(
          back,
          Tuple.of(
              Words.REX,
              self.node(),
              named.isPresent() ? self.node() : Tuple.of(NONEXISTING_NAME, tuple.get(1))));
    } else if (request instanceof Tuple tuple && tuple.isTagged(SEND, 3)) {
      named(self, tuple.get(1))
          .ifPresentOrElse(
              pid -> self.send(new Address.OfProcess(pid), Tuple.of(from, tuple.get(2))),
              () ->
                  self.send(
                      back,
                      Tuple.of(Words.REX, self.node(), Tuple.of(NONEXISTING_NAME, tuple.get(1)))));
    }
  }

  private static Optional<Pid> named(ProcessContext self, Term name) {
    return switch (name) {
      case Pid pid -> Optional.of(pid);
      case Atom atom -> self.whereis(atom);
      default -> Optional.empty();
    };
  }
}
