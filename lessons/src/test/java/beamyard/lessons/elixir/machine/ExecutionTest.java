package beamyard.lessons.elixir.machine;

import static beamyard.lessons.elixir.machine.Build.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.Outcome.Raised;
import beamyard.simulator.process.Outcome.Returned;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExecutionTest {
  private static Term value(LoneProcess process, Execution execution) {
    Outcome outcome = process.finish(execution);
    assertThat(outcome).isInstanceOf(Returned.class);
    return ((Returned) outcome).value();
  }

  /** Evaluates an expression as the body of a function without arguments, not in its tail. */
  private static Outcome run(Core expression) {
    var result = variable("result");
    CompiledModule module =
        module(
            function(
                "f", 0, clause(List.of(), block(match(bind(result), expression), use(result)))));
    return process(module).finish(call("f"));
  }

  private static Term valueOf(Core expression) {
    Outcome outcome = run(expression);
    assertThat(outcome).isInstanceOf(Returned.class);
    return ((Returned) outcome).value();
  }

  private static Term reasonOf(Core expression) {
    Outcome outcome = run(expression);
    assertThat(outcome).isInstanceOf(Raised.class);
    return ((Raised) outcome).reason();
  }

  @Test
  void factorialOfThirtyIsABigInteger() {
    var n = variable("n");
    var module =
        module(
            function(
                "fac",
                1,
                clause(exactly(0), literal(1)),
                clause(
                    bind(n), erlang("*", use(n), local("fac", erlang("-", use(n), literal(1)))))));
    assertThat(value(process(module), call("fac", number(30))).toString())
        .isEqualTo("265252859812191058636308480000000");
  }

  @Test
  void mutualTailCallsNeedNoStack() {
    var n = variable("n");
    var m = variable("m");
    var module =
        module(
            function(
                "even",
                1,
                clause(exactly(0), literal("true")),
                clause(bind(n), local("odd", erlang("-", use(n), literal(1))))),
            function(
                "odd",
                1,
                clause(exactly(0), literal("false")),
                clause(bind(m), local("even", erlang("-", use(m), literal(1))))));
    Execution execution = call("even", number(3_000_001));
    assertThat(value(process(module), execution)).isEqualTo(atom("false"));
    assertThat(execution.callStack().stack.length).isLessThan(100);
  }

  @Test
  void recursionMayBeAMillionDeep() {
    assertThat(value(process(countDown()), call("down", number(1_000_000))))
        .isEqualTo(number(1_000_000));
  }

  private static CompiledModule countDown() {
    var n = variable("n");
    return module(
        function(
            "down",
            1,
            clause(exactly(0), literal(0)),
            clause(
                bind(n), erlang("+", literal(1), local("down", erlang("-", use(n), literal(1)))))));
  }

  @Test
  void endlessRecursionMeetsALimit() {
    Outcome outcome = process(countDown()).finish(call("down", number(-1)));
    assertThat(outcome).isInstanceOf(Raised.class);
    assertThat(((Raised) outcome).reason()).isEqualTo(YardLimit.STACK.reason());
  }

  @SuppressWarnings("InfiniteRecursion") // as a builtin of ours might, by mistake
  private static Term nest(Term term) {
    return nest(tuple(term));
  }

  @Test
  void aBuiltinThatNestsTooDeepEndsTheProcessAndNotTheYard() {
    var builtins = new BuiltinTable().define("t", "nest", 1, (_, it) -> nest(it[0]));
    var process = new LoneProcess(new CodeServer(Library.empty(), builtins));
    Outcome outcome =
        process.finish(new Machine().call(atom("t"), atom("nest"), List.of(number(1))));
    assertThat(((Raised) outcome).reason()).isEqualTo(YardLimit.STACK.reason());
  }

  @Test
  void aCopyTakenHalfWayGoesOnTheSameWay() {
    LoneProcess process = process(countDown());
    Execution execution = call("down", number(50_000));
    for (int i = 0; i < 5; i++) {
      assertThat(process.slice(execution)).isEqualTo(Outcome.YIELDED);
    }
    Execution copy = execution.copy();
    assertThat(value(process, copy)).isEqualTo(number(50_000));
    assertThat(value(process, execution)).isEqualTo(number(50_000));
  }

  @Test
  void closuresKeepWhatTheyCaptured() {
    var x = variable("x");
    var y = variable("y");
    var f = variable("f");
    Core make = new Core.MakeFun(0, 1, List.of(clause(bind(y), pair(use(x), use(y)))));
    var call = new Core.CallFun(0, use(f), List.of(literal(2)));
    assertThat(
            valueOf(
                block(
                    match(bind(x), erlang("+", literal(1), literal(0))),
                    match(bind(f), make),
                    call)))
        .isEqualTo(tuple(number(1), number(2)));
  }

  @Test
  void closuresInsideClosuresCaptureAllTheWay() {
    var x = variable("x");
    Core inner = new Core.MakeFun(0, 0, List.of(clause(List.of(), use(x))));
    Core outer =
        new Core.MakeFun(0, 0, List.of(clause(List.of(), new Core.CallFun(0, inner, List.of()))));
    Core call = new Core.CallFun(0, outer, List.of());
    assertThat(valueOf(block(match(bind(x), erlang("-", literal(9), literal(2))), call)))
        .isEqualTo(number(7));
  }

  @Test
  void funsOfAModuleThatIsNotThereAreUndefined() {
    CompiledModule module =
        module(
            function(
                "make",
                0,
                clause(List.of(), new Core.MakeFun(0, 0, List.of(clause(List.of(), literal(1)))))));
    Term fun = value(process(module), call("make"));
    Raised raised = (Raised) process().finish(new Machine().apply(fun, List.of()));
    assertThat(raised.reason()).isEqualTo(atom("undef"));
    assertThat(raised.stacktrace()).isEqualTo(ListTerm.of(tuple(fun, Nil.NIL, Nil.NIL)));
    Term elsewhere = value(process(module), new Machine().apply(fun, List.of()));
    assertThat(elsewhere).isEqualTo(number(1));
    CompiledModule other = module(function("make", 0, clause(List.of(), literal(1))));
    assertThat(((Raised) process(other).finish(new Machine().apply(fun, List.of()))).reason())
        .isEqualTo(tuple(atom("badfun"), fun));
  }

  @Test
  void callsOfWhatIsNoFunctionSaySo() {
    assertThat(reasonOf(new Core.CallFun(0, literal(5), List.of(literal(1)))))
        .isEqualTo(tuple(atom("badfun"), number(5)));
    var f = variable("f");
    Core zero = new Core.MakeFun(0, 0, List.of(clause(List.of(), literal(1))));
    Term reason =
        reasonOf(
            block(
                match(bind(f), zero),
                new Core.CallFun(0, use(f), List.of(literal(1), literal(2)))));
    assertThat(reason.toString()).startsWith("{badarity, {");
    assertThat(reason.toString()).endsWith(", [1, 2]}}");
  }

  @Test
  void undefinedFunctionsAreNamedWithTheirArguments() {
    Raised raised = (Raised) run(remote("Elixir.Nope", "foo", literal(1)));
    assertThat(raised.reason()).isEqualTo(atom("undef"));
    assertThat(raised.stacktrace().toString())
        .isEqualTo(
            "[{Elixir.Nope, foo, [1], []}, {Elixir.M, f, 0, [{file, [109, 46, 101, 120]}, {line, 7}]}]");
  }

  @Test
  void noClauseShowsTheArguments() {
    var module =
        module(
            function("g", 1, clause(exactly("a"), literal(1))),
            function("f", 1, clause(exactly(1), pair(local("g", literal(2))))));
    Raised raised = (Raised) process(module).finish(call("f", number(1)));
    assertThat(raised.reason()).isEqualTo(atom("function_clause"));
    assertThat(raised.stacktrace().toString())
        .isEqualTo(
            "[{Elixir.M, g, [2], [{file, [109, 46, 101, 120]}, {line, 3}]},"
                + " {Elixir.M, f, 1, [{file, [109, 46, 101, 120]}, {line, 5}]}]");
  }

  @Test
  void operatorsFailAsErlangsDo() {
    Raised raised = (Raised) run(erlang("+", literal(1), literal("a")));
    assertThat(raised.reason()).isEqualTo(atom("badarith"));
    assertThat(raised.stacktrace().toString())
        .as("in a module an operator is an instruction, so real nodes show no frame of it")
        .startsWith("[{Elixir.M, f, 0,");
    assertThat(reasonOf(erlang("hd", literal(Nil.NIL)))).isEqualTo(atom("badarg"));
    assertThat(reasonOf(erlang("/", literal(1), literal(0)))).isEqualTo(atom("badarith"));
    assertThat(reasonOf(match(exactly("ok"), literal(1))))
        .isEqualTo(tuple(atom("badmatch"), number(1)));
    assertThat(reasonOf(choose(literal(3), clause(exactly(1), literal(1)))))
        .isEqualTo(tuple(atom("case_clause"), number(3)));
    assertThat(reasonOf(new Core.UpdateMap(0, literal(1), List.of())))
        .isEqualTo(tuple(atom("badmap"), number(1)));
    Core empty = literal(MapTerm.EMPTY);
    assertThat(
            reasonOf(
                new Core.UpdateMap(0, empty, List.of(new Core.Pair(literal("k"), literal(1))))))
        .isEqualTo(tuple(atom("badkey"), atom("k")));
  }

  @Test
  void tryTakesWhatItsClausesMatchAndPassesOnTheRest() {
    Variable kind = variable("k");
    Variable reason = variable("r");
    Core.Clause thrown =
        clause(
            List.of(exactly("throw"), bind(reason), new Pattern.Any()),
            pair(literal("caught"), use(reason)));
    assertThat(valueOf(attempt(erlang("throw", literal(1)), thrown)))
        .isEqualTo(tuple(atom("caught"), number(1)));
    Raised raised = (Raised) run(attempt(erlang("exit", literal("bye")), thrown));
    assertThat(raised.exceptionClass()).isEqualTo(ExceptionClass.EXIT);
    assertThat(raised.reason()).isEqualTo(atom("bye"));
    Core any =
        attempt(
            erlang("error", literal("x")),
            clause(
                List.of(bind(kind), bind(reason), new Pattern.Any()),
                pair(use(kind), use(reason))));
    assertThat(valueOf(any)).isEqualTo(tuple(atom("error"), atom("x")));
  }

  /** Records arguments of {@code log/1}. */
  private static String logOf(Core body) {
    var log = new StringBuilder();
    var builtins =
        new BuiltinTable()
            .define(
                "t",
                "log",
                1,
                (_, it) -> {
                  log.append(it[0]).append(' ');
                  return it[0];
                });
    var server = new CodeServer(Library.empty(), builtins);
    server.load(module(function("f", 0, clause(List.of(), body))));
    Outcome outcome = new LoneProcess(server).finish(call("f"));
    return log
        + (outcome instanceof Returned(var value)
            ? "-> " + value
            : "raised " + ((Raised) outcome).reason());
  }

  private static Core log(String what) {
    return remote("t", "log", literal(what));
  }

  @Test
  void afterRunsInTheEndWhateverHappens() {
    Core good = new Core.Try(0, log("body"), List.of(), List.of(), Optional.of(log("after")));
    assertThat(logOf(good)).isEqualTo("body after -> body");
    Core bad =
        new Core.Try(
            0, erlang("error", log("body")), List.of(), List.of(), Optional.of(log("after")));
    assertThat(logOf(bad)).isEqualTo("body after raised body");
    Pattern any = new Pattern.Any();
    Core.Clause again = clause(List.of(any, any, any), erlang("error", log("catch")));
    Core nested =
        new Core.Try(
            0, erlang("error", log("body")), List.of(), List.of(again), Optional.of(log("after")));
    assertThat(logOf(nested)).isEqualTo("body catch after raised catch");
    Core.Clause otherwise = clause(exactly("body"), log("else"));
    Core chosen =
        new Core.Try(0, log("body"), List.of(otherwise), List.of(again), Optional.of(log("after")));
    assertThat(logOf(chosen)).isEqualTo("body else after -> else");
    Core.Clause none = clause(exactly("other"), log("else"));
    Core unmatched =
        new Core.Try(0, log("body"), List.of(none), List.of(again), Optional.of(log("after")));
    assertThat(logOf(unmatched)).isEqualTo("body after raised {try_clause, body}");
    assertThat(logOf(new Core.Try(0, bad, List.of(), List.of(), Optional.of(log("outer")))))
        .isEqualTo("body after outer raised body");
  }

  private static CompiledModule receiver() {
    var x = variable("x");
    return module(function("f", 1, receiveClause(x)));
  }

  private static Core.Clause receiveClause(Variable x) {
    var timeout = variable("timeout");
    Core receive =
        new Core.Receive(
            0,
            List.of(clause(new Pattern.OfTuple(List.of(exactly("ok"), bind(x))), use(x))),
            Optional.of(new Core.After(use(timeout), literal("late"))));
    return clause(bind(timeout), pair(receive));
  }

  @Test
  void receiveTakesTheFirstMessageThatMatches() {
    LoneProcess process = process(receiver());
    process.mailbox.messages.add(atom("no"));
    process.mailbox.messages.add(tuple(atom("ok"), number(1)));
    process.mailbox.messages.add(tuple(atom("ok"), number(2)));
    assertThat(value(process, call("f", atom("infinity")))).isEqualTo(tuple(number(1)));
    assertThat(process.mailbox.messages).containsExactly(atom("no"), tuple(atom("ok"), number(2)));
    assertThat(process.mailbox.cursor).isZero();
  }

  @Test
  void receiveWaitsUntilTheDeadlineButNotLonger() {
    LoneProcess process = process(receiver());
    process.mailbox.messages.add(atom("no"));
    Execution execution = call("f", number(50));
    Outcome outcome = process.slice(execution);
    assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
    long deadline = ((Outcome.Waiting) outcome).deadlineNanos();
    assertThat(deadline).isBetween(50_000_000L, 50_001_000L);
    Execution copy = execution.copy();
    process.mailbox.messages.add(atom("neither"));
    assertThat(process.slice(execution)).isEqualTo(outcome);
    process.now = deadline;
    assertThat(process.slice(execution)).isEqualTo(new Returned(tuple(atom("late"))));
    assertThat(process.mailbox.messages).hasSize(2);
    process.mailbox.messages.add(tuple(atom("ok"), number(3)));
    assertThat(process.slice(copy)).isEqualTo(new Returned(tuple(number(3))));
    assertThat(process.slice(call("f", number(0)))).isEqualTo(new Returned(tuple(atom("late"))));
    Outcome wrong = process.slice(call("f", number(-1)));
    assertThat(((Raised) wrong).reason()).isEqualTo(atom("timeout_value"));
  }

  @Test
  void guardsThatRaiseCountAsFalse() {
    var x = variable("x");
    Core guarded =
        choose(
            literal(5),
            clause(bind(x), literal("short"), erlang("<", erlang("byte_size", use(x)), literal(3))),
            clause(new Pattern.Any(), literal("other")));
    assertThat(valueOf(guarded)).isEqualTo(atom("other"));
    var y = variable("y");
    Core either =
        choose(
            literal(5),
            clause(bind(y), literal("yes"), erlang("hd", use(y)), erlang("is_integer", use(y))),
            clause(new Pattern.Any(), literal("no")));
    assertThat(valueOf(either)).isEqualTo(atom("yes"));
  }

  @Test
  void aVariableTwiceInAPatternHasToMatchEqually() {
    var x = variable("x");
    Core.Clause same = clause(new Pattern.OfTuple(List.of(bind(x), bind(x))), use(x));
    Core.Clause other = clause(new Pattern.Any(), literal("differ"));
    assertThat(valueOf(choose(pair(erlang("+", literal(1), literal(1)), literal(2)), same, other)))
        .isEqualTo(number(2));
    assertThat(valueOf(choose(pair(literal(1), literal(2)), same, other)))
        .isEqualTo(atom("differ"));
    var h = variable("h");
    Core.Clause cons = clause(new Pattern.OfCons(bind(h), bind(h)), use(h));
    assertThat(valueOf(choose(cons(literal(1), literal(2)), cons, other)))
        .isEqualTo(atom("differ"));
  }

  @Test
  void mapPatternsTakeKeysFromVariables() {
    var k = variable("k");
    var v = variable("v");
    var first = new Core.Pair(literal("a"), literal(1));
    Core map = new Core.MakeMap(0, List.of(first, new Core.Pair(literal("b"), literal(2))));
    Pattern pattern = new Pattern.OfMap(List.of(new Pattern.KeyPattern(use(k), bind(v))));
    Core key = erlang("hd", literal(ListTerm.of(atom("b"))));
    assertThat(valueOf(block(match(bind(k), key), match(pattern, map), use(v))))
        .isEqualTo(number(2));
    var w = variable("w");
    Pattern missing = new Pattern.OfMap(List.of(new Pattern.KeyPattern(literal("c"), bind(w))));
    assertThat(
            valueOf(
                choose(map, clause(missing, use(w)), clause(new Pattern.Any(), literal("none")))))
        .isEqualTo(atom("none"));
  }

  @Test
  void applyCallsByNameAndByValue() {
    Core.Clause clause =
        clause(List.of(bind(variable("a")), bind(variable("b"))), literal("added"));
    var module = module(function("add", 2, clause));
    LoneProcess process = process(module);
    List<Term> named = List.of(M, atom("add"), ListTerm.of(number(1), number(2)));
    assertThat(value(process, new Machine().call(atom("erlang"), atom("apply"), named)))
        .isEqualTo(atom("added"));
    assertThat(
            valueOf(
                erlang(
                    "apply",
                    literal("erlang"),
                    literal("+"),
                    literal(ListTerm.of(number(1), number(2))))))
        .isEqualTo(number(3));
    Core capture = new Core.CaptureRemote(0, literal("erlang"), literal("-"), literal(2));
    assertThat(valueOf(erlang("apply", capture, literal(ListTerm.of(number(1), number(2))))))
        .isEqualTo(number(-1));
    assertThat(reasonOf(erlang("apply", literal(1), literal("a"), literal(Nil.NIL))))
        .isEqualTo(atom("badarg"));
  }

  @Test
  void theConditionOfAnIfIsNotBuiltAsAValue() {
    var x = variable("x");
    var t = variable("t");
    Core isFalse =
        erlang(
            "orelse",
            erlang("=:=", use(x), literal("false")),
            erlang("=:=", use(x), literal("nil")));
    Core choice =
        choose(
            erlang("<", use(t), literal(2)),
            clause(bind(x), literal("no"), isFalse),
            clause(new Pattern.Any(), literal("yes")));
    var module = module(function("f", 1, clause(bind(t), pair(choice))));
    assertThat(value(process(module), call("f", number(1)))).isEqualTo(tuple(atom("yes")));
    assertThat(value(process(module), call("f", number(2)))).isEqualTo(tuple(atom("no")));
  }

  @Test
  void promptExpressionsGiveTheirValueAndTheirVariables() {
    var x = variable("x");
    var y = variable("y");
    var in = new LinkedHashMap<Variable, Term>();
    in.put(x, number(4));
    Core fun =
        new Core.MakeFun(
            0, 1, List.of(clause(bind(variable("z")), erlang("*", use(x), literal(2)))));
    Execution execution = new Machine().evaluate(match(bind(y), fun), in, List.of(x, y), "iex");
    Outcome outcome = process().finish(execution);
    Term closure = ((Tuple) ((Returned) outcome).value()).get(0);
    assertThat(((Returned) outcome).value())
        .isEqualTo(tuple(closure, ListTerm.of(number(4), closure)));
    assertThat(value(process(), new Machine().apply(closure, List.of(number(1)))))
        .isEqualTo(number(8));
  }

  @Test
  void routinesOfBlockingBuiltinsRunInsideTheCaller() {
    var module = module(function("twice", 1, clause(bind(variable("x")), literal(1))));
    var builtins =
        new BuiltinTable()
            .defineBlocking("t", "call", 1, (self, it) -> self.apply(it[0], List.of(number(20))))
            .define(
                "t",
                "double",
                1,
                (_, it) -> Operators.call(Operators.Operator.ADD, new Term[] {it[0], it[0]}))
            .define(
                "t",
                "fail",
                1,
                (_, it) -> {
                  throw Raise.badarg();
                });
    var server = new CodeServer(Library.empty(), builtins);
    Core doubled =
        remote("t", "call", new Core.CaptureRemote(0, literal("t"), literal("double"), literal(1)));
    Core failed =
        remote("t", "call", new Core.CaptureRemote(0, literal("t"), literal("fail"), literal(1)));
    server.load(module);
    server.load(
        CompiledModule.compile(
            atom("Elixir.N"),
            "n.ex",
            List.of(
                function("inside", 0, clause(List.of(), pair(doubled))),
                function("tail", 0, clause(List.of(), doubled)),
                function("failing", 0, clause(List.of(), pair(failed)))),
            CompiledModule.Info.NONE));
    var process = new LoneProcess(server);
    assertThat(value(process, new Machine().call(atom("Elixir.N"), atom("inside"), List.of())))
        .isEqualTo(tuple(number(40)));
    assertThat(value(process, new Machine().call(atom("Elixir.N"), atom("tail"), List.of())))
        .isEqualTo(number(40));
    Raised raised =
        (Raised) process.finish(new Machine().call(atom("Elixir.N"), atom("failing"), List.of()));
    assertThat(raised.stacktrace().toString()).startsWith("[{t, fail, [20], [{error_info,");
    assertThat(raised.stacktrace().toString()).contains("{Elixir.N, failing, 0,");
  }

  @Test
  void callNowRunsToTheEndOrNamesWhatKeepsIt() {
    LoneProcess process =
        process(
            countDown(),
            CompiledModule.compile(
                atom("w"),
                "w",
                List.of(
                    function(
                        "wait",
                        0,
                        clause(List.of(), new Core.Receive(0, List.of(), Optional.empty())))),
                CompiledModule.Info.NONE));
    var machine = new Machine();
    assertThat(machine.callNow(process, M, atom("down"), List.of(number(10_000)), 100_000))
        .isEqualTo(number(10_000));
    assertThatThrownBy(
            () -> machine.callNow(process, M, atom("down"), List.of(number(10_000)), 1_000))
        .isInstanceOfSatisfying(
            Raise.class,
            it -> assertThat(it.reason().toString()).startsWith("{too_many_reductions,"));
    assertThatThrownBy(() -> machine.callNow(process, atom("w"), atom("wait"), List.of(), 1_000))
        .isInstanceOfSatisfying(
            Raise.class, it -> assertThat(it.reason().toString()).startsWith("{must_not_wait,"));
  }

  @Test
  void framesShowFunctionsLinesAndVariables() {
    LoneProcess process = process(countDown());
    Execution execution = call("down", number(50_000));
    process.slice(execution);
    Execution.Frame frame = execution.frames().get(1);
    assertThat(frame.module()).isEqualTo(M);
    assertThat(frame.function()).isEqualTo(atom("down"));
    assertThat(frame.variables()).containsOnlyKeys("n");
  }
}
