package beamyard.simulator.kernel;

import static beamyard.simulator.kernel.KernelYard.SECOND;
import static beamyard.simulator.kernel.KernelYard.at;
import static beamyard.simulator.kernel.KernelYard.atom;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.KernelParameters;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What real nodes were recorded to do, with {@code rpc} and {@code erpc}. */
class RemoteCallTest {
  private static final Atom ERLANG = atom("erlang");
  private static final Term NONE = ListTerm.empty();

  private static Term badRpc(Term reason) {
    return Tuple.of(atom("badrpc"), reason);
  }

  private static Term exited(Term reason) {
    return badRpc(Tuple.of(atom("EXIT"), reason));
  }

  private static Term rpc(KernelYard yard, String node, String function, Term... arguments) {
    return yard.call(
        "alice", "rpc", "call", at(node), ERLANG, atom(function), ListTerm.of(arguments));
  }

  private static Term erpc(KernelYard yard, String node, String function, Term... arguments) {
    return yard.call(
        "alice", "erpc", "call", at(node), ERLANG, atom(function), ListTerm.of(arguments));
  }

  @Test
  void rpcAnswersEveryOutcome() {
    KernelYard yard = KernelYard.of("alice", "bob");
    assertThat(rpc(yard, "bob", "node")).isEqualTo(at("bob"));
    assertThat(rpc(yard, "bob", "throw", atom("ball"))).isEqualTo(atom("ball"));
    assertThat(rpc(yard, "bob", "exit", atom("bye"))).isEqualTo(exited(atom("bye")));
    assertThat(rpc(yard, "bob", "exit", atom("normal"))).isEqualTo(exited(atom("normal")));
    assertThat(rpc(yard, "bob", "kill")).isEqualTo(exited(atom("killed")));
    Term exitTuple = Tuple.of(atom("EXIT"), atom("just_a_value"));
    assertThat(rpc(yard, "bob", "hd", ListTerm.of(exitTuple))).isEqualTo(badRpc(exitTuple));
    assertThat(rpc(yard, "nowhere", "node")).isEqualTo(badRpc(atom("nodedown")));
    Tuple undef = (Tuple) ((Tuple) rpc(yard, "bob", "no_such", SmallInt.of(1))).get(1);
    assertThat(((Tuple) undef.get(1)).get(0)).isEqualTo(atom("undef"));
    assertThat(yard.call("alice", "rpc", "call", Bits.of("bob"), ERLANG, atom("node"), NONE))
        .isEqualTo(Tuple.of(Atom.ERROR, atom("badarg")));
  }

  @Test
  void erpcRaisesEveryOutcome() {
    KernelYard yard = KernelYard.of("alice", "bob");
    assertThat(erpc(yard, "bob", "throw", atom("ball")))
        .isEqualTo(Tuple.of(atom("throw"), atom("ball")));
    assertThat(erpc(yard, "bob", "exit", atom("bye")))
        .isEqualTo(Tuple.of(atom("exit"), Tuple.of(atom("exception"), atom("bye"))));
    assertThat(erpc(yard, "bob", "kill"))
        .isEqualTo(Tuple.of(atom("exit"), Tuple.of(atom("signal"), atom("killed"))));
    assertThat(erpc(yard, "nowhere", "node"))
        .isEqualTo(Tuple.of(Atom.ERROR, Tuple.of(atom("erpc"), atom("noconnection"))));
    assertThat(
            yard.call(
                "alice",
                "erpc",
                "call",
                at("bob"),
                ERLANG,
                atom("sleep"),
                ListTerm.of(SmallInt.of(1000)),
                SmallInt.of(100)))
        .isEqualTo(Tuple.of(Atom.ERROR, Tuple.of(atom("erpc"), atom("timeout"))));
    yard.pass(2000);
    assertThat(yard.flush("alice")).isEmpty();
  }

  @Test
  void aLocalCallWithoutTimeoutRunsInTheCaller() {
    KernelYard yard = KernelYard.of("alice");
    assertThat(rpc(yard, "alice", "self")).isEqualTo(yard.shell("alice"));
    assertThat(
            yard.call(
                "alice",
                "erpc",
                "call",
                at("alice"),
                ERLANG,
                atom("self"),
                NONE,
                SmallInt.of(1000)))
        .isNotEqualTo(yard.shell("alice"));
  }

