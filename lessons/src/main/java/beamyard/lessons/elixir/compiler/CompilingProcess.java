package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.LoneContext;
import beamyard.lessons.elixir.machine.ModuleDefiner;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.MapTerm;

/** What stands for a process where the library is compiled: it has code and a compiler, and nobody to talk to. */
final class CompilingProcess extends LoneContext {
  private final CodeServer code;
  private final Compiler compiler;
  private MapTerm dictionary = MapTerm.EMPTY;

  CompilingProcess(CodeServer code, Compiler compiler) {
    this.code = code;
    this.compiler = compiler;
  }

  /** Runs a routine to its end. */
  Outcome finish(Routine routine) {
    Outcome outcome = untilItWaits(routine);
    if (outcome instanceof Outcome.Waiting) {
      throw new AssertionError("a module of the library waits while it is compiled");
    }
    return outcome;
  }

  @Override
  public MapTerm dictionary() {
    return dictionary;
  }

  @Override
  public void setDictionary(MapTerm changed) {
    dictionary = changed;
  }

  @Override
  public <T> T owned(Class<T> type) {
    if (type == CodeServer.class) {
      return type.cast(code);
    }
    if (type == ModuleDefiner.class) {
      return type.cast(compiler);
    }
    throw new AssertionError(this + ": no " + type.getSimpleName());
  }

  @Override
  public String toString() {
    return "code of the library is compiled without a process or a node";
  }
}
