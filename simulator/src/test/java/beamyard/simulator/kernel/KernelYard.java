package beamyard.simulator.kernel;

import beamyard.simulator.KernelParameters;
import beamyard.simulator.Node;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.NodeSoftware;
import beamyard.simulator.Simulation;
import beamyard.simulator.SimulationSettings;
import beamyard.simulator.StandardKernel;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.Language;
import beamyard.simulator.process.NodeLink.NodeKind;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.Signal;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ExternalFun;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Nodes with the standard kernel, and on each a process {@code shell} that makes the calls a test asks for. */
final class KernelYard {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1000 * MILLI;
  private static final Atom SHELL = Atom.of("shell");
  private static final Atom WAKE_UP = Atom.of("wake_up");
  final Simulation simulation;

  private KernelYard(Simulation simulation) {
    this.simulation = simulation;
  }

  static KernelYard of(String... names) {
    return of(KernelParameters.DEFAULT, names);
  }

  static KernelYard of(KernelParameters kernel, String... names) {
    return of(1, kernel, names);
  }

  static KernelYard of(long seed, KernelParameters kernel, String... names) {
    var yard =
        new KernelYard(new Simulation(SimulationSettings.seed(seed), new Software(), Trace.OFF));
    for (String name : names) {
      yard.start(name, kernel);
    }
    yard.pass(500);
    return yard;
  }

  void start(String name, KernelParameters kernel) {
    simulation.boot(
        NodeSettings.shortName(name + "@localhost")
            .withLabel(name)
            .withCookie("secret")
            .withKernel(kernel));
  }

  KernelYard copy() {
    return new KernelYard(simulation.copy(Trace.OFF));
  }

  /** Lets milliseconds pass. */
  void pass(long millis) {
    simulation.runFor(millis * MILLI);
  }

  private static final class Jobs {
    final List<Routine> waiting = new ArrayList<>();
    final List<Outcome> done = new ArrayList<>();

    Jobs copy() {
      var copy = new Jobs();
      waiting.forEach(job -> copy.waiting.add(job.copy()));
      copy.done.addAll(done);
      return copy;
    }
  }

  private static final class Software implements NodeSoftware {
    private final Language language = new KernelLanguage(KernelFunctions.all(), new Erlang());

    @Override
    public Language language() {
      return language;
    }

    @Override
    public void boot(Node node) {
      StandardKernel.boot(node);
      node.own(Jobs.class, new Jobs(), Jobs::copy);
      Pid shell =
          node.processes().spawn(new Shell(), new InitialCall(SHELL, SHELL, 0), Optional.empty());
      node.processes().register(SHELL, shell);
    }
  }

  /** A few functions of module {@code erlang}. */
  private record Erlang() implements Language {
    @Override
    public Routine call(Atom module, Atom function, List<Term> a) {
      return new Conversation(
          Turn.act(
              self ->
                  switch (function.name()) {
                    case "node" -> Turn.value(self.node());
                    case "self" -> Turn.value(self.self());
                    case "throw" -> Turn.thrown(a.get(0));
                    case "exit" -> Turn.exit(a.get(0));
                    case "error" -> Turn.error(a.get(0));
                    case "hd" -> Turn.value(((ListTerm) a.get(0)).toList().getFirst());
                    case "sleep" ->
                        Turn.sleep(
                            self.now() + ((SmallInt) a.get(0)).value() * MILLI,
                            _ -> Turn.value(Atom.OK));
                    case "kill" -> {
                      self.exit(self.self(), Words.KILL, Signal.ExitCause.EXIT_CALL);
                      yield Turn.sleep(self.now() + SECOND, _ -> Turn.value(Atom.OK));
                    }
                    case "tell" -> {
                      self.send(
                          new Address.OfProcess((Pid) a.get(0)), Tuple.of(a.get(1), self.node()));
                      yield Turn.value(Atom.OK);
                    }
                    default ->
                        Turn.error(
                            Atom.of("undef"),
                            ListTerm.of(
                                Tuple.of(module, function, ListTerm.of(a), ListTerm.empty())));
                  }));
    }

    @Override
    public Routine apply(Term function, List<Term> arguments) {
      return function instanceof ExternalFun named
          ? call(named.module(), named.function(), arguments)
          : new Conversation(Turn.error(Tuple.of(Atom.of("badfun"), function)));
    }
  }