  @Test
  void multicallAnswersInTheOrderOfTheNodes() {
    KernelYard yard = KernelYard.of("alice", "bob");
    Term nodes = ListTerm.of(at("alice"), at("bob"), at("nowhere"));
    assertThat(yard.call("alice", "erpc", "multicall", nodes, ERLANG, atom("node"), NONE))
        .isEqualTo(
            ListTerm.of(
                Tuple.of(Atom.OK, at("alice")),
                Tuple.of(Atom.OK, at("bob")),
                Tuple.of(Atom.ERROR, Tuple.of(atom("erpc"), atom("noconnection")))));
    assertThat(yard.call("alice", "rpc", "multicall", nodes, ERLANG, atom("node"), NONE))
        .isEqualTo(Tuple.of(ListTerm.of(at("alice"), at("bob")), ListTerm.of(at("nowhere"))));
    Term both = ListTerm.of(at("alice"), at("bob"));
    Term sleep = ListTerm.of(SmallInt.of(500));
    assertThat(
            yard.call(
                "alice", "rpc", "multicall", both, ERLANG, atom("sleep"), sleep, SmallInt.of(100)))
        .isEqualTo(Tuple.of(NONE, both));
    yard.pass(1000);
    assertThat(yard.flush("alice")).isEmpty();
  }

  @Test
  void aKeyIsYieldedOnce() {
    KernelYard yard = KernelYard.of("alice", "bob");
    Term key =
        yard.call(
            "alice",
            "rpc",
            "async_call",
            at("bob"),
            ERLANG,
            atom("sleep"),
            ListTerm.of(SmallInt.of(300)));
    Atom timeout = atom("timeout");
    assertThat(key).isInstanceOf(Cons.class);
    assertThat(yard.call("alice", "rpc", "nb_yield", key)).isEqualTo(timeout);
    assertThat(yard.call("alice", "rpc", "nb_yield", key, SmallInt.of(50))).isEqualTo(timeout);
    assertThat(yard.call("alice", "rpc", "nb_yield", key, SmallInt.of(2000)))
        .isEqualTo(Tuple.of(atom("value"), Atom.OK));
    assertThat(yard.call("alice", "rpc", "nb_yield", key, SmallInt.of(200))).isEqualTo(timeout);
  }

  @Test
  void blockCallsRunInRex() {
    KernelYard yard = KernelYard.of("alice", "bob");
    Term rex = yard.call("alice", "rpc", "block_call", at("bob"), ERLANG, atom("self"), NONE);
    assertThat(yard.call("alice", "rpc", "block_call", at("bob"), ERLANG, atom("self"), NONE))
        .isEqualTo(rex);
    assertThat(
            yard.call(
                "alice",
                "rpc",
                "block_call",
                at("bob"),
                ERLANG,
                atom("exit"),
                ListTerm.of(atom("x"))))
        .isEqualTo(exited(atom("x")));
    assertThat(yard.call("alice", "rpc", "block_call", at("nowhere"), ERLANG, atom("self"), NONE))
        .isEqualTo(badRpc(atom("nodedown")));
    Term sleep = ListTerm.of(SmallInt.of(500));
    assertThat(
            yard.call(
                "alice",
                "rpc",
                "block_call",
                at("bob"),
                ERLANG,
                atom("sleep"),
                sleep,
                SmallInt.of(100)))
        .isEqualTo(badRpc(atom("timeout")));
  }

  @Test
  void castsAndBroadcastsArrive() {
    KernelYard yard = KernelYard.of("alice", "bob", "carol");
    Term nodes = ListTerm.of(at("alice"), at("bob"), at("nowhere"));
    Term tell = ListTerm.of(yard.shell("alice"), atom("hello"));
    assertThat(yard.call("alice", "erpc", "multicast", nodes, ERLANG, atom("tell"), tell))
        .isEqualTo(Atom.OK);
    yard.pass(100);
    assertThat(yard.flush("alice"))
        .containsExactlyInAnyOrder(
            Tuple.of(atom("hello"), at("alice")), Tuple.of(atom("hello"), at("bob")));
    assertThat(yard.call("alice", "rpc", "abcast", nodes, atom("shell"), atom("hi")))
        .isEqualTo(atom("abcast"));
    Term all = ListTerm.of(at("alice"), at("carol"), at("nowhere"));
    assertThat(yard.call("alice", "rpc", "sbcast", all, atom("shell"), atom("hi")))
        .isEqualTo(Tuple.of(ListTerm.of(at("alice"), at("carol")), ListTerm.of(at("nowhere"))));
    yard.pass(50);
    assertThat(yard.flush("bob")).isEqualTo(List.of(atom("hi")));
  }

