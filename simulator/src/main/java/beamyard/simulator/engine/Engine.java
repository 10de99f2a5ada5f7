package beamyard.simulator.engine;

import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a simulation and what is still to happen. Events come out in the order (virtual time, priority, order of
 * scheduling); the last breaks every tie, so that equal inputs give equal runs.
 */
public final class Engine {
  /*
   * A 4-ary heap of slots. What orders an event lies in arrays of longs in the order of the heap, so that comparing touches
   * no objects, and the four children of an entry lie side by side, most often in one line of the cache; `position` finds a
   * slot in the heap again, so that cancelling removes at once. A ticket holds the slot and the number of the event, so that
   * a ticket of an event that is gone never cancels a later user of its slot.
   */
  private static final int SLOT_BITS = 24;
  private static final int SEQUENCE_BITS = 63 - SLOT_BITS;
  private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;

  private final Choices choices;
  private long now;
  private long nextSequence;
  private int size;

  /**
   * Whether the event at the root has happened and its place is not filled yet: most events plan another that is due soon,
   * which then comes to stand there, or near it, at once.
   */
  private boolean rootIsVacant;

  /** By place in the heap: the instant. */
  private long[] times;

  /** By place in the heap: priority above {@link #SEQUENCE_BITS}, sequence number below. */
  private long[] ranks;

  /** By place in the heap: the slot. */
  private int[] heap;

  /** By slot: the place in the heap. */
  private int[] position;

  /** By slot. */
  private @Nullable Event[] events;

  /** Free slots form a stack. */
  private int[] free;

  private int freeCount;

  public Engine(Choices choices) {
    this(choices, 64);
  }

  private Engine(Choices choices, int capacity) {
    this.choices = choices;
    heap = new int[capacity];
    position = new int[capacity];
    times = new long[capacity];
    ranks = new long[capacity];
    events = new Event[capacity];
    free = new int[capacity];
    for (int slot = capacity - 1; slot >= 0; slot--) {
      free[freeCount++] = slot;
    }
  }

  private Engine(Engine other, Choices itsChoices) {
    choices = itsChoices;
    now = other.now;
    nextSequence = other.nextSequence;
    size = other.size;
    rootIsVacant = other.rootIsVacant;
    heap = other.heap.clone();
    position = other.position.clone();
    times = other.times.clone();
    ranks = other.ranks.clone();
    events = other.events.clone();
    free = other.free.clone();
    freeCount = other.freeCount;
  }

  /** An independent engine that goes on the same way, its choices included. */
  public Engine copy() {
    return new Engine(this, choices.copy());
  }

  /** A copy that asks others from here on. */
  public Engine copy(Choices itsChoices) {
    return new Engine(this, itsChoices);
  }

  /** Nanoseconds of virtual time since the start. */
  public long now() {
    return now;
  }

  public Choices choices() {
    return choices;
  }

  /** How many events are still to happen. */
  public int pending() {
    return size - (rootIsVacant ? 1 : 0);
  }

  /**
   * Lets an event happen later, or next at the earliest if the time has passed.
   *
   * @param priority 0 to 255; of two events of one instant the lower number happens first
   * @return a ticket for {@link #cancel}
   */
  public long schedule(long atNanos, int priority, Event event) {
    if (freeCount == 0) {
      grow();
    }
    int slot = free[--freeCount];
    long sequence = nextSequence++ & SEQUENCE_MASK;
    events[slot] = event;
    long rank = ((long) priority << SEQUENCE_BITS) | sequence;
    if (rootIsVacant) {
      rootIsVacant = false;
      siftDown(0, Math.max(atNanos, now), rank, slot);
    } else {
      siftUp(size++, Math.max(atNanos, now), rank, slot);
    }
    return (sequence << SLOT_BITS) | slot;
  }

  /** Takes a planned event back; {@code false} if it has happened or was cancelled before. */
  public boolean cancel(long ticket) {
    int slot = slot(ticket);
    if (slot < 0) {
      return false;
    }
    removeAt(position[slot]);
    release(slot);
    return true;
  }

  /** When the next event happens; empty if there is none. */
  public OptionalLong nextTime() {
    fillRoot();
    return size == 0 ? OptionalLong.empty() : OptionalLong.of(times[0]);
  }

  /** How many events were ever planned: those planned from now on have a greater {@link #order}. */
  public long planned() {
    return nextSequence;
  }

  /** The number of the event of a ticket, in the order of planning. */
  public static long order(long ticket) {
    return ticket >>> SLOT_BITS;
  }

  /** Is shown what is pending. */
  @FunctionalInterface
  public interface Visitor {
    void visit(long ticket, long atNanos, Event event);
  }

