package beamyard.ui.desktop.run;

import beamyard.lessons.shell.Console;
import beamyard.lessons.shell.ElixirNodes;
import beamyard.simulator.Node;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.Simulation;
import beamyard.simulator.SimulationSettings;
import beamyard.simulator.exploration.ScheduledRun;
import beamyard.simulator.trace.Trace;
import beamyard.ui.desktop.run.Keyframes.Keyframe;
import beamyard.ui.desktop.run.Printed.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * One run of a yard from its beginning: the simulation at its newest moment, what was done to it, what happened, what its
 * terminals show, and copies of it from time to time, from which any earlier moment is found again.
 *
 * <p>Not thread-safe; knows nothing of the wall's clock.
 */
public final class Run {
  private static final long NANOS_BETWEEN_READINGS = 2_000_000L;

  private final long seed;
  private final Motion motion;
  private final Simulation simulation;
  private final Chronicle chronicle;
  private final List<Dated> inputs;
  private final PrintedLog printed;
  private final Keyframes keyframes;

  /** Terminals whose text is not for people: a player asks something there. */
  private final Map<String, StringBuilder> diverted = new LinkedHashMap<>();

  private long step;
  private long lastReading;
  private Viewer viewer;
  private Optional<Origin> origin = Optional.empty();

  /** A command and the place at which it was given. */
  record Dated(Position at, Command command, Seen seen) {
    /** Who sees on terminals what comes of it. */
    enum Seen {
      BY_ALL,
      /** A player asks something there. */
      BY_NOBODY
    }
  }

  /** A copy that is led to places in the past. */
  private record Viewer(Motion motion, Position at, int inputs) {}

  /** How an advance ended. */
  enum Advance {
    /** The time is reached. */
    DONE,
    /** The caller wanted it back. */
    INTERRUPTED
  }

  /** An empty run of this seed. */
  public static Run withSeed(long seed) {
    return of(
        seed, trace -> new Simulation(SimulationSettings.seed(seed), ElixirNodes.shared(), trace));
  }

  /**
   * A run that begins with a simulation of its own.
   *
   * @param beginning makes it, with a trace
   */
  static Run of(long seed, Function<Trace, Simulation> beginning) {
    var chronicle = new Chronicle();
    return new Run(seed, Motion.free(chronicle, beginning), chronicle);
  }

  /**
   * A run that happens as a schedule says, and goes on by itself when that is over, or when something is done to it.
   *
   * @param beginning makes it, with a trace
   */
  static Run chosen(Function<Trace, ScheduledRun> beginning) {
    var chronicle = new Chronicle();
    chronicle.holdArrivals();
    return new Run(1, Motion.chosen(chronicle, beginning), chronicle);
  }

  private Run(long seed, Motion motion, Chronicle chronicle) {
    this(seed, motion, chronicle, new ArrayList<>(), new PrintedLog(), new Keyframes(), 0);
  }

  private Run(
      long seed,
      Motion motion,
      Chronicle chronicle,
      List<Dated> inputs,
      PrintedLog printed,
      Keyframes keyframes,
      long step) {
    this.seed = seed;
    this.motion = motion;
    this.simulation = motion.simulation();
    this.chronicle = chronicle;
    this.inputs = inputs;
    this.printed = printed;
    this.keyframes = keyframes;
    this.step = step;
    chronicle.askForCuts(simulation::hasCuts);
    keyframes.keep(position(), motion, inputs.size());
    viewer = new Viewer(motion.copy(Trace.OFF), position(), inputs.size());
  }

  long seed() {
    return seed;
  }

  /** When the next event happens; {@link Long#MAX_VALUE} if none ever does by itself. */
  long nextEventNanos() {
    return motion.nextEventTime();
  }

  /** Whether a node of this label runs now. */
  public boolean isUp(String label) {
    return simulation.nodes().stream().anyMatch(node -> node.label().equals(label) && node.isUp());
  }

