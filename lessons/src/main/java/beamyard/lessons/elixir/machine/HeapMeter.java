package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.BigInt;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Measures in words, about as OTP lays terms out, what can be reached from the registers of an execution. */
final class HeapMeter {
  private static final long LIMIT = YardLimit.HEAP.most();

  /** The nodes of OTP's large maps take 1.7 words a key. */
  private static final long NODES_A_HUNDRED_KEYS = 170;

  private final ArrayDeque<Term> open = new ArrayDeque<>();

  /** What was counted; {@code null} while shared parts are counted as often as they are met. */
  private final @Nullable SharedParts shared;

  private long words;

  private HeapMeter(@Nullable SharedParts shared) {
    this.shared = shared;
  }

  /** The size of what the registers and the process dictionary hold; not exact above {@link YardLimit#HEAP}. */
  static long measure(Object[] registers, int count, Term dictionary) {
    long most = new HeapMeter(null).count(registers, count, dictionary);
    // Only if it seems too much is it worth finding out what is shared.
    return most <= LIMIT
        ? most
        : new HeapMeter(new SharedParts()).count(registers, count, dictionary);
  }

  /** As {@link #measure(Object[], int, Term)}, counting once what several registers hold, however little it is. */
  static long measureExactly(Object[] registers, int count, Term dictionary) {
    return new HeapMeter(new SharedParts()).count(registers, count, dictionary);
  }

  /** The size of some values that do not share parts; not exact above {@link YardLimit#HEAP}. */
  static long measure(Iterable<Term> values) {
    var meter = new HeapMeter(null);
    for (Term value : values) {
      meter.add(value);
      meter.openAll();
    }
    return meter.words;
  }

  /** The words of a value that lie outside of the heap of a process in OTP. */
  static long wordsOutside(Term value) {
    return value instanceof Bits bits ? bits.byteSize() >>> 3 : 0;
  }

  private long count(Object[] registers, int count, Term dictionary) {
    add(dictionary);
    openAll();
    for (int i = 0; i < count && words <= LIMIT; i++) {
      if (registers[i] instanceof Term term) {
        add(term);
        openAll();
      }
    }
    return words;
  }

  private void openAll() {
    while (!open.isEmpty() && words <= LIMIT) {
      open(open.removeLast());
    }
  }

  // Tests instead of switches over patterns, here and below: half the time of a large measurement.

  static boolean isCompound(Term term) {
    return term instanceof Cons
        || term instanceof Tuple
        || term instanceof MapTerm
        || term instanceof Closure;
  }

  private void add(Term term) {
    if (isCompound(term)) {
      open.addLast(term);
    } else if (term instanceof Bits) {
      words += 2 + wordsOutside(term);
    } else if (term instanceof BigInt large) {
      words += 1 + (large.bigValue().bitLength() >>> 6);
    } else {
      words++;
    }
  }

  private void addPair(Term key, Term value) {
    add(key);
    add(value);
  }

  private void open(Term term) {
    if (term instanceof Cons cons) {
      list(cons);
    } else if (shared != null && !shared.isNew(term)) {
      return;
    } else if (term instanceof Tuple tuple) {
      words++;
      for (int i = 0; i < tuple.size(); i++) {
        add(tuple.get(i));
      }
    } else if (term instanceof MapTerm map) {
      words += 2 + (map.isLarge() ? map.size() * NODES_A_HUNDRED_KEYS / 100 : 0);
      map.forEachPair(this::addPair);
    } else if (term instanceof Closure closure) {
      words += 2;
      closure.free().forEach(this::add);
    }
  }

  private void list(Cons cons) {
    long cells = shared == null ? Long.MAX_VALUE : shared.newCells(cons);
    Term rest = cons;
    while (cells > 0 && rest instanceof Cons cell && words <= LIMIT) {
      words++;
      add(cell.head());
      rest = cell.tail();
      cells--;
    }
    if (!(rest instanceof Cons)) {
      add(rest);
    }
  }
}