  /** Shows every pending event, in no particular order. */
  public void forEachPending(Visitor visitor) {
    fillRoot();
    for (int index = 0; index < size; index++) {
      int slot = heap[index];
      long ticket = ((ranks[index] & SEQUENCE_MASK) << SLOT_BITS) | slot;
      visitor.visit(ticket, times[index], pending(slot));
    }
  }

  /** Takes one event out before its turn, and moves the clock to its instant if that is later. */
  public Event take(long ticket) {
    int slot = requireSlot(ticket);
    now = Math.max(now, times[position[slot]]);
    return takeNow(ticket);
  }

  /** Takes one event out before its turn, and leaves the clock as it is. */
  public Event takeNow(long ticket) {
    int slot = requireSlot(ticket);
    Event event = pending(slot);
    removeAt(position[slot]);
    release(slot);
    return event;
  }

  private int requireSlot(long ticket) {
    fillRoot();
    int slot = slot(ticket);
    if (slot < 0) {
      throw new AssertionError("no event is pending under ticket " + ticket);
    }
    return slot;
  }

  private Event pending(int slot) {
    Event event = events[slot];
    if (event == null) {
      throw new AssertionError("slot " + slot + " is empty");
    }
    return event;
  }

  /** Takes the next event out and moves the clock to its instant; {@code null} if there is none. */
  public @Nullable Event next() {
    fillRoot();
    if (size == 0) {
      return null;
    }
    int slot = heap[0];
    now = Math.max(now, times[0]); // an event may have been passed over: see take
    Event event = events[slot];
    rootIsVacant = true;
    release(slot);
    return event;
  }

  /** Takes the event that has happened out of the heap, unless another has taken its place. */
  private void fillRoot() {
    if (rootIsVacant) {
      rootIsVacant = false;
      removeAt(0);
    }
  }

  /** Moves the clock on without an event; not beyond the next event, not back. */
  public void advanceTo(long atNanos) {
    fillRoot();
    if (atNanos < now || size > 0 && times[0] < atNanos) {
      throw new AssertionError(
          "cannot move the clock from " + now + " to " + atNanos + ", next event: " + nextTime());
    }
    now = atNanos;
  }

  private int slot(long ticket) {
    int slot = (int) (ticket & ((1 << SLOT_BITS) - 1));
    boolean pending =
        ticket >= 0
            && slot < events.length
            && events[slot] != null
            && (ranks[position[slot]] & SEQUENCE_MASK) == ticket >>> SLOT_BITS;
    return pending ? slot : -1;
  }

  private void release(int slot) {
    events[slot] = null;
    free[freeCount++] = slot;
  }

  private void removeAt(int index) {
    int last = --size;
    if (index == last) {
      return;
    }
    long time = times[last];
    long rank = ranks[last];
    int parent = (index - 1) >>> 2;
    boolean rises =
        index > 0 && (time < times[parent] || time == times[parent] && rank < ranks[parent]);
    if (rises) {
      siftUp(index, time, rank, heap[last]);
    } else {
      siftDown(index, time, rank, heap[last]);
    }
  }

  private void put(int index, long time, long rank, int slot) {
    times[index] = time;
    ranks[index] = rank;
    heap[index] = slot;
    position[slot] = index;
  }

  private void siftUp(int start, long time, long rank, int slot) {
    int index = start;
    while (index > 0) {
      int parent = (index - 1) >>> 2;
      long above = times[parent];
      if (above < time || above == time && ranks[parent] < rank) {
        break;
      }
      put(index, above, ranks[parent], heap[parent]);
      index = parent;
    }
    put(index, time, rank, slot);
  }

  private void siftDown(int start, long time, long rank, int slot) {
    int index = start;
    while (true) {
      int child = (index << 2) + 1;
      if (child >= size) {
        break;
      }
      int end = Math.min(child + 4, size);
      int smallest = child;
      long least = times[child];
      for (int other = child + 1; other < end; other++) {
        long otherTime = times[other];
        if (otherTime < least || otherTime == least && ranks[other] < ranks[smallest]) {
          smallest = other;
          least = otherTime;
        }
      }
      if (least > time || least == time && ranks[smallest] > rank) {
        break;
      }
      put(index, least, ranks[smallest], heap[smallest]);
      index = smallest;
    }
    put(index, time, rank, slot);
  }

  private void grow() {
    int old = events.length;
    int capacity = old * 2;
    if (capacity > 1 << SLOT_BITS) {
      throw new IllegalStateException("more than " + (1 << SLOT_BITS) + " events are pending");
    }
    heap = Arrays.copyOf(heap, capacity);
    position = Arrays.copyOf(position, capacity);
    times = Arrays.copyOf(times, capacity);
    ranks = Arrays.copyOf(ranks, capacity);
    events = Arrays.copyOf(events, capacity);
    free = Arrays.copyOf(free, capacity);
    for (int slot = capacity - 1; slot >= old; slot--) {
      free[freeCount++] = slot;
    }
  }
}
