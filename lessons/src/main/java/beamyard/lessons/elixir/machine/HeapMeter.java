package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Measures in words, about as OTP lays terms out, what can be reached from the registers of an execution. */
final class HeapMeter {
  private static final long LIMIT = YardLimit.HEAP.most();

  private final ArrayDeque<Term> open = new ArrayDeque<>();

  /** What was counted; {@code null} while shared parts are counted as often as they are met. */
  private final @Nullable Set<Term> seen;

  private long words;

  private HeapMeter(@Nullable Set<Term> seen) {
    this.seen = seen;
  }

  /** The size of what the registers and the process dictionary hold; not exact above {@link YardLimit#HEAP}. */
  static long measure(Object[] registers, int count, Term dictionary) {
    long most = new HeapMeter(null).count(registers, count, dictionary);
    // Only if it seems too much is it worth finding out what is shared.
    if (most <= LIMIT) {
      return most;
    }
    var seen = new IdentityHashMap<Term, Boolean>(); // lookups only
    return new HeapMeter(Collections.newSetFromMap(seen)).count(registers, count, dictionary);
  }

  private long count(Object[] registers, int count, Term dictionary) {
    add(dictionary);
    while (!open.isEmpty() && words <= LIMIT) {
      open(open.removeLast());
    }
    for (int i = 0; i < count && words <= LIMIT; i++) {
      if (registers[i] instanceof Term term) {
        add(term);
        while (!open.isEmpty() && words <= LIMIT) {
          open(open.removeLast());
        }
      }
    }
    return words;
  }

  private boolean isNew(Term term) {
    return seen == null || seen.add(term);
  }

  private void add(Term term) {
    switch (term) {
      case Cons _, Tuple _, MapTerm _, Closure _ -> open.addLast(term);
      case Bits bits -> words += 2 + (bits.byteSize() >>> 3);
      default -> words++;
    }
  }

  private void open(Term term) {
    switch (term) {
      case Cons cons -> {
        Term rest = cons;
        while (rest instanceof Cons cell && words <= LIMIT && isNew(cell)) {
          words++;
          add(cell.head());
          rest = cell.tail();
        }
        if (!(rest instanceof Cons)) {
          add(rest);
        }
      }
      case Tuple tuple when isNew(tuple) -> {
        words++;
        for (int i = 0; i < tuple.size(); i++) {
          add(tuple.get(i));
        }
      }
      case MapTerm map when isNew(map) -> {
        words += 2;
        for (MapTerm.Entry entry : map) {
          add(entry.key());
          add(entry.value());
        }
      }
      case Closure closure -> {
        words += 2;
        closure.free().forEach(this::add);
      }
      default -> {}
    }
  }
}