  /** Whether a node's shell waits for input, or the node is not there to have one. */
  public boolean isIdle(String label) {
    return simulation.nodes().stream()
        .filter(node -> node.label().equals(label))
        .allMatch(
            node ->
                switch (node.state()) {
                  case NOT_STARTED, DOWN -> true;
                  case BOOTING -> false;
                  case RUNNING, PAUSED, STOPPING ->
                      node.owns(Console.class) && node.owned(Console.class).isIdle();
                });
  }

  /** The newest place. */
  public Position position() {
    return new Position(step, motion.now());
  }

  /** The simulation at the newest place, to be looked at only. */
  public Simulation simulation() {
    return simulation;
  }

  /** What has happened so far. */
  public Chronicle chronicle() {
    return chronicle;
  }

  /** The story that it began as, if it did. */
  Optional<Origin> origin() {
    return origin;
  }

  /** What happened so far is the story that a file tells. */
  void beganAs(String story) {
    origin = Optional.of(new Origin(story, position()));
  }

  /** The commands so far, each with its instant: with the seed, all that the run is made of. */
  public List<Dated> inputs() {
    return List.copyOf(inputs);
  }

  /** What the terminals show, from some entry on. */
  public List<Printed> printedSince(long entry) {
    return printed.since(entry);
  }

  /** How many entries the terminals have in all. */
  public long printedCount() {
    return printed.count();
  }

  /** What a node itself printed after so many entries. */
  public String outputSince(long entry, String node) {
    var text = new StringBuilder();
    for (Printed each : printed.since(entry)) {
      if (each.node().equals(node) && each.source() == Source.OUTPUT) {
        text.append(each.text());
      }
    }
    return text.toString();
  }

  // Going on.

  /** Does something to the yard now; {@link beamyard.simulator.BadSetup} if that cannot be, and then nothing changed. */
  public void obey(Command command) {
    readTerminals();
    chronicle.begin(position());
    letGo();
    if (command instanceof Command.Type(String node, String code)) {
      Node typedAt = simulation.node(node);
      String prompt = typedAt.isUp() ? typedAt.owned(Console.class).promptText() : "";
      command.applyTo(simulation);
      if (!diverted.containsKey(node)) {
        printed.add(new Printed(position(), node, Source.INPUT, prompt + code + "\n"));
        chronicle.input(motion.now(), node, code);
      }
    } else {
      command.applyTo(simulation);
      command.note().ifPresent(what -> chronicle.note(motion.now(), what));
    }
    boolean hidden = diverted.containsKey(command.node());
    inputs.add(new Dated(position(), command, hidden ? Dated.Seen.BY_NOBODY : Dated.Seen.BY_ALL));
  }

  /**
   * Lets time pass until an instant.
   *
   * @param enough asked after every event: whether to stop here
   * @param late asked after every event too, as a slice of a loop can take milliseconds: whether the caller has no more time
   */
  public Advance advance(long untilNanos, BooleanSupplier enough, BooleanSupplier late) {
    while (motion.nextEventTime() <= untilNanos) {
      oneStep();
      if (enough.getAsBoolean() || late.getAsBoolean()) {
        readTerminals();
        return Advance.INTERRUPTED;
      }
    }
    if (untilNanos > motion.now()) {
      motion.pass(untilNanos);
    }
    readTerminals();
    return Advance.DONE;
  }

  private void oneStep() {
    chronicle.begin(new Position(step + 1, motion.nextEventTime()));
    if (motion.isChosen()) {
      motion
          .arriving()
          .ifPresent(signal -> chronicle.arrive(motion.nextEventTime(), other -> other != signal));
    }
    motion.step();
    step++;
    if (motion.isChosen()) {
      chronicle.arrive(motion.now(), motion.underWay());
    } else {
      chronicle.arriveAll(motion.now());
    }
    if (motion.now() - lastReading >= NANOS_BETWEEN_READINGS) {
      readTerminals();
      lastReading = motion.now();
    }
    if (keyframes.isDue(step)) {
      keyframes.keep(position(), motion, inputs.size());
    }
  }

  /** What was chosen so far goes on by itself. */
  private void letGo() {
    if (motion.isChosen()) {
      motion.letGo();
      chronicle.arriveAll(motion.now());
    }
  }

