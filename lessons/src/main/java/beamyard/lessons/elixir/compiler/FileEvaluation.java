package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.machine.AtomTable;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation of a source file as a whole: what it leaves unused is told at its end. Returns pairs of the modules that it has
 * defined and their code.
 */
final class FileEvaluation implements Routine {
  private final Term quoted;
  private final String file;
  private List<CompiledModule> before = List.of();
  private @Nullable Routine running;
  private boolean isWatched;

  FileEvaluation(Term quoted, String file) {
    this.quoted = quoted;
    this.file = file;
  }

  @Override
  public Routine copy() {
    var copy = new FileEvaluation(quoted, file);
    copy.before = before;
    copy.running = running == null ? null : running.copy();
    copy.isWatched = isWatched;
    return copy;
  }

  @Override
  public Outcome run(ProcessContext self) {
    Compiler compiler = Compiler.of(self);
    Routine routine = running;
    if (routine == null) {
      try {
        routine = begin(self, compiler);
      } catch (Raise raise) {
        abandon(self);
        return new Outcome.Raised(
            raise.exceptionClass(), raise.reason(), raise.trace().orElse(Nil.NIL));
      }
      running = routine;
    }
    Outcome outcome = routine.run(self);
    if (outcome instanceof Outcome.Returned) {
      if (isWatched) {
        compiler.endFile(self);
      }
      return new Outcome.Returned(modules(self));
    }
    if (outcome instanceof Outcome.Raised) {
      abandon(self);
    }
    return outcome;
  }

  private Routine begin(ProcessContext self, Compiler compiler) {
    AtomTable.of(self).read(quoted);
    before = self.owned(CodeServer.class).loaded();
    isWatched = compiler.beginFile(self);
    return compiler.machine().evaluateFile(compiler.compileFile(self, quoted, file), file);
  }

  private void abandon(ProcessContext self) {
    if (isWatched) {
      Compiler.of(self).abandonFile(self);
    }
  }

  /** The modules that are there now and were not there before. */
  private Term modules(ProcessContext self) {
    var pairs = new ArrayList<Term>();
    CodeServer code = self.owned(CodeServer.class);
    for (CompiledModule module : code.loaded()) {
      if (!before.contains(module) && !code.isLibrary(module.name())) {
        pairs.add(Tuple.of(module.name(), ObjectCode.of(module)));
      }
    }
    return ListTerm.of(pairs);
  }
}
