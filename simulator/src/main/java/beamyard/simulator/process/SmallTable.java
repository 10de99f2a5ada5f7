package beamyard.simulator.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a process keeps by keys, in the order in which they came. Most processes keep nothing, or one or two things, which lie in
 * an array; only a larger table is a hash table.
 */
final class SmallTable<K, V> {
  private static final int MOST_IN_ARRAY = 8;
  private static final Object[] NOTHING = {};

  /** Keys at even places, and what is kept by each behind it. */
  private @Nullable Object[] pairs = NOTHING;

  private int count;

  /** In place of the array, once there were too many. */
  private @Nullable LinkedHashMap<K, V> large;

  SmallTable() {}

  private SmallTable(SmallTable<K, V> original) {
    count = original.count;
    pairs = count == 0 ? NOTHING : Arrays.copyOf(original.pairs, 2 * count);
    large = original.large == null ? null : new LinkedHashMap<>(original.large);
  }

  SmallTable<K, V> copy() {
    return new SmallTable<>(this);
  }

  int size() {
    return large == null ? count : large.size();
  }

  boolean isEmpty() {
    return size() == 0;
  }

  /** What is kept by a key; {@code null} if nothing is. */
  @Nullable V get(K key) {
    if (large != null) {
      return large.get(key);
    }
    int at = find(key);
    return at < 0 ? null : value(at);
  }

  /** Keeps something by a key, and answers what was kept by it before; {@code null} if nothing was. */
  @Nullable V put(K key, V value) {
    if (large != null) {
      return large.put(key, value);
    }
    int at = find(key);
    if (at >= 0) {
      V before = value(at);
      pairs[2 * at + 1] = value;
      return before;
    }
    if (count == MOST_IN_ARRAY) {
      large = toMap();
      pairs = NOTHING;
      count = 0;
      return large.put(key, value);
    }
    if (2 * count == pairs.length) {
      pairs = Arrays.copyOf(pairs, Math.max(2, 4 * count));
    }
    pairs[2 * count] = key;
    pairs[2 * count + 1] = value;
    count++;
    return null;
  }

  private LinkedHashMap<K, V> toMap() {
    var map = new LinkedHashMap<K, V>();
    forEach(map::put);
    return map;
  }

  /** Forgets what is kept by a key, and answers it; {@code null} if nothing was. */
  @Nullable V remove(K key) {
    if (large != null) {
      return large.remove(key);
    }
    int at = find(key);
    if (at < 0) {
      return null;
    }
    V removed = value(at);
    count--;
    System.arraycopy(pairs, 2 * at + 2, pairs, 2 * at, 2 * (count - at));
    pairs[2 * count] = null;
    pairs[2 * count + 1] = null;
    return removed;
  }

  private int find(K key) {
    for (int i = 0; i < count; i++) {
      if (key.equals(pairs[2 * i])) {
        return i;
      }
    }
    return -1;
  }

  @SuppressWarnings("unchecked") // only put puts anything there
  private K key(int at) {
    return (K) pairs[2 * at];
  }

  @SuppressWarnings("unchecked") // only put puts anything there
  private V value(int at) {
    return (V) pairs[2 * at + 1];
  }

  /** In the order of coming; the table must not change meanwhile. */
  void forEach(BiConsumer<K, V> action) {
    if (large != null) {
      large.forEach(action);
      return;
    }
    for (int i = 0; i < count; i++) {
      action.accept(key(i), value(i));
    }
  }

  /** Keeps something else by each reference. */
  void replaceAll(UnaryOperator<V> replacement) {
    if (large != null) {
      large.replaceAll((_, value) -> replacement.apply(value));
      return;
    }
    for (int i = 0; i < count; i++) {
      pairs[2 * i + 1] = replacement.apply(value(i));
    }
  }

  /** The keys, in the order of coming; a list of the caller's own. */
  List<K> keys() {
    var keys = new ArrayList<K>(size());
    forEach((key, _) -> keys.add(key));
    return keys;
  }

  void clear() {
    pairs = NOTHING;
    count = 0;
    large = null;
  }
}
