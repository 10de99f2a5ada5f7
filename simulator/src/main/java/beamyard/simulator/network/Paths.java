package beamyard.simulator.network;

import beamyard.simulator.engine.Choices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What lies between endpoints: which paths are open, how long, wide and lossy they are, and which hold what they carry. */
final class Paths {
  private final NetworkProfile profile;
  private final Choices choices;
  private final LinkedHashMap<Path, State> states = new LinkedHashMap<>();
  private final LinkedHashMap<String, Cut> cuts = new LinkedHashMap<>();
  private final LinkedHashSet<Path> blocks = new LinkedHashSet<>();

  /** Whether any path was ever made other than it began. */
  private boolean changed;

  /** Whether any path may not be open. */
  private boolean cutOrBlocked;

  private Travel travel = Travel.AS_PATHS_ARE;

  Paths(NetworkProfile profile, Choices choices) {
    this.profile = profile;
    this.choices = choices;
  }

  Paths copy(Choices itsChoices) {
    var copy = new Paths(profile, itsChoices);
    states.forEach((path, state) -> copy.states.put(path, state.copy()));
    copy.cuts.putAll(cuts);
    copy.blocks.addAll(blocks);
    copy.changed = changed;
    copy.cutOrBlocked = cutOrBlocked;
    copy.travel = travel;
    return copy;
  }

  /** How one path is; the same object for as long as the network lasts. */
  static final class State {
    private final Path path;
    private boolean open = true;

    /** Drawn when first used; then every packet takes it, unless {@link #latency} is given. */
    private long ownNanos = UNKNOWN;

    private @Nullable Latency latency;
    private long bytesPerSecond = UNLIMITED;
    private long busyUntilNanos;
    private int lossPerMille;
    private boolean holding;

    private static final long UNKNOWN = -1;
    private static final long UNLIMITED = 0;

    private State(Path path) {
      this.path = path;
    }

    private State copy() {
      var copy = new State(path);
      copy.open = open;
      copy.ownNanos = ownNanos;
      copy.latency = latency;
      copy.bytesPerSecond = bytesPerSecond;
      copy.busyUntilNanos = busyUntilNanos;
      copy.lossPerMille = lossPerMille;
      copy.holding = holding;
      return copy;
    }

    boolean isOpen() {
      return open;
    }

    boolean isHolding() {
      return holding;
    }

    private boolean isAsItBegan() {
      return latency == null && bytesPerSecond == UNLIMITED && lossPerMille == 0 && !holding;
    }

    private PathView view() {
      return new PathView(
          path.from(),
          path.to(),
          Optional.ofNullable(latency),
          bytesPerSecond == UNLIMITED ? Optional.empty() : Optional.of(bytesPerSecond),
          lossPerMille,
          holding);
    }
  }

  State state(Endpoint from, Endpoint to) {
    var path = new Path(from, to);
    State known = states.get(path);
    if (known != null) {
      return known;
    }
    var state = new State(path);
    state.open = !isCut(path);
    states.put(path, state);
    return state;
  }

  boolean hasCuts() {
    return cutOrBlocked;
  }

  /** Whether a path is open; asking changes nothing, not even which paths are known. */
  boolean isOpen(Endpoint from, Endpoint to) {
    if (!hasCuts()) {
      return true;
    }
    var path = new Path(from, to);
    State known = states.get(path);
    return known != null ? known.open : !isCut(path);
  }

  /** When a packet sent now arrives, as far as the path is concerned. */
  long arrival(State state, int bytes, long atNanos) {
    long sent = atNanos;
    if (state.bytesPerSecond != State.UNLIMITED) {
      long begun = Math.max(atNanos, state.busyUntilNanos);
      sent = begun + Math.ceilDiv(bytes * 1_000_000_000L, state.bytesPerSecond);
      state.busyUntilNanos = sent;
    }
    return sent + latency(state);
  }

  /** How long the next packet takes on its way. */
  long latency(State state) {
    if (travel == Travel.AT_ONCE) {
      return 0;
    }
    if (state.latency instanceof Latency given) {
      return given.draw(choices, state.path.from() + "/latency to " + state.path.to());
    }
    if (state.ownNanos == State.UNKNOWN) {
      state.ownNanos =
          choices.between(
              state.path.from() + "/latency", profile.latencyNanosMin(), profile.latencyNanosMax());
    }
    return state.ownNanos;
  }

  /** Whether a packet sent now gets lost. */
  boolean loses(State state) {
    return state.lossPerMille > 0
        && choices.between(state.path.from() + "/loss to " + state.path.to(), 0, 999)
            < state.lossPerMille;
  }

  // Faults.

  boolean hasCut(String name) {
    return cuts.containsKey(name);
  }

  List<String> cutNames() {
    return List.copyOf(cuts.keySet());
  }

  void cut(String name, Cut cut) {
    cuts.put(name, cut);
    openOrClose();
  }

  void mend(String name) {
    cuts.remove(name);
    openOrClose();
  }

  void mendAll() {
    cuts.clear();
    blocks.clear();
    openOrClose();
  }

  void block(Endpoint from, Endpoint to) {
    blocks.add(new Path(from, to));
    openOrClose();
  }

  void unblock(Endpoint from, Endpoint to) {
    blocks.remove(new Path(from, to));
    openOrClose();
  }

  private void openOrClose() {
    cutOrBlocked = !cuts.isEmpty() || !blocks.isEmpty();
    for (State state : states.values()) {
      state.open = !isCut(state.path);
    }
  }

  private boolean isCut(Path path) {
    if (blocks.contains(path)) {
      return true;
    }
    for (Cut cut : cuts.values()) {
      if (cut.separates(path.from(), path.to())) {
        return true;
      }
    }
    return false;
  }

  private State changing(Endpoint from, Endpoint to) {
    changed = true;
    return state(from, to);
  }

  /** The paths that are other than they began, in the order in which they were first used. */
  List<PathView> changed() {
    return changed
        ? states.values().stream().filter(state -> !state.isAsItBegan()).map(State::view).toList()
        : List.of();
  }

  void travel(Travel how) {
    travel = how;
  }

  void setLatency(Endpoint from, Endpoint to, Latency latency) {
    changing(from, to).latency = latency;
  }

  /** Empty for a path that carries everything at once. */
  void setBandwidth(Endpoint from, Endpoint to, Optional<Long> bytesPerSecond) {
    changing(from, to).bytesPerSecond = bytesPerSecond.orElse(State.UNLIMITED);
  }

  void setLoss(Endpoint from, Endpoint to, int perMille) {
    changing(from, to).lossPerMille = perMille;
  }

  void hold(Endpoint from, Endpoint to) {
    changing(from, to).holding = true;
  }

  /** The paths that are let go now. */
  List<Path> letGo() {
    var held = new ArrayList<Path>();
    for (State state : states.values()) {
      if (state.holding) {
        state.holding = false;
        held.add(state.path);
      }
    }
    return held;
  }
}
