package beamyard.lessons.shell;

import java.io.IOException;
import java.nio.file.Path;

/** What the build runs: compiles the library, so that the program need not do it whenever it starts. */
final class LibraryCompiler {
  private LibraryCompiler() {}

  /**
   * Writes the {@link LibraryArchive}.
   *
   * @param arguments the folder of the classes
   */
  public static void main(String[] arguments) throws IOException {
    LibraryArchive.write(Path.of(arguments[0]), new StandardLibrary(ElixirNodes.builtins()).all());
  }
}