  @Test
  void parallelEvaluationKeepsTheOrder() {
    KernelYard yard = KernelYard.of("alice", "bob");
    yard.connect("alice", "bob");
    Term node = Tuple.of(ERLANG, atom("node"), NONE);
    Term exit = Tuple.of(ERLANG, atom("exit"), ListTerm.of(Atom.of("no")));
    assertThat(yard.call("alice", "rpc", "parallel_eval", ListTerm.of(node, node, exit, node)))
        .isEqualTo(ListTerm.of(at("alice"), at("bob"), exited(atom("no")), at("bob")));
    Term lists = ListTerm.of(ListTerm.of(atom("a")), ListTerm.of(atom("b")));
    assertThat(yard.call("alice", "rpc", "pmap", Tuple.of(ERLANG, atom("hd")), NONE, lists))
        .isEqualTo(ListTerm.of(atom("a"), atom("b")));
  }

  @Test
  void registeringAcrossAPartitionThatIsNotNoticedYetWaits() {
    KernelYard yard = KernelYard.of(KernelParameters.DEFAULT.withNetTickTime(4), "alice", "bob");
    yard.connect("alice", "bob");
    yard.call("alice", "global", "sync");
    yard.call("bob", "global", "sync");
    yard.pass(500);
    yard.simulation.partition(List.of(List.of("alice"), List.of("bob")));
    long before = yard.simulation.now();
    assertThat(yard.call("alice", "global", "register_name", atom("leader"), yard.shell("alice")))
        .isEqualTo(atom("yes"));
    assertThat(yard.simulation.now() - before).isGreaterThan(2 * SECOND);
    assertThat(yard.nodes("alice")).isEmpty();
    assertThat(yard.call("alice", "net_adm", "ping", at("bob"))).isEqualTo(atom("pang"));
  }

  /** The answer to a spawn request may have come and not been handled when its connection goes down. */
  @Test
  void aRequestEndsWhenItsNodeDiesAtWhateverInstant() {
    KernelYard connected = KernelYard.of("alice", "bob");
    connected.connect("alice", "bob");
    connected.pass(1000);
    for (long micros = 0; micros < 150; micros++) {
      KernelYard yard = connected.copy();
      long atNanos = yard.simulation.now() + micros * 1000;
      yard.begin(
          "bob",
          self ->
              Turn.sleep(
                  atNanos,
                  _ -> {
                    yard.simulation.node("bob").halt(1);
                    return Turn.value(Atom.OK);
                  }));
      Term outcome = KernelYard.value(yard.run("alice", RemoteCallTest::askAndCompute));
      assertThat(outcome)
          .as("bob dies after %d us", micros)
          .isEqualTo(Tuple.of(Atom.ERROR, Tuple.of(atom("erpc"), atom("noconnection"))));
    }
  }

  /** Computes some time slices between asking and waiting, so that answers find the process running. */
  private static Turn askAndCompute(ProcessContext self) {
    List<Term> request =
        List.of(at("bob"), ERLANG, atom("sleep"), ListTerm.of(SmallInt.of(10_000)));
    return Turn.run(
        self.call(atom("erpc"), atom("send_request"), request),
        (me, sent) -> computeAndWait(me, KernelYard.value(sent), 10));
  }

  private static Turn computeAndWait(ProcessContext self, Term request, int slices) {
    if (slices == 0) {
      return Turn.run(
          self.call(atom("erpc"), atom("receive_response"), List.of(request)),
          (_, answer) -> Turn.done(answer));
    }
    self.consume(4000);
    return Turn.act(me -> computeAndWait(me, request, slices - 1));
  }
}
