package beamyard.lessons.shell;

import beamyard.lessons.elixir.stdlib.LibraryHelp;
import beamyard.lessons.elixir.stdlib.RealExports;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The names of the standard library as a real node has them, for who completes what is typed. */
public final class LibraryNames {
  private static final RealExports EXPORTS = RealExports.load();

  private LibraryNames() {}

  /**
   * How something is called, and what it does.
   *
   * @param head {@code map(enumerable, fun)}, or the name of a module
   * @param summary one sentence; empty if there is no help
   */
  public record Help(String head, String summary) {}

  /** The functions and macros of a name, one for each number of arguments; empty for what is not the library's. */
  public static List<Help> help(String module, String function) {
    return LibraryHelp.briefs(module, function).stream()
        .map(brief -> new Help(brief.head(), brief.summary()))
        .toList();
  }

  /** What a module is for; empty if it has no help. */
  public static Optional<Help> help(String module) {
    return LibraryHelp.brief(module).map(summary -> new Help(module, summary));
  }

  /** The modules as code names them, {@code String} or {@code :lists}, in alphabetical order. */
  public static List<String> modules() {
    return EXPORTS.modules().stream().map(LibraryNames::inCode).sorted().toList();
  }

  private static String inCode(RealExports.Module module) {
    String name = module.name();
    return Character.isUpperCase(name.charAt(0)) || name.startsWith(":") ? name : ":" + name;
  }

  /** The functions and macros of a module, each once, in alphabetical order; empty if the library has no such module. */
  public static Optional<List<String>> functions(String module) {
    return EXPORTS.modules().stream()
        .filter(each -> inCode(each).equals(module))
        .findFirst()
        .map(
            each ->
                List.copyOf(
                    new TreeSet<>(
                        Stream.concat(each.functions().stream(), each.macros().stream())
                            .map(export -> export.name().name())
                            .toList())));
  }
}
