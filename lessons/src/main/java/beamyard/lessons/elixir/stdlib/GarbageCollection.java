package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code erlang:garbage_collect}. Unlike OTP nothing is collected, as the yard has no garbage; what is refused and what is answered is
 * as on a real node.
 *
 * @see <a href="https://www.erlang.org/docs/25/man/erlang.html#garbage_collect-2">OTP erts, erlang</a>
 */
final class GarbageCollection {
  private static final String ERLANG = "erlang";
  private static final Atom GARBAGE_COLLECT = Atom.of("garbage_collect");
  private static final Atom ASYNC = Atom.of("async");
  private static final Atom TYPE = Atom.of("type");

  private GarbageCollection() {}

  static void define(BuiltinTable table) {
    table.define(ERLANG, GARBAGE_COLLECT.name(), 0, (_, _) -> Atom.TRUE);
    table.define(ERLANG, GARBAGE_COLLECT.name(), 1, (self, a) -> collect(self, a[0], Request.NOW));
    table.define(
        ERLANG,
        GARBAGE_COLLECT.name(),
        2,
        (self, a) -> collect(self, a[0], Request.of(a[1]).orElseThrow(Raise::badarg)));
  }

  /** What is wrong with the first argument; null if nothing is. */
  static @Nullable String processFault(ProcessContext self, Term it) {
    return !(it instanceof Pid pid)
        ? "not a pid"
        : pid.node() != self.node() ? "not a local pid" : null;
  }

  /** What is wrong with the options; null if nothing is. */
  static @Nullable String optionsFault(Term it) {
    return !(it instanceof ListTerm list) || !list.isProper()
        ? "not a list"
        : Request.of(it).isPresent() ? null : "invalid option in list";
  }

  private static Term collect(ProcessContext self, Term process, Request request) {
    if (processFault(self, process) != null) {
      throw Raise.badarg();
    }
    Atom done = Atom.of(self.isAlive(ErlangProcesses.pid(process)));
    if (request.id == null) {
      return done;
    }
    self.send(new Address.OfProcess(self.self()), Tuple.of(GARBAGE_COLLECT, request.id, done));
    return ASYNC;
  }

  /**
   * The options of a request.
   *
   * @param id what the answer is marked with, if it is to come as a message
   */
  private record Request(@Nullable Term id) {
    static final Request NOW = new Request(null);

    /** Empty if there is an option that does not exist. */
    static Optional<Request> of(Term options) {
      if (!(options instanceof ListTerm list) || !list.isProper()) {
        return Optional.empty();
      }
      Request request = NOW;
      for (Term option : list) {
        if (option instanceof Tuple async && async.isTagged(ASYNC, 2)) {
          request = new Request(async.get(1));
        } else if (!(option instanceof Tuple type)
            || !type.isTagged(TYPE, 2)
            || type.get(1) != Atom.of("major") && type.get(1) != Atom.of("minor")) {
          return Optional.empty();
        }
      }
      return Optional.of(request);
    }
  }
}
