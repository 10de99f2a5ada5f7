package beamyard.lessons.elixir.machine;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.elixir.compiler.Compiler;
import beamyard.lessons.elixir.stdlib.Stdlib;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The functions written in Java as those who call them see them. */
class BuiltinsTest {
  private static final int TRIES = 60;

  private static final List<Term> VALUES =
      List.of(
          SmallInt.of(0),
          SmallInt.of(1),
          SmallInt.of(-1),
          new Float64(2.5),
          Atom.of("ok"),
          Atom.NIL,
          Atom.TRUE,
          ListTerm.empty(),
          ListTerm.of(SmallInt.of(97), SmallInt.of(98)),
          ListTerm.of(Tuple.of(Atom.of("a"), SmallInt.of(1))),
          new Cons(SmallInt.of(1), Atom.of("ok")),
          Tuple.of(SmallInt.of(1), SmallInt.of(2)),
          MapTerm.of(Atom.of("a"), SmallInt.of(1)),
          Bits.of("text"));

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void eachAnswersSomethingWhateverItIsCalledWith() {
    BuiltinTable builtins = Stdlib.builtins();
    Compiler.defineBuiltins(builtins);
    var process = new LoneProcess(new CodeServer(Library.empty(), builtins));
    var random = new Random(1);
    var nothing = new TreeSet<String>();
    for (BuiltinTable.Name name : builtins.names()) {
      for (int i = 0; i < TRIES; i++) {
        Term[] arguments = new Term[name.arity()];
        for (int k = 0; k < arguments.length; k++) {
          arguments[k] = VALUES.get(random.nextInt(VALUES.size()));
        }
        if (answersNothing(builtins, name, process, arguments)) {
          nothing.add(name.module() + ":" + name.function() + "/" + name.arity());
        }
      }
    }
    assertThat(nothing).isEmpty();
  }

  /** What raises answers; so does what needs more of a node than there is here. */
  private static boolean answersNothing(
      BuiltinTable builtins, BuiltinTable.Name name, LoneProcess process, Term... arguments) {
    try {
      @Nullable Builtin builtin = builtins.builtin(name);
      return builtin == null
          ? builtins.blocking(name).call(process, arguments) == null
          : builtin.call(process, arguments) == null;
    } catch (RuntimeException | AssertionError e) {
      return false;
    }
  }

  @Test
  @SuppressWarnings("NullAway") // the mistake that it is about
  void oneThatAnswersNothingIsAMistakeToldAtTheCall() {
    var builtins = new BuiltinTable().define("ours", "nothing", 0, (_, _) -> null);
    var process = new LoneProcess(new CodeServer(Library.empty(), builtins));
    Outcome outcome =
        process.finish(Execution.ofCall(Atom.of("ours"), Atom.of("nothing"), List.of()));
    assertThat(outcome.toString()).contains("yard_mistake", "ours:nothing/0 answered nothing");
  }
}
