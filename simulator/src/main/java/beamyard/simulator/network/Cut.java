package beamyard.simulator.network;

import java.util.List;
import java.util.Optional;

/** What keeps packets off some paths while it lasts. A path is open when no cut is on it. */
sealed interface Cut {
  boolean separates(Endpoint from, Endpoint to);

  /** Between processes of different groups; a process of no group reaches all. Port mappers are in no group. */
  record OfEndpoints(List<List<Endpoint>> groups) implements Cut {
    @Override
    public boolean separates(Endpoint from, Endpoint to) {
      return differ(groupOf(groups, from), groupOf(groups, to));
    }
  }

  /** Between machines of different groups, with everything on them. */
  record OfHosts(List<List<String>> groups) implements Cut {
    @Override
    public boolean separates(Endpoint from, Endpoint to) {
      return differ(groupOf(groups, from.host()), groupOf(groups, to.host()));
    }
  }

  private static <T> Optional<Integer> groupOf(List<List<T>> groups, T member) {
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).contains(member)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static boolean differ(Optional<Integer> one, Optional<Integer> other) {
    return one.isPresent() && other.isPresent() && !one.equals(other);
  }
}
