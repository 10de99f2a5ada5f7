package beamyard.exercises.straight;

import beamyard.lessons.shell.ForeignLimit;
import beamyard.simulator.process.StraightLine;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.MapTerm;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call of a solution in Java uses. {@link Metering} puts calls of the public methods into its code: every round of a loop
 * and every call is a reduction, so that virtual time passes and others have their turn; what it makes is counted in words.
 * What is made and forgotten is not given back.
 */
public final class Meter {
  /** Reductions are told to the process in lots. */
  private static final int LOT = 100;

  /** A class that needs more to be initialised does not come to an end. */
  private static final int INITIALISING_MAX = 1_000_000;

  private static final int BYTES_A_WORD = 8;
  private static final int WORDS_OF_AN_OBJECT = 3;

  private static final ThreadLocal<@Nullable Meter> CURRENT = new ThreadLocal<>();

  private final StraightLine.@Nullable Self process;
  private int lot;
  private long reductions;
  private long words;

  private Meter(StraightLine.@Nullable Self process) {
    this.process = process;
  }

  /** What this thread does from now on is done by a process. */
  static Meter of(StraightLine.Self process) {
    var meter = new Meter(process);
    CURRENT.set(meter);
    return meter;
  }

  /** Does what no process does: initialises classes. */
  static void outsideOfProcesses(Runnable work) {
    CURRENT.set(new Meter(null));
    try {
      work.run();
    } finally {
      CURRENT.remove();
    }
  }

  /** A round of a loop, or a call. */
  public static void tick() {
    Meter meter = CURRENT.get();
    if (meter != null && ++meter.lot >= LOT) {
      meter.flush();
    }
  }

  /** The library goes through so many rounds. */
  public static void rounds(int count) {
    Meter meter = CURRENT.get();
    if (meter != null && count > 0) {
      meter.use(count);
    }
  }

  /** An object is made. */
  public static void object() {
    Meter meter = CURRENT.get();
    if (meter != null) {
      meter.make(WORDS_OF_AN_OBJECT);
    }
  }

  /** Something of so many elements is made, or gone through. */
  public static void elements(int count) {
    Meter meter = CURRENT.get();
    if (meter != null && count > 0) {
      meter.make(count);
    }
  }

  /** Something of two dimensions is made. */
  public static void elements(int one, int other) {
    elements((int) Math.min(Integer.MAX_VALUE, Math.max(0, (long) one) * Math.max(0, other)));
  }

  /** Something is given to the library, which may go through it, or comes from it. */
  public static void object(@Nullable Object object) {
    long size = sizeOf(object);
    if (size > 0) {
      elements((int) Math.min(Integer.MAX_VALUE, size));
    }
  }

  /** Only what the library made is asked: asking must not run code of the solution. */
  private static long sizeOf(@Nullable Object object) {
    return switch (object) {
      case String text -> text.length() / BYTES_A_WORD;
      case StringBuilder text -> text.length() / BYTES_A_WORD;
      case Bits bits -> bits.byteSize() / BYTES_A_WORD;
      case MapTerm map -> map.size();
      case Collection<?> collection when isOfTheLibrary(collection) -> collection.size();
      case Map<?, ?> map when isOfTheLibrary(map) -> map.size();
      case null -> 0;
      default -> object.getClass().isArray() ? Array.getLength(object) : 0;
    };
  }

  private static boolean isOfTheLibrary(Object object) {
    return !(object.getClass().getClassLoader() instanceof SolutionLoader);
  }

  private void make(long more) {
    words += more;
    if (words > ForeignLimit.HEAP.most()) {
      if (process == null) {
        throw new IllegalStateException("its classes need too much memory to be initialised");
      }
      throw process.end(ForeignLimit.HEAP.reached());
    }
    use(more);
  }

  private void use(long more) {
    lot += (int) Math.min(more, Integer.MAX_VALUE / 2);
    if (lot >= LOT) {
      flush();
    }
  }

  /** Tells the process what was used; others may have their turn. */
  void flush() {
    int used = lot;
    lot = 0;
    reductions += used;
    if (process == null) {
      if (reductions > INITIALISING_MAX) {
        throw new IllegalStateException("initialising its classes does not come to an end");
      }
      return;
    }
    process.compute(used);
    if (reductions > ForeignLimit.REDUCTIONS.most()) {
      throw process.end(ForeignLimit.REDUCTIONS.reached());
    }
  }

  /** The process has waited for something: what it uses at a stretch is counted anew. */
  void waited() {
    reductions = 0;
  }
}
