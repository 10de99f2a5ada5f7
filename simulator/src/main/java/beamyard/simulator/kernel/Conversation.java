package beamyard.simulator.kernel;

import beamyard.simulator.process.Mailbox;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Term;
import org.jspecify.annotations.Nullable;

/**
 * A call of the kernel that runs in its caller and may wait: a machine that goes from {@link Turn} to turn, with the
 * caller's pid and mailbox.
 */
public final class Conversation implements Routine {
  private Turn turn;

  public Conversation(Turn first) {
    this.turn = first;
  }

  @Override
  public Outcome run(ProcessContext self) {
    while (true) {
      if (self.reductionsLeft() <= 0) {
        return Outcome.YIELDED;
      }
      self.consume(1);
      switch (turn) {
        case Turn.Done(Outcome outcome) -> {
          return outcome;
        }
        case Turn.Act(Turn.Action action) -> turn = act(self, action);
        case Turn.Await await -> {
          Turn next = receive(self, await);
          if (next == null) {
            return new Outcome.Waiting(await.deadlineNanos());
          }
          turn = next;
        }
        case Turn.Run(Routine routine, Turn.Then<Outcome> then) -> {
          Outcome outcome = routine.run(self);
          if (outcome instanceof Outcome.Yielded || outcome instanceof Outcome.Waiting) {
            return outcome;
          }
          turn = new Turn.Act(again -> then.then(again, outcome));
        }
      }
    }
  }

  private static Turn act(ProcessContext self, Turn.Action action) {
    try {
      return action.act(self);
    } catch (Shape.Mismatch mismatch) {
      return Turn.error(mismatch.reason());
    }
  }

  private static @Nullable Turn receive(ProcessContext self, Turn.Await await) {
    Mailbox mailbox = self.mailbox();
    for (Term message = mailbox.next(); message != null; message = mailbox.next()) {
      Turn.Action action = await.reader().read(message);
      if (action != null) {
        mailbox.take();
        return new Turn.Act(action);
      }
    }
    if (self.now() >= await.deadlineNanos()) {
      mailbox.restart();
      return new Turn.Act(await.late());
    }
    return null;
  }

  @Override
  public void abandon() {
    if (turn instanceof Turn.Run(Routine routine, _)) {
      routine.abandon();
    }
  }

  @Override
  public Routine copy() {
    return new Conversation(
        turn instanceof Turn.Run(Routine routine, Turn.Then<Outcome> then)
            ? new Turn.Run(routine.copy(), then)
            : turn);
  }
}
