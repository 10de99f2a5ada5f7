package beamyard.simulator.kernel;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ExternalFun;
import beamyard.simulator.term.Fun;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The functions of {@code global}. Names are read without asking the name server; locks are set and released by the
 * caller itself, on all nodes.
 *
 * @see <a href="https://www.erlang.org/doc/man/global.html">OTP kernel, global</a>
 */
final class GlobalFunctions {
  private static final Atom DISCONNECT = Atom.of("disconnect");
  private static final Atom SYNC = Atom.of("sync");
  private static final Atom ABORTED = Atom.of("aborted");
  private static final Atom REGISTRAR = Atom.of("registrar");

  private GlobalFunctions() {}

  static void addTo(KernelFunctions all) {
    all.add(Words.GLOBAL, "register_name", (self, a) -> register(self, "register_name", a), 2, 3);
    all.add(
        Words.GLOBAL, "re_register_name", (self, a) -> register(self, "re_register_name", a), 2, 3);
    all.add(Words.GLOBAL, "unregister_name", GlobalFunctions::unregister, 1);
    all.add(Words.GLOBAL, "whereis_name", (self, a) -> Turn.value(whereis(self, a.get(0))), 1);
    all.add(Words.GLOBAL, "registered_names", (self, _) -> Turn.value(names(self)), 0);
    all.add(Words.GLOBAL, "send", GlobalFunctions::send, 2);
    all.add(Words.GLOBAL, "sync", (self, a) -> sync(self, a), 0, 1);
    all.add(Words.GLOBAL, "set_lock", GlobalFunctions::setLock, 1, 2, 3);
    all.add(Words.GLOBAL, "del_lock", GlobalFunctions::deleteLock, 1, 2);
    all.add(Words.GLOBAL, "trans", GlobalFunctions::transaction, 2, 3, 4);
    all.add(Words.GLOBAL, "disconnect", (self, _) -> ask(self, DISCONNECT), 0);
    GlobalResolver.addTo(all);
  }

  private static Turn noClause(String function, List<Term> arguments) {
    return Turn.functionClause(Words.GLOBAL, Atom.of(function), arguments);
  }

  private static Turn ask(ProcessContext self, Term request) {
    return ServerCall.gen(self, Words.GLOBAL_NAME_SERVER, request, Words.INFINITY);
  }

  private static Term whereis(ProcessContext self, Term name) {
    return GlobalNames.whereis(self, name).<Term>map(pid -> pid).orElse(Atom.UNDEFINED);
  }

  private static Term names(ProcessContext self) {
    var names = new ArrayList<Term>();
    GlobalView.of(self).names().names().forEach(entry -> names.add(entry.key()));
    return ListTerm.of(names);
  }

  private static Turn register(ProcessContext self, String function, List<Term> a) {
    if (!(a.get(1) instanceof Pid pid)) {
      return noClause(function, a);
    }
    Term given = a.size() == 3 ? a.get(2) : GlobalResolver.RANDOM_EXIT_NAME;
    Term resolver =
        given instanceof Tuple pair
                && pair.size() == 2
                && pair.get(0) instanceof Atom module
                && pair.get(1) instanceof Atom name
            ? new ExternalFun(module, name, 3)
            : given;
    if (!(resolver instanceof Fun fun) || fun.arity() != 3) {
      return noClause("allow_tuple_fun", List.of(given));
    }
    return ask(
        self,
        Tuple.of(
            REGISTRAR,
            function.equals("register_name")
                ? GlobalRegistrar.registering(a.get(0), pid, resolver)
                : GlobalRegistrar.reregistering(a.get(0), pid, resolver)));
  }

  private static Turn unregister(ProcessContext self, List<Term> a) {
    return GlobalNames.whereis(self, a.get(0)).isEmpty()
        ? Turn.value(Atom.OK)
        : ask(self, Tuple.of(REGISTRAR, GlobalRegistrar.unregistering(a.get(0))));
  }

  private static Turn send(ProcessContext self, List<Term> a) {
    Optional<Pid> pid = GlobalNames.whereis(self, a.get(0));
    if (pid.isEmpty()) {
      return Turn.exit(Tuple.of(Words.BADARG, Tuple.of(a.get(0), a.get(1))));
    }
    self.send(new Address.OfProcess(pid.get()), a.get(1));
    return Turn.value(pid.get());
  }

  private static Turn sync(ProcessContext self, List<Term> a) {
    Term nodes = a.isEmpty() ? ListTerm.of(Nodes.visible(self)) : a.get(0);
    return ask(self, Tuple.of(SYNC, nodes));
  }

