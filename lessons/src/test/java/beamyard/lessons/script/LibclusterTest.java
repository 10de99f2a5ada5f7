package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.script.Stage.Logging;
import beamyard.lessons.script.Stage.Naming;
import beamyard.lessons.script.Stage.Start;
import beamyard.lessons.script.Stage.Visibility;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The strategies of libcluster find nodes in the yard as they do in life, and lose them as they do. */
class LibclusterTest {
  private static final long LIMIT_MILLIS = 20_000;
  private static final String GOSSIP =
      "{:ok, _} = Cluster.Supervisor.start_link([[local: [strategy: Cluster.Strategy.Gossip, config: [%s]]]]); :ok";
  private static final String DNS =
      "{:ok, _} = Cluster.Supervisor.start_link([[fly: [strategy: Cluster.Strategy.DNSPoll,"
          + " config: [polling_interval: 1_000, query: \"app.internal\", node_basename: \"app\"]]]]); :ok";
  private static final String PODS =
      "{:ok, _} = Cluster.Supervisor.start_link([[k8s: [strategy: Cluster.Strategy.Kubernetes, config: [mode: :%s,"
          + " kubernetes_node_basename: \"app\", kubernetes_selector: \"app=app\", polling_interval: 1_000]]]]); :ok";

  private final SimulatedStage yard = SimulatedStage.withSeed(3);

  private static Start node(String name) {
    return node(name, Map.of());
  }

  private static Start node(String name, Map<String, String> kernel) {
    String host = name.substring(name.indexOf('@') + 1);
    return new Start(
        name,
        name.substring(0, name.indexOf('@')),
        host,
        host.contains(".") ? Naming.LONG : Naming.SHORT,
        "secret",
        Visibility.VISIBLE,
        kernel,
        Logging.OFF);
  }

  private void start(String... names) {
    yard.install(List.of("libcluster"));
    yard.start(Stream.of(names).map(LibclusterTest::node).toList());
  }

  private String at(String node, String code) {
    return yard.type(node, code, LIMIT_MILLIS).printed().strip();
  }

  private String peers(String node) {
    return at(node, "Enum.sort(Node.list())");
  }

  @Test
  void withoutTheDependencyThereIsNoSuchModule() {
    yard.start(List.of(node("alice@localhost")));
    assertThat(at("alice@localhost", "Code.ensure_loaded?(Cluster.Supervisor)")).isEqualTo("false");
  }

  @Test
  void gossipConnectsThoseWhoHearEachOther() {
    start("alice@localhost", "bob@localhost", "carol@localhost");
    for (String node : List.of("alice", "bob", "carol")) {
      assertThat(at(node + "@localhost", GOSSIP.formatted(""))).isEqualTo(":ok");
    }
    yard.advance(6_000);
    assertThat(peers("alice@localhost")).isEqualTo("[:bob@localhost, :carol@localhost]");
    assertThat(peers("carol@localhost")).isEqualTo("[:alice@localhost, :bob@localhost]");
  }

  @Test
  void gossipWithAnotherSecretIsNotHeard() {
    start("alice@localhost", "bob@localhost");
    at("alice@localhost", GOSSIP.formatted("secret: \"one\""));
    at("bob@localhost", GOSSIP.formatted("secret: \"two\""));
    yard.advance(12_000);
    assertThat(peers("alice@localhost")).isEqualTo("[]");
  }

  @Test
  void gossipReconnectsAfterAPartition() {
    yard.install(List.of("libcluster"));
    Map<String, String> ticks = Map.of("net_ticktime", "4");
    yard.start(List.of(node("alice@localhost", ticks), node("bob@localhost", ticks)));
    at("alice@localhost", GOSSIP.formatted(""));
    at("bob@localhost", GOSSIP.formatted(""));
    yard.advance(6_000);
    yard.partition(List.of(List.of("alice@localhost"), List.of("bob@localhost")));
    yard.advance(8_000);
    assertThat(peers("alice@localhost")).isEqualTo("[]");
    yard.heal();
    yard.advance(12_000);
    assertThat(peers("alice@localhost")).isEqualTo("[:bob@localhost]");
  }

