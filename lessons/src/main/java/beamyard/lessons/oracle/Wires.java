package beamyard.lessons.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The network of real nodes, with a port mapper of its own. Where the operating system allows it, on most Linux machines, it is
 * a network namespace, in which every node has an address and a port of its own: packets between two of them can be dropped, and
 * their names are {@code ...@localhost} as ever. Elsewhere the nodes share the machine's network, and nothing can be cut.
 *
 * @see <a href="https://www.erlang.org/doc/man/kernel_app.html">kernel, inet_dist_connect_options</a>
 */
final class Wires implements AutoCloseable {
  private static final long LIMIT_MILLIS = 20_000;
  private static final int FIRST_PORT = 20_000;
  private static final int ADDRESSES = 250;
  private static final String UP = "up";

  /** A namespace as root, or as anybody where users may have namespaces; and how its processes enter it. */
  private static final List<Way> WAYS =
      List.of(
          new Way(List.of("unshare", "--net"), List.of("nsenter", "--net", "-t")),
          new Way(
              List.of("unshare", "--map-root-user", "--net"),
              List.of("nsenter", "--user", "--preserve-credentials", "--net", "-t")));

  private record Way(List<String> make, List<String> enter) {}

  private final Path folder;
  private final int mapperPort;

  /** Keeps the namespace; ends when its input is closed, and so with us, however we end. */
  private final Optional<Process> keeper;

  private final List<String> enter;
  private final Map<String, Integer> numbers = Collections.synchronizedMap(new LinkedHashMap<>());
  private Optional<Process> mapper = Optional.empty();

  private Wires(Path folder, int mapperPort, Optional<Process> keeper, List<String> enter) {
    this.folder = folder;
    this.mapperPort = mapperPort;
    this.keeper = keeper;
    this.enter = enter;
  }

  /** A network that can be cut, if this machine lets us have one, or else one that cannot. */
  static Wires open(Path folder) throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Wires wires =
        WAYS.stream()
            .flatMap(way -> inNamespace(folder, port, way).stream())
            .findFirst()
            .orElseGet(() -> new Wires(folder, port, Optional.empty(), List.of()));
    wires.mapper =
        Optional.of(
            wires.started(
                List.of("epmd", "-address", "127.0.0.1", "-port", String.valueOf(port)),
                "epmd.log"));
    return wires;
  }

  private static Optional<Wires> inNamespace(Path folder, int port, Way way) {
    try {
      var words = new ArrayList<>(way.make());
      words.addAll(List.of("sh", "-c", "ip link set lo up && echo " + UP + " && exec cat"));
      Process keeper =
          new ProcessBuilder(words).redirectError(folder.resolve("keeper.log").toFile()).start();
      if (!says(keeper.getInputStream(), UP)) {
        keeper.destroy();
        return Optional.empty();
      }
      var enter = new ArrayList<>(way.enter());
      enter.add(String.valueOf(keeper.pid()));
      var wires = new Wires(folder, port, Optional.of(keeper), List.copyOf(enter));
      if (wires.apply(new Cuts())) {
        return Optional.of(wires);
      }
      keeper.destroy();
    } catch (IOException _) {
      // a program that this needs is not installed: then nothing can be cut
    }
    return Optional.empty();
  }

  private static boolean says(InputStream output, String word) throws IOException {
    return new String(output.readNBytes(word.length()), StandardCharsets.UTF_8).equals(word);
  }

  private Process started(List<String> command, String log) throws IOException {
    return new ProcessBuilder(within(command))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(log).toFile())
        .start();
  }

  /** Where nodes find the port mapper. */
  int mapperPort() {
    return mapperPort;
  }

  boolean canBeCut() {
    return keeper.isPresent();
  }

  /** The command that runs another in this network. */
  List<String> within(List<String> command) {
    var words = new ArrayList<>(enter);
    words.addAll(command);
    return words;
  }

  /** Kernel parameters, as Erlang terms, that give a node its place in this network. */
  Map<String, String> place(String node) {
    if (!canBeCut()) {
      return Map.of();
    }
    String port = String.valueOf(port(node));
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("inet_dist_listen_min", port);
    parameters.put("inet_dist_listen_max", port);
    parameters.put("inet_dist_connect_options", "[{ip,{" + address(node).replace('.', ',') + "}}]");
    return parameters;
  }

  private int number(String node) {
    return numbers.computeIfAbsent(node, _ -> numbers.size());
  }

  private int port(String node) {
    return FIRST_PORT + number(node);
  }

  /** From where a node connects to others. */
  private String address(String node) {
    int number = number(node);
    return "127.1." + number / ADDRESSES + "." + (number % ADDRESSES + 1);
  }

  /** Drops what goes along closed paths and nothing else, from one packet to the next; false if it could not be done. */
  boolean apply(Cuts cuts) {
    var rules = new StringBuilder("*filter\n");
    for (String chain : List.of("INPUT", "FORWARD", "OUTPUT")) {
      rules.append(':').append(chain).append(" ACCEPT [0:0]\n");
    }
    for (Cuts.Path path : cuts.closed()) {
      drop(rules, "-s " + address(path.from()) + " --dport " + port(path.to()));
      drop(rules, "-d " + address(path.to()) + " --sport " + port(path.from()));
    }
    rules.append("COMMIT\n");
    try {
      Path file = Files.writeString(folder.resolve("cuts.rules"), rules);
      Process filter =
          new ProcessBuilder(within(List.of("iptables-restore", "--wait")))
              .redirectInput(file.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("iptables.log").toFile())
              .start();
      return filter.waitFor(LIMIT_MILLIS, TimeUnit.MILLISECONDS) && filter.exitValue() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void drop(StringBuilder rules, String packets) {
    rules.append("-A INPUT -p tcp ").append(packets).append(" -j DROP\n");
  }

  @Override
  public void close() {
    mapper.ifPresent(Process::destroy);
    keeper.ifPresent(Process::destroy);
  }
}
