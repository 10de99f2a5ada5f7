package beamyard.lessons.elixir.machine;

import beamyard.simulator.process.HeapLimit;
import beamyard.simulator.process.LogReport;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to a process whose heap has grown beyond its {@code max_heap_size}. Unlike OTP, which looks at every garbage
 * collection, the yard looks after time slices in which the process may have made as much as a quarter of its limit.
 */
final class HeapGuard {
  private static final int LOOKS_AFTER_PART = 4;
  private static final int LEAST_MESSAGE = 3;
  private static final int SMALLEST_STACK = 9;
  private static final int BINARY_BLOCK = 46_422;
  private static final String NONODE = "nonode@nohost";
  private static final Atom QUEUE_DATA = Atom.of("message_queue_data");
  private static final Atom OFF_HEAP = Atom.of("off_heap");

  private static final String SOURCE = line("Process", "~p ");
  private static final String SOURCE_ON_NODE = line("Process", "~p on node ~p");
  private static final String REPORT =
      line("Context", "maximum heap size reached")
          + line("Max Heap Size", "~p")
          + line("Total Heap Size", "~p")
          + line("Kill", "~p")
          + line("Error Logger", "~p")
          + line("Message Queue Len", "~p")
          + line("GC Info", "~p");

  private static String line(String what, String shown) {
    return " ".repeat(5) + what + ":" + " ".repeat(19 - what.length()) + shown + "~n";
  }

  private HeapGuard() {}

  /** Whether a process has a limit. */
  static boolean isSet(ProcessContext self) {
    return !HeapLimit.in(self.flags()).isNone();
  }

  /** Whether so many words made since the last look, and the messages, are reason to look again. */
  static boolean isDue(ProcessContext self, long words) {
    MapTerm flags = self.flags();
    if (flags == MapTerm.EMPTY) {
      return false; // most have none
    }
    HeapLimit limit = HeapLimit.in(flags);
    return !limit.isNone()
        && words + (long) LEAST_MESSAGE * self.mailbox().size() > limit.words() / LOOKS_AFTER_PART;
  }

  /** Logs and ends a process of so many words, besides its messages, if that is more than it may have. */
  static void check(ProcessContext self, long ownWords) {
    HeapLimit limit = HeapLimit.in(self.flags());
    if (limit.isNone()) {
      return;
    }
    long words = ownWords + wordsOfMessages(self);
    long block = HeapSizes.holding(words);
    if (block <= limit.words()) {
      return;
    }
    if (limit.logs()) {
      report(self, limit, words, block);
    }
    if (limit.kills()) {
      self.exit(self.self(), Atom.of("kill"), ExitCause.EXIT_CALL);
    }
  }

  private static long wordsOfMessages(ProcessContext self) {
    return self.flags().get(QUEUE_DATA) == OFF_HEAP
        ? 0
        : HeapMeter.measure(self.mailbox().messages());
  }

  private static void report(ProcessContext self, HeapLimit limit, long words, long block) {
    boolean named = !NONODE.equals(self.node().name());
    var arguments = new ArrayList<Term>(List.of(self.self()));
    if (named) {
      arguments.add(self.node());
    }
    arguments.add(SmallInt.of(limit.words()));
    arguments.add(SmallInt.of(block));
    arguments.add(Atom.of(limit.kills()));
    arguments.add(Atom.of(limit.logs()));
    arguments.add(SmallInt.of(self.mailbox().size()));
    arguments.add(collected(words, block));
    self.log(
        LogReport.format(
            Atom.ERROR,
            self.self(),
            (named ? SOURCE_ON_NODE : SOURCE) + REPORT,
            arguments.toArray(Term[]::new)));
  }

  /** What the garbage collector tells of the heap; the yard has one generation, and binaries are in it. */
  private static ListTerm collected(long words, long block) {
    return ListTerm.of(
        size("old_heap_block_size", 0),
        size("heap_block_size", block),
        size("mbuf_size", 0),
        size("recent_size", 0),
        size("stack_size", SMALLEST_STACK),
        size("old_heap_size", 0),
        size("heap_size", words),
        size("bin_vheap_size", 0),
        size("bin_vheap_block_size", BINARY_BLOCK),
        size("bin_old_vheap_size", 0),
        size("bin_old_vheap_block_size", BINARY_BLOCK));
  }

  private static Term size(String name, long words) {
    return Tuple.of(Atom.of(name), SmallInt.of(words));
  }
}