  @Test
  void knownHostsAreTriedOnceUnlessThereIsATimeout() {
    start("alice@localhost");
    String hosts =
        "{:ok, _} = Cluster.Supervisor.start_link([[e: [strategy: Cluster.Strategy.Epmd,"
            + " config: [hosts: [:bob@localhost]%s]]]]); :ok";
    at("alice@localhost", hosts.formatted(""));
    yard.start(List.of(node("bob@localhost")));
    yard.advance(10_000);
    assertThat(peers("alice@localhost")).isEqualTo("[]");
    at("alice@localhost", hosts.formatted(", timeout: 1_000"));
    yard.advance(2_000);
    assertThat(peers("alice@localhost")).isEqualTo("[:bob@localhost]");
  }

  @Test
  void thePortMapperKnowsTheNodesOfTheHost() {
    start("alice@localhost", "bob@localhost", "carol@elsewhere");
    at(
        "alice@localhost",
        "Cluster.Supervisor.start_link([[l: [strategy: Cluster.Strategy.LocalEpmd]]])");
    assertThat(peers("alice@localhost")).isEqualTo("[:bob@localhost]");
  }

  @Test
  void theHostsFileNamesHostsWhoseNodesJoin() {
    start("alice@localhost", "bob@elsewhere");
    at("alice@localhost", "File.write!(\".hosts.erlang\", \"'localhost'.\\n'elsewhere'.\\n\")");
    at(
        "alice@localhost",
        "Cluster.Supervisor.start_link([[h: [strategy: Cluster.Strategy.ErlangHosts]]])");
    assertThat(peers("alice@localhost")).isEqualTo("[:bob@elsewhere]");
  }

  @Test
  void pollingANameConnectsAndDropsWhatVanished() {
    start("app@10.0.0.1", "app@10.0.0.2", "other@10.0.0.3");
    at("app@10.0.0.1", DNS);
    yard.advance(2_000);
    assertThat(peers("app@10.0.0.1")).isEqualTo("[:\"app@10.0.0.2\"]");
    yard.start(List.of(node("app@10.0.0.4")));
    yard.advance(2_000);
    assertThat(peers("app@10.0.0.1")).isEqualTo("[:\"app@10.0.0.2\", :\"app@10.0.0.4\"]");
    yard.kill("app@10.0.0.2");
    yard.advance(2_000);
    assertThat(peers("app@10.0.0.1")).isEqualTo("[:\"app@10.0.0.4\"]");
  }

  @Test
  void podsAreFoundByAddress() {
    start("app@10.0.0.1", "app@10.0.0.2");
    at("app@10.0.0.1", PODS.formatted("ip"));
    yard.advance(2_000);
    assertThat(peers("app@10.0.0.1")).isEqualTo("[:\"app@10.0.0.2\"]");
  }

  @Test
  void podsAreFoundByTheirNamesInTheClustersDns() {
    String suffix = ".default.pod.cluster.local";
    start("app@10-0-0-1" + suffix, "app@10-0-0-2" + suffix);
    at("app@10-0-0-1" + suffix, PODS.formatted("dns"));
    yard.advance(2_000);
    assertThat(peers("app@10-0-0-1" + suffix)).isEqualTo("[:\"app@10-0-0-2" + suffix + "\"]");
  }

  @Test
  void aStrategyOfOnesOwnIsAModule() {
    start("alice@localhost", "bob@localhost");
    at(
        "alice@localhost",
        """
        defmodule Mine do
          use Cluster.Strategy
          def start_link([%Cluster.Strategy.State{} = state]) do
            Cluster.Strategy.connect_nodes(state.topology, state.connect, state.list_nodes, state.config)
            :ignore
          end
        end""");
    at(
        "alice@localhost",
        "Cluster.Supervisor.start_link([[m: [strategy: Mine, config: [:bob@localhost]]]])");
    assertThat(peers("alice@localhost")).isEqualTo("[:bob@localhost]");
  }

  @Test
  void aPageNamesItsDependencies() {
    Lesson byFrontMatter =
        LessonReader.read("page.md", "---\ntitle: T\ndeps: [libcluster]\n---\n## A\ntext\n");
    Lesson byMixFile =
        LessonReader.read(
            "page.md", "---\ntitle: T\n---\n## A\n```elixir\n{:libcluster, \"~> 3.3\"}\n```\n");
    assertThat(byFrontMatter.dependencies()).containsExactly("libcluster");
    assertThat(byMixFile.dependencies()).containsExactly("libcluster");
  }
}
