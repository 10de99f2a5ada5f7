package beamyard.lessons.exploration;

/** A counterexample as a test in Java, for projects that keep it: it fails for as long as the counterexample does. */
final class JavaTest {
  private JavaTest() {}

  /** The source of a class with one test. */
  static String of(Counterexample known) {
    String name = className(known.program());
    return """
        import static org.junit.jupiter.api.Assertions.assertEquals;

        import beamyard.lessons.exploration.Counterexample;
        import beamyard.lessons.exploration.Exploration;
        import java.util.Optional;
        import org.junit.jupiter.api.Test;

        class %s {
          @Test
          void holds() {
            Counterexample known = Counterexample.read("%s", KNOWN);
            assertEquals(Optional.empty(), Exploration.again(known).map(Counterexample::story));
          }

          private static final String KNOWN =
              ""\"
        %s      ""\";
        }
        """
        .formatted(name, escaped(known.program()), indented(known.write()));
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

  private static String escaped(String text) {
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
