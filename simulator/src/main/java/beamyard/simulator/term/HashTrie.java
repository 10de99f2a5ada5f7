package beamyard.simulator.term;

import beamyard.simulator.term.MapTerm.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A persistent hash array mapped trie, shaped as OTP 25 shapes its big maps: four bits of the key's hash a level, lowest
 * first, and after eight levels the bits of the key's hash with another salt.
 *
 * <p>The shape depends on the keys alone, not on how they came and went. A node that is left with one entry is that entry.
 */
final class HashTrie {
  private static final int LEVELS_OF_A_HASH = 8;

  /** So deep come only keys that no salt tells apart. */
  private static final int MAX_LEVEL = 20 * LEVELS_OF_A_HASH;

  /* Classes are told apart by tests, not by switches over patterns: those cost more than the rest of a step down. */

  private final int bitmap;

  /** For each bit of the bitmap, lowest first, an {@link Entry} or a {@link HashTrie}. */
  private final Object[] slots;

  private final int size;

  private HashTrie(int bitmap, Object[] slots, int size) {
    this.bitmap = bitmap;
    this.slots = slots;
    this.size = size;
  }

  /** A trie of entries; of those with equal keys the last one counts. There must be at least one. */
  static HashTrie of(List<Entry> entries) {
    var pending = new ArrayList<Hashed>(entries.size());
    for (Entry entry : entries) {
      pending.add(new Hashed(entry, InternalHash.of(entry.key())));
    }
    return node(pending, 0);
  }

  private record Hashed(Entry entry, int hash) {
    Hashed below(int level) {
      int next = level + 1;
      return new Hashed(
          entry, next % LEVELS_OF_A_HASH == 0 ? hashOf(entry.key(), next) : hash >>> 4);
    }
  }

  private static int hashOf(Term key, int level) {
    return InternalHash.of(key, level / LEVELS_OF_A_HASH) >>> 4 * (level % LEVELS_OF_A_HASH);
  }

  private static HashTrie node(List<Hashed> entries, int level) {
    if (level == MAX_LEVEL) {
      throw new UnsupportedOperationException("hash of keys that differ: " + entries);
    }
    var groups = new ArrayList<ArrayList<Hashed>>(16);
    for (int i = 0; i < 16; i++) {
      groups.add(new ArrayList<>(entries.size() / 16 + 1));
    }
    for (Hashed hashed : entries) {
      groups.get(hashed.hash() & 15).add(hashed);
    }
    int bitmap = 0;
    int size = 0;
    Object[] slots = new Object[16];
    int used = 0;
    for (int i = 0; i < 16; i++) {
      List<Hashed> group = groups.get(i);
      if (!group.isEmpty()) {
        Object slot = slot(group, level);
        bitmap |= 1 << i;
        slots[used++] = slot;
        size += slot instanceof HashTrie trie ? trie.size : 1;
      }
    }
    return new HashTrie(bitmap, Arrays.copyOf(slots, used), size);
  }

  private static Object slot(List<Hashed> group, int level) {
    Hashed last = group.getLast();
    boolean oneKey = true;
    for (int i = 0; oneKey && i < group.size() - 1; i++) {
      oneKey =
          group.get(i).hash() == last.hash()
              && group.get(i).entry().key().equals(last.entry().key());
    }
    if (oneKey) {
      return last.entry();
    }
    group.replaceAll(hashed -> hashed.below(level));
    return node(group, level + 1);
  }

  int size() {
    return size;
  }

  @Nullable Term get(Term key) {
    HashTrie node = this;
    int hash = InternalHash.of(key);
    for (int level = 0; ; ) {
      int bit = 1 << (hash & 15);
      if ((node.bitmap & bit) == 0) {
        return null;
      }
      Object slot = node.slots[node.index(bit)];
      if (slot instanceof Entry entry) {
        return entry.key().equals(key) ? entry.value() : null;
      }
      node = (HashTrie) slot;
      level++;
      hash = level % LEVELS_OF_A_HASH == 0 ? hashOf(key, level) : hash >>> 4;
    }
  }

  private int index(int bit) {
    return Integer.bitCount(bitmap & (bit - 1));
  }

  /** This trie itself if the key already has that very value. */
  HashTrie put(Term key, Term value) {
    return put(new Entry(key, value), InternalHash.of(key), 0);
  }

