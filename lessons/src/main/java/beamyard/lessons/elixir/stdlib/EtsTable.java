package beamyard.lessons.elixir.stdlib;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.InternalHash;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermOrder;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One table: objects by key. */
final class EtsTable {
  /** What a table may hold under one key. */
  enum Type {
    SET,
    ORDERED_SET,
    BAG,
    DUPLICATE_BAG;

    boolean isBag() {
      return this == BAG || this == DUPLICATE_BAG;
    }
  }

  /** Who may read and write. */
  enum Protection {
    PUBLIC,
    PROTECTED,
    PRIVATE
  }

  /** How a table was made; only its owner changes its protection and its heir. */
  record Settings(
      Type type,
      Protection protection,
      int keyPosition,
      boolean isNamed,
      Term heir,
      Term readConcurrency,
      Term writeConcurrency,
      Term decentralizedCounters,
      Term compressed) {
    Settings withProtection(Protection other) {
      return new Settings(
          type,
          other,
          keyPosition,
          isNamed,
          heir,
          readConcurrency,
          writeConcurrency,
          decentralizedCounters,
          compressed);
    }

    Settings withHeir(Term other) {
      return new Settings(
          type,
          protection,
          keyPosition,
          isNamed,
          other,
          readConcurrency,
          writeConcurrency,
          decentralizedCounters,
          compressed);
    }
  }

  final Reference id;
  Settings settings;
  Atom name;
  Pid owner;
  private final Map<Term, List<Tuple>> objects;
  private int size;
  private long buckets = 256;
  private @Nullable List<Term> order;

  EtsTable(Reference id, Atom name, Pid owner, Settings settings) {
    this.id = id;
    this.name = name;
    this.owner = owner;
    this.settings = settings;
    this.objects =
        settings.type() == Type.ORDERED_SET
            ? new TreeMap<>(TermOrder.STANDARD)
            : new LinkedHashMap<>();
  }

  EtsTable copy() {
    var copy = new EtsTable(id, name, owner, settings);
    objects.forEach((key, list) -> copy.objects.put(key, new ArrayList<>(list)));
    copy.size = size;
    copy.buckets = buckets;
    return copy;
  }

  int size() {
    return size;
  }

  Term key(Tuple object) {
    return object.get(settings.keyPosition() - 1);
  }

  boolean contains(Term key) {
    return objects.containsKey(key);
  }

  /** The objects with a key, oldest first. */
  List<Tuple> get(Term key) {
    List<Tuple> found = objects.get(key);
    return found == null ? List.of() : List.copyOf(found);
  }

  void insert(Tuple object) {
    List<Tuple> same = objects.get(key(object));
    if (settings.type() == Type.BAG && same != null && same.contains(object)) {
      return;
    }
    if (same == null) {
      same = new ArrayList<>(1);
      objects.put(key(object), same);
      order = null;
    }
    if (!settings.type().isBag()) {
      size -= same.size();
      same.clear();
    }
    same.add(object);
    size++;
    if (size > buckets) {
      buckets++;
      order = null;
    }
  }

  void remove(Term key) {
    List<Tuple> gone = objects.remove(key);
    if (gone != null) {
      size -= gone.size();
      order = null;
    }
  }

  void removeObject(Tuple object) {
    List<Tuple> same = objects.get(key(object));
    if (same != null) {
      size -= same.size();
      same.removeIf(object::equals);
      size += same.size();
      if (same.isEmpty()) {
        objects.remove(key(object));
        order = null;
      }
    }
  }

  void clear() {
    objects.clear();
    size = 0;
    order = null;
  }

  /** The keys in the order of {@code first} and {@code next}: by value, or by place in the hash table. */
  List<Term> keys() {
    if (order == null) {
      order = new ArrayList<>(objects.keySet());
      if (settings.type() != Type.ORDERED_SET) {
        var places = new LinkedHashMap<Term, Long>();
        order.forEach(key -> places.put(key, place(key)));
        order.sort((a, b) -> Long.compare(places.get(a), places.get(b)));
      }
    }
    return order;
  }

  /* A linear hash table as in erl_db_hash.c: it grows by one bucket with each object once it has as many as buckets. */
  private long place(Term key) {
    long hash = InternalHash.of(key) & 0x7FFF_FFFFL;
    long mask = Long.highestOneBit(Math.max(1, buckets - 1)) * 2 - 1;
    long index = hash & mask;
    return index >= buckets ? hash & mask >> 1 : index;
  }

  /** The key after one; {@code null} at the end. For an ordered set the key need not be in the table. */
  @Nullable Term next(Term key) {
    if (objects instanceof TreeMap<Term, List<Tuple>> sorted) {
      return sorted.higherKey(key);
    }
    int index = keys().indexOf(key);
    return index + 1 < keys().size() ? keys().get(index + 1) : null;
  }

  @Nullable Term previous(Term key) {
    return objects instanceof TreeMap<Term, List<Tuple>> sorted ? sorted.lowerKey(key) : next(key);
  }

  /** The objects of a slot; {@code null} behind the last one. */
  @Nullable List<Tuple> slot(int index) {
    if (settings.type() == Type.ORDERED_SET) {
      return index < keys().size() ? get(keys().get(index)) : null;
    }
    if (index >= buckets) {
      return null;
    }
    var found = new ArrayList<Tuple>();
    keys().reversed().stream()
        .filter(key -> place(key) == index)
        .forEach(key -> found.addAll(objects.get(key)));
    return found;
  }

  /** All objects in the order of {@code tab2list}, {@code match} and {@code select}. */
  List<Tuple> all() {
    var all = new ArrayList<Tuple>(size);
    List<Term> keys = settings.type() == Type.ORDERED_SET ? keys() : keys().reversed();
    keys.forEach(key -> all.addAll(objects.get(key)));
    return all;
  }
}
