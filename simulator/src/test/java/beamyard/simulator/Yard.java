package beamyard.simulator;

import beamyard.simulator.distribution.NodeName;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.Language;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A simulation for tests: each node has a process {@code shell} that runs what a test gives it and keeps its messages. */
final class Yard {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000_000_000;
  private static final Atom SHELL = Atom.of("shell");

  final Simulation simulation;

  Yard(Trace trace) {
    this(new Simulation(SimulationSettings.seed(1), new Software(), trace));
  }

  Yard() {
    this(Trace.OFF);
  }

  private Yard(Simulation simulation) {
    this.simulation = simulation;
  }

  Yard copy() {
    return copy(Trace.OFF);
  }

  Yard copy(Trace trace) {
    return new Yard(simulation.copy(trace));
  }

  static Yard of(String... names) {
    return of(KernelParameters.DEFAULT, names);
  }

  static Yard of(KernelParameters kernel, String... names) {
    var yard = new Yard();
    for (String name : names) {
      yard.start(
          NodeSettings.shortName(name + "@localhost")
              .withLabel(name)
              .withCookie("secret")
              .withKernel(kernel));
    }
    yard.simulation.runFor(SECOND);
    return yard;
  }

  Node start(NodeSettings settings) {
    return simulation.boot(settings);
  }

  /** What the shell of a node is given to do, one after the other. */
  static final class Jobs {
    final List<Routine> waiting = new ArrayList<>();
    final List<Outcome> done = new ArrayList<>();

    Jobs copy() {
      var copy = new Jobs();
      waiting.forEach(job -> copy.waiting.add(job.copy()));
      copy.done.addAll(done);
      return copy;
    }
  }

  private static final class Software implements NodeSoftware, Language {
    @Override
    public Language language() {
      return this;
    }

    @Override
    public void boot(Node node) {
      node.own(Jobs.class, new Jobs(), Jobs::copy);
      Pid shell =
          node.processes().spawn(new Shell(), new InitialCall(SHELL, SHELL, 0), Optional.empty());
      node.processes().register(SHELL, shell);
    }

    @Override
    public Routine call(Atom module, Atom function, List<Term> arguments) {
      return new Job(_ -> Atom.OK);
    }

    @Override
    public Routine apply(Term function, List<Term> arguments) {
      throw new AssertionError("tests call by name");
    }
  }

  /** Looks for a job whenever it is woken. */
  private record Shell() implements Routine {
    @Override
    public Outcome run(ProcessContext self) {
      Jobs jobs = self.owned(Jobs.class);
      while (!jobs.waiting.isEmpty()) {
        Outcome outcome = jobs.waiting.getFirst().run(self);
        if (outcome instanceof Outcome.Waiting || outcome instanceof Outcome.Yielded) {
          return outcome;
        }
        self.mailbox().restart();
        jobs.waiting.removeFirst();
        jobs.done.add(outcome);
      }
      return new Outcome.Waiting(self.now() + MILLI);
    }

    @Override
    public Routine copy() {
      return this;
    }
  }

  /** Something that is done at once. */
  record Job(Function<ProcessContext, Term> what) implements Routine {
    @Override
    public Outcome run(ProcessContext self) {
      return new Outcome.Returned(what.apply(self));
    }

    @Override
    public Routine copy() {
      return this;
    }
  }

  /** Starts a job in the shell of a node without waiting for it. */
  void begin(String label, Routine job) {
    simulation.node(label).owned(Jobs.class).waiting.add(job);
  }

  /** Runs a job in the shell of a node to its end, 10 s at most. */
  Outcome run(String label, Routine job) {
    Jobs jobs = simulation.node(label).owned(Jobs.class);
    int before = jobs.done.size();
    jobs.waiting.add(job);
    boolean done =
        simulation.runUntil(() -> jobs.done.size() > before, simulation.now() + 10 * SECOND);
    if (!done) {
      throw new AssertionError("the job on " + label + " did not end in 10 s");
    }
    return jobs.done.getLast();
  }

  @Nullable Term value(String label, Routine job) {
    return run(label, job) instanceof Outcome.Returned(Term value) ? value : null;
  }

  void act(String label, Consumer<ProcessContext> what) {
    run(
        label,
        new Job(
            self -> {
              what.accept(self);
              return Atom.OK;
            }));
  }

  @Nullable Term ask(String label, Function<ProcessContext, Term> what) {
    return value(label, new Job(what));
  }

  @Nullable Term connect(String from, String to) {
    return value(from, simulation.node(from).distribution().connect(at(to), Visibility.VISIBLE));
  }

  @Nullable Term disconnect(String from, String to) {
    return value(from, simulation.node(from).distribution().disconnect(at(to)));
  }

  /** What is in the mailbox of the shell, which is emptied. */
  List<Term> flush(String label) {
    Term list =
        ask(
            label,
            self -> {
              var messages = new ArrayList<Term>();
              for (Term next = self.mailbox().next(); next != null; next = self.mailbox().next()) {
                messages.add(next);
                self.mailbox().take();
              }
              return ListTerm.of(messages);
            });
    return ((ListTerm) java.util.Objects.requireNonNull(list)).toList();
  }

  List<String> nodes(String label) {
    return simulation
        .node(label)
        .distribution()
        .nodes(List.of(beamyard.simulator.process.NodeLink.NodeKind.VISIBLE))
        .stream()
        .map(node -> node.name().replaceFirst("@.*", ""))
        .toList();
  }

  void send(String from, String to, Term message) {
    run(from, sending(to, message));
  }

  /** A job that sends to the shell of another node. */
  static Job sending(String to, Term message) {
    return new Job(
        self -> {
          self.send(new Address.OfName(SHELL, at(to)), message);
          return message;
        });
  }

  static Atom at(String name) {
    return name.indexOf('@') < 0 ? new NodeName(name, "localhost").atom() : Atom.of(name);
  }
}
