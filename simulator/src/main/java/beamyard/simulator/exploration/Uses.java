package beamyard.simulator.exploration;

import beamyard.simulator.process.Footprint;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What one happening used: two happenings that use nothing in common, or only read it, commute. */
public final class Uses {
  /** Nothing was used. */
  public static final Uses NONE = new Uses(new long[0], new long[0]);

  /** A thing that stands for what somebody watches. */
  private static final long WATCHED = -1;

  private final long[] reads;
  private final long[] writes;

  private Uses(long[] reads, long[] writes) {
    this.reads = reads;
    this.writes = writes;
  }

  /** Whether the order of two happenings may matter. */
  public boolean conflict(Uses other) {
    return meets(writes, other.writes) || meets(writes, other.reads) || meets(reads, other.writes);
  }

  /** Whether something is changed here that was used there. */
  public boolean changes(Uses other) {
    return meets(writes, other.reads) || meets(writes, other.writes);
  }

  private static boolean meets(long[] some, long[] others) {
    for (long one : some) {
      for (long other : others) {
        if (one == other) {
          return true;
        }
      }
    }
    return false;
  }

  /** Everything that either used. */
  public Uses with(Uses other) {
    return new Uses(union(reads, other.reads), union(writes, other.writes));
  }

  private static long[] union(long[] some, long[] others) {
    long[] all = Arrays.copyOf(some, some.length + others.length);
    System.arraycopy(others, 0, all, some.length, others.length);
    return Arrays.stream(all).sorted().distinct().toArray();
  }

  /** The same, and somebody watched: the order of two of these matters. */
  Uses watched() {
    return with(new Uses(new long[0], new long[] {WATCHED}));
  }

  /** Whether the same was used. */
  public boolean isSame(Uses other) {
    return Arrays.equals(reads, other.reads) && Arrays.equals(writes, other.writes);
  }

  /** Takes notes while something happens. Things get numbers, the same for as long as it lives. */
  static final class Notes implements Footprint {
    private static final int KIND_BITS = 3;
    private static final int VM_SHIFT = 44;
    private static final long WORK = 0;
    private static final long LIFE = 1;
    private static final long WHOLE = 2;
    private static final long NAMED = 3;

    private final Map<Thing, Long> numbers = new HashMap<>(); // lookups only
    private long[] reads = new long[16];
    private long[] writes = new long[16];
    private int readCount;
    private int writeCount;

    @Override
    public void used(Access access, int vm, Thing thing) {
      long number = number(vm, thing);
      if (access == Access.WRITE) {
        write(number);
      } else {
        read(number);
      }
      if (vm != 0) {
        read((long) vm << VM_SHIFT | WHOLE);
      }
    }

    private long number(int vm, Thing thing) {
      long low =
          switch (thing) {
            case Thing.Work(long process) -> process << KIND_BITS | WORK;
            case Thing.Life(long process) -> process << KIND_BITS | LIFE;
            case Thing.Whole() -> WHOLE;
            case Thing.Name _, Thing.Data _, Thing.Shared _ ->
                numbers.computeIfAbsent(thing, _ -> (long) numbers.size()) << KIND_BITS | NAMED;
          };
      return (long) vm << VM_SHIFT | low;
    }

    private void write(long number) {
      if (contains(writes, writeCount, number)) {
        return;
      }
      if (writeCount == writes.length) {
        writes = Arrays.copyOf(writes, writeCount * 2);
      }
      writes[writeCount++] = number;
    }

    private void read(long number) {
      if (contains(reads, readCount, number)) {
        return;
      }
      if (readCount == reads.length) {
        reads = Arrays.copyOf(reads, readCount * 2);
      }
      reads[readCount++] = number;
    }

    private static boolean contains(long[] numbers, int count, long number) {
      for (int i = 0; i < count; i++) {
        if (numbers[i] == number) {
          return true;
        }
      }
      return false;
    }

    /** What was used since this was last asked. */
    Uses take() {
      var uses = new Uses(Arrays.copyOf(reads, readCount), Arrays.copyOf(writes, writeCount));
      readCount = 0;
      writeCount = 0;
      return uses;
    }
  }
}
