package beamyard.lessons.exploration;

import beamyard.lessons.elixir.syntax.ParseOptions;
import beamyard.lessons.elixir.syntax.Parsed;
import beamyard.lessons.elixir.syntax.Parser;
import beamyard.lessons.elixir.syntax.Source;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in a program's text what it states. */
final class StatedProperty {
  private StatedProperty() {}

  /**
   * The text of the function that must give true.
   *
   * @param property as it is told: {@code always "name"}
   * @return empty if no call of {@code Sandbox}, with parentheses and the name as it is, states it
   */
  static Optional<String> in(String program, String property) {
    int space = property.indexOf(' ');
    String name = property.substring(space + 1);
    String named = "\\s*" + Pattern.quote(name) + "\\s*,";
    Matcher call =
        Pattern.compile(
                "\\bSandbox\\."
                    + Pattern.quote(property.substring(0, space))
                    + "\\("
                    + (name.equals("\"\"") ? "(?:" + named + ")?" : named)
                    + "\\s*")
            .matcher(program);
    return call.find() ? argument(program, call.start(), call.end()) : Optional.empty();
  }

  /** The text up to the parenthesis that ends a call: the first up to which it is a whole expression. */
  private static Optional<String> argument(String program, int call, int start) {
    for (int end = program.indexOf(')', start); end >= 0; end = program.indexOf(')', end + 1)) {
      var source = new Source("program", program.substring(call, end + 1), 1, 1);
      if (Parser.parse(source, ParseOptions.LINES) instanceof Parsed.Quoted) {
        return Optional.of(program.substring(start, end).strip());
      }
    }
    return Optional.empty();
  }
}