  private HashTrie put(Entry added, int hash, int level) {
    int bit = 1 << (hash & 15);
    int index = index(bit);
    if ((bitmap & bit) == 0) {
      Object[] changed = new Object[slots.length + 1];
      System.arraycopy(slots, 0, changed, 0, index);
      changed[index] = added;
      System.arraycopy(slots, index, changed, index + 1, slots.length - index);
      return new HashTrie(bitmap | bit, changed, size + 1);
    }
    Object old = slots[index];
    if (old instanceof HashTrie below) {
      HashTrie changed = below.put(added, below(added.key(), hash, level), level + 1);
      return changed == below ? this : with(index, changed, size + changed.size - below.size);
    }
    Entry entry = (Entry) old;
    if (!entry.key().equals(added.key())) {
      return with(index, pair(entry, added, below(added.key(), hash, level), level + 1), size + 1);
    }
    return entry.value() == added.value()
        ? this
        : with(index, new Entry(entry.key(), added.value()), size);
  }

  private static int below(Term key, int hash, int level) {
    return (level + 1) % LEVELS_OF_A_HASH == 0 ? hashOf(key, level + 1) : hash >>> 4;
  }

  /** The node at a level of two keys that agree down to there. */
  private static HashTrie pair(Entry a, Entry b, int hashOfB, int level) {
    return pair(a, hashOf(a.key(), level), b, hashOfB, level);
  }

  private static HashTrie pair(Entry a, int hashOfA, Entry b, int hashOfB, int level) {
    if (level == MAX_LEVEL) {
      throw new UnsupportedOperationException("hash of keys that differ: " + a + " and " + b);
    }
    int slotOfA = hashOfA & 15;
    int slotOfB = hashOfB & 15;
    int bitmap = 1 << slotOfA | 1 << slotOfB;
    if (slotOfA == slotOfB) {
      HashTrie below =
          pair(a, below(a.key(), hashOfA, level), b, below(b.key(), hashOfB, level), level + 1);
      return new HashTrie(bitmap, new Object[] {below}, 2);
    }
    Object[] both = slotOfA < slotOfB ? new Object[] {a, b} : new Object[] {b, a};
    return new HashTrie(bitmap, both, 2);
  }

  private HashTrie with(int index, Object slot, int newSize) {
    Object[] changed = slots.clone();
    changed[index] = slot;
    return new HashTrie(bitmap, changed, newSize);
  }

  /** This trie itself if there is no such key. */
  HashTrie remove(Term key) {
    return remove(key, InternalHash.of(key), 0);
  }

  private HashTrie remove(Term key, int hash, int level) {
    int bit = 1 << (hash & 15);
    if ((bitmap & bit) == 0) {
      return this;
    }
    int index = index(bit);
    Object old = slots[index];
    if (old instanceof HashTrie below) {
      HashTrie changed = below.remove(key, below(key, hash, level), level + 1);
      if (changed == below) {
        return this;
      }
      boolean single = changed.slots.length == 1 && changed.slots[0] instanceof Entry;
      return with(index, single ? changed.slots[0] : changed, size - 1);
    }
    if (!(old instanceof Entry entry) || !entry.key().equals(key)) {
      return this;
    }
    Object[] changed = new Object[slots.length - 1];
    System.arraycopy(slots, 0, changed, 0, index);
    System.arraycopy(slots, index + 1, changed, index, changed.length - index);
    return new HashTrie(bitmap & ~bit, changed, size - 1);
  }

  /** Shows each entry to an action, in no order that means anything. */
  void forEach(BiConsumer<Term, Term> action) {
    for (Object slot : slots) {
      if (slot instanceof Entry entry) {
        action.accept(entry.key(), entry.value());
      } else {
        ((HashTrie) slot).forEach(action);
      }
    }
  }

  /** All {@code count} entries in a new array, the greatest bits first. */
  Entry[] entries(int count) {
    Entry[] entries = new Entry[count];
    fill(entries, count);
    return entries;
  }

  /** Fills in the entries so that they end before {@code end}; answers where they start. */
  private int fill(Entry[] entries, int end) {
    int start = end;
    for (Object slot : slots) {
      if (slot instanceof HashTrie below) {
        start = below.fill(entries, start);
      } else {
        entries[--start] = (Entry) slot;
      }
    }
    return start;
  }
}
