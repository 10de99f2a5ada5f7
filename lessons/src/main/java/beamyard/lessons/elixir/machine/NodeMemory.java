package beamyard.lessons.elixir.machine;

import beamyard.simulator.Node;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessTable;
import beamyard.simulator.term.Pid;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The memory of a node that was started with a limit of it: what its processes were last found to hold, and their messages.
 * A node that wants more ends, as OTP's does when its allocator gets nothing more. Unlike OTP's, tables are not counted, and
 * where the limit of the yard for one heap is the lesser one, that is met first.
 */
final class NodeMemory {
  /** Bytes of a real node without processes of anybody. */
  private static final long AT_REST = 40_000_000;

  private static final int BYTES_A_WORD = 8;

  /** Words that a process has which was never found to be large: its heap, its stack and what the runtime knows of it. */
  private static final long SMALLEST = 338;

  /** Messages are measured anew when there are so many times as many. */
  private static final double GROWN = 1.25;

  private final long limit;
  private final Map<Pid, Held> held; // lookups only

  private record Held(long words, int messages, long messageWords) {}

  private static final Held LITTLE = new Held(SMALLEST, 0, 0);

  private NodeMemory(long limit, Map<Pid, Held> held) {
    this.limit = limit;
    this.held = held;
  }

  /** Whether a node has a limit. */
  static boolean isLimited(ProcessContext self) {
    return self.owned(Node.class).settings().limits().memory().isPresent();
  }

  /** Takes down that a running process holds so many words; ends the node if that is more than there is for all. */
  static void note(ProcessContext self, long words) {
    Node node = self.owned(Node.class);
    OptionalLong limit = node.settings().limits().memory();
    if (limit.isEmpty()) {
      return;
    }
    if (!node.owns(NodeMemory.class)) {
      node.own(
          NodeMemory.class,
          new NodeMemory(limit.getAsLong(), new LinkedHashMap<>()),
          NodeMemory::copy);
    }
    node.owned(NodeMemory.class).grow(self, node.processes(), words);
  }

  private NodeMemory copy() {
    return new NodeMemory(limit, new LinkedHashMap<>(held));
  }

  private void grow(ProcessContext self, ProcessTable processes, long words) {
    Held before = held.getOrDefault(self.self(), LITTLE);
    held.put(self.self(), new Held(words, before.messages, before.messageWords));
    long total = 0;
    for (Pid pid : processes.processes()) {
      Held each = measured(processes, pid);
      total += HeapSizes.holding(each.words) + each.messageWords;
    }
    if (AT_REST + total * BYTES_A_WORD > limit) {
      long wanted = HeapSizes.holding(HeapSizes.holding(words) + 1) * BYTES_A_WORD;
      Abort.of(
          self, "eheap_alloc: Cannot allocate " + wanted + " bytes of memory (of type \"heap\").");
    }
  }

  private Held measured(ProcessTable processes, Pid pid) {
    Held known = held.getOrDefault(pid, LITTLE);
    int messages = processes.messagesOf(pid);
    if (messages <= known.messages * GROWN && messages >= known.messages / GROWN) {
      return known;
    }
    var found = new Held(known.words, messages, HeapMeter.measure(processes.mailboxOf(pid)));
    held.put(pid, found);
    return found;
  }
}
