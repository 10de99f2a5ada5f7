package beamyard.ui.desktop.yard;

import beamyard.lessons.shell.LibraryNames;
import beamyard.lessons.shell.LibraryNames.Help;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What could stand at the end of a line: modules, functions of the module before the dot, and what is bound at the shell.
 *
 * @param module the one before the dot; empty if there is none
 * @param prefix what of it is typed already
 * @param candidates whole words, in alphabetical order
 */
public record Completion(String module, String prefix, List<String> candidates) {
  static final Completion NONE = new Completion("", "", List.of());

  /** So many candidates are shown with what they do. */
  private static final int FEW = 3;

  private static final Pattern WORD =
      Pattern.compile(
          "(?<module>(?::[a-z_]\\w*|[A-Z]\\w*(?:\\.[A-Z]\\w*)*)\\.)?(?<prefix>:?\\w*[?!]?)$");

  /** What a line asks for, before the node was asked. */
  record Wanted(String module, String prefix) {
    /** What to ask the node: its answers are whole words, one a line. Only plain names get into it. */
    String question() {
      return module.isEmpty()
          ? "Enum.each(binding(), fn {k, _} -> IO.puts(k) end);"
              + " Enum.each(:code.all_loaded(), fn {m, _} -> IO.puts(inspect(m)) end)"
          : "if function_exported?("
              + module
              + ", :__info__, 1), do: Enum.each("
              + module
              + ".__info__(:functions) ++ "
              + module
              + ".__info__(:macros), fn {f, _} -> IO.puts(f) end)";
    }
  }

  static Wanted wanted(String line) {
    Matcher word = WORD.matcher(line);
    if (!word.find()) {
      return new Wanted("", "");
    }
    String module = word.group("module");
    return new Wanted(
        module == null ? "" : module.substring(0, module.length() - 1), word.group("prefix"));
  }

  /**
   * The completion of what is wanted.
   *
   * @param ofNode what the node answered; may be empty
   */
  static Completion of(Wanted wanted, Collection<String> ofNode) {
    var all = new TreeSet<String>();
    if (wanted.module().isEmpty()) {
      all.addAll(LibraryNames.modules());
      LibraryNames.functions("Kernel").ifPresent(all::addAll);
    } else {
      LibraryNames.functions(wanted.module()).ifPresent(all::addAll);
      String within = wanted.module() + ".";
      LibraryNames.modules().stream()
          .filter(name -> name.startsWith(within))
          .map(name -> name.substring(within.length()))
          .forEach(all::add);
    }
    ofNode.stream()
        .map(String::strip)
        .filter(name -> name.matches(":?\\w[\\w.]*[?!]?"))
        .forEach(all::add);
    if (wanted.prefix().isEmpty() && wanted.module().isEmpty()) {
      return NONE; // anything could stand there
    }
    return new Completion(
        wanted.module(),
        wanted.prefix(),
        all.stream()
            .filter(
                name ->
                    name.startsWith(wanted.prefix())
                        && !name.startsWith("__")
                        && !name.equals(wanted.prefix()))
            .toList());
  }

  /** Whether there are so few candidates that they are told with how they are called and what they do, one a line. */
  public boolean isTold() {
    return !candidates.isEmpty() && candidates.size() <= FEW;
  }

  /** Each candidate; where they are few, how it is called and what it does. */
  public List<String> shown() {
    return isTold()
        ? candidates.stream().flatMap(name -> told(name).stream()).toList()
        : candidates;
  }

  private List<String> told(String name) {
    List<Help> help =
        module.isEmpty() && name.matches("[:A-Z].*")
            ? LibraryNames.help(name).stream().toList()
            : LibraryNames.help(module.isEmpty() ? "Kernel" : module, name);
    List<String> lines =
        help.stream()
            .map(it -> it.summary().isEmpty() ? it.head() : it.head() + "   " + it.summary())
            .toList();
    return lines.isEmpty() ? List.of(name) : lines;
  }

  /** What all candidates begin with, beyond what is typed. */
  public String common() {
    if (candidates.isEmpty()) {
      return "";
    }
    String first = candidates.getFirst();
    int length = first.length();
    for (String candidate : candidates) {
      int same = 0;
      while (same < Math.min(length, candidate.length())
          && first.charAt(same) == candidate.charAt(same)) {
        same++;
      }
      length = same;
    }
    return length <= prefix.length() ? "" : first.substring(prefix.length(), length);
  }
}
