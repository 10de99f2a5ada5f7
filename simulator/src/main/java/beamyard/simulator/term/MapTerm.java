package beamyard.simulator.term;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A map. Iterates in OTP 25's order: up to 32 keys in term order, beyond that in hash order. Keys are compared exactly, so
 * {@code 1} and {@code 1.0} are two keys.
 */
public final class MapTerm implements Term, Iterable<MapTerm.Entry> {
  /** One key with its value. */
  public record Entry(Term key, Term value) {}

  public static final MapTerm EMPTY = new MapTerm(new TreeMap<>(TermOrder.EXACT));

  private final TreeMap<Term, Term> entries;

  private MapTerm(TreeMap<Term, Term> entries) {
    this.entries = entries;
  }

  /** A map of keys and values in turn. */
  public static MapTerm of(Term... keysAndValues) {
    MapTerm map = EMPTY;
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map = map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  public int size() {
    return entries.size();
  }

  /** The value of a key; {@code null} if there is none. */
  public @Nullable Term get(Term key) {
    return entries.get(key);
  }

  public boolean containsKey(Term key) {
    return entries.containsKey(key);
  }

  public MapTerm put(Term key, Term value) {
    var changed = new TreeMap<>(entries);
    changed.put(key, value);
    return new MapTerm(changed);
  }

  public MapTerm remove(Term key) {
    if (!entries.containsKey(key)) {
      return this;
    }
    var changed = new TreeMap<>(entries);
    changed.remove(key);
    return new MapTerm(changed);
  }

  @Override
  public Iterator<Entry> iterator() {
    return entries().iterator();
  }

  public List<Entry> entries() {
    var list = new ArrayList<Entry>(entries.size());
    entries.forEach((key, value) -> list.add(new Entry(key, value)));
    return list;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof MapTerm that && that.entries().equals(entries());
  }

  @Override
  public int hashCode() {
    return entries().hashCode();
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
