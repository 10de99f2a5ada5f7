package beamyard.simulator.kernel;

import beamyard.simulator.process.Language;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ExternalFun;
import beamyard.simulator.term.Term;
import java.util.List;

/** A language in which the functions of the kernel can be called by name; all others are of another language. */
public record KernelLanguage(KernelFunctions kernel, Language others) implements Language {
  @Override
  public Routine call(Atom module, Atom function, List<Term> arguments) {
    return kernel
        .find(module, function, arguments.size())
        .<Routine>map(
            found ->
                new Conversation(
                    Turn.act(
                        self ->
                            Turn.run(
                                found.call(self, arguments), (_, outcome) -> Turn.done(outcome)))))
        .orElseGet(() -> others.call(module, function, arguments));
  }

  @Override
  public Routine apply(Term function, List<Term> arguments) {
    return function instanceof ExternalFun named
            && named.arity() == arguments.size()
            && kernel.find(named.module(), named.function(), named.arity()).isPresent()
        ? call(named.module(), named.function(), arguments)
        : others.apply(function, arguments);
  }
}