  private record Shell() implements Routine {
    @Override
    public Outcome run(ProcessContext self) {
      Jobs jobs = self.owned(Jobs.class);
      while (!jobs.waiting.isEmpty()) {
        forgetWakeUps(self);
        Outcome outcome = jobs.waiting.getFirst().run(self);
        if (outcome instanceof Outcome.Waiting || outcome instanceof Outcome.Yielded) {
          return outcome;
        }
        self.mailbox().restart();
        jobs.waiting.removeFirst();
        jobs.done.add(outcome);
      }
      forgetWakeUps(self);
      return Outcome.WAITING;
    }

    private static void forgetWakeUps(ProcessContext self) {
      self.mailbox().restart();
      for (Term message = self.mailbox().next(); message != null; message = self.mailbox().next()) {
        if (message == WAKE_UP) {
          self.mailbox().take();
        }
      }
      self.mailbox().restart();
    }

    @Override
    public Routine copy() {
      return this;
    }
  }

  /** Starts something in the shell of a node without waiting for it. */
  void begin(String node, Turn.Action job) {
    Node there = simulation.node(node);
    there.owned(Jobs.class).waiting.add(new Conversation(Turn.act(job)));
    Pid shell = there.processes().whereis(SHELL).orElseThrow();
    there
        .processes()
        .deliver(
            new Address.OfProcess(shell),
            new Signal.Message(shell, WAKE_UP),
            there.processes().now());
  }

  /** Runs something in the shell of a node to its end, 40 s at most. */
  Outcome run(String node, Turn.Action job) {
    Jobs jobs = simulation.node(node).owned(Jobs.class);
    int before = jobs.done.size();
    begin(node, job);
    if (!simulation.runUntil(() -> jobs.done.size() > before, simulation.now() + 40 * SECOND)) {
      throw new AssertionError("the job on " + node + " did not end");
    }
    return jobs.done.getLast();
  }

  static Turn.Action calling(String module, String function, Term... arguments) {
    return self ->
        Turn.run(
            self.call(Atom.of(module), Atom.of(function), List.of(arguments)),
            (_, outcome) -> Turn.done(outcome));
  }

  Outcome outcome(String node, String module, String function, Term... arguments) {
    return run(node, calling(module, function, arguments));
  }

  /** The value of a call; what it raises is {@code {Class, Reason}}. */
  Term call(String node, String module, String function, Term... arguments) {
    return value(outcome(node, module, function, arguments));
  }

  static Term value(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Returned(Term value) -> value;
      case Outcome.Raised(var kind, Term reason, _) ->
          Tuple.of(atom(kind.name().toLowerCase(java.util.Locale.ROOT)), reason);
      default -> throw new AssertionError(outcome);
    };
  }

  Pid shell(String node) {
    return (Pid) call(node, "erlang", "self");
  }

  /** A process of a node that does nothing. */
  Pid idle(String node) {
    return (Pid) value(run(node, self -> Turn.value(idle(self))));
  }

  /** A process that does nothing, on the node of the process that asks for it. */
  static Pid idle(ProcessContext self) {
    return self.spawn(
            new Conversation(Turn.await(_ -> null)),
            SpawnOptions.none(),
            new InitialCall(Words.ERLANG, Atom.of("apply"), 2))
        .pid();
  }

  boolean isAlive(Pid pid) {
    String label = pid.node().name().replaceFirst("@.*", "");
    return simulation.node(label).processes().isAlive(pid);
  }

  void kill(Pid pid) {
    run(
        pid.node().name().replaceFirst("@.*", ""),
        self -> {
          self.exit(pid, Words.KILL, Signal.ExitCause.EXIT_CALL);
          return Turn.value(Atom.OK);
        });
  }

  Term connect(String from, String to) {
    return call(from, "net_kernel", "connect_node", at(to));
  }

  Term disconnect(String from, String to) {
    return call(from, "net_kernel", "disconnect", at(to));
  }

  List<String> nodes(String node) {
    return simulation.node(node).distribution().nodes(List.of(NodeKind.VISIBLE)).stream()
        .map(each -> each.name().replaceFirst("@.*", ""))
        .toList();
  }

  /** The messages in the mailbox of the shell, which is emptied. */
  List<Term> flush(String node) {
    return ((ListTerm) value(run(node, self -> flush(ListTerm.empty())))).toList();
  }

  private static Turn flush(ListTerm soFar) {
    return Turn.await(
        message -> _ -> flush(Lists.join(soFar, ListTerm.of(message))), 0, _ -> Turn.value(soFar));
  }

  static Atom at(String name) {
    return Atom.of(name + "@localhost");
  }

  static Atom atom(String name) {
    return Atom.of(name);
  }
}
