package beamyard.simulator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What a {@link Cluster} starts from: its seed, what its nodes share, and the Java functions they can be asked to call.
 *
 * @param simulation seed, network and timings
 * @param kernel of every node that is booted by its name alone
 * @param cookie of those nodes
 * @param recording whether facts are kept for {@link Cluster#facts}
 * @param functions by {@code module:name/arity}; on every node
 */
public record ClusterSettings(
    SimulationSettings simulation,
    KernelParameters kernel,
    String cookie,
    Recording recording,
    SequencedMap<String, JavaFunction> functions) {
  /** Whether facts are kept. */
  public enum Recording {
    OFF,
    ON
  }

  public ClusterSettings {
    functions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(functions));
  }

  /** OTP's defaults, no functions, nothing recorded. */
  public static ClusterSettings seed(long seed) {
    return new ClusterSettings(
        SimulationSettings.seed(seed),
        KernelParameters.DEFAULT,
        "secret",
        Recording.OFF,
        new LinkedHashMap<>());
  }

  public ClusterSettings withKernel(KernelParameters changed) {
    return new ClusterSettings(simulation, changed, cookie, recording, functions);
  }

  /** Keeps all facts. */
  public ClusterSettings recorded() {
    return new ClusterSettings(simulation, kernel, cookie, Recording.ON, functions);
  }

  /** With a function in Java, which {@code :rpc}, {@code :erpc} and {@link Cluster#call} find on every node. */
  public ClusterSettings withFunction(String module, String name, int arity, JavaFunction body) {
    var more = new LinkedHashMap<>(functions);
    more.put(module + ":" + name + "/" + arity, body);
    return new ClusterSettings(simulation, kernel, cookie, recording, more);
  }
}