  /** The nodes of an argument; those of the mesh if it is left out. */
  private static Optional<List<Atom>> nodes(ProcessContext self, List<Term> a, int index) {
    if (a.size() <= index) {
      return Optional.of(Nodes.all(self));
    }
    return a.get(index) instanceof ListTerm list && list.isProper()
        ? Optional.of(atoms(list))
        : Optional.empty();
  }

  /** The names among the elements of a list, whatever it ends in. */
  private static List<Atom> atoms(Term list) {
    var nodes = new ArrayList<Atom>();
    for (Term rest = list; rest instanceof Cons cell; rest = cell.tail()) {
      if (cell.head() instanceof Atom node) {
        nodes.add(node);
      }
    }
    return nodes;
  }

  private static Optional<Long> retries(List<Term> a, int index) {
    if (a.size() <= index || a.get(index) == Words.INFINITY) {
      return Optional.of(LockRequest.FOREVER);
    }
    return a.get(index) instanceof SmallInt number && number.value() >= 0
        ? Optional.of(number.value())
        : Optional.empty();
  }

  /** The lock that is meant by an id, nodes and retries, or the error that wrong ones are. */
  private static Turn withLock(
      ProcessContext self, List<Term> id, List<Term> rest, Function<Wanted, Turn> then) {
    Optional<Long> retries = retries(rest, 1);
    var full = new ArrayList<>(id);
    full.addAll(rest);
    if (retries.isEmpty()) {
      return noClause("set_lock", full);
    }
    Optional<LockId> lock = LockId.of(id.get(0));
    Optional<List<Atom>> nodes = nodes(self, rest, 0);
    if (lock.isEmpty() || nodes.isEmpty()) {
      Term asked = rest.isEmpty() ? ListTerm.of(Nodes.all(self)) : rest.get(0);
      return lock.isPresent()
          ? failOnNodes(self, lock.get(), asked)
          : noClause(
              "set_lock",
              List.of(
                  id.get(0),
                  asked,
                  rest.size() < 2 ? Words.INFINITY : rest.get(1),
                  SmallInt.of(1)));
    }
    return then.apply(new Wanted(new LockRequest(lock.get(), nodes.get()), retries.get()));
  }

  /** OTP asks first whether its own node is among them, and then those that are in front of what is wrong. */
  private static Turn failOnNodes(ProcessContext self, LockId lock, Term asked) {
    List<Atom> nodes = atoms(asked);
    return nodes.contains(self.node())
        ? ServerCall.multiOfImproper(
            self,
            nodes,
            Lists.end(asked),
            Words.GLOBAL_NAME_SERVER,
            Tuple.of(LockRequest.SET_LOCK, lock.term()))
        : Turn.badArgument(Atom.of("lists"), Atom.of("member"), List.of(self.node(), asked));
  }

  private record Wanted(LockRequest request, long retries) {}

  private static Turn setLock(ProcessContext self, List<Term> a) {
    return withLock(
        self,
        a.subList(0, 1),
        a.subList(1, a.size()),
        wanted ->
            wanted.request.set(self, wanted.retries, (_, isSet) -> Turn.value(Atom.of(isSet))));
  }

  private static Turn deleteLock(ProcessContext self, List<Term> a) {
    Optional<LockId> lock = LockId.of(a.get(0));
    Optional<List<Atom>> nodes = nodes(self, a, 1);
    if (lock.isPresent() && nodes.isEmpty()) {
      Term request = Tuple.of(LockRequest.DEL_LOCK, a.get(0));
      return a.get(1) instanceof ListTerm list
          ? ServerCall.multiOfImproper(
              self, atoms(list), Lists.end(list), Words.GLOBAL_NAME_SERVER, request)
          : Turn.functionClause(
              Atom.of("gen_server"),
              Atom.of("multi_call"),
              List.of(a.get(1), Words.GLOBAL_NAME_SERVER, request));
    }
    if (lock.isEmpty()) {
      return noClause(
          "del_lock", a.size() == 2 ? a : List.of(a.get(0), ListTerm.of(Nodes.all(self))));
    }
    return new LockRequest(lock.get(), nodes.get()).release(self, _ -> Turn.value(Atom.TRUE));
  }

  /** Runs a function while a lock is set; the lock is released however the function ends. */
  private static Turn transaction(ProcessContext self, List<Term> a) {
    return withLock(
        self,
        a.subList(0, 1),
        a.subList(2, a.size()),
        wanted ->
            wanted.request.set(
                self,
                wanted.retries,
                (locked, isSet) ->
                    isSet
                        ? Turn.run(
                            locked.apply(a.get(1), List.of()),
                            (after, outcome) -> release(after, wanted.request, outcome))
                        : Turn.value(ABORTED)));
  }

  private static Turn release(ProcessContext self, LockRequest request, Outcome outcome) {
    return request.release(self, _ -> Turn.done(outcome));
  }
}
