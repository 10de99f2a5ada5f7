package beamyard.simulator.kernel;

import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;

/** What is locked and for whom: {@code {Resource, Requester}}. */
record LockId(Term resource, Term requester) {
  static Optional<LockId> of(Term term) {
    return term instanceof Tuple pair && pair.size() == 2
        ? Optional.of(new LockId(pair.get(0), pair.get(1)))
        : Optional.empty();
  }

  Term term() {
    return Tuple.of(resource, requester);
  }
}
