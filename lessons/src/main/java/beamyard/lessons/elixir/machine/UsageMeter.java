package beamyard.lessons.elixir.machine;

import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Term;
import java.util.Optional;

/** What a call has used of its process: reductions, and words of the heap, which are counted when much may have been made. */
final class UsageMeter {
  /** After so many reductions the size of the heap is looked at; later the larger the heap. */
  private static final long MEASURED_EVERY = 4_000_000;

  private static final long MEMORY_MEASURED_EVERY = 100_000;

  /** Reductions it may use beyond what the process has; -1 to use those of the process. */
  private long allowance = -1;

  private long usedSinceMeasured;
  private long measuredAfter = MEASURED_EVERY;

  /** As {@link #measuredAfter} on a node whose memory is limited. */
  private long memoryAfter = MEMORY_MEASURED_EVERY;

  private long usedSinceWaited;

  UsageMeter copy() {
    var copy = new UsageMeter();
    copy.allowance = allowance;
    copy.usedSinceMeasured = usedSinceMeasured;
    copy.measuredAfter = measuredAfter;
    copy.memoryAfter = memoryAfter;
    copy.usedSinceWaited = usedSinceWaited;
    return copy;
  }

  /** Lets it use this many reductions at a stretch, whatever the process has left. */
  void allow(long reductions) {
    allowance = reductions;
  }

  /** What is left of what was allowed; -1 if nothing was. */
  long allowance() {
    return allowance;
  }

  /** How many reductions may be used before the next look at the process. */
  int grant(ProcessContext self) {
    return allowance >= 0 ? (int) Math.min(allowance, Integer.MAX_VALUE) : self.reductionsLeft();
  }

  /** Notes the use of reductions. */
  void used(ProcessContext self, int reductions) {
    if (reductions != 0) {
      self.consume(reductions);
      usedSinceWaited += reductions;
      if (allowance >= 0) {
        allowance = Math.max(0, allowance - reductions);
      }
    }
  }

  /** Notes a value made by a function in Java. */
  void made(Term value) {
    usedSinceMeasured += HeapMeter.wordsOutside(value);
    usedSinceWaited += HiddenWork.of(value);
  }

  /** Notes a time slice. */
  void ran(int reductions) {
    usedSinceMeasured += Math.max(0, reductions);
  }

  /** It waits for a message. */
  void waits() {
    usedSinceWaited = 0;
  }

  /** The limit that it has met; empty if it may go on. */
  Optional<YardLimit> limitMet(ProcessContext self, CallStack frames) {
    if (usedSinceWaited > YardLimit.REDUCTIONS.most()) {
      return Optional.of(YardLimit.REDUCTIONS);
    }
    return isToBeMeasured(self) && isTooLarge(self, frames)
        ? Optional.of(YardLimit.HEAP)
        : Optional.empty();
  }

  private boolean isToBeMeasured(ProcessContext self) {
    if (usedSinceMeasured > memoryAfter && !NodeMemory.isLimited(self)) {
      memoryAfter = Long.MAX_VALUE;
    }
    return usedSinceMeasured > Math.min(measuredAfter, memoryAfter)
        || HeapGuard.isDue(self, usedSinceMeasured);
  }

  private boolean isTooLarge(ProcessContext self, CallStack frames) {
    boolean guarded = NodeMemory.isLimited(self) || HeapGuard.isSet(self);
    int count = frames.size();
    long words =
        guarded
            ? HeapMeter.measureExactly(frames.stack, count, self.dictionary())
            : HeapMeter.measure(frames.stack, count, self.dictionary());
    usedSinceMeasured = 0;
    measuredAfter = Math.max(MEASURED_EVERY, words);
    memoryAfter = Math.max(MEMORY_MEASURED_EVERY, words / 4);
    if (words > YardLimit.HEAP.most()) {
      return true;
    }
    HeapGuard.check(self, words);
    NodeMemory.note(self, words);
    return false;
  }
}
