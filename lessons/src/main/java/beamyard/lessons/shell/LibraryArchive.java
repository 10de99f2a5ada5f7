package beamyard.lessons.shell;

import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.lessons.elixir.machine.ModuleReader;
import beamyard.lessons.elixir.machine.ModuleWriter;
import beamyard.simulator.term.Atom;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The library's modules as the build compiled them: a file for each module, and an index of their names, whose lines are the
 * numbers of the files. A program that is run without the build, by an IDE say, has none and compiles the sources.
 */
final class LibraryArchive {
  private static final String FOLDER = "library/";
  private static final String INDEX = "index.txt";

  private final Map<Atom, Integer> numbers = new LinkedHashMap<>();

  private LibraryArchive(String index) {
    index.lines().forEach(name -> numbers.put(Atom.of(name), numbers.size()));
  }

  /** The one that belongs to this program; empty if it has none. */
  static Optional<LibraryArchive> ofThisProgram() {
    return resource(INDEX)
        .map(index -> new LibraryArchive(new String(index, StandardCharsets.UTF_8)));
  }

  /** Writes modules below the folder of this program's classes. */
  static void write(Path classes, List<CompiledModule> modules) throws IOException {
    Path folder =
        classes.resolve(LibraryArchive.class.getPackageName().replace('.', '/')).resolve(FOLDER);
    Files.createDirectories(folder);
    var index = new ArrayList<String>();
    for (CompiledModule module : modules) {
      Files.write(folder.resolve(file(index.size())), ModuleWriter.write(module));
      index.add(module.name().name());
    }
    Files.write(folder.resolve(INDEX), index);
  }

  /** A module; empty if it is not the library's. */
  Optional<CompiledModule> read(Atom name) {
    Integer number = numbers.get(name);
    return number == null ? Optional.empty() : resource(file(number)).map(ModuleReader::read);
  }

  private static String file(int number) {
    return number + ".module";
  }

  private static Optional<byte[]> resource(String name) {
    try (InputStream stream = LibraryArchive.class.getResourceAsStream(FOLDER + name)) {
      return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
