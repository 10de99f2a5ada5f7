package beamyard.simulator.kernel;

import beamyard.simulator.distribution.Distribution;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The functions of {@code net_kernel}, {@code net_adm} and {@code init} that deal with this node and its connections.
 */
final class NodeFunctions {
  private static final Atom ALLOW = Atom.of("allow");
  private static final Atom ALLOWED = Atom.of("allowed");
  private static final Atom IS_AUTH = Atom.of("is_auth");
  private static final Atom NAME = Atom.of("name");
  private static final Atom NAME_DOMAIN = Atom.of("name_domain");
  private static final Atom NAME_TYPE = Atom.of("name_type");
  private static final Atom NODENAME = Atom.of("nodename");
  private static final Atom PANG = Atom.of("pang");
  private static final Atom PING = Atom.of("ping");
  private static final Atom PONG = Atom.of("pong");
  private static final Atom SET_NET_TICKTIME = Atom.of("set_net_ticktime");
  private static final Atom SHORTNAMES = Atom.of("shortnames");
  private static final Atom STATIC = Atom.of("static");
  private static final Atom IGNORED = Atom.of("ignored");
  private static final Atom INIT = Atom.of("init");
  private static final Atom LONGNAMES = Atom.of("longnames");
  private static final Atom NET_ADM = Atom.of("net_adm");
  private static final Atom NET_KERNEL = Atom.of("net_kernel");
  private static final Atom STARTED = Atom.of("started");
  static final Atom STOP = Atom.of("stop");
  private static final Atom START = Atom.of("start");
  private static final Atom NET_TICKINTENSITY = Atom.of("net_tickintensity");
  private static final Atom NET_TICKTIME = Atom.of("net_ticktime");
  private static final int DEFAULT_TRANSITION_SECONDS = 60;
  private static final long LONGEST_TICK_MILLIS = 86_400_000;
  private static final long TICKS_IN_TICK_TIME = 4;
  private static final long DEFAULT_TICK_MILLIS = 15_000;

  private NodeFunctions() {}

  static void addTo(KernelFunctions all) {
    all.add(
        NET_KERNEL,
        "connect_node",
        (self, a) -> connect(self, "connect_node", a, Visibility.VISIBLE),
        1);
    all.add(
        NET_KERNEL,
        "hidden_connect_node",
        (self, a) -> connect(self, "hidden_connect_node", a, Visibility.HIDDEN),
        1);
    all.add(
        NET_KERNEL,
        "disconnect",
        (self, a) ->
            a.get(0) instanceof Atom node
                ? run(self.distribution().disconnect(node))
                : Turn.value(Atom.FALSE),
        1);
    all.add(
        NET_KERNEL,
        "monitor_nodes",
        (self, a) -> Turn.value(self.distribution().monitorNodes(self.self(), a.get(0))),
        1);
    all.add(
        NET_KERNEL,
        "monitor_nodes",
        (self, a) -> Turn.value(self.distribution().monitorNodes(self.self(), a.get(0), a.get(1))),
        2);
    all.add(
        NET_KERNEL, "get_net_ticktime", (self, _) -> Turn.value(self.distribution().tickTime()), 0);
    all.add(NET_KERNEL, "set_net_ticktime", NodeFunctions::setTickTime, 1, 2);
    all.add(NET_KERNEL, "get_state", (self, _) -> state(self), 0);
    all.add(NET_KERNEL, "allow", (self, a) -> ask(self, Tuple.of(ALLOW, a.get(0))), 1);
    all.add(NET_KERNEL, "allowed", (self, _) -> ask(self, ALLOWED), 0);
    all.add(NET_KERNEL, "epmd_module", (_, _) -> Turn.value(Atom.of("erl_epmd")), 0);
    all.add(NET_KERNEL, "longnames", (self, _) -> ask(self, LONGNAMES), 0);
    all.add(NET_KERNEL, "nodename", (self, _) -> ask(self, NODENAME), 0);
    all.add(NET_KERNEL, "start", NodeFunctions::start, 1);
    all.add(
        NET_KERNEL, "start", (self, a) -> run(self.distribution().start(a.get(0), a.get(1))), 2);
    all.add(NET_KERNEL, "stop", (self, _) -> run(self.distribution().stop()), 0);
    all.add(NET_ADM, "ping", NodeFunctions::ping, 1);
    all.add(NET_ADM, "localhost", (self, _) -> Turn.value(hostName(self)), 0);
    all.add(INIT, "stop", NodeFunctions::stop, 0, 1);
    all.add(INIT, "get_status", (_, _) -> Turn.value(Tuple.of(STARTED, STARTED)), 0);
  }

  private static Turn run(Routine routine) {
    return Turn.run(routine, (_, outcome) -> Turn.done(outcome));
  }

  private static Turn connect(
      ProcessContext self, String function, List<Term> a, Visibility visibility) {
    return a.get(0) instanceof Atom node
        ? run(self.distribution().connect(node, visibility))
        : Turn.functionClause(NET_KERNEL, Atom.of(function), a);
  }

