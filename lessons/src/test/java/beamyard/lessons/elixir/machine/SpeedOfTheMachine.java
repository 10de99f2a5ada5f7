package beamyard.lessons.elixir.machine;

import static beamyard.lessons.elixir.machine.Build.*;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import java.util.List;

/** Measures by hand: run it for the times of fib(27) and of loops over a million elements. */
final class SpeedOfTheMachine {
  private SpeedOfTheMachine() {}

  public static void main(String[] args) {
    var n = variable("n");
    var m = variable("m");
    Core fib =
        erlang(
            "+",
            local("fib", erlang("-", use(m), literal(1))),
            local("fib", erlang("-", use(m), literal(2))));
    var i = variable("i");
    var acc = variable("acc");
    var acc0 = variable("acc0");
    var h = variable("h");
    var t = variable("t");
    var f = variable("f");
    var f1 = variable("f1");
    var x = variable("x");
    var s0 = variable("s0");
    var s1 = variable("s1");
    var h2 = variable("h2");
    var t2 = variable("t2");
    var f2 = variable("f2");
    var a = variable("a");
    var b = variable("b");
    var l = variable("l");
    var module =
        module(
            function(
                "fib",
                1,
                clause(bind(n), use(n), erlang("<", use(n), literal(2))),
                clause(bind(m), fib)),
            function(
                "build",
                2,
                clause(List.of(exactly(0), bind(acc0)), use(acc0)),
                clause(
                    List.of(bind(i), bind(acc)),
                    local("build", erlang("-", use(i), literal(1)), cons(use(i), use(acc))))),
            function(
                "map",
                2,
                clause(List.of(new Pattern.Exactly(Nil.NIL), new Pattern.Any()), literal(Nil.NIL)),
                clause(
                    List.of(new Pattern.OfCons(bind(h), bind(t)), bind(f)),
                    cons(
                        new Core.CallFun(0, use(f), List.of(use(h))),
                        local("map", use(t), use(f))))),
            function(
                "sum",
                3,
                clause(List.of(new Pattern.Exactly(Nil.NIL), bind(s0), new Pattern.Any()), use(s0)),
                clause(
                    List.of(new Pattern.OfCons(bind(h2), bind(t2)), bind(s1), bind(f2)),
                    local(
                        "sum",
                        use(t2),
                        new Core.CallFun(0, use(f2), List.of(use(h2), use(s1))),
                        use(f2)))),
            function(
                "reduce",
                1,
                clause(
                    bind(l),
                    local(
                        "sum",
                        use(l),
                        literal(0),
                        new Core.MakeFun(
                            0,
                            2,
                            List.of(
                                clause(List.of(bind(a), bind(b)), erlang("+", use(a), use(b)))))))),
            function(
                "run",
                1,
                clause(
                    bind(f1),
                    erlang(
                        "length",
                        local(
                            "map",
                            local("build", use(f1), literal(Nil.NIL)),
                            new Core.MakeFun(
                                0,
                                1,
                                List.of(clause(bind(x), erlang("*", use(x), literal(2))))))))));
    var process = process(module);
    Term list = Nil.NIL;
    for (int i1 = 0; i1 < 1_000_000; i1++) {
      list = new Cons(number(i1), list);
    }
    for (int round = 0; round < 12; round++) {
      time(process, "fib", number(27));
      time(process, "build", number(1_000_000), Nil.NIL);
      time(process, "reduce", list);
      time(process, "run", number(1_000_000));
    }
  }

  private static void time(LoneProcess process, String function, Term... arguments) {
    long start = System.nanoTime();
    Object outcome = process.finish(call(function, arguments));
    System.out.println(function + " " + (System.nanoTime() - start) / 1000 + " us ");
  }
}
