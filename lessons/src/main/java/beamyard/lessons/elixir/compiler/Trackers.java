package beamyard.lessons.elixir.compiler;

import beamyard.simulator.term.Pid;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** The file, or the module typed at a prompt, that each process of a node is compiling. */
final class Trackers {
  private final SequencedMap<Pid, LexicalTracker> open = new LinkedHashMap<>();

  Trackers copy() {
    var copy = new Trackers();
    open.forEach((pid, tracker) -> copy.open.put(pid, tracker.copy()));
    return copy;
  }

  Optional<LexicalTracker> of(Pid process) {
    return Optional.ofNullable(open.get(process));
  }

  /** Begins a file; {@code false} if the process is in the middle of one. */
  boolean begin(Pid process) {
    return open.putIfAbsent(process, new LexicalTracker()) == null;
  }

  Optional<LexicalTracker> end(Pid process) {
    return Optional.ofNullable(open.remove(process));
  }
}
