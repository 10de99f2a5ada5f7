package beamyard.lessons.shell;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.shell.ProgramClaims.Kind;
import beamyard.lessons.shell.ProgramClaims.Stated;
import beamyard.simulator.BadSetup;
import beamyard.simulator.Fault;
import beamyard.simulator.Node;
import beamyard.simulator.Simulation;
import beamyard.simulator.distribution.ConnectionPacket;
import beamyard.simulator.distribution.TlsPacket;
import beamyard.simulator.distribution.WireForm;
import beamyard.simulator.kernel.Conversation;
import beamyard.simulator.kernel.Turn;
import beamyard.simulator.network.HeldPacket;
import beamyard.simulator.network.Packet;
import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the module {@code Sandbox} needs of Java: faults, done from inside the cluster. A call returns when what it asked for
 * has happened; what is impossible is {@code {error, Text}}.
 */
final class SandboxFunctions {
  private static final String SANDBOX = "beamyard_sandbox";
  private static final long POLL_NANOS = 1_000_000;
  private static final long ON_POLL_NANOS = 20_000;
  private static final Atom DOWN = Atom.of("down");
  private static final long LIMIT_NANOS = 60_000_000_000L;

  private SandboxFunctions() {}

  static void define(BuiltinTable table) {
    table.defineBlocking(SANDBOX, "apply", 1, SandboxFunctions::apply);
    table.define(SANDBOX, "property", 3, SandboxFunctions::state);
    table.defineBlocking(
        SANDBOX,
        "on",
        2,
        (_, arguments) -> new Conversation(Turn.act(self -> runOn(self, arguments))));
    table.define("beamyard", "standard_error", 1, SandboxFunctions::standardError);
    table.define(SANDBOX, "now", 0, (self, _) -> SmallInt.of(self.now()));
    table.define(SANDBOX, "nodes", 0, (self, _) -> nodes(simulation(self)));
    table.define(SANDBOX, "held", 0, (self, _) -> held(simulation(self)));
    table.define(
        SANDBOX,
        "cuts",
        0,
        (self, _) -> ListTerm.of(simulation(self).cuts().stream().<Term>map(Atom::of).toList()));
  }

  /** Prints text where a terminal shows it and a program that reads standard output does not see it. */
  private static Term standardError(ProcessContext self, Term[] arguments) {
    self.owned(Console.class).warn(((Bits) arguments[0]).text());
    return Atom.OK;
  }

  private static Simulation simulation(ProcessContext self) {
    return self.owned(Node.class).simulation();
  }

  private static Routine apply(ProcessContext self, Term[] arguments) {
    Term asked = arguments[0];
    return new Conversation(Turn.act(caller -> begin(caller, asked)));
  }

  private static Term state(ProcessContext self, Term[] arguments) {
    Kind kind = Kind.valueOf(((Atom) arguments[0]).name().toUpperCase(Locale.ROOT));
    String name = arguments[1] instanceof Bits text ? text.text() : arguments[1].toString();
    self.use(Access.WRITE, ProgramClaims.STATED);
    self.owned(ProgramClaims.class).add(new Stated(kind, name, arguments[2]));
    return Atom.OK;
  }

  /** Runs a function on another node, whatever the network is like. */
  private static Turn runOn(ProcessContext self, Term[] arguments) {
    Node node;
    try {
      node = simulation(self).node(new SandboxFaults(self.owned(Node.class)).label(arguments[0]));
    } catch (BadSetup unknown) {
      return Turn.value(Tuple.of(Atom.ERROR, Bits.of(unknown.getMessage())));
    }
    if (node.state() != Node.State.RUNNING) {
      return Turn.value(Tuple.of(DOWN, SandboxFaults.nameOf(node)));
    }
    Pid running = ProgramClaims.begin(node, arguments[1]);
    return awaitOn(self, node.label(), node.incarnation(), running);
  }

  private static Turn awaitOn(ProcessContext self, String label, int incarnation, Pid running) {
    Node node = simulation(self).node(label);
    if (node.incarnation() != incarnation || node.state() != Node.State.RUNNING) {
      return Turn.value(Tuple.of(DOWN, SandboxFaults.nameOf(node)));
    }
    return ProgramClaims.outcome(node, running)
        .map(
            outcome ->
                outcome instanceof Outcome.Returned(Term value)
                    ? Turn.value(Tuple.of(Atom.OK, value))
                    : Turn.done(outcome))
        .orElseGet(
            () ->
                Turn.sleep(
                    self.now() + ON_POLL_NANOS,
                    later -> awaitOn(later, label, incarnation, running)));
  }

