package beamyard.simulator.kernel;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.LogReport;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ExternalFun;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermOrder;
import beamyard.simulator.term.Tuple;
import java.util.List;

/**
 * The process that compares the names of another partition with those of this node and, on the node with the smaller
 * name of the two, has conflicts resolved where the process of this side lives.
 */
final class GlobalResolver {
  private static final Atom INFO = Atom.of("info");
  static final Atom RESOLVE = Atom.of("resolve");
  static final Atom EXCHANGE_OPS = Atom.of("exchange_ops");
  static final Atom INSERT = Atom.of("insert");
  static final Atom DELETE = Atom.of("delete");
  static final Term RANDOM_EXIT_NAME =
      new ExternalFun(Words.GLOBAL, Atom.of("random_exit_name"), 3);
  private static final Atom CONFLICT = Atom.of("global_name_conflict");
  private static final Atom NONE = Atom.of("none");
  private static final Atom RESOLVE_IT = Atom.of("resolve_it");

  private final Atom node;
  private final Term tag;

  private GlobalResolver(Atom node, Term tag) {
    this.node = node;
    this.tag = tag;
  }

  /** Waits for the names of the other node. */
  static Conversation body(Atom node, Term tag) {
    return new Conversation(Turn.act(_ -> new GlobalResolver(node, tag).loop()));
  }

  private Turn loop() {
    return Turn.await(
        message ->
            message instanceof Tuple names
                    && names.isTagged(RESOLVE, 3)
                    && names.get(2) == node
                    && names.get(1) instanceof ListTerm list
                ? self -> exchange(self, list, ListTerm.empty(), ListTerm.empty())
                : _ -> loop());
  }

  /**
   * Goes through the names of the other side.
   *
   * @param ours what is to be done on this side
   * @param theirs what is to be done on the other side
   */
  private Turn exchange(ProcessContext self, ListTerm names, ListTerm ours, ListTerm theirs) {
    if (!(names instanceof Cons cell)) {
      self.send(
          new Address.OfName(Words.GLOBAL_NAME_SERVER, self.node()),
          Tuple.of(Words.CAST, Tuple.of(EXCHANGE_OPS, node, tag, ours, theirs)));
      return Turn.value(Atom.OK);
    }
    Tuple entry = Shape.tuple(cell.head(), 3);
    ListTerm rest = Shape.list(cell.tail());
    Term name = entry.get(0);
    Term pid = entry.get(1);
    GlobalNames.Entry known = GlobalView.of(self).names().get(name).orElse(null);
    Term insertion = Tuple.of(INSERT, entry);
    if (known == null) {
      return again(rest, new Cons(insertion, ours), theirs);
    }
    boolean otherSideResolves = TermOrder.STANDARD.compare(self.node(), node) >= 0;
    if (known.pid().equals(pid) || otherSideResolves) {
      return again(rest, ours, theirs);
    }
    Turn call =
        RpcFunctions.call(
            self,
            List.of(
                known.pid().node(),
                Words.GLOBAL,
                RESOLVE_IT,
                ListTerm.of(known.resolver(), name, pid, known.pid())));
    return Turn.value(
        call,
        (after, winner) -> {
          if (winner.equals(pid)) {
            return again(rest, new Cons(insertion, ours), theirs);
          }
          if (winner.equals(known.pid())) {
            Term kept = Tuple.of(INSERT, Tuple.of(name, known.pid(), known.resolver()));
            return again(rest, ours, new Cons(kept, theirs));
          }
          if (winner instanceof Tuple bad && bad.isTagged(Words.BADRPC, 2)) {
            log(after, "global_badrpc", Tuple.of(bad.get(1), name));
            return again(rest, new Cons(insertion, ours), theirs);
          }
          if (winner != NONE) {
            log(after, "global_bad_resolver", Tuple.of(known.resolver(), name, winner));
          }
          Term deletion = Tuple.of(DELETE, name);
          return again(rest, new Cons(deletion, ours), new Cons(deletion, theirs));
        });
  }

  private Turn again(ListTerm names, ListTerm ours, ListTerm theirs) {
    return Turn.act(self -> exchange(self, names, ours, theirs));
  }

  private static void log(ProcessContext self, String kind, Term details) {
    self.log(new LogReport(INFO, self.self(), Atom.of(kind), details));
  }

  static void addTo(KernelFunctions all) {
    all.add(Words.GLOBAL, "random_exit_name", (self, a) -> randomExit(self, a), 3);
    all.add(Words.GLOBAL, "random_notify_name", (self, a) -> randomNotify(self, a), 3);
    all.add(Words.GLOBAL, "notify_all_name", (self, a) -> notifyAll(self, a), 3);
    all.add(Words.GLOBAL, "resolve_it", (self, a) -> resolveIt(self, a), 4);
  }

  private static Turn resolveIt(ProcessContext self, List<Term> a) {
    return Turn.run(
        self.apply(a.get(0), a.subList(1, 4)),
        (_, outcome) ->
            switch (outcome) {
              case Outcome.Returned(Term value) -> Turn.value(value);
              case Outcome.Raised(ExceptionClass kind, Term reason, Term stack) ->
                  Turn.value(
                      switch (kind) {
                        case THROW -> reason;
                        case EXIT -> Tuple.of(Words.EXIT_SIGNAL, reason);
                        case ERROR -> Tuple.of(Words.EXIT_SIGNAL, Tuple.of(reason, stack));
                      });
              case Outcome.Yielded _, Outcome.Waiting _ ->
                  throw new AssertionError("not an end: " + outcome);
            });
  }

  /** Despite its name nothing is random: the process on the node with the greater name loses. */
  private static boolean firstWins(List<Term> a) {
    return TermOrder.STANDARD.compare(Shape.pid(a.get(1)).node(), Shape.pid(a.get(2)).node()) < 0;
  }

  private static Turn randomExit(ProcessContext self, List<Term> a) {
    Pid loser = Shape.pid(a.get(firstWins(a) ? 2 : 1));
    log(self, "global_name_conflict", Tuple.of(a.get(0), loser));
    self.exit(loser, Words.KILL, ExitCause.EXIT_CALL);
    return Turn.value(a.get(firstWins(a) ? 1 : 2));
  }

  private static Turn randomNotify(ProcessContext self, List<Term> a) {
    self.send(
        new Address.OfProcess(Shape.pid(a.get(firstWins(a) ? 2 : 1))),
        Tuple.of(CONFLICT, a.get(0)));
    return Turn.value(a.get(firstWins(a) ? 1 : 2));
  }

  private static Turn notifyAll(ProcessContext self, List<Term> a) {
    self.send(new Address.OfProcess(Shape.pid(a.get(1))), Tuple.of(CONFLICT, a.get(0), a.get(2)));
    self.send(new Address.OfProcess(Shape.pid(a.get(2))), Tuple.of(CONFLICT, a.get(0), a.get(1)));
    return Turn.value(NONE);
  }
}
