package beamyard.ui.desktop.map;

import beamyard.simulator.Observation.NodeSeen;
import beamyard.simulator.distribution.Distribution.Peer;
import beamyard.simulator.network.PathView;
import beamyard.ui.desktop.run.FactText;
import beamyard.ui.desktop.run.TermText;
import beamyard.ui.desktop.run.Traffic;
import beamyard.ui.desktop.yard.Update;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What stands beside links of the map: how slow or lossy they were made, what is held on them, how long they have been silent. */
public final class LinkNotes {
  /**
   * Of each quarter of net_ticktime a node ticks at the end if it sent nothing in it: with the usual 60 s a link that works is silent
   * for nearly 30 s at times. Longer silence is worth a word.
   */
  public static final long SILENCE_NANOS = 31_000_000_000L;

  /** Links of more nodes than this are a crowd, beside which nothing is written. */
  private static final int MOST_NODES = 20;

  private static final long SECOND = 1_000_000_000L;

  private LinkNotes() {}

  /** A few words at a link. */
  public record Note(String from, String to, String text, Weight weight) {}

  /** How a note is meant. */
  enum Weight {
    FACT,
    WARNING
  }

  static List<Note> of(Update update, Traffic traffic) {
    boolean crowd = update.observation().nodes().size() > MOST_NODES;
    if (crowd && update.paths().isEmpty()) {
      return List.of();
    }
    Map<String, List<PathView>> changed = new LinkedHashMap<>();
    Set<String> there =
        update.observation().nodes().stream().map(NodeSeen::label).collect(Collectors.toSet());
    for (PathView path : update.paths()) {
      changed
          .computeIfAbsent(pair(path.from().name(), path.to().name()), _ -> new ArrayList<>())
          .add(path);
    }
    for (NodeSeen node : crowd ? List.<NodeSeen>of() : update.observation().nodes()) {
      for (Peer peer : node.peers()) {
        if (peer.busy()) {
          changed.computeIfAbsent(pair(node.label(), peer.node().name()), _ -> new ArrayList<>());
        }
      }
    }
    var notes = new ArrayList<Note>();
    changed.forEach(
        (pair, paths) -> {
          String[] ends = pair.split(" ", 2);
          if (there.containsAll(List.of(ends))) { // else one of them was removed
            notes.add(note(ends[0], ends[1], paths, update));
          }
        });
    if (!crowd) {
      addSilent(notes, update, traffic);
    }
    return List.copyOf(notes);
  }

  private static String pair(String one, String other) {
    return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
  }

  private static Note note(String one, String other, List<PathView> paths, Update update) {
    var words = new ArrayList<String>();
    for (PathView path : paths) {
      String way = both(paths) ? "" : arrow(path, one);
      path.latency().ifPresent(latency -> add(words, way + FactText.of(latency)));
      path.bytesPerSecond().ifPresent(bytes -> add(words, way + bytes + " B/s"));
      if (path.lossPerMille() > 0) {
        add(words, way + "loses " + percent(path.lossPerMille()));
      }
    }
    boolean holds = paths.stream().anyMatch(PathView::holding);
    if (holds) {
      long held =
          update.held().stream()
              .filter(
                  packet ->
                      packet.from().name().equals(one) && packet.to().name().equals(other)
                          || packet.from().name().equals(other) && packet.to().name().equals(one))
              .count();
      words.add("holds " + held);
    }
    boolean busy = addBusy(words, one, other, update) | addBusy(words, other, one, update);
    return new Note(
        one, other, String.join(", ", words), holds || busy ? Weight.WARNING : Weight.FACT);
  }

  /** Says how much waits to be sent where that suspends the senders. */
  private static boolean addBusy(List<String> words, String from, String to, Update update) {
    for (NodeSeen node : update.observation().nodes()) {
      for (Peer peer : node.peers()) {
        if (peer.busy() && node.label().equals(from) && peer.node().name().equals(to)) {
          words.add(
              "busy: " + peer.waitingBytes() / 1024 + " KB wait for " + TermText.shortName(to));
          return true;
        }
      }
    }
    return false;
  }

  private static void add(List<String> words, String word) {
    if (!words.contains(word)) {
      words.add(word);
    }
  }

  /** Whether both directions are as slow and as lossy. */
  private static boolean both(List<PathView> paths) {
    return paths.size() == 2
        && paths.getFirst().latency().equals(paths.getLast().latency())
        && paths.getFirst().bytesPerSecond().equals(paths.getLast().bytesPerSecond())
        && paths.getFirst().lossPerMille() == paths.getLast().lossPerMille();
  }

  private static String arrow(PathView path, String one) {
    return "to "
        + TermText.shortName(path.from().name().equals(one) ? path.to().name() : one)
        + " ";
  }

  /** A share of a thousand, written in per cent. */
  public static String percent(int perMille) {
    return perMille % 10 == 0 ? perMille / 10 + " %" : perMille / 10 + "." + perMille % 10 + " %";
  }

  private static void addSilent(List<Note> notes, Update update, Traffic traffic) {
    long now = update.cursor().atNanos();
    if (now < SILENCE_NANOS) {
      return;
    }
    for (NodeSeen node : update.observation().nodes()) {
      for (Peer peer : node.peers()) {
        String other = peer.node().name();
        long heard = traffic.between(other, node.label()).heardNanos();
        if (peer.up() && heard >= 0 && now - heard > SILENCE_NANOS) {
          addSilent(notes, node.label(), other, "silent for " + (now - heard) / SECOND + " s");
        }
      }
    }
  }

  /** Beside what else is said of the link; once, though both ends may hear nothing. */
  private static void addSilent(List<Note> notes, String one, String other, String text) {
    for (int i = 0; i < notes.size(); i++) {
      Note note = notes.get(i);
      if (pair(note.from(), note.to()).equals(pair(one, other))) {
        if (!note.text().contains("silent for")) {
          notes.set(i, new Note(note.from(), note.to(), note.text() + ", " + text, Weight.WARNING));
        }
        return;
      }
    }
    notes.add(new Note(one, other, text, Weight.WARNING));
  }
}