  private static Turn begin(ProcessContext self, Term asked) {
    Node here = self.owned(Node.class);
    Fault fault;
    try {
      fault = new SandboxFaults(here).read(asked);
      here.simulation().check(fault);
    } catch (BadSetup impossible) {
      return Turn.value(Tuple.of(Atom.ERROR, Bits.of(impossible.getMessage())));
    }
    here.simulation().applyAt(self.now(), fault);
    long limit = self.now() + LIMIT_NANOS;
    Optional<Predicate<Simulation>> done = whenDone(fault, here.simulation());
    return Turn.run(
        new NextSlice(),
        (later, _) ->
            done.map(isDone -> await(later, isDone, limit)).orElseGet(() -> Turn.value(Atom.OK)));
  }

  /** Ends when the process next runs: after what it asked for has been done. */
  private static final class NextSlice implements Routine {
    private boolean waited;

    @Override
    public Outcome run(ProcessContext self) {
      if (waited) {
        return new Outcome.Returned(Atom.OK);
      }
      waited = true;
      return Outcome.YIELDED;
    }

    @Override
    public Routine copy() {
      var copy = new NextSlice();
      copy.waited = waited;
      return copy;
    }
  }

  private static Turn await(ProcessContext self, Predicate<Simulation> done, long limitNanos) {
    if (done.test(simulation(self))) {
      // a moment later the other nodes have been told, if anything tells them
      return Turn.sleep(self.now() + POLL_NANOS, _ -> Turn.value(Atom.OK));
    }
    if (self.now() > limitNanos) {
      return Turn.value(Tuple.of(Atom.ERROR, Bits.of("not done after a minute of virtual time")));
    }
    return Turn.sleep(self.now() + POLL_NANOS, later -> await(later, done, limitNanos));
  }

  /**
   * What has to be so before the call returns; empty if it is so at once. Holds no simulation: a copy asks its own.
   */
  private static Optional<Predicate<Simulation>> whenDone(Fault fault, Simulation simulation) {
    return switch (fault) {
      case Fault.Crash(String node) ->
          Optional.of(ended(node, simulation.node(node).incarnation()));
      case Fault.Stop(String node) -> Optional.of(ended(node, simulation.node(node).incarnation()));
      case Fault.Restart(String node) ->
          Optional.of(started(node, simulation.node(node).incarnation()));
      case Fault.Start(String node) ->
          Optional.of(started(node, simulation.node(node).incarnation()));
      case Fault.Boot(var settings) -> Optional.of(started(settings.label(), 0));
      default -> Optional.empty();
    };
  }

  private static Predicate<Simulation> ended(String label, int incarnation) {
    return simulation -> {
      Node node = simulation.node(label);
      return node.incarnation() > incarnation || node.hasEnded();
    };
  }

  private static Predicate<Simulation> started(String label, int after) {
    return simulation -> {
      Node node = simulation.node(label);
      return node.incarnation() > after
          && (node.hasEnded() || node.isUp() && node.owned(Console.class).isIdle());
    };
  }

  private static Term nodes(Simulation simulation) {
    var list = new ArrayList<Term>();
    for (Node node : simulation.nodes()) {
      String state = node.state().name().toLowerCase(Locale.ROOT);
      list.add(Tuple.of(SandboxFaults.nameOf(node), Atom.of(state)));
    }
    return ListTerm.of(list);
  }

  private static Term held(Simulation simulation) {
    List<HeldPacket> packets = simulation.held();
    var list = new ArrayList<Term>();
    for (HeldPacket held : packets) {
      list.add(
          Tuple.of(
              SmallInt.of(held.id()),
              Atom.of(held.from().name()),
              Atom.of(held.to().name()),
              held.packet()
                  .map(SandboxFunctions::what)
                  .orElseGet(() -> Atom.of(held.kind().name().toLowerCase(Locale.ROOT))),
              Bits.of(held.packet().map(SandboxFunctions::bytes).orElseGet(() -> new byte[0]))));
    }
    return ListTerm.of(list);
  }

  /** A control message and what it carries; a text for what is none. */
  private static Term what(Packet packet) {
    if (!(packet instanceof ConnectionPacket.Control(var to, var signal, _))) {
      return Bits.of(packet.toString());
    }
    WireForm.Control control = WireForm.control(to, signal);
    return control
        .payload()
        .<Term>map(payload -> Tuple.of(control.message(), payload))
        .orElse(control.message());
  }

  /** What a listener reads of a connection that is up; nothing of one that is being set up. */
  private static byte[] bytes(Packet packet) {
    return switch (packet) {
      case ConnectionPacket its -> WireForm.bytes(its);
      case TlsPacket.Sealed sealed -> sealed.bytes();
      default -> new byte[0];
    };
  }
}
