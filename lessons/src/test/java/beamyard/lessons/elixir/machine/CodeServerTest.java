package beamyard.lessons.elixir.machine;

import static beamyard.lessons.elixir.machine.Build.*;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.elixir.core.Core;
import beamyard.simulator.process.Outcome.Raised;
import beamyard.simulator.process.Outcome.Returned;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CodeServerTest {
  private static CompiledModule version(long number) {
    Core fun = new Core.MakeFun(0, 0, List.of(clause(List.of(), literal(number))));
    return module(
        function("make", 0, clause(List.of(), fun)),
        function("value", 0, clause(List.of(), literal(number))));
  }

  private static Term run(CodeServer server, Execution execution) {
    return ((Returned) new LoneProcess(server).finish(execution)).value();
  }

  private static CodeServer empty() {
    return new CodeServer(Library.empty(), new BuiltinTable());
  }

  @Test
  void aNewVersionReplacesTheOldOneButItsFunctionsLiveOnUntilItIsPurged() {
    CodeServer server = empty();
    server.load(version(1));
    Term fun = run(server, call("make"));
    server.load(version(2));
    assertThat(run(server, call("value"))).isEqualTo(number(2));
    assertThat(run(server, new Machine().apply(fun, List.of()))).isEqualTo(number(1));
    assertThat(server.purge(M)).isTrue();
    Raised raised = (Raised) new LoneProcess(server).finish(new Machine().apply(fun, List.of()));
    assertThat(raised.reason()).isEqualTo(tuple(atom("badfun"), fun));
  }

  @Test
  void theSameCodeIsTheSameVersionOnEveryNode() {
    assertThat(version(1).uniq()).isEqualTo(version(1).uniq());
    assertThat(version(1).uniq()).isNotEqualTo(version(2).uniq());
    CodeServer bob = empty();
    bob.load(version(1));
    CodeServer alice = empty();
    alice.load(version(1));
    Closure fun = (Closure) run(alice, call("make"));
    assertThat(run(bob, new Machine().apply(fun, List.of()))).isEqualTo(number(1));
  }

  @Test
  void aCopyHasItsOwnModules() {
    CodeServer server = empty();
    server.load(version(1));
    CodeServer copy = server.copy();
    copy.load(version(2));
    server.delete(M);
    assertThat(run(copy, call("value"))).isEqualTo(number(2));
    assertThat(server.isLoaded(M)).isFalse();
  }

  @Test
  void modulesOfTheLibraryAreLoadedWhenFirstUsed() {
    ModuleLoader loader = name -> name == M ? Optional.of(version(7)) : Optional.empty();
    var server = new CodeServer(new Library(loader), new BuiltinTable());
    assertThat(server.isLoaded(M)).isFalse();
    assertThat(run(server, call("value"))).isEqualTo(number(7));
    assertThat(server.isLoaded(M)).isTrue();
    assertThat(server.find(atom("other"))).isEmpty();
  }

  @Test
  void modulesTellOfThemselves() {
    CodeServer server = empty();
    Core.Clause two = clause(List.of(bind(variable("c")), bind(variable("x"))), literal(1));
    server.load(
        module(
            function("b", 1, clause(bind(variable("x")), literal(1))),
            function("MACRO-m", 2, two),
            function("a", 0, clause(List.of(), literal(1)))));
    assertThat(run(server, call("__info__", atom("functions"))))
        .isEqualTo(ListTerm.of(tuple(atom("a"), number(0)), tuple(atom("b"), number(1))));
    assertThat(run(server, call("__info__", atom("macros"))))
        .isEqualTo(ListTerm.of(tuple(atom("m"), number(1))));
    assertThat(run(server, call("__info__", atom("module")))).isEqualTo(M);
    assertThat(run(server, call("module_info")).toString())
        .startsWith("[{module, Elixir.M}, {exports, [");
    assertThat(server.exports(M, atom("b"), 1)).isTrue();
    assertThat(server.exports(M, atom("b"), 2)).isFalse();
  }
}
