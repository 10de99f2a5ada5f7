package beamyard.ui.desktop.run;

import beamyard.simulator.NodeSettings;
import beamyard.ui.desktop.run.Run.Dated;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A yard as one file to keep or to give away: a set-up, nodes and their connections, or a recording, all that was done to a
 * run and when.
 *
 * <p>The file is text, a line for each thing. Of a broken one, all that stands before the first line that cannot be read is
 * good.
 *
 * @param nodes of a set-up, to be started
 * @param connections of a set-up, to be made once the nodes are up
 * @param origin the story that a recording began as, if it did
 * @param inputs of a recording, those that the story tells left out
 * @param end the newest place of a recording; empty for a set-up
 * @param places of nodes that were put somewhere on the map
 * @param bookmarks of a recording
 * @param problem the first line that cannot be read, and why; empty if all can
 */
public record YardFile(
    long seed,
    List<NodeSettings> nodes,
    List<Connection> connections,
    Optional<Origin> origin,
    List<Dated> inputs,
    Optional<End> end,
    List<Place> places,
    List<Bookmark> bookmarks,
    String problem) {
  private static final String FORMAT = "beamyard yard 1";
  private static final Pattern COORDINATE = Pattern.compile("-?\\d{1,6}(\\.\\d+)?(E-\\d+)?");

  /** Two nodes that are connected. */
  public record Connection(String from, String to) {}

  /**
   * The newest place of a recording.
   *
   * @param fingerprint of all that happened up to it; 0 if it is not known
   */
  record End(Position at, long fingerprint) {}

  /** Where a node stands on the map. */
  public record Place(String node, double x, double y) {}

  /** A moment of the run that somebody marked. */
  public record Bookmark(Position at, String name) {}

  /** Whether a text is such a file, of whichever version. */
  public static boolean isOne(String text) {
    return text.startsWith("beamyard yard ");
  }

  /** Whether it holds a run, and not only a set-up. */
  public boolean isRecording() {
    return !inputs.isEmpty() || end.isPresent();
  }

  /** The set-up of nodes. */
  public static YardFile ofSetup(
      List<NodeSettings> nodes, List<Connection> connections, List<Place> places) {
    return new YardFile(
        1,
        nodes,
        connections,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        places,
        List.of(),
        "");
  }

  /** All that was done to a run. */
  public static YardFile ofRun(Run run, List<Place> places) {
    return new YardFile(
        run.seed(),
        List.of(),
        List.of(),
        run.origin(),
        run.inputs().stream()
            .filter(input -> run.origin().stream().allMatch(story -> story.isOwn(input)))
            .toList(),
        Optional.of(new End(run.position(), run.chronicle().fingerprint())),
        places,
        List.of(),
        "");
  }

  /** The same with nodes put at these places of the map. */
  public YardFile withPlaces(List<Place> all) {
    return new YardFile(seed, nodes, connections, origin, inputs, end, all, bookmarks, problem);
  }

  /** The same with these moments marked. */
  public YardFile withBookmarks(List<Bookmark> all) {
    return new YardFile(seed, nodes, connections, origin, inputs, end, places, all, problem);
  }

  /** The text of the file. */
  public String write() {
    var lines = new ArrayList<String>();
    lines.add(FORMAT);
    lines.add("seed " + seed);
    nodes.forEach(node -> lines.add("node " + Words.join(CommandText.node(node))));
    connections.forEach(each -> lines.add(Words.join(List.of("connect", each.from(), each.to()))));
    places.forEach(
        each ->
            lines.add(
                Words.join(
                    List.of(
                        "place",
                        each.node(),
                        String.valueOf(each.x()),
                        String.valueOf(each.y())))));
    bookmarks.forEach(
        each ->
            lines.add(
                "bookmark "
                    + each.at().step()
                    + " "
                    + each.at().atNanos()
                    + " "
                    + Words.join(List.of(each.name()))));
    origin.ifPresent(
        story ->
            lines.add(
                "story "
                    + story.left().step()
                    + " "
                    + story.left().atNanos()
                    + " "
                    + Words.join(List.of(story.text()))));
    inputs.forEach(
        input ->
            lines.add(
                "at "
                    + input.at().step()
                    + " "
                    + input.at().atNanos()
                    + (input.seen() == Dated.Seen.BY_NOBODY ? " unseen " : " ")
                    + Words.join(CommandText.write(input.command()))));
    end.ifPresent(
        its ->
            lines.add(
                "end "
                    + its.at().step()
                    + " "
                    + its.at().atNanos()
                    + " "
                    + Long.toHexString(its.fingerprint())));
    return String.join("\n", lines) + "\n";
  }

  /** Reads a file as far as it is good. */
  public static YardFile read(String name, String text) {
    var reading = new Reading();
    List<String> lines = text.lines().toList();
    String problem = "";
    for (int i = 0; i < lines.size() && problem.isEmpty(); i++) {
      try {
        if (i == lines.size() - 1 && !text.endsWith("\n")) {
          throw new IllegalArgumentException(
              "is cut off here: the last line of such a file ends like the others");
        }
        reading.take(i, lines.get(i));
      } catch (IllegalArgumentException e) {
        problem = name + ":" + (i + 1) + ": " + CommandText.why(e);
      }
    }
    if (problem.isEmpty()) {
      problem = reading.missing().map(what -> name + ":" + lines.size() + ": " + what).orElse("");
    }
    return new YardFile(
        reading.seed,
        List.copyOf(reading.nodes),
        List.copyOf(reading.connections),
        reading.origin,
        List.copyOf(reading.inputs),
        reading.end,
        List.copyOf(reading.places),
        List.copyOf(reading.bookmarks),
        problem);
  }

  private static final class Reading {
    private long seed = 1;
    private final List<NodeSettings> nodes = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private final List<Dated> inputs = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final List<Bookmark> bookmarks = new ArrayList<>();
    private Optional<Origin> origin = Optional.empty();
    private Optional<End> end = Optional.empty();

    /** What a whole file would have besides. */
    private Optional<String> missing() {
      if (!inputs.isEmpty() && end.isEmpty()) {
        return Optional.of("the recording is cut off here");
      }
      return inputs.isEmpty() && end.isEmpty() && nodes.isEmpty()
          ? Optional.of("there is neither a node nor a recording in it")
          : Optional.empty();
    }

    private void take(int index, String line) {
      if (index == 0) {
        if (!line.equals(FORMAT)) {
          throw new IllegalArgumentException(
              "'" + line + "' is of another version; this program reads '" + FORMAT + "'");
        }
        return;
      }
      List<String> words = Words.split(line);
      if (words.isEmpty()) {
        return;
      }
      List<String> rest = words.subList(1, words.size());
      switch (words.getFirst()) {
        case "seed" -> seed = number(rest, 0);
        case "node" -> nodes.add(CommandText.readNode(rest));
        case "connect" -> connections.add(new Connection(word(rest, 0), word(rest, 1)));
        case "place" ->
            places.add(new Place(word(rest, 0), coordinate(rest, 1), coordinate(rest, 2)));
        case "bookmark" ->
            bookmarks.add(
                new Bookmark(new Position(number(rest, 0), number(rest, 1)), word(rest, 2)));
        case "story" ->
            origin =
                Optional.of(
                    new Origin(word(rest, 2), new Position(number(rest, 0), number(rest, 1))));
        case "at" -> inputs.add(input(rest));
        case "end" ->
            end =
                Optional.of(
                    new End(
                        new Position(number(rest, 0), number(rest, 1)),
                        fingerprint(word(rest, 2))));
        default ->
            throw new IllegalArgumentException("'" + words.getFirst() + "' is nothing of a yard");
      }
    }

    private Dated input(List<String> words) {
      var at = new Position(number(words, 0), number(words, 1));
      if (!inputs.isEmpty() && inputs.getLast().at().isAfter(at)) {
        throw new IllegalArgumentException("comes before the line above it");
      }
      boolean unseen = word(words, 2).equals("unseen");
      return new Dated(
          at,
          CommandText.read(words.subList(unseen ? 3 : 2, words.size())),
          unseen ? Dated.Seen.BY_NOBODY : Dated.Seen.BY_ALL);
    }

    private static String word(List<String> words, int index) {
      if (index >= words.size()) {
        throw new IllegalArgumentException("is cut off");
      }
      return words.get(index);
    }

    private static long fingerprint(String word) {
      try {
        return Long.parseUnsignedLong(word, 16);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("'" + word + "' is no fingerprint", e);
      }
    }

    private static double coordinate(List<String> words, int index) {
      String word = word(words, index);
      if (!COORDINATE.matcher(word).matches()) {
        throw new IllegalArgumentException("'" + word + "' is no place on a map");
      }
      return Double.parseDouble(word);
    }

    private static long number(List<String> words, int index) {
      String word = word(words, index);
      try {
        return Long.parseLong(word);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("'" + word + "' is no number", e);
      }
    }
  }
}
