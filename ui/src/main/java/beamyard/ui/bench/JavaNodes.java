package beamyard.ui.bench;

import beamyard.simulator.Node;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.NodeSoftware;
import beamyard.simulator.Simulation;
import beamyard.simulator.SimulationSettings;
import beamyard.simulator.StandardKernel;
import beamyard.simulator.kernel.Conversation;
import beamyard.simulator.kernel.KernelFunctions;
import beamyard.simulator.kernel.KernelLanguage;
import beamyard.simulator.kernel.Turn;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.Language;
import beamyard.simulator.process.NodeLink.NodeKind;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Nodes with OTP's kernel and no Elixir, as Java programs use the simulator. */
final class JavaNodes implements NodeSoftware {
  static final JavaNodes SOFTWARE = new JavaNodes();
  static final long SECOND_NANOS = 1_000_000_000L;
  private static final int MOST = 1_000;

  /** Of the nodes by their numbers: as they are asked for again and again, they are not put together each time. */
  private static final List<String> LABELS =
      IntStream.rangeClosed(0, MOST).mapToObj(number -> "n" + number).toList();

  private static final InitialCall BENCH = new InitialCall(Atom.of("bench"), Atom.of("init"), 0);
  private static final Atom UNDEF = Atom.of("undef");

  private final Language language = new KernelLanguage(KernelFunctions.all(), new NoOthers());

  private JavaNodes() {}

  private record NoOthers() implements Language {
    @Override
    public Routine call(Atom module, Atom function, List<Term> arguments) {
      return new Conversation(Turn.error(UNDEF));
    }

    @Override
    public Routine apply(Term function, List<Term> arguments) {
      return new Conversation(Turn.error(UNDEF));
    }
  }

  @Override
  public Language language() {
    return language;
  }

  @Override
  public void boot(Node node) {
    StandardKernel.boot(node);
  }

  /** A yard with nodes {@code n1}, {@code n2}, ... that are up and do not know each other. */
  static Simulation yard(long seed, int size) {
    var simulation = new Simulation(SimulationSettings.seed(seed), SOFTWARE, Trace.OFF);
    for (int i = 1; i <= size; i++) {
      NodeSettings settings =
          NodeSettings.shortName(label(i) + "@localhost").withLabel(label(i)).withCookie("bench");
      simulation.boot(settings.withKernel(settings.kernel().with("start_pg", "true")));
    }
    simulation.runFor(SECOND_NANOS / 2);
    return simulation;
  }

  static String label(int number) {
    return LABELS.get(number);
  }

  static Atom nodeName(String label) {
    return Atom.of(label + "@localhost");
  }

  static Pid spawn(Node node, Routine body) {
    return node.processes().spawn(body, BENCH, Optional.empty());
  }

  /** Sends a message to a process of a node from itself. */
  static void tell(Node node, Pid pid, Term message) {
    node.processes()
        .deliver(
            new Address.OfProcess(pid), new Signal.Message(pid, message), node.processes().now());
  }

  /** Calls of functions of the kernel, each in a process of its own, all at once. */
  static final class Calls {
    private final Simulation simulation;
    private final List<Call> calls = new ArrayList<>();

    Calls(Simulation simulation) {
      this.simulation = simulation;
    }

    void call(Node node, String module, String function, Term... arguments) {
      var call = new Call(Atom.of(module), Atom.of(function), List.of(arguments));
      calls.add(call);
      spawn(node, call);
    }

    /** Lets time pass until all have come back, and gives their values. */
    List<Term> values(long limitNanos) {
      long deadline = simulation.now() + limitNanos;
      for (Call call : calls) {
        if (!simulation.runUntil(() -> call.outcome != null, deadline)) {
          throw new AssertionError("a call did not come back: " + call);
        }
      }
      return calls.stream().map(Call::value).toList();
    }
  }

  private static final class Call implements Routine {
    private final Atom module;
    private final Atom function;
    private final List<Term> arguments;
    private @Nullable Routine running;
    private @Nullable Outcome outcome;

    Call(Atom module, Atom function, List<Term> arguments) {
      this.module = module;
      this.function = function;
      this.arguments = arguments;
    }

    @Override
    public Outcome run(ProcessContext self) {
      if (running == null) {
        running = self.call(module, function, arguments);
      }
      Outcome after = running.run(self);
      if (after instanceof Outcome.Returned || after instanceof Outcome.Raised) {
        outcome = after;
      }
      return after;
    }

    Term value() {
      if (outcome instanceof Outcome.Returned(Term value)) {
        return value;
      }
      throw new AssertionError(this + " ended with " + outcome);
    }

    @Override
    public Routine copy() {
      var copy = new Call(module, function, arguments);
      copy.running = running == null ? null : running.copy();
      copy.outcome = outcome;
      return copy;
    }

    @Override
    public String toString() {
      return module + ":" + function + arguments;
    }
  }

  /** What {@code Node.list()} gives on a node. */
  static List<Atom> list(Node node) {
    return node.distribution().nodes(List.of(NodeKind.VISIBLE));
  }
}
