package beamyard.lessons.exploration;

import beamyard.lessons.exploration.ProgramRun.Violation;
import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.LessonPlayer;
import beamyard.lessons.script.LessonReader;
import beamyard.lessons.script.RecordedPlay;
import beamyard.simulator.Fault;
import beamyard.simulator.FaultSchedule.Step;
import beamyard.simulator.FaultText;
import beamyard.simulator.trace.Trace;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A counterexample as a page of a lesson: the faults as calls of {@code Sandbox}, the program, and at the end what was stated, asked
 * at a prompt. A page types one line after the other and so is not quite the run that was found; it is told only if it shows
 * the violation when it is played.
 */
public sealed interface ViolationPage {
  /**
   * A page that shows the violation.
   *
   * @param text Markdown, as {@code play} takes it
   * @param seed from which it shows it when played
   */
  record Shown(String text, long seed) implements ViolationPage {}

  /**
   * There is no such page.
   *
   * @param why as the end of a sentence
   */
  record Untellable(String why) implements ViolationPage {}

  /** How many seeds are tried, from 1. */
  long SEEDS = 20;

  /** Writes the page of a counterexample and plays it. */
  static ViolationPage of(Counterexample known) {
    if (known.schedule().isPresent()) {
      return new Untellable("the order of its signals was chosen one by one, which a page cannot");
    }
    Optional<Fault> speechless =
        known.disturbance().faults().steps().stream()
            .map(Step::fault)
            .filter(fault -> SandboxCall.of(fault).isEmpty())
            .findFirst();
    if (speechless.isPresent()) {
      return new Untellable("no call of Sandbox does '" + FaultText.of(speechless.get()) + "'");
    }
    ProgramRun.Result run = ProgramRun.of(Rehearsal.of(known), known.disturbance(), Trace.OFF);
    if (run.violation().isEmpty()) {
      return new Untellable("it violates nothing any more");
    }
    Violation violation = run.violation().get();
    Optional<String> property = StatedProperty.in(known.text(), violation.property());
    if (property.isEmpty()) {
      return new Untellable(
          "its text nowhere says Sandbox."
              + violation.property().replaceFirst(" ", "(")
              + ", fn -> ... end)");
    }
    var writer = new ViolationPageWriter(known, violation, run.millis(), property.get());
    return played(writer, known.program(), violation);
  }

  private static ViolationPage played(
      ViolationPageWriter writer, String program, Violation violation) {
    Lesson lesson = LessonReader.read(program + ".md", writer.page(1));
    if (!lesson.problems().isEmpty()) {
      return new Untellable("a page cannot hold its text: " + lesson.problems().getFirst());
    }
    return LongStream.rangeClosed(1, SEEDS)
        .filter(seed -> shows(writer, writer.page(seed), seed))
        .boxed()
        .<ViolationPage>map(seed -> new Shown(writer.page(seed), seed))
        .findFirst()
        .orElseGet(
            () ->
                new Untellable(
                    violation.property()
                        + " holds, or cannot be asked, at the prompt when the program has ended (seeds 1 to "
                        + SEEDS
                        + ")"));
  }

  private static boolean shows(ViolationPageWriter writer, String page, long seed) {
    LessonPlayer.Result result =
        RecordedPlay.play("page.md", page, seed, LessonPlayer.Audience.NOBODY).result();
    return result.isWell() && result.notRun() == 0 && result.passed() == writer.compared();
  }
}
