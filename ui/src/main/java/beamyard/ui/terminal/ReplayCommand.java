package beamyard.ui.terminal;

import beamyard.lessons.script.LessonPlayer;
import beamyard.lessons.script.RecordedPlay;
import beamyard.lessons.script.Recording;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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
      description = "A recording made by 'play --record'.")
  private Path file;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Recording recording = Recording.read(file.toString(), CheckCommand.read(file));
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
}
