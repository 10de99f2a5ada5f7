package beamyard.ui.desktop.yard;

import beamyard.lessons.script.Stage;
import beamyard.simulator.BadSetup;
import beamyard.simulator.Fault;
import beamyard.simulator.NodeSettings;
import beamyard.ui.desktop.run.Command.Inflict;
import beamyard.ui.desktop.run.Printed.Source;
import beamyard.ui.desktop.run.Run;
import beamyard.ui.desktop.yard.Errands.Terminal;
import beamyard.ui.desktop.yard.YardThread.Errand;
import beamyard.ui.desktop.yard.YardThread.Haste;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The yard as the stage of a lesson. Called on the lesson's thread, which waits; time flows as it is shown. What is done before
 * the first step of a section is hidden and takes no time of the wall.
 */
public final class YardStage implements Stage {
  private final YardThread yard;
  private final Set<String> prepared = new LinkedHashSet<>();
  private volatile Phase phase = Phase.SETTING;
  private volatile List<String> software = List.of();
  private volatile CompletableFuture<?> awaited = CompletableFuture.completedFuture(null);

  private enum Phase {
    SETTING,
    PLAYING,
    LEFT
  }

  public YardStage(YardThread yard) {
    this.yard = yard;
  }

  /** The steps begin. */
  public void play() {
    if (phase == Phase.SETTING) {
      phase = Phase.PLAYING;
    }
  }

  /** Ends what the lesson's thread waits for; from now on every call throws {@link CancellationException}. */
  public void leave() {
    phase = Phase.LEFT;
    awaited.cancel(false);
  }

  private <T> T await(Errand<T> errand) {
    return await(yard.undertake(errand));
  }

  private <T> T await(CompletableFuture<T> answer) {
    awaited = answer;
    if (phase == Phase.LEFT) {
      answer.cancel(false);
    }
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void install(List<String> dependencies) {
    software = List.copyOf(dependencies);
  }

  @Override
  public void start(List<Start> nodes) {
    List<NodeSettings> wanted =
        nodes.stream().map(YardStage::settings).map(node -> node.withSoftware(software)).toList();
    if (!await(new Errands.Starting(wanted))) {
      throw new BadSetup("did not start", "a node of the page", "a name that is free");
    }
  }

  /** What a lesson says of a node, as the simulation wants it. */
  static NodeSettings settings(Start start) {
    NodeSettings settings =
        switch (start.naming()) {
          case SHORT -> NodeSettings.shortName(start.name() + "@" + start.host());
          case LONG -> NodeSettings.longName(start.name() + "@" + start.host());
          case NONE -> NodeSettings.unnamed(start.handle());
        };
    for (Map.Entry<String, String> option : start.kernel().entrySet()) {
      settings = settings.with(option.getKey(), option.getValue());
    }
    settings = settings.withLabel(start.handle());
    if (start.naming() != Naming.NONE) {
      settings = settings.withCookie(start.cookie());
    }
    return start.visibility() == Visibility.HIDDEN ? settings.hidden() : settings;
  }

  @Override
  public boolean isUp(String handle) {
    return await(
        new Errand<Boolean>() {
          @Override
          public void begin(Run run) {}

          @Override
          public boolean isDone(Run run) {
            return true;
          }

          @Override
          public Boolean finish(Run run) {
            return run.simulation().nodes().stream()
                .anyMatch(node -> node.label().equals(handle) && node.isUp());
          }

          @Override
          public long deadlineNanos() {
            return 0;
          }

          @Override
          public Haste haste() {
            return Haste.AS_SHOWN;
          }
        });
  }

  @Override
  public Answer type(String handle, String code, long limitMillis) {
    return switch (phase) {
      case SETTING -> {
        Answer answer =
            await(
                new Errands.Typing(
                    handle, code, limitMillis, Terminal.HIDDEN, Haste.AS_FAST_AS_POSSIBLE));
        note(handle);
        yield answer;
      }
      case PLAYING, LEFT ->
          await(new Errands.Typing(handle, code, limitMillis, Terminal.SHOWN, Haste.AS_SHOWN));
    };
  }

  /** Says why the first prompt that is seen is not the first. */
  private void note(String handle) {
    if (prepared.add(handle)) {
      await(
          yard.look(
              run -> {
                run.print(
                    handle, Source.NOTE, "What prepares this section was typed here, unseen.\n");
                return true;
              }));
    }
  }

  @Override
  public boolean holds(String handle, String expression, long limitMillis) {
    return switch (phase) {
      case SETTING -> {
        boolean holds = await(Errands.holding(handle, expression, limitMillis));
        note(handle);
        yield holds;
      }
      case PLAYING, LEFT ->
          await(yard.look(run -> Errands.askNow(run, handle, expression, limitMillis).holds()));
    };
  }

  @Override
  public void stop(String handle) {
    yard.obey(new Inflict(new Fault.Stop(handle)));
    awaitExit(handle);
  }

  @Override
  public void kill(String handle) {
    yard.obey(new Inflict(new Fault.Crash(handle)));
    awaitExit(handle);
  }

  @Override
  public boolean awaitExit(String handle) {
    return await(Errands.waitingForTheEndOf(handle));
  }

  @Override
  public void pause(String handle) {
    yard.obey(new Inflict(new Fault.Pause(handle)));
  }

  @Override
  public void resume(String handle) {
    yard.obey(new Inflict(new Fault.Resume(handle)));
  }

  @Override
  public void partition(List<List<String>> groups) {
    yard.obey(new Inflict(new Fault.Partition(Optional.empty(), groups)));
  }

  @Override
  public void block(String from, String to) {
    yard.obey(new Inflict(new Fault.Block(from, to)));
  }

  @Override
  public void unblock(String from, String to) {
    yard.obey(new Inflict(new Fault.Unblock(from, to)));
  }

  @Override
  public void heal() {
    yard.obey(new Inflict(new Fault.Heal(Optional.empty())));
  }

  @Override
  public void advance(long millis) {
    await(Errands.waiting(millis));
  }
}
