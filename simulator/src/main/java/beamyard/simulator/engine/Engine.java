package beamyard.simulator.engine;

import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The clock and the queue of events. Events happen in the order of (time, priority, number of scheduling), so that ties are
 * never broken by chance.
 *
 * <p>Time is in virtual nanoseconds since the start of the simulation and never goes back.
 */
public final class Engine {
  private static final int ARITY = 4;
  private static final int SLOT_BITS = 32;

  private final Choices choices;
  private long now;
  private long scheduled;

  /** The heap holds slots; a slot holds an event and its place in the order. */
  private int[] heap = new int[64];

  private int size;
  private long[] times = new long[64];
  private int[] priorities = new int[64];
  private long[] numbers = new long[64];
  private @Nullable Event[] events = new @Nullable Event[64];
  private int[] freeSlots = new int[64];
  private int free;
  private int slots;

  public Engine(Choices choices) {
    this.choices = choices;
  }

  public long now() {
    return now;
  }

  public Choices choices() {
    return choices;
  }

  /**
   * Lets an event happen later, or next at the earliest if the time has passed.
   *
   * @param priority lower comes first among events of one time
   * @return a ticket for {@link #cancel}
   */
  public long schedule(long atNanos, int priority, Event event) {
    int slot = free > 0 ? freeSlots[--free] : newSlot();
    long number = scheduled++;
    times[slot] = Math.max(atNanos, now);
    priorities[slot] = priority;
    numbers[slot] = number;
    events[slot] = event;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    siftUp(size++, slot);
    return number << SLOT_BITS | slot;
  }

  /** Takes an event back; nothing happens if it has happened already. */
  public void cancel(long ticket) {
    int slot = (int) ticket;
    if (slot < slots && (numbers[slot] << SLOT_BITS | slot) == ticket) {
      events[slot] = null;
    }
  }

  /** The time of the next event; empty if there is none. */
  public OptionalLong nextTime() {
    dropCancelled();
    return size == 0 ? OptionalLong.empty() : OptionalLong.of(times[heap[0]]);
  }

  /** Takes the next event and moves the clock to it; {@code null} if there is none. */
  public @Nullable Event next() {
    dropCancelled();
    if (size == 0) {
      return null;
    }
    int slot = heap[0];
    now = times[slot];
    Event event = events[slot];
    removeFirst();
    return event;
  }

  /** Moves the clock forward to an instant that no event comes before. */
  public void advanceTo(long nanos) {
    OptionalLong next = nextTime();
    if (nanos < now || next.isPresent() && next.getAsLong() < nanos) {
      throw new AssertionError("cannot move the clock from " + now + " to " + nanos);
    }
    now = nanos;
  }

  /** How many events wait, cancelled ones included. */
  public int pending() {
    return size;
  }

  /** An independent copy; the events are shared, since they never change. */
  public Engine copy() {
    var copy = new Engine(choices.copy());
    copy.now = now;
    copy.scheduled = scheduled;
    copy.heap = heap.clone();
    copy.size = size;
    copy.times = times.clone();
    copy.priorities = priorities.clone();
    copy.numbers = numbers.clone();
    copy.events = events.clone();
    copy.freeSlots = freeSlots.clone();
    copy.free = free;
    copy.slots = slots;
    return copy;
  }

  private int newSlot() {
    if (slots == times.length) {
      int length = slots * 2;
      times = Arrays.copyOf(times, length);
      priorities = Arrays.copyOf(priorities, length);
      numbers = Arrays.copyOf(numbers, length);
      events = Arrays.copyOf(events, length);
      freeSlots = Arrays.copyOf(freeSlots, length);
    }
    return slots++;
  }

  private void dropCancelled() {
    while (size > 0 && events[heap[0]] == null) {
      removeFirst();
    }
  }

  private void removeFirst() {
    int slot = heap[0];
    events[slot] = null;
    numbers[slot] = -1;
    freeSlots[free++] = slot;
    int last = heap[--size];
    if (size > 0) {
      siftDown(last);
    }
  }

  private void siftUp(int start, int slot) {
    int at = start;
    while (at > 0) {
      int parent = (at - 1) / ARITY;
      if (!before(slot, heap[parent])) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = slot;
  }

  private void siftDown(int slot) {
    int at = 0;
    while (true) {
      int first = at * ARITY + 1;
      if (first >= size) {
        break;
      }
      int best = first;
      for (int child = first + 1, end = Math.min(first + ARITY, size); child < end; child++) {
        if (before(heap[child], heap[best])) {
          best = child;
        }
      }
      if (!before(heap[best], slot)) {
        break;
      }
      heap[at] = heap[best];
      at = best;
    }
    heap[at] = slot;
  }

  private boolean before(int a, int b) {
    if (times[a] != times[b]) {
      return times[a] < times[b];
    }
    return priorities[a] != priorities[b] ? priorities[a] < priorities[b] : numbers[a] < numbers[b];
  }
}
