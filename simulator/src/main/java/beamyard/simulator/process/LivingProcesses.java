package beamyard.simulator.process;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The living processes of a runtime by number, oldest first. The entries of the hash table and of the list are the processes
 * themselves: a million of them need no other objects.
 */
final class LivingProcesses implements Iterable<LocalProcess> {
  private static final int INITIAL_CAPACITY = 32;

  /** By the low bits of the number, which most often are consecutive. Its length is a power of two. */
  private @Nullable LocalProcess[] buckets = new LocalProcess[INITIAL_CAPACITY];

  private @Nullable LocalProcess oldest;
  private @Nullable LocalProcess youngest;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The process of a number; {@code null} if none has it. */
  @Nullable LocalProcess get(long index) {
    LocalProcess process = buckets[bucket(index)];
    while (process != null && process.index != index) {
      process = process.nextInBucket;
    }
    return process;
  }

  private int bucket(long index) {
    return (int) index & (buckets.length - 1);
  }

  /** Adds a process whose number no other has. */
  void add(LocalProcess process) {
    if (size == buckets.length) {
      grow();
    }
    chain(process);
    process.older = youngest;
    if (youngest == null) {
      oldest = process;
    } else {
      youngest.younger = process;
    }
    youngest = process;
    size++;
  }

  private void chain(LocalProcess process) {
    int bucket = bucket(process.index);
    process.nextInBucket = buckets[bucket];
    buckets[bucket] = process;
  }

  private void grow() {
    buckets = new LocalProcess[buckets.length * 2];
    for (LocalProcess process : this) {
      chain(process);
    }
  }

  /** Removes a process; without effect if it is not here any more. */
  void remove(LocalProcess process) {
    if (!unchain(process)) {
      return;
    }
    LocalProcess before = process.older;
    LocalProcess after = process.younger;
    if (before == null) {
      oldest = after;
    } else {
      before.younger = after;
    }
    if (after == null) {
      youngest = before;
    } else {
      after.older = before;
    }
    size--;
  }

  private boolean unchain(LocalProcess process) {
    int bucket = bucket(process.index);
    LocalProcess previous = null;
    LocalProcess next = buckets[bucket];
    while (next != null && next != process) {
      previous = next;
      next = next.nextInBucket;
    }
    if (next == null) {
      return false;
    }
    if (previous == null) {
      buckets[bucket] = process.nextInBucket;
    } else {
      previous.nextInBucket = process.nextInBucket;
    }
    return true;
  }

  void clear() {
    buckets = new LocalProcess[INITIAL_CAPACITY];
    oldest = null;
    youngest = null;
    size = 0;
  }

  /** Oldest first. Processes may be added or removed meanwhile, but not the one that comes next. */
  @Override
  public Iterator<LocalProcess> iterator() {
    return new Iterator<>() {
      private @Nullable LocalProcess next = oldest;

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public LocalProcess next() {
        LocalProcess process = next;
        if (process == null) {
          throw new NoSuchElementException("no process is younger");
        }
        next = process.younger;
        return process;
      }
    };
  }
}
