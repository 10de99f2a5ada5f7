package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.AtomTable;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.Node;
import beamyard.simulator.distribution.Distribution;
import beamyard.simulator.kernel.Power;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.NodeLink.NodeKind;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.TimerMessage;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.ExternalFun;
import beamyard.simulator.term.Fun;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Port;
import beamyard.simulator.term.PortableHash;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Time, timers, nodes and the system in module {@code erlang}. */
final class ErlangSystem {
  /** The status of an operating system process that ended by SIGABRT. */
  private static final int ABORTED = 134;

  private static final String ERLANG = "erlang";
  private static final long MILLISECOND = 1_000_000;

  private ErlangSystem() {}

  static void define(BuiltinTable table) {
    time(table);
    timers(table);
    nodes(table);
    system(table);
  }

  private static void time(BuiltinTable table) {
    table.define(
        ERLANG,
        "monotonic_time",
        0,
        (self, _) -> SmallInt.of(SimulatedCalendar.monotonicNanos(self)));
    table.define(
        ERLANG,
        "monotonic_time",
        1,
        (self, a) -> SmallInt.of(inUnit(SimulatedCalendar.monotonicNanos(self), a[0])));
    table.define(
        ERLANG, "system_time", 0, (self, _) -> SmallInt.of(SimulatedCalendar.systemNanos(self)));
    table.define(
        ERLANG,
        "system_time",
        1,
        (self, a) -> SmallInt.of(inUnit(SimulatedCalendar.systemNanos(self), a[0])));
    table.define(
        ERLANG,
        "time_offset",
        0,
        (self, _) ->
            SmallInt.of(
                SimulatedCalendar.systemNanos(self) - SimulatedCalendar.monotonicNanos(self)));
    table.define(
        ERLANG,
        "time_offset",
        1,
        (self, a) ->
            SmallInt.of(
                inUnit(
                    SimulatedCalendar.systemNanos(self) - SimulatedCalendar.monotonicNanos(self),
                    a[0])));
    table.define(
        "os", "system_time", 0, (self, _) -> SmallInt.of(SimulatedCalendar.machineNanos(self)));
    table.define(
        "os",
        "system_time",
        1,
        (self, a) -> SmallInt.of(inUnit(SimulatedCalendar.machineNanos(self), a[0])));
    table.define(
        ERLANG,
        "timestamp",
        0,
        (self, _) -> {
          long micros = SimulatedCalendar.systemNanos(self) / 1000;
          return Tuple.of(
              SmallInt.of(micros / 1_000_000_000_000L),
              SmallInt.of(micros / 1_000_000 % 1_000_000),
              SmallInt.of(micros % 1_000_000));
        });
    table.define(
        ERLANG, "convert_time_unit", 3, (_, a) -> convert(Arguments.integer(a[0]), a[1], a[2]));
    table.define(ERLANG, "unique_integer", 0, (self, _) -> SmallInt.of(unique(self)));
    table.define(
        ERLANG,
        "unique_integer",
        1,
        (self, a) -> {
          for (Term modifier : Arguments.list(a[0])) {
            if (modifier != Atom.of("positive") && modifier != Atom.of("monotonic")) {
              throw Raise.badarg();
            }
          }
          return SmallInt.of(unique(self));
        });
    table.define(ERLANG, "date", 0, (self, _) -> SimulatedCalendar.date(self));
    table.define(ERLANG, "time", 0, (self, _) -> SimulatedCalendar.time(self));
    for (String name : new String[] {"localtime", "universaltime"}) {
      table.define(
          ERLANG,
          name,
          0,
          (self, _) -> Tuple.of(SimulatedCalendar.date(self), SimulatedCalendar.time(self)));
    }
  }

  /** Rises with every call on a node: the middle and low words of a reference. */
  private static long unique(ProcessContext self) {
    Reference reference = self.makeReference();
    return (long) reference.high() << 50
        | (reference.middle() & 0xFFFFFFFFL) << 18
        | reference.low();
  }

