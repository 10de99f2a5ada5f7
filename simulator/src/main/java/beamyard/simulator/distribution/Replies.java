package beamyard.simulator.distribution;

import beamyard.simulator.process.Mailbox;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;
import java.util.function.Function;

/** A selective receive of one tuple. */
final class Replies {
  private Replies() {}

  /** Takes the first tuple in the mailbox of which {@code pick} makes something; empty if there is none yet. */
  static Optional<Term> await(ProcessContext self, Function<Tuple, Optional<Term>> pick) {
    Mailbox mailbox = self.mailbox();
    for (Term message = mailbox.next(); message != null; message = mailbox.next()) {
      Optional<Term> picked = message instanceof Tuple tuple ? pick.apply(tuple) : Optional.empty();
      if (picked.isPresent()) {
        mailbox.take();
        return picked;
      }
    }
    return Optional.empty();
  }
}
