package beamyard.lessons.elixir.compiler;

import beamyard.simulator.term.Pid;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** The files, or the module typed at a prompt, that each process of a node is compiling: one within the other. */
final class Trackers {
  private final SequencedMap<Pid, Deque<LexicalTracker>> open = new LinkedHashMap<>();

  Trackers copy() {
    var copy = new Trackers();
    open.forEach(
        (pid, trackers) -> {
          var copies = new ArrayDeque<LexicalTracker>();
          trackers.forEach(tracker -> copies.add(tracker.copy()));
          copy.open.put(pid, copies);
        });
    return copy;
  }

  /** The innermost. */
  Optional<LexicalTracker> of(Pid process) {
    return Optional.ofNullable(open.get(process)).map(Deque::peek);
  }

  /** Begins a file, perhaps in the middle of another. */
  void begin(Pid process) {
    open.computeIfAbsent(process, _ -> new ArrayDeque<>()).push(new LexicalTracker());
  }

  /** Ends the innermost. */
  Optional<LexicalTracker> end(Pid process) {
    Deque<LexicalTracker> trackers = open.get(process);
    if (trackers == null) {
      return Optional.empty();
    }
    LexicalTracker ended = trackers.pop();
    if (trackers.isEmpty()) {
      open.remove(process);
    }
    return Optional.of(ended);
  }
}