  private static long inUnit(long nanos, Term unit) {
    long perSecond = perSecond(unit);
    return perSecond >= 1_000_000_000
        ? nanos * (perSecond / 1_000_000_000)
        : Math.floorDiv(nanos, 1_000_000_000 / perSecond);
  }

  private static long perSecond(Term unit) {
    if (unit instanceof SmallInt parts && parts.value() > 0) {
      return parts.value();
    }
    return switch (Arguments.atom(unit).name()) {
      case "second", "seconds" -> 1;
      case "millisecond", "milli_seconds" -> 1000;
      case "microsecond", "micro_seconds" -> 1_000_000;
      case "nanosecond", "nano_seconds", "native", "perf_counter" -> 1_000_000_000;
      default -> throw Raise.badarg();
    };
  }

  private static Term convert(IntegerTerm time, Term from, Term to) {
    var scaled = time.bigValue().multiply(java.math.BigInteger.valueOf(perSecond(to)));
    var divisor = java.math.BigInteger.valueOf(perSecond(from));
    var parts = scaled.divideAndRemainder(divisor);
    return IntegerTerm.of(
        parts[1].signum() < 0 ? parts[0].subtract(java.math.BigInteger.ONE) : parts[0]);
  }

  private static void timers(BuiltinTable table) {
    for (int arity = 3; arity <= 4; arity++) {
      table.define(
          ERLANG, "send_after", arity, (self, a) -> start(self, a, TimerMessage.Form.BARE));
      table.define(
          ERLANG,
          "start_timer",
          arity,
          (self, a) -> start(self, a, TimerMessage.Form.TIMEOUT_TUPLE));
    }
    for (int arity = 1; arity <= 2; arity++) {
      table.define(ERLANG, "cancel_timer", arity, ErlangSystem::cancel);
      table.define(
          ERLANG,
          "read_timer",
          arity,
          (self, a) -> millis(self.readTimer(ErlangProcesses.reference(a[0]))));
    }
  }

  /** With the options {@code async} and {@code info} the time left comes as a message, or not at all. */
  private static Term cancel(ProcessContext self, Term[] a) {
    Reference timer = ErlangProcesses.reference(a[0]);
    Term options = a.length == 2 ? a[1] : Nil.NIL;
    boolean informs = Arguments.option(options, "info", Atom.TRUE) == Atom.TRUE;
    boolean later = Arguments.option(options, "async", Atom.FALSE) == Atom.TRUE;
    Term left = millis(self.cancelTimer(timer));
    if (later && informs) {
      self.send(new Address.OfProcess(self.self()), Tuple.of(Atom.of("cancel_timer"), timer, left));
    }
    return later || !informs ? Atom.OK : left;
  }

  private static Term start(ProcessContext self, Term[] a, TimerMessage.Form form) {
    long millis = Arguments.number(a[0]);
    boolean absolute = a.length == 4 && Arguments.option(a[3], "abs", Atom.FALSE) == Atom.TRUE;
    long delay = absolute ? Math.max(0, millis * MILLISECOND - self.now()) : millis * MILLISECOND;
    if (millis < 0 && !absolute || millis > 0xFFFFFFFFL * 1000) {
      throw Raise.badarg();
    }
    Address to =
        switch (a[1]) {
          case Pid pid when pid.node() == self.node() -> new Address.OfProcess(pid);
          case Atom name -> new Address.OfName(name, self.node());
          default -> throw Raise.badarg();
        };
    return self.startTimer(delay, to, new TimerMessage(a[2], form));
  }

  private static Term millis(Optional<Long> nanosLeft) {
    return nanosLeft
        .<Term>map(nanos -> SmallInt.of(Math.ceilDiv(nanos, MILLISECOND)))
        .orElse(Atom.FALSE);
  }

  /** The end of the node: the caller never goes on. */
  private record Halting(Term[] arguments) implements Routine {
    @Override
    public Outcome run(ProcessContext self) {
      halt(self, arguments);
      return Outcome.WAITING;
    }

    @Override
    public Routine copy() {
      return this;
    }
  }

