package beamyard.lessons.exploration;

import java.util.List;
import java.util.stream.Collectors;

/** What is known to go wrong as a test in Java, for projects that keep it: it fails for as long as that goes wrong. */
public final class JavaTest {
  private JavaTest() {}

  /** The source of a class with one test. */
  static String of(Counterexample known) {
    return of(
        known.program(),
        "holds",
        List.of(
            "beamyard.lessons.exploration.Counterexample",
            "beamyard.lessons.exploration.Exploration"),
        """
        Counterexample known = Counterexample.read("%s", KNOWN);
        assertEquals(Optional.empty(), Exploration.again(known).map(Counterexample::story));
        """
            .formatted(escaped(known.program())),
        known.write());
  }

  /**
   * The source of a class with one test.
   *
   * @param file after which the class is called
   * @param test the name of its method
   * @param imports the names in full of what its body uses, in order, besides JUnit and {@code Optional}
   * @param body the lines of its method, which find in {@code KNOWN} what is known
   * @param known a text of several lines
   */
  public static String of(
      String file, String test, List<String> imports, String body, String known) {
    return """
        import static org.junit.jupiter.api.Assertions.assertEquals;

        %s
        import java.util.Optional;
        import org.junit.jupiter.api.Test;

        class %s {
          @Test
          void %s() {
        %s  }

          private static final String KNOWN =
              ""\"
        %s      ""\";
        }
        """
        .formatted(
            imports.stream().map(name -> "import " + name + ";").collect(Collectors.joining("\n")),
            className(file),
            test,
            body.indent(4),
            indented(known));
  }

  private static String className(String program) {
    String file =
        program.substring(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1);
    var name = new StringBuilder();
    boolean upper = true;
    for (char c : file.replaceFirst("\\.[A-Za-z]+$", "").toCharArray()) {
      if (Character.isLetterOrDigit(c) && c < 128) {
        name.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      } else {
        upper = true;
      }
    }
    boolean usable = !name.isEmpty() && Character.isLetter(name.charAt(0));
    return (usable ? name : "Known" + name) + "Test";
  }

  /** As it stands within a string. */
  public static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** As the lines of a text block; what would be lost there, blanks at the end of a line, is escaped. */
  private static String indented(String text) {
    var out = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      String safe =
          line.replace("\\", "\\\\")
              .replace("\"\"\"", "\\\"\"\"")
              .replace("\t", "\\t")
              .replace("\r", "\\r");
      safe = safe.endsWith(" ") ? safe.substring(0, safe.length() - 1) + "\\s" : safe;
      out.append(safe.isEmpty() ? "" : "      " + safe).append('\n');
    }
    String all = out.toString();
    return text.endsWith("\n")
        ? all.substring(0, all.length() - 1)
        : all.substring(0, all.length() - 1) + "\\\n";
  }
}
