package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.Execution;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessView;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;

/**
 * Where a process is: what {@code process_info/2} tells of its stack. A server of the kernel, which is no code
 * here, is in the loop of a {@code gen_server}.
 *
 * @see <a href="https://www.erlang.org/doc/man/erlang.html#process_info-2">erlang:process_info/2</a>
 */
final class Whereabouts {
  private static final InitialCall LOOP =
      new InitialCall(Atom.of("gen_server"), Atom.of("loop"), 7);
  private static final InitialCall INIT =
      new InitialCall(Atom.of("proc_lib"), Atom.of("init_p"), 5);

  private Whereabouts() {}

  static ListTerm stackTrace(ProcessView view) {
    return view.body() instanceof Execution execution ? execution.stackTrace() : Nil.NIL;
  }

  /** The innermost function with its place, {@code {M, F, A, Location}}. */
  static Term location(ProcessView view) {
    return innermost(view)
        .<Term>map(entry -> entry)
        .orElseGet(
            () -> {
              var function = (Tuple) function(view);
              return Tuple.of(function.get(0), function.get(1), function.get(2), Nil.NIL);
            });
  }

  /** The innermost function, {@code {M, F, A}}. */
  static Term function(ProcessView view) {
    return innermost(view)
        .<Term>map(entry -> Tuple.of(entry.get(0), entry.get(1), arity(entry.get(2))))
        .orElseGet(() -> mfa(isServerOfTheKernel(view) ? LOOP : view.initialCall()));
  }

  /** Where the process began, {@code {M, F, A}}. */
  static Term beginning(ProcessView view) {
    return mfa(isServerOfTheKernel(view) ? INIT : view.initialCall());
  }

  /** The kernel's servers are no code here; on a real node they are a {@code gen_server} each. */
  private static boolean isServerOfTheKernel(ProcessView view) {
    InitialCall call = view.initialCall();
    return !(view.body() instanceof Execution)
        && call.arity() == 1
        && call.function().name().equals("init");
  }

  private static Term mfa(InitialCall call) {
    return Tuple.of(call.module(), call.function(), SmallInt.of(call.arity()));
  }

  private static Term arity(Term arityOrArguments) {
    return arityOrArguments instanceof ListTerm arguments
        ? SmallInt.of(arguments.length())
        : arityOrArguments;
  }

  private static Optional<Tuple> innermost(ProcessView view) {
    return stackTrace(view) instanceof Cons trace && trace.head() instanceof Tuple first
        ? Optional.of(first)
        : Optional.empty();
  }
}