  private static void halt(ProcessContext self, Term[] a) {
    int status =
        switch (a.length == 0 ? SmallInt.of(0) : a[0]) {
          case SmallInt number when number.value() >= 0 -> (int) (number.value() & 0xFF);
          case Atom abort when abort.name().equals("abort") -> ABORTED;
          case ListTerm _ -> 1; // the text of a crash dump
          default -> throw Raise.badarg();
        };
    self.owned(Power.class).halt(status);
  }

  private static void nodes(BuiltinTable table) {
    for (int arity = 0; arity <= 2; arity++) {
      table.defineBlocking(
          ERLANG,
          "halt",
          arity,
          (_, arguments) -> {
            checkHalt(arguments);
            return new Halting(arguments);
          });
    }
    table.define(ERLANG, "node", 0, (self, _) -> self.node());
    table.define(
        ERLANG,
        "node",
        1,
        (_, a) ->
            switch (a[0]) {
              case Pid pid -> pid.node();
              case Reference reference -> reference.node();
              case Port port -> port.node();
              default -> throw Raise.badarg();
            });
    table.define(
        ERLANG,
        "nodes",
        0,
        (self, _) -> ListTerm.of(self.distribution().nodes(List.of(NodeKind.VISIBLE))));
    table.define(
        ERLANG,
        "nodes",
        1,
        (self, a) ->
            ListTerm.of(
                self.distribution().nodes(NodeArguments.kinds(a[0]).orElseThrow(Raise::badarg))));
    table.define(
        ERLANG,
        "nodes",
        2,
        (self, a) ->
            self.distribution()
                .nodes(
                    NodeArguments.kinds(a[0]).orElseThrow(Raise::badarg),
                    NodeArguments.infos(a[1]).orElseThrow(Raise::badarg)));
    table.define(ERLANG, "is_alive", 0, (self, _) -> Atom.of(self.distribution().isAlive()));
    table.define(ERLANG, "get_cookie", 0, (self, _) -> self.distribution().cookie(self.node()));
    table.define(
        ERLANG, "get_cookie", 1, (self, a) -> self.distribution().cookie(Arguments.atom(a[0])));
    table.define(
        ERLANG,
        "set_cookie",
        1,
        (self, a) -> {
          Atom cookie = Arguments.atom(a[0]);
          requireDistribution(self);
          self.distribution().setCookie(cookie);
          return Atom.TRUE;
        });
    table.define(
        ERLANG,
        "set_cookie",
        2,
        (self, a) -> {
          Atom node = Arguments.atom(a[0]);
          Atom cookie = Arguments.atom(a[1]);
          if (node == NodeArguments.NONODE) {
            throw Raise.badarg();
          }
          requireDistribution(self);
          if (node == self.node()) {
            self.distribution().setCookie(cookie);
          } else {
            self.distribution().setCookie(node, cookie);
          }
          return Atom.TRUE;
        });
    for (int arity = 2; arity <= 3; arity++) {
      table.define(
          ERLANG,
          "monitor_node",
          arity,
          (self, a) -> {
            Atom node = Arguments.atom(a[0]);
            if (a[1] != Atom.TRUE && a[1] != Atom.FALSE
                || a.length == 3 && !NodeArguments.areMonitorOptions(a[2])) {
              throw Raise.badarg();
            }
            if (!self.distribution().isAlive()) {
              throw Raise.error(Atom.of("notalive"));
            }
            if (a[1] == Atom.TRUE) {
              self.distribution().monitorNode(self.self(), node);
            } else {
              self.distribution().demonitorNode(self.self(), node);
            }
            return Atom.TRUE;
          });
    }
    table.defineBlocking(
        ERLANG,
        "disconnect_node",
        1,
        (self, a) ->
            a[0] instanceof Atom node
                ? self.distribution().disconnect(node)
                : new Immediate(Atom.FALSE));
  }

  private static void requireDistribution(ProcessContext self) {
    if (!self.distribution().isAlive()) {
      throw Raise.error(Atom.of("distribution_not_started"));
    }
  }

