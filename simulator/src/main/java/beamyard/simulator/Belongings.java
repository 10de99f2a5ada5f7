package beamyard.simulator;

import beamyard.simulator.process.ProcessTable;
import java.util.LinkedHashMap;
import java.util.function.UnaryOperator;

/** Things that a node or a host owns, found by their class: code, tables, files. Each knows how to be copied. */
public final class Belongings {
  private final LinkedHashMap<Class<?>, Belonging<?>> byType = new LinkedHashMap<>();

  private record Belonging<T>(Class<T> type, T thing, UnaryOperator<T> copier) {
    void giveTo(ProcessTable table) {
      table.own(type, thing);
    }

    Belonging<T> copy() {
      return new Belonging<>(type, copier.apply(thing), copier);
    }
  }

  Belongings() {}

  /**
   * Adds a thing, or replaces the one of its type.
   *
   * @param copier makes an independent copy; for something immutable, the thing itself
   */
  public <T> void add(Class<T> type, T thing, UnaryOperator<T> copier) {
    byType.put(type, new Belonging<>(type, thing, copier));
  }

  /** The thing of a type, which must be there. */
  public <T> T get(Class<T> type) {
    Belonging<?> belonging = byType.get(type);
    if (belonging == null) {
      throw new AssertionError("there is no " + type.getName() + " here");
    }
    return type.cast(belonging.thing());
  }

  public boolean has(Class<?> type) {
    return byType.containsKey(type);
  }

  void giveTo(ProcessTable table) {
    byType.values().forEach(belonging -> belonging.giveTo(table));
  }

  Belongings copy() {
    var copy = new Belongings();
    byType.forEach((type, belonging) -> copy.byType.put(type, belonging.copy()));
    return copy;
  }
}
