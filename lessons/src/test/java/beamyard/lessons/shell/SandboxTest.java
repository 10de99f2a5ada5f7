package beamyard.lessons.shell;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.script.Stage.Logging;
import beamyard.lessons.script.Stage.Naming;
import beamyard.lessons.script.Stage.Start;
import beamyard.lessons.script.Stage.Visibility;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SandboxTest {
  private static final String ALICE = "alice@localhost";
  private static final String BOB = "bob@localhost";
  private static final long LIMIT_MILLIS = 100_000;

  private final SimulatedStage stage = SimulatedStage.withSeed(1);

  SandboxTest() {
    stage.start(
        Stream.of("alice", "bob", "carol")
            .map(
                name ->
                    new Start(
                        name + "@localhost",
                        name,
                        "localhost",
                        Naming.SHORT,
                        "secret",
                        Visibility.VISIBLE,
                        Map.of("net_ticktime", "4"),
                        Logging.OFF))
            .toList());
  }

  private String at(String node, String code) {
    return stage.type(node, code, LIMIT_MILLIS).printed().stripTrailing();
  }

  private void connectAll() {
    at(ALICE, "Node.connect(:bob@localhost); Node.connect(:carol@localhost); :global.sync()");
    at(BOB, ":global.sync()");
  }

  @Test
  void aPartitionIsMadeAndHealedFromThePrompt() {
    connectAll();
    assertThat(
            at(
                ALICE,
                "Sandbox.partition([[:alice@localhost], [:bob@localhost, :carol@localhost]])"))
        .isEqualTo(":ok");
    assertThat(at(ALICE, "Sandbox.advance(6_000); Node.list()")).isEqualTo("[]");
    assertThat(at(BOB, "Node.list()")).isEqualTo("[:carol@localhost]");
    assertThat(at(ALICE, "Sandbox.heal(); Node.connect(:bob@localhost)")).isEqualTo("true");
  }

  @Test
  void namedCutsAreHealedOneByOneAndOverlap() {
    connectAll();
    at(ALICE, "Sandbox.partition([[:alice@localhost], [:bob@localhost]], name: :one)");
    at(
        ALICE,
        "Sandbox.partition([[:alice@localhost], [:bob@localhost, :carol@localhost]], name: :two)");
    assertThat(at(ALICE, "Sandbox.cuts()")).isEqualTo("[:one, :two]");
    at(ALICE, "Sandbox.heal(:two); Sandbox.advance(6_000)");
    assertThat(at(ALICE, "Node.ping(:bob@localhost)")).isEqualTo(":pang");
    assertThat(at(ALICE, "Sandbox.heal(:one); Node.ping(:bob@localhost)")).isEqualTo(":pong");
    assertThat(at(ALICE, "Sandbox.heal(:one)"))
        .startsWith("** (ArgumentError) cut one: is not there; needs a cut first");
  }

  @Test
  void nodesCrashRestartPauseAndResume() {
    connectAll();
    assertThat(at(ALICE, "Sandbox.crash(:bob@localhost); Node.list()"))
        .isEqualTo("[:carol@localhost]");
    assertThat(at(ALICE, "Sandbox.nodes()"))
        .isEqualTo("[alice@localhost: :running, bob@localhost: :down, carol@localhost: :running]");
    assertThat(at(ALICE, "Sandbox.crash(:bob@localhost)"))
        .startsWith(
            "** (ArgumentError) node bob@localhost: is DOWN; needs a node that is BOOTING or RUNNING or PAUSED or STOPPING");
    assertThat(at(ALICE, "Sandbox.restart(:bob@localhost); Node.ping(:bob@localhost)"))
        .isEqualTo(":pong");
    assertThat(at(ALICE, "Sandbox.pause(:bob@localhost); Sandbox.advance(6_000); Node.list()"))
        .isEqualTo("[:carol@localhost]");
    assertThat(at(ALICE, "Sandbox.resume(:bob@localhost); Node.ping(:bob@localhost)"))
        .isEqualTo(":pong");
    assertThat(at(ALICE, "Sandbox.start(:dave); Node.ping(:dave@localhost)")).isEqualTo(":pong");
    assertThat(at(ALICE, "Sandbox.stop(:dave@localhost); Node.ping(:dave@localhost)"))
        .isEqualTo(":pang");
    assertThat(at(ALICE, "Sandbox.crash(:zed@localhost)"))
        .startsWith(
            "** (ArgumentError) node zed@localhost: is not there; needs one of alice@localhost");
  }

  @Test
  void latencyTakesEffectAndTimePasses() {
    connectAll();
    at(ALICE, "Sandbox.latency(:alice@localhost, :bob@localhost, 50)");
    assertThat(
            at(
                ALICE,
                "before = Sandbox.now(); :rpc.call(:bob@localhost, Node, :self, []); Sandbox.now() - before"))
        .isEqualTo("100");
    assertThat(at(ALICE, "Sandbox.latency(:alice@localhost, :bob@localhost, {:uniform, 9, 3})"))
        .startsWith("** (ArgumentError) latency: is impossible");
    assertThat(at(ALICE, "before = Sandbox.now(); Sandbox.advance(1234); Sandbox.now() - before"))
        .isEqualTo("1234");
  }

  @Test
  void messagesAreHeldReleasedAndDropped() {
    connectAll();
    at(BOB, "Process.register(self(), :shell)");
    at(ALICE, "Sandbox.hold(:alice@localhost, :bob@localhost)");
    at(ALICE, "send({:shell, :bob@localhost}, 1); send({:shell, :bob@localhost}, 2)");
    assertThat(at(BOB, "flush()")).isEqualTo(":ok");
    assertThat(at(BOB, "length(Sandbox.held())")).isEqualTo("2");
    assertThat(at(BOB, "[_, b | _] = for h <- Sandbox.held(), do: h.id; Sandbox.release(b)"))
        .contains("would overtake packet");
    assertThat(at(BOB, "Sandbox.release(hd(Sandbox.held()).id); flush()")).isEqualTo("1\n:ok");
    assertThat(at(BOB, "Sandbox.drop(hd(Sandbox.held()).id); Sandbox.release(); flush()"))
        .isEqualTo(":ok");
    assertThat(at(BOB, "Sandbox.advance(250); flush()")).isEqualTo("2\n:ok");
  }

  @Test
  void aResetIsSeenAtOnceByBothEnds() {
    connectAll();
    at(ALICE, ":net_kernel.monitor_nodes(true, [:nodedown_reason])");
    at(ALICE, "Sandbox.reset(:alice@localhost, :bob@localhost); Sandbox.advance(10)");
    assertThat(at(ALICE, "flush()"))
        .contains("{:nodedown, :bob@localhost, [nodedown_reason: :connection_closed]}");
  }

  @Test
  void aSlowNodeComputesSlowlyAndASkewedClockIsSeenByTheMachineAtOnce() {
    at(
        BOB,
        "busy = fn -> before = Sandbox.now(); Enum.reduce(1..200_000, 0, &+/2); Sandbox.now() - before end");
    at(BOB, "fast = busy.()");
    at(BOB, "Sandbox.slow(:bob@localhost, 10)");
    assertThat(at(BOB, "div(busy.(), max(fast, 1)) in 8..12")).isEqualTo("true");
    at(ALICE, "Sandbox.skew(:bob@localhost, 60_000)");
    assertThat(at(BOB, "div(System.os_time() - System.system_time(), 1_000_000_000)"))
        .isEqualTo("59");
    assertThat(at(ALICE, "System.system_time() - System.os_time() < 1_000")).isEqualTo("true");
  }
}
