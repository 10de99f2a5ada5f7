package beamyard.lessons.script;

import beamyard.lessons.script.Snippet.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * An Elixir program for several nodes: its modules, which are project code of every node, and what runs at the first.
 *
 * @param file for messages
 * @param modules the code of each
 * @param body everything else, in order
 */
public record Program(String file, String text, List<String> modules, String body) {
  /** Splits a source file. */
  public static Program parse(String file, String text) {
    var modules = new ArrayList<String>();
    var body = new ArrayList<String>();
    for (Snippet.Expression expression : Snippet.expressions(1, text, List.of())) {
      if (expression.kind() == Kind.MODULE) {
        modules.add(expression.code());
      } else {
        body.add(
            expression.kind() == Kind.CONFIGURATION
                ? Snippet.configuring(expression.code())
                : expression.code());
      }
    }
    return new Program(file, text, List.copyOf(modules), String.join("\n", body));
  }

  /** What is typed at the first node to run it: its body, whose value is not shown. */
  public String typed() {
    return body + "\n; IEx.dont_display_result()";
  }
}
