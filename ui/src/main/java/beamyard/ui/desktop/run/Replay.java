package beamyard.ui.desktop.run;

import beamyard.ui.desktop.run.Run.Dated;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * A recording being done again. What the program of today does otherwise than the one that made it, or a line that cannot be
 * done, ends it at the last good point.
 */
public final class Replay {
  private final YardFile file;
  private final Run run;
  private final List<String> unseen = new ArrayList<>();

  private Replay(YardFile file, Run begun) {
    this.file = file;
    run = begun;
  }

  /**
   * A run as far as it could be done again.
   *
   * @param problem why it is not whole; empty if it is
   */
  public record Outcome(Run run, String problem) {}

  /**
   * Does a recording again. What is wrong with the story that it began as is thrown as {@link Origin#again} says.
   *
   * @param progress told now and then how much of it is done, from 0 to 1
   * @param cancelled asked now and then whether to stop where it is
   */
  public static Outcome of(YardFile file, DoubleConsumer progress, BooleanSupplier cancelled) {
    Run begun =
        file.origin()
            .map(story -> story.again(cancelled))
            .orElseGet(() -> Run.withSeed(file.seed()));
    var replay = new Replay(file, begun);
    return new Outcome(replay.run, replay.redo(progress, cancelled));
  }

  private String redo(DoubleConsumer progress, BooleanSupplier cancelled) {
    Position end =
        file.end()
            .map(YardFile.End::at)
            .orElseGet(
                () -> file.inputs().isEmpty() ? Position.START : file.inputs().getLast().at());
    BooleanSupplier late =
        () -> {
          progress.accept((double) run.position().step() / Math.max(1, end.step()));
          return cancelled.getAsBoolean();
        };
    for (int i = 0; i < file.inputs().size(); i++) {
      Dated input = file.inputs().get(i);
      String which = "what was done as number " + (i + 1) + " of " + file.inputs().size();
      if (!reach(input.at(), late)) {
        return cancelled.getAsBoolean()
            ? "opening it was cancelled before " + which
            : which + " comes at another place in this version; it is opened up to there";
      }
      try {
        obey(input);
      } catch (RuntimeException e) {
        return which + " cannot be done: " + CommandText.why(e);
      }
    }
    boolean reached = reach(end, late);
    if (cancelled.getAsBoolean()) {
      return "opening it was cancelled on the way";
    }
    long its = file.end().map(YardFile.End::fingerprint).orElse(0L);
    long now = run.chronicle().fingerprint();
    if (!reached || its != 0 && now != 0 && its != now) {
      return "what happens in it is not quite what was recorded: it was made by another version";
    }
    return file.problem();
  }

  private void obey(Dated input) {
    if (input.seen() == Dated.Seen.BY_NOBODY) {
      String node = input.command().node();
      run.divert(node);
      unseen.add(node);
    }
    run.obey(input.command());
  }

  /** Goes on to a place; {@code false} if there is no such place. */
  private boolean reach(Position place, BooleanSupplier late) {
    while (run.position().step() < place.step()) {
      if (run.nextEventNanos() > place.atNanos() || late.getAsBoolean()) {
        return false;
      }
      run.advance(place.atNanos(), () -> showAgain(place), late);
    }
    while (run.position().atNanos() < place.atNanos()) {
      if (run.nextEventNanos() <= place.atNanos()) {
        return false;
      }
      run.advance(place.atNanos(), () -> false, () -> false);
    }
    return run.position().equals(place);
  }

  /** Terminals show again what is printed once what nobody was to see is over; asked after every event. */
  private boolean showAgain(Position place) {
    if (!unseen.isEmpty()) {
      unseen.removeIf(
          node -> {
            boolean over = run.isIdle(node);
            if (over) {
              run.endDiversion(node);
            }
            return over;
          });
    }
    return run.position().step() >= place.step();
  }
}