  private static void system(BuiltinTable table) {
    table.define(ERLANG, "phash2", 1, (_, a) -> SmallInt.of(PortableHash.phash2(a[0])));
    table.define(
        ERLANG,
        "phash2",
        2,
        (_, a) -> {
          if (Arguments.number(a[1]) < 1) {
            throw Raise.badarg();
          }
          return SmallInt.of(PortableHash.phash2(a[0], Arguments.number(a[1])));
        });
    table.define(
        ERLANG,
        "bump_reductions",
        1,
        (self, a) -> {
          self.consume(Arguments.size(a[0]));
          return Atom.TRUE;
        });
    table.define(
        ERLANG,
        "yield",
        0,
        (self, _) -> {
          self.consume(self.reductionsLeft());
          return Atom.TRUE;
        });
    table.define(ERLANG, "fun_info", 2, (self, a) -> funInfo(self, a[0], Arguments.atom(a[1])));
    table.define(
        ERLANG,
        "fun_info",
        1,
        (self, a) ->
            ListTerm.of(
                List.of("module", "name", "arity", "env", "type").stream()
                    .map(item -> funInfo(self, a[0], Atom.of(item)))
                    .toList()));
    table.define(ERLANG, "fun_to_list", 1, (_, a) -> Arguments.charlist(a[0].toString()));
    table.define(
        ERLANG,
        "pid_to_list",
        1,
        (self, a) -> Arguments.charlist(identifier(self, ErlangProcesses.pid(a[0]))));
    table.define(
        ERLANG,
        "make_fun",
        3,
        (_, a) ->
            new ExternalFun(Arguments.atom(a[0]), Arguments.atom(a[1]), Arguments.size(a[2])));
    table.define(
        ERLANG, "system_info", 1, (self, a) -> systemInfo(self, Arguments.atom(a[0]).name()));
    table.define(
        ERLANG,
        "memory",
        0,
        (self, _) -> {
          var pairs = new ArrayList<Term>();
          for (String kind :
              List.of(
                  "total",
                  "processes",
                  "processes_used",
                  "system",
                  "atom",
                  "atom_used",
                  "binary",
                  "code",
                  "ets")) {
            pairs.add(Tuple.of(Atom.of(kind), memory(self, kind)));
          }
          return ListTerm.of(pairs);
        });
    table.define(ERLANG, "memory", 1, (self, a) -> memory(self, Arguments.atom(a[0]).name()));
    table.define(
        ERLANG,
        "statistics",
        1,
        (self, a) ->
            switch (Arguments.atom(a[0]).name()) {
              case "run_queue", "total_run_queue_lengths" -> SmallInt.of(0);
              case "wall_clock", "runtime" ->
                  Tuple.of(SmallInt.of(self.now() / MILLISECOND), SmallInt.of(0));
              case "reductions", "exact_reductions" ->
                  Tuple.of(SmallInt.of(self.now() / 10), SmallInt.of(0));
              default -> throw Raise.badarg();
            });
    table.define(ERLANG, "ports", 0, (_, _) -> Nil.NIL);
    table.define(ERLANG, "display", 1, (_, _) -> Atom.TRUE);
  }

  /** As the evaluator of OTP names functions made at a prompt. */
  private static Atom name(ProcessContext self, Fun fun) {
    return switch (fun) {
      case ExternalFun ext -> ext.function();
      case Closure closure when closure.carried().isPresent() ->
          Atom.of("-expr/6-fun-" + (closure.arity() + 2) + "-");
      case Closure closure ->
          self.owned(CodeServer.class).nameOf(closure).orElseGet(() -> Atom.of("-fun-"));
    };
  }