  private static Turn setTickTime(ProcessContext self, List<Term> a) {
    Term transition = a.size() == 2 ? a.get(1) : SmallInt.of(DEFAULT_TRANSITION_SECONDS);
    return a.get(0) instanceof SmallInt seconds
            && seconds.value() > 0
            && seconds.value() <= Integer.MAX_VALUE
            && transition instanceof SmallInt until
            && until.value() >= 0
            && until.value() <= Integer.MAX_VALUE
        ? Turn.value(self.distribution().setTickTime((int) seconds.value(), (int) until.value()))
        : Turn.functionClause(
            NET_KERNEL,
            SET_NET_TICKTIME,
            a.get(0) instanceof IntegerTerm ? List.of(a.get(0), transition) : a);
  }

  /**
   * {@code net_kernel:start/1}, the older way: {@code [Name, NameDomain, TickMillis]}, of which only the name must be.
   * Kernel parameters do not matter to it.
   */
  private static Turn start(ProcessContext self, List<Term> a) {
    List<Term> given =
        a.get(0) instanceof ListTerm list && list.isProper() ? list.toList() : List.of();
    boolean fits =
        !given.isEmpty()
            && given.size() <= 3
            && given.getFirst() instanceof Atom
            && (given.size() < 3
                || given.get(2) instanceof SmallInt tick
                    && tick.value() > 0
                    && tick.value() <= LONGEST_TICK_MILLIS);
    if (!fits) {
      return Turn.functionClause(NET_KERNEL, START, a);
    }
    long tickMillis =
        given.size() == 3 && given.get(2) instanceof SmallInt tick
            ? tick.value()
            : DEFAULT_TICK_MILLIS;
    MapTerm options =
        MapTerm.of(
            NAME_DOMAIN,
            given.size() > 1 ? given.get(1) : LONGNAMES,
            NET_TICKTIME,
            SmallInt.of((tickMillis * TICKS_IN_TICK_TIME - 1) / 1000 + 1),
            NET_TICKINTENSITY,
            SmallInt.of(TICKS_IN_TICK_TIME));
    return run(self.distribution().start(given.getFirst(), options));
  }

  /** A request of this node's {@code net_kernel}; {@code ignored} if there is none. */
  private static Turn ask(ProcessContext self, Term request, Function<Term, Term> then) {
    return self.whereis(NET_KERNEL).isEmpty()
        ? Turn.value(IGNORED)
        : Turn.value(
            ServerCall.gen(self, NET_KERNEL, request, Words.INFINITY),
            (_, answer) -> Turn.value(then.apply(answer)));
  }

  private static Turn ask(ProcessContext self, Term request) {
    return ask(self, request, answer -> answer);
  }

  private static Turn state(ProcessContext self) {
    if (self.whereis(NET_KERNEL).isEmpty()) {
      return Turn.value(MapTerm.of(STARTED, Words.NO));
    }
    boolean atBoot = self.owned(Distribution.class).isStartedAtBoot();
    Term name = self.node();
    return ask(
        self,
        LONGNAMES,
        isLong ->
            MapTerm.of(
                STARTED,
                Atom.of(atBoot ? "static" : "dynamic"),
                NAME,
                name,
                NAME_DOMAIN,
                isLong == Atom.TRUE ? LONGNAMES : SHORTNAMES,
                NAME_TYPE,
                STATIC));
  }

  static Turn ping(ProcessContext self, List<Term> a) {
    return a.get(0) instanceof Atom node
        ? ping(self, node, PONG, PANG)
        : Turn.functionClause(NET_ADM, PING, a);
  }

  /** Asks a node's {@code net_kernel} whether it lets this node in; disconnects from it if it does not. */
  static Turn ping(ProcessContext self, Atom node, Atom ifAnswered, Atom otherwise) {
    Term request = Tuple.of(IS_AUTH, self.node());
    return Turn.attempt(
        ServerCall.call(self, Tuple.of(NET_KERNEL, node), Words.CALL, request, Long.MAX_VALUE),
        (after, outcome) ->
            outcome instanceof Outcome.Returned(Term answer) && answer == Words.YES
                ? Turn.value(ifAnswered)
                : Turn.run(after.distribution().disconnect(node), (_, _) -> Turn.value(otherwise)));
  }

  private static Term hostName(ProcessContext self) {
    var characters = new ArrayList<Term>();
    self.owned(KernelSettings.class)
        .hostName()
        .chars()
        .forEach(each -> characters.add(SmallInt.of(each)));
    return ListTerm.of(characters);
  }

  private static Turn stop(ProcessContext self, List<Term> a) {
    Term status = a.isEmpty() ? SmallInt.of(0) : a.get(0);
    if (!(status instanceof SmallInt number)
        || number.value() < 0
        || number.value() > Integer.MAX_VALUE) {
      return Turn.functionClause(INIT, STOP, a);
    }
    self.whereis(INIT)
        .ifPresent(
            pid -> self.send(new Address.OfProcess(pid), Tuple.of(STOP, Tuple.of(STOP, number))));
    return Turn.value(Atom.OK);
  }
}
