package beamyard.lessons.elixir.stdlib;

import beamyard.simulator.term.Atom;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The standard library's sources in Elixir: which file defines which module. */
public final class StdlibSources {
  private static final String INDEX = "index.txt";
  private static final Pattern DEFINITION =
      Pattern.compile("^(defmodule|defprotocol)\\s+(\\S+)\\s+do", Pattern.MULTILINE);
  private static final Pattern IMPLEMENTATION =
      Pattern.compile(
          "^defimpl\\s+(\\S+),\\s+for:\\s+(\\[[^\\]]*\\]|\\S+)\\s+do", Pattern.MULTILINE);

  private final Map<Atom, SourceFile> byModule = new LinkedHashMap<>();

  /** A file of the library; {@code name} as stack traces show it. */
  public record SourceFile(String name, String text) {}

  private StdlibSources() {}

  /** Reads the sources that belong to this program. */
  public static StdlibSources load() {
    var sources = new StdlibSources();
    for (String name : resource(INDEX).lines().filter(line -> !line.isBlank()).toList()) {
      sources.add(new SourceFile(name.startsWith("deps/") ? name : "lib/" + name, resource(name)));
    }
    return sources;
  }

  private void add(SourceFile file) {
    Matcher definition = DEFINITION.matcher(file.text());
    while (definition.find()) {
      byModule.put(module(definition.group(2)), file);
    }
    Matcher implementation = IMPLEMENTATION.matcher(file.text());
    while (implementation.find()) {
      String types = implementation.group(2).replaceAll("[\\[\\]]", "");
      for (String type : List.of(types.split(",\\s*"))) {
        byModule.put(module(implementation.group(1) + "." + type), file);
      }
    }
  }

  private static Atom module(String name) {
    return Atom.of(name.startsWith(":") ? name.substring(1).replace("\"", "") : "Elixir." + name);
  }

  /** The file that defines a module; empty if none does. */
  public Optional<SourceFile> find(Atom module) {
    return Optional.ofNullable(byModule.get(module));
  }

  /** All modules with a source, in the order of the index. */
  public List<Atom> modules() {
    return List.copyOf(byModule.keySet());
  }

  static String resource(String name) {
    return optionalResource(name)
        .orElseThrow(() -> new AssertionError("the standard library lacks " + name));
  }

  /** The text of a file beside the sources; empty if there is no such file. */
  static Optional<String> optionalResource(String name) {
    try (InputStream stream = StdlibSources.class.getResourceAsStream(name)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
