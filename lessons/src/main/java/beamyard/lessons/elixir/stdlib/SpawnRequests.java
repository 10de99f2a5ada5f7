package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.process.SpawnOptions.Flag;
import beamyard.simulator.process.SpawnOptions.Reply;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Fun;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * {@code spawn_request} in all its forms: the answer is a message.
 *
 * @see <a href="https://www.erlang.org/doc/man/erlang.html#spawn_request-5">erlang:spawn_request/5</a>
 */
final class SpawnRequests {
  private static final String ERLANG = "erlang";
  private static final String REQUEST = "spawn_request";
  private static final Atom SPAWN_REPLY = Atom.of("spawn_reply");
  private static final Atom BADOPT = Atom.of("badopt");

  private SpawnRequests() {}

  /** What is to run where. */
  private record Order(Atom node, Atom module, Atom function, Term arguments, Term options) {
    static Order call(Term node, Term module, Term function, Term arguments, Term options) {
      return new Order(
          Arguments.atom(node),
          Arguments.atom(module),
          Arguments.atom(function),
          ListTerm.of(Arguments.list(arguments)),
          options);
    }

    static Order fun(Term node, Term function, Term options) {
      if (!(function instanceof Fun)) {
        throw Raise.badarg();
      }
      return new Order(
          Arguments.atom(node),
          Atom.of(ERLANG),
          Atom.of("apply"),
          ListTerm.of(function, Nil.NIL),
          options);
    }
  }

  static void define(BuiltinTable table) {
    table.define(ERLANG, REQUEST, 1, (self, a) -> ask(self, Order.fun(self.node(), a[0], Nil.NIL)));
    table.define(
        ERLANG,
        REQUEST,
        2,
        (self, a) ->
            ask(
                self,
                a[0] instanceof Fun
                    ? Order.fun(self.node(), a[0], a[1])
                    : Order.fun(a[0], a[1], Nil.NIL)));
    table.define(
        ERLANG,
        REQUEST,
        3,
        (self, a) ->
            ask(
                self,
                a[1] instanceof Fun
                    ? Order.fun(a[0], a[1], a[2])
                    : Order.call(self.node(), a[0], a[1], a[2], Nil.NIL)));
    table.define(
        ERLANG,
        REQUEST,
        4,
        (self, a) ->
            ask(
                self,
                a[2] instanceof Atom
                    ? Order.call(a[0], a[1], a[2], a[3], Nil.NIL)
                    : Order.call(self.node(), a[0], a[1], a[2], a[3])));
    table.define(
        ERLANG, REQUEST, 5, (self, a) -> ask(self, Order.call(a[0], a[1], a[2], a[3], a[4])));
    table.define(
        ERLANG,
        "spawn_request_abandon",
        1,
        (self, a) ->
            Atom.of(
                self.distribution().abandonSpawnRequest(self, ErlangProcesses.reference(a[0]))));
  }

  private static Term ask(ProcessContext self, Order order) {
    if (!(order.options() instanceof ListTerm list) || !list.isProper()) {
      throw Raise.badarg();
    }
    Term tag = Arguments.option(list, "reply_tag", SPAWN_REPLY);
    Optional<Reply> reply = reply(Arguments.option(list, "reply", Atom.of("yes")));
    Optional<SpawnOptions> options =
        reply.flatMap(wanted -> options(list.toList(), Optional.of(tag), wanted));
    if (options.isEmpty()) {
      Reference reference = self.makeReference();
      self.send(new Address.OfProcess(self.self()), Tuple.of(tag, reference, Atom.ERROR, BADOPT));
      return reference;
    }
    return self.distribution()
        .spawnRequest(
            self,
            order.node(),
            order.module(),
            order.function(),
            ((ListTerm) order.arguments()).toList(),
            options.get());
  }

  /** The options of {@code spawn_opt} and {@code spawn_request}; empty if one is unknown. */
  static Optional<SpawnOptions> options(List<Term> list, Optional<Term> replyTag, Reply reply) {
    var flags = EnumSet.noneOf(Flag.class);
    Optional<Term> monitorTag = Optional.empty();
    MapTerm processFlags = MapTerm.EMPTY;
    for (Term option : list) {
      if (option == Atom.of("link")) {
        flags.add(Flag.LINK);
      } else if (option == Atom.of("monitor")) {
        flags.add(Flag.MONITOR);
      } else if (option instanceof Tuple pair && pair.isTagged(Atom.of("monitor"), 2)) {
        flags.add(Flag.MONITOR);
        Term tag = Arguments.option(pair.get(1), "tag", Nil.NIL);
        monitorTag = tag == Nil.NIL ? Optional.empty() : Optional.of(tag);
      } else if (!(option instanceof Tuple pair && pair.size() == 2 && isKnown(pair.get(0)))) {
        return Optional.empty();
      } else if (ProcessFlags.exists((Atom) pair.get(0))) {
        Optional<Term> kept = ProcessFlags.checked(((Atom) pair.get(0)).name(), pair.get(1));
        if (kept.isEmpty()) {
          return Optional.empty();
        }
        processFlags = processFlags.put(pair.get(0), kept.get());
      }
    }
    return Optional.of(new SpawnOptions(flags, replyTag, reply, monitorTag, processFlags));
  }

  private static boolean isKnown(Term key) {
    return key instanceof Atom name
        && switch (name.name()) {
          case "priority",
              "fullsweep_after",
              "min_heap_size",
              "min_bin_vheap_size",
              "max_heap_size",
              "message_queue_data",
              "async_dist",
              "reply",
              "reply_tag" ->
              true;
          default -> false;
        };
  }

  private static Optional<Reply> reply(Term wanted) {
    for (Reply reply : Reply.values()) {
      if (wanted == Atom.of(reply.name().toLowerCase(java.util.Locale.ROOT))) {
        return Optional.of(reply);
      }
    }
    return Optional.empty();
  }
}
