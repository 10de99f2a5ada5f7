package beamyard.simulator;

import beamyard.simulator.kernel.Conversation;
import beamyard.simulator.kernel.KernelFunctions;
import beamyard.simulator.kernel.KernelLanguage;
import beamyard.simulator.kernel.Turn;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.Language;
import beamyard.simulator.process.LogSink;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ExternalFun;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/** What runs on the nodes of a {@link Cluster}: OTP's kernel, the caller's Java functions, and the calls that a test makes. */
final class JavaNodes implements NodeSoftware {
  private static final Atom ERLANG = Atom.of("erlang");
  private final Language language;

  JavaNodes(SequencedMap<String, JavaFunction> functions) {
    language = new KernelLanguage(KernelFunctions.all(), new Functions(functions));
  }

  @Override
  public Language language() {
    return language;
  }

  @Override
  public void boot(Node node) {
    StandardKernel.boot(node);
    node.own(Calls.class, new Calls(), Calls::copy);
    node.own(LogSink.class, new Crashes(), sink -> ((Crashes) sink).copy());
  }

  /** The outcomes of the calls that were made from outside on one node. */
  static final class Calls {
    private final LinkedHashMap<Pid, Outcome> ended = new LinkedHashMap<>();

    Calls copy() {
      var copy = new Calls();
      copy.ended.putAll(ended);
      return copy;
    }

    /** Takes the outcome of the call that a process made; empty if it has not ended. */
    Optional<Outcome> take(Pid caller) {
      return Optional.ofNullable(ended.remove(caller));
    }
  }

  /** A process that makes one call and leaves its outcome. */
  static final class Caller implements Routine {
    private final Routine call;

    Caller(Routine call) {
      this.call = call;
    }

    @Override
    public Outcome run(ProcessContext self) {
      Outcome outcome = call.run(self);
      if (outcome instanceof Outcome.Returned || outcome instanceof Outcome.Raised) {
        self.owned(Calls.class).ended.put(self.self(), outcome);
        return new Outcome.Returned(Atom.OK); // so that nothing is logged: the test gets to know it
      }
      return outcome;
    }

    @Override
    public void bringUpToDate(UnaryOperator<Term> present) {
      call.bringUpToDate(present);
    }

    @Override
    public Routine copy() {
      return new Caller(call.copy());
    }
  }

  /** A process that sends one message. */
  record Sending(Address to, Term message) implements Routine {
    @Override
    public Outcome run(ProcessContext self) {
      self.send(to, message);
      return new Outcome.Returned(Atom.OK);
    }

    @Override
    public Routine copy() {
      return this;
    }
  }

  /** The caller's functions, and of module {@code erlang} the ones that every node needs. */
  private record Functions(SequencedMap<String, JavaFunction> functions) implements Language {
    @Override
    public Routine call(Atom module, Atom function, List<Term> arguments) {
      return new Conversation(Turn.act(self -> turn(self, module, function, arguments)));
    }

    private Turn turn(ProcessContext self, Atom module, Atom function, List<Term> arguments) {
      JavaFunction known =
          functions.get(module.name() + ":" + function.name() + "/" + arguments.size());
      if (known != null) {
        try {
          return Turn.value(known.call(self, arguments));
        } catch (RuntimeException e) {
          return Turn.error(
              Tuple.of(Atom.of(e.getClass().getName()), Bits.of(String.valueOf(e.getMessage()))));
        }
      }
      if (module == ERLANG && arguments.isEmpty()) {
        switch (function.name()) {
          case "node" -> {
            return Turn.value(self.node());
          }
          case "self" -> {
            return Turn.value(self.self());
          }
          default -> {}
        }
      }
      Term entry = Tuple.of(module, function, ListTerm.of(arguments), ListTerm.empty());
      return Turn.error(Atom.of("undef"), ListTerm.of(entry));
    }

    @Override
    public Routine apply(Term function, List<Term> arguments) {
      return function instanceof ExternalFun named && named.arity() == arguments.size()
          ? call(named.module(), named.function(), arguments)
          : new Conversation(Turn.error(Tuple.of(Atom.of("badfun"), function)));
    }
  }
}
