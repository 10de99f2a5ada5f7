package beamyard.ui.desktop.run;

import beamyard.lessons.exploration.Counterexample;
import beamyard.lessons.exploration.Showing;
import beamyard.lessons.script.ScriptProblem;
import beamyard.lessons.shell.Console;
import beamyard.ui.desktop.run.Printed.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * A counterexample of an exploration as a run of the window, led to what was violated.
 *
 * @param story with the place of each line in the run
 */
public record StoryRun(Run run, Story story) {
  private static final String CHOSEN =
      " Every step of it was chosen: a message is under way until its turn comes, and each step takes "
          + Motion.STEP_NANOS / 1_000_000
          + " ms here, so that there is something to see.";

  /**
   * What is told of a run.
   *
   * @param file of the program
   * @param program its text
   * @param violation the last line
   * @param note on how the run is shown
   */
  public record Story(
      String file, String program, String violation, String note, List<Line> lines) {}

  /** A line of a story, and the place of the run at which what it tells has happened. */
  public record Line(String text, Position place) {}

  /**
   * Runs a counterexample again; {@link ScriptProblem} if it violates nothing any more.
   *
   * @param cancelled asked now and then; if it is so, that ends in a {@link CancellationException}
   */
  public static StoryRun of(Counterexample known, BooleanSupplier cancelled) {
    StoryRun told =
        switch (Showing.of(known)) {
          case Showing.Timed timed -> timed(timed, cancelled);
          case Showing.Chosen chosen -> chosen(chosen, cancelled);
        };
    told.run().beganAs(known.write());
    return told;
  }

  private static StoryRun timed(Showing.Timed showing, BooleanSupplier cancelled) {
    Run run = Run.of(showing.shown().disturbance().seed(), showing::begin);
    Position beginning = run.position();
    showType(run, showing);
    for (Showing.Timed.Deed deed : showing.deeds()) {
      advance(run, deed.atNanos(), cancelled);
      run.obey(new Command.Happen("done by the exploration", deed.what()));
    }
    advance(run, showing.endNanos(), cancelled);
    List<Position> places = showing.instants().stream().map(run::placeAt).toList();
    return new StoryRun(run, story(showing.shown(), "", beginning, places, run.position()));
  }

  private static void advance(Run run, long untilNanos, BooleanSupplier cancelled) {
    if (run.advance(untilNanos, () -> false, cancelled) == Run.Advance.INTERRUPTED) {
      throw new CancellationException();
    }
  }

  private static StoryRun chosen(Showing.Chosen showing, BooleanSupplier cancelled) {
    Run run = Run.chosen(showing::begin);
    var after = new ArrayList<Position>();
    after.add(run.position());
    showType(run, showing);
    while (after.size() <= showing.steps()) {
      run.advance(Long.MAX_VALUE, () -> true, () -> false);
      after.add(run.position());
      if (cancelled.getAsBoolean()) {
        throw new CancellationException();
      }
    }
    List<Position> places = showing.stepsOfLines().stream().map(after::get).toList();
    return new StoryRun(
        run, story(showing.shown(), CHOSEN, after.getFirst(), places, after.getLast()));
  }

  /** The program is typed by the exploration itself; the terminal shows it all the same. */
  private static void showType(Run run, Showing showing) {
    String first = showing.shown().nodes().getFirst();
    String prompt = run.simulation().node(first).owned(Console.class).promptText();
    run.print(first, Source.INPUT, prompt + showing.typed() + "\n");
  }

  private static Story story(
      Counterexample shown, String note, Position beginning, List<Position> places, Position end) {
    var lines = new ArrayList<Line>();
    String nodes = String.join(", ", shown.nodes());
    lines.add(new Line(nodes + (shown.nodes().size() == 1 ? " is up" : " are up"), beginning));
    Position last = beginning;
    for (int i = 0; i < places.size(); i++) {
      last =
          places.get(i).isAfter(last)
              ? places.get(i)
              : last; // a line on what is left out tells no time
      lines.add(new Line(shown.told().get(i), last));
    }
    lines.add(new Line(shown.violation(), end));
    return new Story(shown.program(), shown.text(), shown.violation(), note, List.copyOf(lines));
  }
}
