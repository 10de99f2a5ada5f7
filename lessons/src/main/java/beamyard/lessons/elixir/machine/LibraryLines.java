package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.Atom;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where functions of Elixir's library stand in stack traces: the files and lines of Elixir 1.14, as {@code src/tools/lines.exs} has
 * written them down. Terms that hold a stack trace are printed with them, where our own places would tell a learner nothing.
 */
final class LibraryLines {
  private static final String FILE = "/beamyard/lessons/elixir/stdlib/lines.txt";

  /**
   * A function's place.
   *
   * @param line where it fails, or calls what fails
   * @param clauseLine where it is when it has no clause for its arguments
   */
  record Place(String file, int line, int clauseLine) {}

  private LibraryLines() {}

  /** The place of a function; empty if it is not known. */
  static Optional<Place> of(Atom module, Atom function, int arity) {
    return Optional.ofNullable(
        Loaded.PLACES.get(module.name() + "." + function.name() + "/" + arity));
  }

  /** Read when the first stack trace is made. */
  private static final class Loaded {
    static final Map<String, Place> PLACES = read();

    private static Map<String, Place> read() {
      var places = new LinkedHashMap<String, Place>();
      try (InputStream stream = LibraryLines.class.getResourceAsStream(FILE)) {
        if (stream == null) {
          throw new AssertionError("missing: " + FILE);
        }
        new String(stream.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .forEach(
                line -> {
                  String[] words = line.split(" ");
                  places.put(
                      words[0],
                      new Place(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3])));
                });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return places;
    }
  }
}