  private void readTerminals() {
    for (Node node : simulation.nodes()) {
      if (!node.owns(Console.class)) {
        continue;
      }
      String text = node.owned(Console.class).takeShown();
      if (text.isEmpty()) {
        continue;
      }
      StringBuilder elsewhere = diverted.get(node.label());
      if (elsewhere != null) {
        elsewhere.append(text);
      } else {
        printed.add(new Printed(position(), node.label(), Source.OUTPUT, text));
      }
    }
  }

  /** From now on a terminal's text is kept apart. */
  public void divert(String node) {
    readTerminals();
    diverted.put(node, new StringBuilder());
  }

  /** What was kept apart; from now on the terminal shows again what is printed. */
  public String endDiversion(String node) {
    readTerminals();
    StringBuilder text = diverted.remove(node);
    return text == null ? "" : text.toString();
  }

  /** Puts text on a terminal as if the node had printed it. */
  public void print(String node, Source source, String text) {
    printed.add(new Printed(position(), node, source, text));
  }

  // Going back.

  /** The simulation as it was at a place, after what was done there, to be looked at only and not after the next call. */
  public Simulation at(Position place) {
    return find(place).motion().simulation();
  }

  /** The last place at or before an instant. */
  public Position placeAt(long atNanos) {
    if (atNanos >= motion.now()) {
      return position();
    }
    return find(new Position(Long.MAX_VALUE, Math.max(0, atNanos))).at();
  }

  private Viewer find(Position place) {
    Map.Entry<Position, Keyframe> start = keyframes.before(place);
    boolean goOn = !viewer.at().isBeyond(place) && viewer.at().compareTo(start.getKey()) >= 0;
    if (!goOn) {
      Keyframe keyframe = start.getValue();
      viewer = new Viewer(keyframe.motion().copy(Trace.OFF), start.getKey(), keyframe.inputs());
    }
    viewer = lead(viewer, place);
    return viewer;
  }

  private Viewer lead(Viewer from, Position place) {
    Motion past = from.motion();
    long steps = from.at().step();
    int done = from.inputs();
    while (true) {
      while (done < inputs.size()
          && inputs.get(done).at().step() == steps
          && inputs.get(done).at().atNanos() <= place.atNanos()) {
        Dated input = inputs.get(done++);
        if (input.at().atNanos() > past.now()) {
          past.pass(input.at().atNanos());
        }
        past.letGo();
        input.command().applyTo(past.simulation());
      }
      boolean inputFirst =
          done < inputs.size()
              && inputs.get(done).at().step() == steps
              && inputs.get(done).at().atNanos() < past.nextEventTime();
      if (steps >= place.step() || inputFirst || past.nextEventTime() > place.atNanos()) {
        break;
      }
      past.step();
      steps++;
    }
    long end = Math.min(place.atNanos(), motion.now());
    if (end > past.now() && past.nextEventTime() > end) {
      past.pass(end);
    }
    return new Viewer(past, new Position(steps, past.now()), done);
  }

  /** A run that was the same up to a place, and goes on from there by itself. */
  public Run branch(Position place) {
    Viewer there = find(place);
    Chronicle its = chronicle.until(there.at());
    var itsInputs = new ArrayList<>(inputs.subList(0, there.inputs()));
    Motion goingOn = there.motion().copy(its);
    // what a viewer's terminals have not given away was read when it happened, and is among what is
    // printed
    goingOn.simulation().nodes().stream()
        .filter(node -> node.owns(Console.class))
        .forEach(node -> node.owned(Console.class).takePrinted());
    var branch =
        new Run(
            seed,
            goingOn,
            its,
            itsInputs,
            printed.until(there.at()),
            keyframes.until(there.at()),
            there.at().step());
    branch.origin = origin.map(story -> story.leftAt(there.at()));
    if (goingOn.isChosen()) {
      branch.obey(new Command.Happen("goes on by itself", _ -> {}));
    }
    return branch;
  }

  /** How a node was started, to start one like it. */
  public Optional<NodeSettings> settings(String label) {
    return simulation.nodes().stream()
        .filter(node -> node.label().equals(label))
        .findFirst()
        .map(Node::settings);
  }
}
