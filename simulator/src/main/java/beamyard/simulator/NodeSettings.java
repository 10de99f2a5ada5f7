package beamyard.simulator;

import beamyard.simulator.distribution.NodeName;
import beamyard.simulator.distribution.Transport;
import beamyard.simulator.process.NodeLink.Visibility;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * How a node is started: what its command line would say.
 *
 * @param label how people and scripts call the node, also while it has no name; unique in the simulation
 * @param host the machine it runs on; its short name cannot have dots, and is made known if it is new
 * @param name its node name and kind; empty for a node without distribution
 * @param cookie {@code --cookie}; empty to use the host's cookie file
 * @param transport what its connections are carried by
 * @param limits what it may use at most
 * @param software what is installed beside that which every node has, such as {@code libcluster}; known to {@link NodeSoftware}
 */
public record NodeSettings(
    String label,
    String host,
    Optional<Name> name,
    Optional<String> cookie,
    Visibility visibility,
    KernelParameters kernel,
    Transport transport,
    NodeLimits limits,
    List<String> software) {
  /** A node name with its kind: {@code --sname} or {@code --name}. */
  public record Name(NodeName full, NodeName.Kind kind) {}

  private static final String PROTO_DIST = "-proto_dist";
  private static final String LOCALHOST = "localhost";

  public NodeSettings {
    software = List.copyOf(software);
    if (label.isBlank()) {
      throw new BadSetup("is empty", "a node's label", "something to call the node by");
    }
    cookie.ifPresent(
        text -> {
          if (text.isEmpty() || text.length() > 255) {
            throw new BadSetup(
                "has " + text.length() + " characters", "cookie of " + label, "1 to 255");
          }
        });
  }

  /** A node {@code name@host} with short names, as {@code iex --sname} starts it; labelled as it is named. */
  public static NodeSettings shortName(String nodeName) {
    return named(nodeName, NodeName.Kind.SHORT);
  }

  /** A node {@code name@host.domain} with long names, as {@code iex --name} starts it; labelled as it is named. */
  public static NodeSettings longName(String nodeName) {
    return named(nodeName, NodeName.Kind.LONG);
  }

  private static NodeSettings named(String nodeName, NodeName.Kind kind) {
    String complete = nodeName.indexOf('@') < 0 ? nodeName + "@" + LOCALHOST : nodeName;
    NodeName full =
        NodeName.parse(complete)
            .filter(parsed -> parsed.name().matches("[0-9A-Za-z_\\-]+"))
            .orElseThrow(
                () ->
                    new BadSetup(
                        "\"" + nodeName + "\" is no node name",
                        "a node's name",
                        "letters, digits, _ or -, then @ and a host"));
    if (kind == NodeName.Kind.SHORT && full.host().indexOf('.') >= 0) {
      throw new BadSetup(
          "the host of \"" + nodeName + "\" has a dot", "a short node name", "a host without dots");
    }
    return new NodeSettings(
        complete,
        full.host(),
        Optional.of(new Name(full, kind)),
        Optional.empty(),
        Visibility.VISIBLE,
        KernelParameters.DEFAULT,
        Transport.PLAIN,
        NodeLimits.NONE,
        List.of());
  }

  /** A node without distribution. */
  public static NodeSettings unnamed(String label) {
    return new NodeSettings(
        label,
        LOCALHOST,
        Optional.empty(),
        Optional.empty(),
        Visibility.VISIBLE,
        KernelParameters.DEFAULT,
        Transport.PLAIN,
        NodeLimits.NONE,
        List.of());
  }

  public NodeSettings withLabel(String changed) {
    return new NodeSettings(
        changed, host, name, cookie, visibility, kernel, transport, limits, software);
  }

  /** On a machine of another name than its node name says. */
  public NodeSettings onHost(String changed) {
    return new NodeSettings(
        label, changed, name, cookie, visibility, kernel, transport, limits, software);
  }

  public NodeSettings withCookie(String changed) {
    return new NodeSettings(
        label, host, name, Optional.of(changed), visibility, kernel, transport, limits, software);
  }

  public NodeSettings hidden() {
    return new NodeSettings(
        label, host, name, cookie, Visibility.HIDDEN, kernel, transport, limits, software);
  }

  public NodeSettings withKernel(KernelParameters changed) {
    return new NodeSettings(
        label, host, name, cookie, visibility, changed, transport, limits, software);
  }

  public NodeSettings withSoftware(List<String> changed) {
    return new NodeSettings(
        label, host, name, cookie, visibility, kernel, transport, limits, changed);
  }

  public NodeSettings withLimits(NodeLimits changed) {
    return new NodeSettings(
        label, host, name, cookie, visibility, kernel, transport, changed, software);
  }

  public NodeSettings over(Transport changed) {
    return new NodeSettings(
        label, host, name, cookie, visibility, kernel, changed, limits, software);
  }

  /**
   * Something set by its name: a kernel parameter, an emulator flag with its {@code +}, {@code memory}, or {@code -proto_dist}
   * as {@link Transport#named} takes it.
   */
  public NodeSettings with(String option, String value) {
    if (option.equals(PROTO_DIST)) {
      return over(
          Transport.named(value)
              .orElseThrow(
                  () -> new BadSetup("is \"" + value + "\"", PROTO_DIST, "inet_tcp or inet_tls")));
    }
    return option.startsWith("+") || option.equals(NodeLimits.MEMORY)
        ? withLimits(limits.with(option, value))
        : withKernel(kernel.with(option, value));
  }

  /** What is said beyond the kernel's parameters, by the names that {@link #with} takes. */
  public SequencedMap<String, String> options() {
    SequencedMap<String, String> options = limits.options();
    if (!transport.equals(Transport.PLAIN)) {
      options.put(PROTO_DIST, transport.name());
    }
    return options;
  }
}
