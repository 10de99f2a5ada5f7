package beamyard.ui.terminal;

import beamyard.exercises.ExerciseFolder;
import beamyard.exercises.RecordedTrial;
import beamyard.lessons.exploration.Counterexample;
import beamyard.lessons.exploration.Exploration;
import beamyard.lessons.script.Course;
import beamyard.lessons.script.LessonPlayer;
import beamyard.lessons.script.RecordedPlay;
import beamyard.lessons.script.Recording;
import beamyard.lessons.script.ScriptProblem;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}: does a recorded run again; its last line is the hash of all that happened. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Replays a recording; the last line is its trace hash.")
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1",
      paramLabel = "FILE",
      description =
          "A recording made by 'play --record' or handed out by a lesson, a counterexample of 'explore', or a trial of"
              + " 'exercise check --save'.")
  private Path file;

  @Option(
      names = "--as",
      paramLabel = "FORM",
      description =
          "Print a counterexample or a trial in another form in place of its story: junit, the source of a test;"
              + " transcript (a counterexample only), a page for 'play' that shows the violation at a prompt.")
  private @Nullable KnownForm form;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Optional<Recording> handedOut =
        Files.exists(file) ? Optional.empty() : Course.recording(file.toString());
    if (handedOut.isPresent() && form == null) {
      return again(out, handedOut.get());
    }
    String text = handedOut.map(Recording::write).orElseGet(() -> CheckCommand.read(file));
    if (form != null) {
      out.print(formed(form, text));
      out.flush();
      return Beamyard.WELL;
    }
    if (RecordedTrial.isOne(text)) {
      return again(out, RecordedTrial.read(file.toString(), text));
    }
    return Counterexample.isOne(text)
        ? again(out, Counterexample.read(file.toString(), text))
        : again(out, Recording.read(file.toString(), text));
  }

  private String formed(KnownForm wanted, String text) {
    if (RecordedTrial.isOne(text)) {
      return wanted.of(file.toString(), RecordedTrial.read(file.toString(), text));
    }
    if (Counterexample.isOne(text)) {
      return wanted.of(file.toString(), Counterexample.read(file.toString(), text));
    }
    throw new ScriptProblem(
        file.toString(),
        0,
        "is no counterexample and no trial: only those have other forms (--as)");
  }

  private static int again(PrintWriter out, Recording recording) {
    Recording again =
        RecordedPlay.play(
                recording.page(), recording.text(), recording.seed(), LessonPlayer.Audience.NOBODY)
            .recording();
    boolean same =
        again.hash().equals(recording.hash()) && again.inputs().equals(recording.inputs());
    if (!same) {
      out.println("the replay differs from the recording, whose hash is " + recording.hash());
    }
    out.println(again.hash());
    out.flush();
    return same ? Beamyard.WELL : Beamyard.FAILED;
  }

  private static int again(PrintWriter out, RecordedTrial known) {
    RecordedTrial.Again again = known.again(ExerciseFolder.find(known.exercise()));
    out.println(known.check());
    for (int i = 0; i < again.story().size(); i++) {
      out.println((i + 1) + ". " + again.story().get(i).lines().findFirst().orElse(""));
    }
    boolean same = again.hash().equals(known.hash());
    if (again.message().isEmpty()) {
      out.println("the check passes now, unlike the trial, whose hash is " + known.hash());
    } else if (!same) {
      out.println("the replay differs from the trial, whose hash is " + known.hash());
    }
    out.println(again.hash());
    out.flush();
    return same ? Beamyard.WELL : Beamyard.FAILED;
  }

  /** Tells what happens; the counterexample itself is found by {@code explore}. */
  private static int again(PrintWriter out, Counterexample known) {
    Optional<Counterexample> again = Exploration.again(known);
    boolean same = again.filter(known::equals).isPresent();
    if (again.isEmpty()) {
      out.println(
          "the replay violates nothing, unlike the counterexample, whose hash is " + known.hash());
      out.flush();
      return Beamyard.FAILED;
    }
    out.print(again.get().story());
    if (!same) {
      out.println("the replay differs from the counterexample, whose hash is " + known.hash());
    }
    out.println(again.get().hash());
    out.flush();
    return same ? Beamyard.WELL : Beamyard.FAILED;
  }
}
