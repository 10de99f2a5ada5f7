package beamyard.simulator.term;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map. Keys are compared exactly, so {@code 1} and {@code 1.0} are two keys.
 *
 * <p>Up to 32 keys it is kept and iterated in term order. Beyond that it is a trie of hashes, iterated as OTP 25 does for
 * keys made of integers, floats, binaries, lists and tuples; unlike OTP, whose hash of an atom depends on the atoms made
 * before it and that of a pid on addresses, those hash the same in every run.
 *
 * <p>OTP iterates a trie in two directions: {@code maps:to_list}, {@code keys}, {@code values} and the external format use
 * that of {@link #entries}, {@code maps:iterator} and {@code maps:fold} the opposite one, {@link #foldOrder}.
 */
public final class MapTerm implements Term, Iterable<MapTerm.Entry> {
  /** One key with its value. */
  public record Entry(Term key, Term value) {}

  /** Keys with their values at the same index. To be read only. */
  record Columns(Term[] keys, Term[] values) {}

  /** The most keys that are kept in term order, as in OTP. */
  static final int FLAT_SIZE = 32;

  private static final Term[] NONE = {};

  public static final MapTerm EMPTY = new MapTerm(NONE, NONE);

  /** Sorted; empty if there is a trie. */
  private final Term[] keys;

  private final Term[] values;
  private final @Nullable HashTrie trie;
  private final int size;
  private int hash;

  private MapTerm(Term[] keys, Term[] values) {
    this.keys = keys;
    this.values = values;
    this.trie = null;
    this.size = keys.length;
  }

  private MapTerm(HashTrie trie, int size) {
    this.keys = NONE;
    this.values = NONE;
    this.trie = trie;
    this.size = size;
  }

  /** A map of keys and values in turn; the last value of a key counts. */
  public static MapTerm of(Term... keysAndValues) {
    var builder = new Builder(keysAndValues.length / 2);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      builder.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return builder.build();
  }

  /** A map of entries; the last value of a key counts. */
  public static MapTerm ofEntries(Iterable<Entry> entries) {
    var builder = new Builder(FLAT_SIZE);
    entries.forEach(entry -> builder.put(entry.key(), entry.value()));
    return builder.build();
  }

  public static Builder builder() {
    return new Builder(FLAT_SIZE);
  }

  /** Collects entries for a map, cheaper than putting them one by one. */
  public static final class Builder {
    private final ArrayList<Entry> entries;

    private Builder(int expectedSize) {
      entries = new ArrayList<>(expectedSize);
    }

    /** The last value put under a key counts. */
    public Builder put(Term key, Term value) {
      entries.add(new Entry(key, value));
      return this;
    }

    /** Puts all entries of a map. */
    public Builder putAll(MapTerm map) {
      entries.addAll(map.entries());
      return this;
    }

    /** The map of what was put so far. */
    public MapTerm build() {
      if (entries.isEmpty()) {
        return EMPTY;
      }
      if (entries.size() <= FLAT_SIZE) {
        return flat(entries.toArray(Entry[]::new));
      }
      HashTrie trie = HashTrie.of(entries);
      int size = trie.size();
      return size > FLAT_SIZE ? new MapTerm(trie, size) : flat(trie.entries(size));
    }

    private static MapTerm flat(Entry[] entries) {
      // a stable sort: of equal keys the one put last comes last
      Arrays.sort(entries, (a, b) -> TermOrder.EXACT.compare(a.key(), b.key()));
      int size = 0;
      for (int i = 0; i < entries.length; i++) {
        if (size > 0 && entries[size - 1].key().equals(entries[i].key())) {
          size--;
        }
        entries[size++] = entries[i];
      }
      Term[] keys = new Term[size];
      Term[] values = new Term[size];
      for (int i = 0; i < size; i++) {
        keys[i] = entries[i].key();
        values[i] = entries[i].value();
      }
      return new MapTerm(keys, values);
    }
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The value of a key; {@code null} if there is none. */
  public @Nullable Term get(Term key) {
    if (trie != null) {
      return trie.get(key);
    }
    int index = indexOf(key);
    return index < 0 ? null : values[index];
  }

  public boolean containsKey(Term key) {
    return trie != null ? trie.get(key) != null : indexOf(key) >= 0;
  }

  public MapTerm put(Term key, Term value) {
    if (trie != null) {
      HashTrie changed = trie.put(key, value);
      return changed == trie ? this : new MapTerm(changed, changed.size());
    }
    int index = indexOf(key);
    if (index >= 0) {
      if (values[index] == value) {
        return this;
      }
      Term[] changed = values.clone();
      changed[index] = value;
      return new MapTerm(keys, changed);
    }
    if (size == FLAT_SIZE) {
      return new Builder(FLAT_SIZE + 1).putAll(this).put(key, value).build();
    }
    return new MapTerm(inserted(keys, -1 - index, key), inserted(values, -1 - index, value));
  }

  public MapTerm remove(Term key) {
    if (trie != null) {
      HashTrie changed = trie.remove(key);
      if (changed == trie) {
        return this;
      }
      int left = size - 1;
      return left > FLAT_SIZE ? new MapTerm(changed, left) : Builder.flat(changed.entries(left));
    }
    int index = indexOf(key);
    if (index < 0) {
      return this;
    }
    return size == 1 ? EMPTY : new MapTerm(without(keys, index), without(values, index));
  }

  /** The index of a key in a flat map, or {@code -1 -} where it would be. */
  private int indexOf(Term key) {
    if (key instanceof Atom) {
      for (int i = 0; i < keys.length; i++) {
        if (keys[i] == key) {
          return i;
        }
      }
    }
    int low = 0;
    int high = keys.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = TermOrder.EXACT.compare(keys[middle], key);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  private static Term[] inserted(Term[] terms, int index, Term term) {
    Term[] changed = new Term[terms.length + 1];
    System.arraycopy(terms, 0, changed, 0, index);
    changed[index] = term;
    System.arraycopy(terms, index, changed, index + 1, terms.length - index);
    return changed;
  }

  private static Term[] without(Term[] terms, int index) {
    Term[] changed = new Term[terms.length - 1];
    System.arraycopy(terms, 0, changed, 0, index);
    System.arraycopy(terms, index + 1, changed, index, changed.length - index);
    return changed;
  }

  /** As {@link #entries}. */
  @Override
  public Iterator<Entry> iterator() {
    return entries().iterator();
  }

  /** In the order of {@code maps:to_list}. */
  public List<Entry> entries() {
    if (trie != null) {
      return Collections.unmodifiableList(Arrays.asList(trie.entries(size)));
    }
    Entry[] entries = new Entry[size];
    for (int i = 0; i < size; i++) {
      entries[i] = new Entry(keys[i], values[i]);
    }
    return Collections.unmodifiableList(Arrays.asList(entries));
  }

  /** Shows each key with its value to an action, in no order that means anything: cheaper than {@link #entries}. */
  public void forEachPair(BiConsumer<Term, Term> action) {
    if (trie != null) {
      trie.forEach(action);
      return;
    }
    for (int i = 0; i < size; i++) {
      action.accept(keys[i], values[i]);
    }
  }

  /** Whether it has more keys than OTP keeps in term order, and so is a trie of hashes. */
  public boolean isLarge() {
    return trie != null;
  }

  /** In the order of {@code maps:iterator} and {@code maps:fold}. */
  public List<Entry> foldOrder() {
    return trie != null ? entries().reversed() : entries();
  }

  /** The keys in the order of {@link #entries}. */
  public List<Term> keys() {
    return Collections.unmodifiableList(Arrays.asList(columns().keys()));
  }

  /** The values in the order of {@link #entries}. */
  public List<Term> values() {
    return Collections.unmodifiableList(Arrays.asList(columns().values()));
  }

  /** In the order of {@link #entries}. */
  Columns columns() {
    return trie != null ? columns(trie.entries(size)) : new Columns(keys, values);
  }

  /** In term order of the keys. */
  Columns sorted() {
    if (trie == null) {
      return new Columns(keys, values);
    }
    Entry[] entries = trie.entries(size);
    Arrays.sort(entries, (a, b) -> TermOrder.EXACT.compare(a.key(), b.key()));
    return columns(entries);
  }

  private static Columns columns(Entry[] entries) {
    Term[] keys = new Term[entries.length];
    Term[] values = new Term[entries.length];
    for (int i = 0; i < entries.length; i++) {
      keys[i] = entries[i].key();
      values[i] = entries[i].value();
    }
    return new Columns(keys, values);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof MapTerm that && TermEquality.equal(this, that);
  }

  @Override
  public int hashCode() {
    // two threads may compute it at once, and get the same
    if (hash == 0) {
      hash = TermEquality.hash(this);
    }
    return hash;
  }

  @Override
  public String toString() {
    var text = new StringBuilder("#{");
    for (Entry entry : this) {
      text.append(text.length() > 2 ? ", " : "")
          .append(entry.key())
          .append(" => ")
          .append(entry.value());
    }
    return text.append("}").toString();
  }
}
