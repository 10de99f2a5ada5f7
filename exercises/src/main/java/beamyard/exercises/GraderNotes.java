package beamyard.exercises;

import beamyard.simulator.process.JavaHandler;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the checks tell the grader on one node, in order: a process of the node writes it down. */
final class GraderNotes {
  /** The name of the process that takes the notes. */
  static final Atom GRADER = Atom.of("exercise_grader");

  static final JavaHandler<Integer> TAKER =
      (count, message, self) -> {
        self.owned(GraderNotes.class).notes.add(message);
        return JavaHandler.Step.next(count + 1);
      };

  private static final Atom VERDICT = Atom.of("verdict");
  private static final Atom DECLARED = Atom.of("declared");
  private static final Atom PREPARED = Atom.of("prepared");

  private final List<Term> notes = new ArrayList<>();

  GraderNotes copy() {
    var copy = new GraderNotes();
    copy.notes.addAll(notes);
    return copy;
  }

  boolean isPrepared() {
    return notes.contains(PREPARED);
  }

  /** {@code passed} or {@code {failed, Text}}, once there is a verdict that was given with a key, which only the check knows. */
  Optional<Term> verdict(Term key) {
    for (Term note : notes) {
      if (note instanceof Tuple told && told.isTagged(VERDICT, 3) && told.get(1).equals(key)) {
        return Optional.of(told.get(2));
      }
    }
    return Optional.empty();
  }

  /** The checks of the module. */
  Optional<Term> declared() {
    return tagged(DECLARED);
  }

  private Optional<Term> tagged(Atom tag) {
    for (Term note : notes) {
      if (note instanceof Tuple pair && pair.isTagged(tag, 2)) {
        return Optional.of(pair.get(1));
      }
    }
    return Optional.empty();
  }
}
