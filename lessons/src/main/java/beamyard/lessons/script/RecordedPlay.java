package beamyard.lessons.script;

import beamyard.lessons.script.LessonPlayer.Audience;
import beamyard.lessons.script.LessonPlayer.Result;
import beamyard.simulator.trace.TraceHash;
import java.util.ArrayList;
import java.util.List;

/** Plays a page and keeps what a recording needs. */
public final class RecordedPlay {
  private RecordedPlay() {}

  /** What became of the page, and the recording of it. */
  public record Outcome(Result result, Recording recording) {}

  /** Plays a page on simulated nodes from a seed. */
  public static Outcome play(String page, String text, long seed, Audience audience) {
    var trace = new TraceHash();
    List<Recording.Input> inputs = new ArrayList<>();
    int[] sections = {0};
    Result result =
        LessonPlayer.play(
            LessonReader.read(page, text),
            () -> {
              int section = ++sections[0];
              return SimulatedStage.withSeed(
                  seed,
                  trace,
                  (atNanos, node, code) ->
                      inputs.add(new Recording.Input(section, atNanos, node, code)));
            },
            audience);
    return new Outcome(result, new Recording(page, text, seed, List.copyOf(inputs), trace.value()));
  }
}
