package beamyard.simulator.kernel;

import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The functions of the kernel's modules, by name: {@code global}, {@code pg}, {@code rpc}, {@code erpc}, {@code
 * net_kernel}, {@code net_adm}, {@code init} and {@code gen}. All of them, also those that only other nodes call,
 * such as {@code erpc:execute_call/4}.
 */
public final class KernelFunctions {
  /** What a function is known by. */
  public record Name(Atom module, Atom function, int arity) {}

  private final LinkedHashMap<Name, KernelFunction> functions = new LinkedHashMap<>();

  private KernelFunctions() {}

  /** Every function; immutable, the same for all nodes. */
  public static KernelFunctions all() {
    var all = new KernelFunctions();
    ServerCall.addTo(all);
    NodeFunctions.addTo(all);
    PortMapperFunctions.addTo(all);
    ConnectionFunctions.addTo(all);
    GlobalFunctions.addTo(all);
    ProcessGroupFunctions.addTo(all);
    ErpcFunctions.addTo(all);
    RpcFunctions.addTo(all);
    return all;
  }

  public Optional<KernelFunction> find(Atom module, Atom function, int arity) {
    return Optional.ofNullable(functions.get(new Name(module, function, arity)));
  }

  public SequencedMap<Name, KernelFunction> byName() {
    return Collections.unmodifiableSequencedMap(functions);
  }

  /** One clause of a function of the kernel, before it is a routine. */
  @FunctionalInterface
  interface Body {
    Turn call(ProcessContext self, List<Term> arguments);
  }

  /** Adds a function of some arities. */
  void add(Atom module, String function, Body body, int... arities) {
    for (int arity : arities) {
      functions.put(
          new Name(module, Atom.of(function), arity),
          (_, arguments) -> new Conversation(Turn.act(self -> body.call(self, arguments))));
    }
  }
}