  private static Term funInfo(ProcessContext self, Term function, Atom item) {
    if (!(function instanceof Fun fun)) {
      throw Raise.badarg();
    }
    boolean external = fun instanceof ExternalFun;
    Term value =
        switch (item.name()) {
          case "arity" -> SmallInt.of(fun.arity());
          case "module" -> fun instanceof ExternalFun ext ? ext.module() : ((Closure) fun).module();
          case "name" -> name(self, fun);
          case "type" -> Atom.of(external ? "external" : "local");
          case "env" -> fun instanceof Closure closure ? ListTerm.of(closure.free()) : Nil.NIL;
          case "index", "new_index" ->
              fun instanceof Closure closure ? SmallInt.of(closure.index()) : Atom.UNDEFINED;
          case "uniq", "new_uniq" ->
              fun instanceof Closure closure
                  ? SmallInt.of(closure.uniq() & 0xFFFFFFFFL)
                  : Atom.UNDEFINED;
          case "pid" -> external ? Atom.UNDEFINED : self.self();
          default -> throw Raise.badarg();
        };
    return Tuple.of(item, value);
  }

  private static String identifier(ProcessContext self, Pid pid) {
    return NodeNumbers.inspected(self, pid).replace("#PID", "");
  }

  private static Term memory(ProcessContext self, String kind) {
    long processes = self.processes().size() * 12_000L;
    return SmallInt.of(
        switch (kind) {
          case "total" -> processes + 28_000_000;
          case "processes", "processes_used" -> processes;
          case "system" -> 28_000_000;
          case "atom", "atom_used" -> 400_000;
          case "binary" -> 200_000;
          case "code" -> 8_000_000;
          case "ets" -> 600_000;
          default -> throw Raise.badarg();
        });
  }

  private static Term systemInfo(ProcessContext self, String item) {
    return switch (item) {
      case "otp_release" -> Arguments.charlist("25");
      case "version" -> Arguments.charlist("13.1.5");
      case "process_count" -> SmallInt.of(self.processes().size());
      case "process_limit" ->
          SmallInt.of(self.owned(Node.class).processes().settings().processLimit());
      case "port_count" -> SmallInt.of(0);
      case "port_limit" -> SmallInt.of(65_536);
      case "atom_count" -> SmallInt.of(AtomTable.of(self).count());
      case "atom_limit" -> SmallInt.of(AtomTable.of(self).limit());
      case "max_heap_size" -> self.owned(Node.class).settings().limits().heap().asTerm();
      case "dist_buf_busy_limit" ->
          SmallInt.of(self.owned(Distribution.class).settings().busyLimitBytes());
      case "ets_limit" -> SmallInt.of(8192);
      case "schedulers",
          "schedulers_online",
          "logical_processors",
          "logical_processors_available",
          "logical_processors_online",
          "dirty_cpu_schedulers",
          "dirty_cpu_schedulers_online" ->
          SmallInt.of(2);
      case "dirty_io_schedulers" -> SmallInt.of(10);
      case "wordsize" -> SmallInt.of(8);
      case "machine" -> Arguments.charlist("BEAM");
      case "system_architecture" -> Arguments.charlist("x86_64-pc-linux-gnu");
      case "creation" -> SmallInt.of(self.distribution().creation());
      case "dist_ctrl" -> connections(self);
      case "smp_support", "threads" -> Atom.TRUE;
      case "emu_flavor" -> Atom.of("jit");
      case "start_time" -> SmallInt.of(0);
      case "delayed_node_table_gc" -> SmallInt.of(60);
      default -> throw Raise.badarg();
    };
  }

  /** {@code [{Node, Port}]} of the connections; the ports have the numbers of the connections. */
  private static ListTerm connections(ProcessContext self) {
    Distribution distribution = self.owned(Distribution.class);
    return ListTerm.of(
        distribution.peers().stream()
            .filter(Distribution.Peer::up)
            .map(
                peer ->
                    Tuple.of(
                        peer.node(),
                        new Port(self.node(), peer.number(), self.distribution().creation())))
            .toList());
  }

  private static void checkHalt(Term[] arguments) {
    boolean isStatus =
        arguments.length == 0
            || !(arguments[0] instanceof Atom status)
            || status == Atom.of("abort");
    if (!isStatus || arguments.length > 1 && !(arguments[1] instanceof ListTerm)) {
      throw Raise.badarg();
    }
  }
}
