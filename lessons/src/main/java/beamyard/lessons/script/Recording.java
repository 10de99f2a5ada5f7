package beamyard.lessons.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run that can be done again: the page it played, the seed, what was typed when, and the hash of all that happened. Opening
 * it replays it.
 *
 * <p>The file is text: a line that names the format and its version, {@code name: value} lines, one line for each input, an
 * empty line, and the page as it was.
 *
 * @param page the name of the page
 * @param text its text
 * @param inputs what was typed, in order
 * @param hash of the trace, in hexadecimal
 */
public record Recording(String page, String text, long seed, List<Input> inputs, String hash) {
  private static final String ANY_FORMAT = "beamyard recording ";
  private static final String FORMAT = ANY_FORMAT + "1";

  /** Something typed at a node, in virtual nanoseconds of its section. */
  public record Input(int section, long atNanos, String node, String code) {}

  /** The file, byte for byte the same for the same run. */
  public String write() {
    var out = new StringBuilder();
    out.append(FORMAT).append('\n');
    out.append("page: ").append(escaped(page)).append('\n');
    out.append("seed: ").append(seed).append('\n');
    out.append("hash: ").append(hash).append('\n');
    out.append("lines: ").append(text.lines().count()).append('\n');
    for (Input input : inputs) {
      out.append("input: ").append(input.section()).append(' ').append(input.atNanos()).append(' ');
      out.append(input.node()).append(' ').append(escaped(input.code())).append('\n');
    }
    return out.append('\n').append(text).toString();
  }

  /** Whether a file's text begins as recordings do, of whatever version. */
  public static boolean isOne(String content) {
    return content.startsWith(ANY_FORMAT);
  }

  /**
   * Reads a file; {@link ScriptProblem} if it is no recording, of a version that this program does not know, or not all there.
   */
  public static Recording read(String file, String content) {
    if (!isOne(content)) {
      throw new ScriptProblem(file, 1, "is no recording: it should begin with '" + FORMAT + "'");
    }
    int end = content.indexOf("\n\n");
    List<String> head = content.substring(0, end < 0 ? content.length() : end).lines().toList();
    if (!head.getFirst().equals(FORMAT)) {
      throw new ScriptProblem(
          file,
          1,
          "'" + head.getFirst() + "' is of another version; this program reads '" + FORMAT + "'");
    }
    if (end < 0) {
      throw new ScriptProblem(
          file,
          head.size(),
          "is cut off here: the empty line and the page that end it are missing");
    }
    Map<String, String> values = new TreeMap<>();
    var inputs = new ArrayList<Input>();
    for (int i = 1; i < head.size(); i++) {
      String line = head.get(i);
      int colon = line.indexOf(": ");
      if (colon < 0) {
        throw new ScriptProblem(file, i + 1, "expected 'name: value'");
      }
      if (line.startsWith("input: ")) {
        inputs.add(input(file, i + 1, line.substring(colon + 2)));
      } else {
        values.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    for (String needed : List.of("page", "seed", "hash", "lines")) {
      if (!values.containsKey(needed)) {
        throw new ScriptProblem(file, 0, "lacks the line '" + needed + ": ...'");
      }
    }
    String text = content.substring(end + 2);
    if (text.lines().count() != number(file, 0, values.get("lines"))) {
      throw new ScriptProblem(
          file, 0, "is cut off: the page in it should have " + values.get("lines") + " lines");
    }
    return new Recording(
        unescaped(values.get("page")),
        text,
        number(file, 0, values.get("seed")),
        inputs,
        values.get("hash"));
  }

  private static Input input(String file, int line, String text) {
    String[] parts = text.split(" ", 4);
    if (parts.length < 4) {
      throw new ScriptProblem(file, line, "expected 'input: SECTION NANOSECONDS NODE CODE'");
    }
    long section = number(file, line, parts[0]);
    if (section != (int) section) {
      throw new ScriptProblem(file, line, "no page has a section " + section);
    }
    return new Input((int) section, number(file, line, parts[1]), parts[2], unescaped(parts[3]));
  }

  private static long number(String file, int line, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ScriptProblem(file, line, "expected a number, not '" + text + "'");
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String unescaped(String text) {
    var out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        out.append(c);
        continue;
      }
      i++;
      switch (text.charAt(i)) {
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        default -> out.append(text.charAt(i));
      }
    }
    return out.toString();
  }
}
