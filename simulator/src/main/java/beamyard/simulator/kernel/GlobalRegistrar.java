package beamyard.simulator.kernel;

import beamyard.simulator.process.LogReport;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The process through which a node changes global names: one change at a time, each under the lock {@code global} of
 * all known nodes.
 */
final class GlobalRegistrar {
  private static final Atom GLOBAL_SEVERAL_NAMES = Atom.of("global_several_names");
  private static final Atom GET_KNOWN = Atom.of("get_known");
  private static final Atom REGISTER = Atom.of("register");
  private static final Atom TRANS_ALL_KNOWN = Atom.of("trans_all_known");
  private static final Atom UNREGISTER = Atom.of("unregister");
  private static final int REGISTER_FUN = 0;
  private static final int REREGISTER_FUN = 1;
  private static final int UNREGISTER_FUN = 2;

  private GlobalRegistrar() {}

  static Conversation body() {
    return new Conversation(Turn.act(_ -> loop()));
  }

  /** The function that the registrar is to run on the nodes it has locked. */
  static Term registering(Term name, Term pid, Term resolver) {
    return function(REGISTER_FUN, name, pid, resolver);
  }

  static Term reregistering(Term name, Term pid, Term resolver) {
    return function(REREGISTER_FUN, name, pid, resolver);
  }

  static Term unregistering(Term name) {
    return function(UNREGISTER_FUN, name);
  }

  private static Term function(int index, Term... free) {
    return new Closure(Words.GLOBAL, index, 0, 1, List.of(free), Optional.empty());
  }

  private static Turn loop() {
    return Turn.await(message -> self -> take(self, message));
  }

  private static Turn take(ProcessContext self, Term message) {
    if (!(message instanceof Tuple request) || !request.isTagged(TRANS_ALL_KNOWN, 3)) {
      return loop();
    }
    var id = new LockId(Words.GLOBAL, self.self());
    return lockAllKnown(
        self,
        id,
        0,
        (locked, nodes) ->
            Turn.attempt(
                Turn.act(inside -> run(inside, request.get(1), nodes)),
                (after, outcome) ->
                    new LockRequest(id, nodes)
                        .releaseBossLast(
                            after,
                            end -> {
                              if (!(outcome instanceof Outcome.Returned(Term value))) {
                                return Turn.done(outcome);
                              }
                              Caller.of(request.get(2))
                                  .ifPresent(caller -> caller.reply(end, value));
                              return loop();
                            })));
  }

  private static Turn run(ProcessContext self, Term function, List<Atom> nodes) {
    if (!(function instanceof Closure closure) || closure.module() != Words.GLOBAL) {
      return Turn.run(
          self.apply(function, List.of(ListTerm.of(nodes))), (_, outcome) -> Turn.done(outcome));
    }
    List<Term> free = closure.free();
    return switch (closure.index()) {
      case REGISTER_FUN ->
          isFree(self, free.get(0), free.get(1))
              ? tell(
                  self, nodes, Tuple.of(REGISTER, free.get(0), free.get(1), free.get(2)), Words.YES)
              : Turn.value(Words.NO);
      case REREGISTER_FUN ->
          tell(self, nodes, Tuple.of(REGISTER, free.get(0), free.get(1), free.get(2)), Words.YES);
      case UNREGISTER_FUN -> tell(self, nodes, Tuple.of(UNREGISTER, free.get(0)), Atom.OK);
      default -> throw new AssertionError("no such function of global: " + closure);
    };
  }

  private static Turn tell(ProcessContext self, List<Atom> nodes, Term request, Term result) {
    return ServerCall.multi(
        self, nodes, Words.GLOBAL_NAME_SERVER, request, (_, _) -> Turn.value(result));
  }

  /** A name can be had if nobody has it and the process has no other. */
  private static boolean isFree(ProcessContext self, Term name, Term pid) {
    if (GlobalNames.whereis(self, name).isPresent()) {
      return false;
    }
    ListTerm others = GlobalView.of(self).names().byPid().get(pid).orElse(ListTerm.empty());
    if (others.isEmpty()) {
      return true;
    }
    self.log(
        new LogReport(
            Atom.ERROR, self.self(), GLOBAL_SEVERAL_NAMES, Tuple.of(pid, new Cons(name, others))));
    return false;
  }

  private static Turn lockAllKnown(
      ProcessContext self, LockId id, int times, Turn.Then<List<Atom>> then) {
    return known(
        self,
        (asking, known) -> {
          List<Atom> nodes = ServerCall.before(asking.node(), known);
          var boss = new LockRequest(id, List.of(LockRequest.boss(nodes)));
          Turn.Action retry =
              again ->
                  LockRequest.backOff(
                      again, times, later -> lockAllKnown(later, id, times + 1, then));
          return boss.tryOnce(
              asking,
              (first, bossAgrees) ->
                  bossAgrees
                      ? new LockRequest(id, nodes)
                          .tryOnce(
                              first,
                              (second, allAgree) ->
                                  allAgree
                                      ? stillAllKnown(second, known, id, nodes, boss, retry, then)
                                      : boss.release(second, retry))
                      : retry.act(first));
        });
  }

  private static Turn stillAllKnown(
      ProcessContext self,
      List<Atom> known,
      LockId id,
      List<Atom> nodes,
      LockRequest boss,
      Turn.Action retry,
      Turn.Then<List<Atom>> then) {
    return known(
        self,
        (after, now) ->
            known.containsAll(now) ? then.then(after, nodes) : boss.release(after, retry));
  }

  /** The nodes that the name server of this node exchanges names with. */
  static Turn known(ProcessContext self, Turn.Then<List<Atom>> then) {
    return Turn.value(
        ServerCall.gen(self, Words.GLOBAL_NAME_SERVER, GET_KNOWN, Words.INFINITY),
        (after, list) -> {
          var nodes = new ArrayList<Atom>();
          for (Term each : Shape.list(list)) {
            nodes.add(Shape.atom(each));
          }
          return then.then(after, nodes);
        });
  }
}
