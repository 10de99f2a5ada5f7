package beamyard.simulator.process;

import beamyard.simulator.term.Term;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a process in the order of arrival, with a cursor for the selective receive in progress: {@code next}
 * until one matches, then {@code take}; or {@link #restart} when the receive ends otherwise.
 */
public interface Mailbox {
  /** The next message the cursor has not seen, moving the cursor behind it; {@code null} if there is none yet. */
  @Nullable Term next();

  /** Removes the message that {@link #next} gave last and moves the cursor back to the first message. */
  void take();

  /**
   * How many of the messages the process has fetched, as OTP does when a receive comes to the end of those it knows, or the
   * process sends to itself. Those that came later are no less there; {@code process_info} of the process itself leaves them out.
   */
  int fetched();

  /** Fetches all messages that have come. */
  void fetch();

  /** Moves the cursor back to the first message. */
  void restart();

  int size();

  Iterable<Term> messages();
}
