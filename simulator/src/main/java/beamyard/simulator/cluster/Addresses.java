package beamyard.simulator.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a DNS server or Kubernetes' API would answer: the addresses of the pods of an application. In the yard a pod is a node that
 * runs under the application's name, on a host called by its address ({@code 10.0.0.7}), or by its name in a cluster's DNS
 * ({@code 10-0-0-7.space.pod.cluster.local}).
 *
 * <p>Unlike Kubernetes, the yard forgets a pod the moment its node is down, and whoever asks gets an answer, whatever is cut.
 */
public final class Addresses {
  private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
  private static final Pattern DASHED = Pattern.compile("(\\d{1,3}(?:-\\d{1,3}){3})\\..*");

  private Addresses() {}

  /** The addresses of the nodes that are up and whose name before the {@code @} is as given, in the order of their start. */
  public static List<String> of(Machine asking, String application) {
    var addresses = new ArrayList<String>();
    for (Machine node : asking.machines()) {
      if (node.isUp() && node.name().name().startsWith(application + "@")) {
        address(node.hostName()).filter(it -> !addresses.contains(it)).ifPresent(addresses::add);
      }
    }
    return List.copyOf(addresses);
  }

  private static Optional<String> address(String host) {
    Matcher dashed = DASHED.matcher(host);
    if (dashed.matches()) {
      return Optional.of(dashed.group(1).replace('-', '.'));
    }
    return DOTTED.matcher(host).matches() ? Optional.of(host) : Optional.empty();
  }
}
