package beamyard.ui.desktop;

import beamyard.exercises.Exercise;
import beamyard.exercises.ExerciseFolder;
import beamyard.exercises.ExerciseProblem;
import beamyard.exercises.RecordedTrial;
import beamyard.exercises.Report;
import beamyard.lessons.exploration.Counterexample;
import beamyard.lessons.script.Recording;
import beamyard.lessons.script.ScriptProblem;
import beamyard.lessons.script.Transcript;
import beamyard.lessons.script.TranscriptPlayer;
import beamyard.simulator.NodeSettings;
import beamyard.ui.desktop.map.MapModel;
import beamyard.ui.desktop.run.Replay;
import beamyard.ui.desktop.run.Run;
import beamyard.ui.desktop.run.StoryRun;
import beamyard.ui.desktop.run.TrialRun;
import beamyard.ui.desktop.run.YardFile;
import beamyard.ui.desktop.run.YardFile.Connection;
import beamyard.ui.desktop.run.YardFile.Place;
import beamyard.ui.desktop.time.TimeModel;
import beamyard.ui.desktop.yard.Errands;
import beamyard.ui.desktop.yard.Errands.Terminal;
import beamyard.ui.desktop.yard.YardModel;
import beamyard.ui.desktop.yard.YardStage;
import beamyard.ui.desktop.yard.YardThread.Haste;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * Opens files of every kind, a page, a recording, a transcript, a set-up, a counterexample or a trial of an exercise, and saves
 * the yard as one. What takes long is done
 * beside the window, can be watched and cancelled. What is wrong with a file is told by the yard's banner. Of the JavaFX thread.
 */
final class Opener {
  private static final long STACK_BYTES = 64L << 20;
  private static final long CONNECT_LIMIT_MILLIS = 10_000;
  private static final int MOST_TOLD = 3;
  private static final Pattern TRANSCRIPT_LINE = Pattern.compile("(?m)^\\w+> .*$");
  private static final Pattern TRANSCRIPT_HEAD = Pattern.compile("(?m)^# nodes: .*$");

  private final YardModel yard;
  private final Pages pages;
  private final TimeModel time;
  private final MapModel map;
  private final ReadOnlyStringWrapper doing = new ReadOnlyStringWrapper(this, "doing", "");
  private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(this, "progress", 0);
  private AtomicBoolean cancelled = new AtomicBoolean();
  private Runnable leave = () -> {};

  Opener(YardModel yard, Pages pages, TimeModel time, MapModel map) {
    this.yard = yard;
    this.pages = pages;
    this.time = time;
    this.map = map;
  }

  /** What is being done that takes long; empty if nothing is. */
  ReadOnlyStringProperty doingProperty() {
    return doing.getReadOnlyProperty();
  }

  /** How much of it is done, from 0 to 1; negative if that is not known. */
  ReadOnlyDoubleProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /** Ends what is being done where it is. */
  void cancel() {
    cancelled.set(true);
    leave.run();
  }

  // Opening.

