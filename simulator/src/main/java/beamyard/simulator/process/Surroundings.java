package beamyard.simulator.process;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What surrounds the processes of a runtime: the distribution, the language, and what else the node owns. */
final class Surroundings {
  private @Nullable NodeLink link;
  private @Nullable SignalRoute route;
  private @Nullable Language language;

  /** A dozen at most: looking through them is quicker than a hash table. */
  private @Nullable Class<?>[] types = new Class<?>[8];

  private @Nullable Object[] owned = new Object[8];
  private int count;

  void attach(NodeLink itsLink, SignalRoute itsRoute, Language itsLanguage) {
    link = itsLink;
    route = itsRoute;
    language = itsLanguage;
  }

  NodeLink link() {
    return attached(link);
  }

  SignalRoute route() {
    return attached(route);
  }

  Language language() {
    return attached(language);
  }

  private static <T> T attached(@Nullable T thing) {
    if (thing == null) {
      throw new AssertionError("the process table is not attached");
    }
    return thing;
  }

  <T> void own(Class<T> type, T value) {
    int place = place(type);
    if (place == types.length) {
      types = Arrays.copyOf(types, place * 2);
      owned = Arrays.copyOf(owned, place * 2);
    }
    types[place] = type;
    owned[place] = value;
    count = Math.max(count, place + 1);
  }

  /** Where a type is, or would be. */
  private int place(Class<?> type) {
    int place = 0;
    while (place < count && types[place] != type) {
      place++;
    }
    return place;
  }

  <T> Optional<T> owned(Class<T> type) {
    int place = place(type);
    return place == count ? Optional.empty() : Optional.of(type.cast(owned[place]));
  }
}
