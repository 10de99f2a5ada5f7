package beamyard.simulator.process;

import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What surrounds the processes of a runtime: the distribution, the language, and what else the node owns. */
final class Surroundings {
  private @Nullable NodeLink link;
  private @Nullable SignalRoute route;
  private @Nullable Language language;
  private final LinkedHashMap<Class<?>, Object> owned = new LinkedHashMap<>();

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
    owned.put(type, value);
  }

  <T> Optional<T> owned(Class<T> type) {
    return Optional.ofNullable(owned.get(type)).map(type::cast);
  }
}