  /** Opens a file of any kind. */
  void open(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException _) {
      yard.tell(file + ": there is no such file");
      return;
    } catch (CharacterCodingException _) {
      yard.tell(file + ": is no text, so it is no page, recording, transcript or set-up");
      return;
    } catch (IOException e) {
      yard.tell(file + ": cannot be read: " + e.getMessage());
      return;
    }
    open(file.getFileName().toString(), text);
  }

  private void open(String name, String text) {
    yard.dismissProblem();
    if (YardFile.isOne(text)) {
      YardFile its = YardFile.read(name, text);
      if (its.isRecording()) {
        openRecording(name, its);
      } else {
        openSetup(name, its);
      }
    } else if (Counterexample.isOne(text)) {
      openCounterexample(name, text);
    } else if (RecordedTrial.isOne(text)) {
      openTrial(name, text);
    } else if (Recording.isOne(text)) {
      openPlayedPage(name, text);
    } else if (TRANSCRIPT_HEAD.matcher(text).find() && TRANSCRIPT_LINE.matcher(text).find()) {
      openTranscript(name, text);
    } else {
      pages.lessons().open(name, text);
    }
  }

  private void openCounterexample(String name, String text) {
    Counterexample known;
    try {
      known = Counterexample.read(name, text);
    } catch (ScriptProblem e) {
      yard.tell(e.getMessage());
      return;
    }
    pages.close();
    AtomicBoolean stop = begin("Running " + name + " again");
    tellProgress(-1);
    beside(
        () -> {
          StoryRun found = StoryRun.of(known, stop::get);
          Platform.runLater(
              () -> {
                if (!stop.get()) {
                  pages.stories().open(found);
                }
                end("");
              });
        });
  }

  private void openTrial(String name, String text) {
    RecordedTrial known;
    Exercise exercise;
    try {
      known = RecordedTrial.read(name, text);
      exercise = ExerciseFolder.find(known.exercise());
    } catch (ExerciseProblem e) {
      yard.tell(e.getMessage());
      return;
    }
    pages.close();
    AtomicBoolean stop = begin("Running " + name + " again");
    tellProgress(-1);
    beside(
        () -> {
          Report.Result failed = known.result(exercise);
          TrialRun played = TrialRun.of(exercise, known.solution(), failed);
          Platform.runLater(
              () -> {
                if (!stop.get()) {
                  pages.exercises().open(exercise, known.solution(), failed, played);
                }
                end("");
              });
        });
  }

  private void openRecording(String name, YardFile file) {
    pages.close();
    yard.selection().clear();
    AtomicBoolean stop = begin("Opening " + name);
    beside(
        () -> {
          Replay.Outcome outcome = Replay.of(file, this::tellProgress, stop::get);
          Platform.runLater(
              () -> {
                place(file.places());
                yard.pausedProperty().set(true);
                time.awaitBookmarks(file.bookmarks());
                yard.thread().adopt(outcome.run());
                end(outcome.problem().isEmpty() ? "" : toldOf(name, outcome.problem()));
              });
        });
  }

  private static String toldOf(String name, String problem) {
    return problem.startsWith(name)
        ? problem + "\nWhat stands before it is open."
        : name + ": " + problem + ".\nWhat comes before is open.";
  }

  private void openSetup(String name, YardFile file) {
    pages.close();
    yard.selection().clear();
    AtomicBoolean stop = begin("Starting the nodes of " + name);
    tellProgress(-1);
    place(file.places());
    yard.pausedProperty().set(false);
    beside(
        () -> {
          String problem = file.problem();
          boolean up =
              yard.thread().beginWith(file.seed(), new Errands.Starting(file.nodes())).join();
          if (!up) {
            problem = name + ": a node did not start: is its name there twice?";
          }
          for (Connection each : file.connections()) {
            if (!stop.get()) {
              connect(each);
            }
          }
          String told = problem;
          Platform.runLater(() -> end(told.isEmpty() ? "" : toldOf(name, told)));
        });
  }

  private void connect(Connection each) {
    boolean connected =
        yard.thread()
            .look(
                run ->
                    !run.isUp(each.from())
                        || run.simulation().node(each.from()).distribution().peers().stream()
                            .anyMatch(peer -> peer.up() && peer.node().name().equals(each.to())))
            .join();
    if (!connected) {
      yard.thread()
          .undertake(
              new Errands.Typing(
                  each.from(),
                  "Node.connect(" + YardModel.atom(each.to()) + ")",
                  CONNECT_LIMIT_MILLIS,
                  Terminal.HIDDEN,
                  Haste.AS_FAST_AS_POSSIBLE))
          .join();
    }
  }

  /** Opens the page of a recording and plays it to its end. */
  void open(Recording recording) {
    pages.lessons().open(recording.page(), recording.text());
    pages.lessons().runAll();
  }

  private void openPlayedPage(String name, String text) {
    try {
      open(Recording.read(name, text));
    } catch (ScriptProblem e) {
      int page = text.indexOf("\n\n");
      if (page < 0) {
        yard.tell(e.getMessage());
        return;
      }
      pages.lessons().open(name, text.substring(page + 2));
      yard.tell(e.getMessage() + "\nThe page in it is open as far as it goes.");
    }
  }

  private void openTranscript(String name, String text) {
    Transcript transcript;
    try {
      transcript = Transcript.parse(name, text);
    } catch (ScriptProblem e) {
      yard.tell(e.getMessage());
      return;
    }
    pages.close();
    yard.selection().clear();
    yard.pausedProperty().set(false);
    yard.begin();
    var stage = new YardStage(yard.thread());
    stage.play();
    begin("Playing " + name);
    leave = stage::leave;
    tellProgress(-1);
    beside(
        () -> {
          List<TranscriptPlayer.Mismatch> differing = TranscriptPlayer.play(transcript, stage);
          Platform.runLater(() -> end(told(name, differing)));
        });
  }

  private static String told(String name, List<TranscriptPlayer.Mismatch> differing) {
    if (differing.isEmpty()) {
      return name + ": every answer is as it was recorded";
    }
    var lines = new ArrayList<String>();
    for (TranscriptPlayer.Mismatch each :
        differing.subList(0, Math.min(MOST_TOLD, differing.size()))) {
      lines.add(
          name
              + ":"
              + each.line()
              + ": "
              + String.join(" ⏎ ", each.actual())
              + " instead of "
              + String.join(" ⏎ ", each.expected()));
    }
    return String.join("\n", lines);
  }

  // Saving.

  /** Saves the nodes that are there, with their settings, places and connections. */
  CompletableFuture<Void> saveSetup(Path file) {
    return save(file, yard.thread().look(Opener::setup));
  }

  /** Saves all that was done to the run that is shown. */
  CompletableFuture<Void> saveRecording(Path file) {
    List<YardFile.Bookmark> marked = time.bookmarksOfThisRun();
    return save(
        file, yard.thread().look(run -> YardFile.ofRun(run, List.of()).withBookmarks(marked)));
  }

  private CompletableFuture<Void> save(Path file, CompletableFuture<YardFile> made) {
    return made.thenAcceptAsync(
        its -> {
          try {
            Files.writeString(file, its.withPlaces(places()).write());
            yard.tell("Saved as " + file + ". Drop it on a window of Beamyard to open it.");
          } catch (IOException e) {
            yard.tell(file + ": cannot be written: " + e.getMessage());
          } catch (IllegalArgumentException e) {
            yard.tell(e.getMessage());
          }
        },
        Platform::runLater);
  }

  private static YardFile setup(Run run) {
    var nodes = new ArrayList<NodeSettings>();
    var connections = new ArrayList<Connection>();
    run.simulation()
        .nodes()
        .forEach(
            node -> {
              nodes.add(node.settings());
              if (node.isUp()) {
                node.distribution().peers().stream()
                    .filter(peer -> peer.up() && node.label().compareTo(peer.node().name()) < 0)
                    .forEach(
                        peer -> connections.add(new Connection(node.label(), peer.node().name())));
              }
            });
    return YardFile.ofSetup(nodes, connections, List.of());
  }

  private List<Place> places() {
    return map.pins().entrySet().stream()
        .map(each -> new Place(each.getKey(), each.getValue().getX(), each.getValue().getY()))
        .toList();
  }

  private void place(List<Place> places) {
    map.awaitAt(places);
  }

  // What takes long.

  private AtomicBoolean begin(String what) {
    cancel();
    leave = () -> {};
    var mine = new AtomicBoolean();
    cancelled = mine;
    progress.set(0);
    doing.set(what);
    return mine;
  }

  private void tellProgress(double share) {
    if (Platform.isFxApplicationThread()) {
      progress.set(share);
    } else if (Math.abs(share - progress.get()) >= 0.01) {
      Platform.runLater(() -> progress.set(share));
    }
  }

  private void end(String told) {
    doing.set("");
    if (!told.isEmpty()) {
      yard.tell(told);
    }
  }

  private void beside(Runnable work) {
    var thread =
        new Thread(
            null,
            () -> {
              try {
                work.run();
              } catch (CancellationException _) {
                Platform.runLater(() -> end(""));
              } catch (RuntimeException | AssertionError e) {
                String why = e.getMessage() == null ? e.toString() : e.getMessage();
                Platform.runLater(() -> end(why));
              }
            },
            "opener",
            STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }
}
