package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.simulator.term.Atom;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** What the modules of real Elixir say about themselves that warnings need: {@code claims.txt}, written by {@code claims.exs}. */
final class Claims {
  private static final String FILE = "claims.txt";

  private final SequencedMap<Atom, List<Callback>> behaviours = new LinkedHashMap<>();
  private final SequencedMap<Call, String> deprecated = new LinkedHashMap<>();

  /** A function that a behaviour asks for. */
  record Callback(NameArity name, boolean isOptional) {}

  private record Call(Atom module, NameArity function) {}

  private static final class Loaded {
    static final Claims CLAIMS = read();
  }

  private Claims() {}

  /** Read when first asked for. */
  static Claims loaded() {
    return Loaded.CLAIMS;
  }

  /** The callbacks of a behaviour that comes with Elixir. */
  Optional<List<Callback>> callbacks(Atom behaviour) {
    return Optional.ofNullable(behaviours.get(behaviour));
  }

  /** What to use instead of a function of Elixir that is deprecated. */
  Optional<String> deprecated(Atom module, NameArity function) {
    return Optional.ofNullable(deprecated.get(new Call(module, function)));
  }

  private static Claims read() {
    try (InputStream stream = Claims.class.getResourceAsStream(FILE)) {
      if (stream == null) {
        throw new AssertionError("the compiler lacks " + FILE);
      }
      var claims = new Claims();
      new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(claims::add);
      return claims;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    String[] words = line.split(" ");
    Atom module = Atom.of(words[1].startsWith(":") ? words[1].substring(1) : "Elixir." + words[1]);
    if (words[0].equals("behaviour")) {
      var callbacks = new ArrayList<Callback>();
      for (String word : List.of(words).subList(2, words.length)) {
        boolean isOptional = word.endsWith("?");
        callbacks.add(
            new Callback(
                name(isOptional ? word.substring(0, word.length() - 1) : word), isOptional));
      }
      behaviours.put(module, List.copyOf(callbacks));
    } else {
      deprecated.put(new Call(module, name(words[2])), line.split(" ", 4)[3]);
    }
  }

  private static NameArity name(String text) {
    int slash = text.lastIndexOf('/');
    return new NameArity(
        Atom.of(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }
}
