package beamyard.lessons.script;

import beamyard.lessons.script.Stage.Answer;
import beamyard.lessons.script.Stage.Logging;
import beamyard.lessons.script.Stage.Naming;
import beamyard.lessons.script.Stage.Start;
import beamyard.lessons.script.Stage.Visibility;
import beamyard.lessons.script.Transcript.Header;
import beamyard.lessons.script.Transcript.Input;
import beamyard.lessons.script.Transcript.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays a transcript on a stage and compares what every prompt shows. Stops at the first step that cannot be done. */
public final class TranscriptPlayer {
  private static final String HOST = "localhost";
  private static final String DEFAULT_COOKIE = "secret";
  private static final long MOMENT_MILLIS = 4;
  private static final long POLL_MILLIS = 100;

  private final Transcript transcript;
  private final Stage stage;
  private final List<Mismatch> mismatches = new ArrayList<>();

  /** A prompt that showed something else; or a step that could not be done. */
  public record Mismatch(int line, String node, List<String> expected, List<String> actual) {}

  private TranscriptPlayer(Transcript transcript, Stage stage) {
    this.transcript = transcript;
    this.stage = stage;
  }

  /** Plays it all; no mismatches if it passed. */
  public static List<Mismatch> play(Transcript transcript, Stage stage) {
    var player = new TranscriptPlayer(transcript, stage);
    stage.install(transcript.header().dependencies());
    player.start(transcript.header().nodes().stream().map(player::settings).toList());
    for (Step step : transcript.steps()) {
      Optional<String> failure = player.play(step);
      if (failure.isPresent()) {
        player.mismatches.add(new Mismatch(step.line(), "", List.of(), List.of(failure.get())));
        break;
      }
    }
    return List.copyOf(player.mismatches);
  }

  /** Does one step; a text if it could not be done. */
  private Optional<String> play(Step step) {
    return switch (step) {
      case Input input -> type(input);
      case Transcript.Start start -> {
        start(start.nodes().stream().map(this::settings).toList());
        yield Optional.empty();
      }
      case Transcript.Stop stop -> whileUp(stop.node(), () -> stage.stop(stop.node()));
      case Transcript.Kill kill -> whileUp(kill.node(), () -> stage.kill(kill.node()));
      case Transcript.AwaitExit exit ->
          stage.awaitExit(exit.node())
              ? Optional.empty()
              : Optional.of("node " + exit.node() + " did not exit");
      case Transcript.Pause pause -> whileUp(pause.node(), () -> stage.pause(pause.node()));
      case Transcript.Resume resume -> whileUp(resume.node(), () -> stage.resume(resume.node()));
      case Transcript.Wait wait -> done(() -> stage.advance(wait.millis()));
      case Transcript.WaitUntil wait -> waitUntil(wait);
      case Transcript.Partition partition -> fault(() -> stage.partition(partition.groups()));
      case Transcript.Block block -> fault(() -> stage.block(block.from(), block.to()));
      case Transcript.Unblock unblock -> fault(() -> stage.unblock(unblock.from(), unblock.to()));
      case Transcript.Heal _ -> fault(stage::heal);
    };
  }

  private Optional<String> done(Runnable action) {
    action.run();
    return Optional.empty();
  }

  /** The terminals of the oracle's nodes have nothing to read but the inputs of the shell. */
  private void start(List<Stage.Start> nodes) {
    stage.start(nodes);
    nodes.forEach(node -> stage.endInput(node.handle()));
  }

  /** A change of the network, which whoever makes it needs a moment for, as for an input. */
  private Optional<String> fault(Runnable change) {
    stage.advance(MOMENT_MILLIS);
    return done(change);
  }

  private Optional<String> whileUp(String node, Runnable action) {
    if (!stage.isUp(node)) {
      return Optional.of("node " + node + " is not running");
    }
    return done(action);
  }

  private Optional<String> type(Input input) {
    if (!stage.isUp(input.node())) {
      return Optional.of("node " + input.node() + " is not running");
    }
    Answer answer = stage.type(input.node(), input.code(), transcript.header().limitMillis());
    List<String> actual = ComparableOutput.of(answer.printed(), transcript.header());
    return switch (answer.ending()) {
      case DONE -> {
        if (!actual.equals(input.expected())) {
          mismatches.add(new Mismatch(input.line(), input.node(), input.expected(), actual));
        }
        yield Optional.empty();
      }
      case INCOMPLETE -> Optional.of("incomplete expression: " + input.code());
      case TIMED_OUT ->
          Optional.of(
              "no prompt after "
                  + transcript.header().limitMillis()
                  + " ms; printed so far: "
                  + actual);
      case DIED -> Optional.of("node " + input.node() + " died; printed so far: " + actual);
      case UNAVAILABLE -> Optional.of("these nodes cannot do " + input.code());
    };
  }

  private Optional<String> waitUntil(Transcript.WaitUntil wait) {
    for (long waited = 0; waited <= wait.limitMillis(); waited += POLL_MILLIS) {
      if (!stage.isUp(wait.node())) {
        return Optional.of("node " + wait.node() + " is not running");
      }
      if (stage.holds(wait.node(), wait.expression(), transcript.header().limitMillis())) {
        return Optional.empty();
      }
      stage.advance(POLL_MILLIS);
    }
    return Optional.of("not true after " + wait.limitMillis() + " ms: " + wait.expression());
  }

  private Start settings(String alias) {
    Header header = transcript.header();
    Map<String, String> options = header.nodeOptions().getOrDefault(alias, new LinkedHashMap<>());
    var kernel = new LinkedHashMap<>(header.kernel());
    options.forEach(
        (key, value) -> {
          if (!List.of("hidden", "cookie", "name", "nodist").contains(key)) {
            kernel.put(key, value);
          }
        });
    boolean named = !options.containsKey("nodist");
    return new Start(
        alias,
        named ? options.getOrDefault("name", alias) : "",
        HOST,
        named ? Naming.SHORT : Naming.NONE,
        named ? options.getOrDefault("cookie", DEFAULT_COOKIE) : "nocookie",
        options.containsKey("hidden") ? Visibility.HIDDEN : Visibility.VISIBLE,
        kernel,
        header.logging() == Transcript.Logging.ON ? Logging.ON : Logging.OFF);
  }
}
