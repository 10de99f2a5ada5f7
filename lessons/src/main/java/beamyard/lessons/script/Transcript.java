package beamyard.lessons.script;

import beamyard.simulator.BadSetup;
import beamyard.simulator.KernelParameters;
import beamyard.simulator.OtpRelease;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A recorded session of several nodes (a {@code .iexs} file): what was typed at which node, what it printed, and what was
 * done to the nodes and the network between.
 */
public record Transcript(String file, Header header, List<Step> steps) {
  /** The nodes that a transcript may name; all are on {@code localhost}. */
  public static final List<String> ALIASES =
      List.of("alice", "bob", "carol", "dave", "erin", "frank", "grace");

  private static final Pattern PROMPT =
      Pattern.compile("^(" + String.join("|", ALIASES) + ")> ?(.*)$");
  private static final Pattern CONTINUED = Pattern.compile("^\\s*\\.\\.\\.> ?(.*)$");
  private static final Pattern HEADER = Pattern.compile("#\\s*([a-z_ -]+?)\\s*:\\s*(.*)$");
  private static final Pattern DURATION =
      Pattern.compile("^(\\d+(?:\\.\\d+)?|\\.\\d+)\\s*(ms|s|)$");
  private static final Pattern NORMALISE = Pattern.compile("/(.*)/\\s*=>\\s*(.*)$");
  private static final Pattern WAIT_UNTIL = Pattern.compile("^(?:([\\d.]+m?s)\\s+)?(\\w+)> ?(.*)$");
  private static final String BLANK_LINE = "<BLANKLINE>";

  /**
   * What stands at the top.
   *
   * @param nodes the nodes that are started first
   * @param nodeOptions options of single nodes: {@code cookie}, {@code hidden}, {@code name}, {@code nodist}, or a kernel parameter
   * @param kernel kernel parameters of every node; that which differs between releases of OTP ({@code otp: 24}) is among them
   * @param limitMillis how long one input may take, in virtual time
   */
  public record Header(
      String title,
      List<String> nodes,
      Map<String, Map<String, String>> nodeOptions,
      Map<String, String> kernel,
      long limitMillis,
      Logging logging,
      List<Replacement> replacements,
      List<String> dependencies) {}

  /** Whether the nodes print what they log. */
  public enum Logging {
    ON,
    OFF
  }

  /** Normalises output before it is compared. */
  public record Replacement(Pattern pattern, String replacement) {}

  /** Something typed, or done. */
  public sealed interface Step {
    int line();
  }

  /** Something typed at a node, and the lines that its terminal shows until the next prompt. */
  public record Input(int line, String node, String code, List<String> expected) implements Step {}

  public record Start(int line, List<String> nodes) implements Step {}

  public record Stop(int line, String node) implements Step {}

  public record Kill(int line, String node) implements Step {}

  public record AwaitExit(int line, String node) implements Step {}

  public record Pause(int line, String node) implements Step {}

  public record Resume(int line, String node) implements Step {}

  public record Wait(int line, long millis) implements Step {}

  public record WaitUntil(int line, String node, String expression, long limitMillis)
      implements Step {}

  public record Partition(int line, List<List<String>> groups) implements Step {}

  /** Drops what goes from one node to another. */
  public record Block(int line, String from, String to) implements Step {}

  public record Unblock(int line, String from, String to) implements Step {}

  public record Heal(int line) implements Step {}

  /** Reads a transcript; {@link ScriptProblem} if it cannot be understood. */
  public static Transcript parse(String file, String text) {
    return new Reader(file).read(text);
  }

  private static final class Reader {
    private final String file;
    private final List<Step> steps = new ArrayList<>();
    private String title = "";
    private List<String> nodes = List.of("alice");
    private final Map<String, Map<String, String>> nodeOptions = new LinkedHashMap<>();
    private final Map<String, String> kernel = new LinkedHashMap<>();
    private OtpRelease release = OtpRelease.OTP_25;
    private long limitMillis = 10_000;
    private Logging logging = Logging.OFF;
    private final List<Replacement> replacements = new ArrayList<>();
    private List<String> dependencies = List.of();

    Reader(String file) {
      this.file = file;
    }

    Transcript read(String text) {
      boolean inHeader = true;
      Typed typed = null;
      int number = 0;
      for (String line : text.lines().toList()) {
        number++;
        Matcher prompt = PROMPT.matcher(line);
        Matcher continued = CONTINUED.matcher(line);
        if (prompt.matches()) {
          inHeader = false;
          add(typed);
          typed = new Typed(number, prompt.group(1), prompt.group(2));
        } else if (line.startsWith("! ")) {
          inHeader = false;
          add(typed);
          typed = null;
          steps.add(directive(number, line.substring(2).strip()));
        } else if (typed != null && typed.expected.isEmpty() && continued.matches()) {
          typed.code.append('\n').append(continued.group(1));
        } else if (typed != null && !line.isBlank()) {
          typed.expected.add(decoded(line));
        } else {
          add(typed);
          typed = null;
          if (inHeader && line.startsWith("#")) {
            header(number, line);
          }
        }
      }
      add(typed);
      boolean prevented = release.kernel().preventOverlappingPartitions();
      if (prevented != KernelParameters.DEFAULT.preventOverlappingPartitions()) {
        kernel.putIfAbsent("prevent_overlapping_partitions", String.valueOf(prevented));
      }
      var header =
          new Header(
              title, nodes, nodeOptions, kernel, limitMillis, logging, replacements, dependencies);
      return new Transcript(file, header, List.copyOf(steps));
    }

    private void add(@org.jspecify.annotations.Nullable Typed typed) {
      if (typed != null) {
        steps.add(
            new Input(typed.line, typed.node, typed.code.toString(), List.copyOf(typed.expected)));
      }
    }

    private static String decoded(String line) {
      if (line.equals(BLANK_LINE)) {
        return "";
      }
      return line.startsWith("\\") ? line.substring(1) : line;
    }

    private void header(int number, String line) {
      Matcher matcher = HEADER.matcher(line);
      if (!matcher.matches()) {
        return; // a comment
      }
      String key = matcher.group(1);
      String value = matcher.group(2).strip();
      if (key.equals("nodes")) {
        nodes =
            words(value).stream()
                .filter(node -> !node.equals("none"))
                .map(node -> known(number, node))
                .toList();
      } else if (key.startsWith("node ")) {
        nodeOptions.put(known(number, key.substring(5).strip()), settings(value));
      } else {
        switch (key) {
          case "title" -> title = value;
          case "kernel" -> kernel.putAll(settings(value));
          case "otp" -> release = release(number, value);
          case "timeout" -> limitMillis = millis(number, value);
          case "logger" -> logging = value.equals("on") ? Logging.ON : Logging.OFF;
          case "deps" -> dependencies = words(value);
          case "normalise", "normalize" -> replacements.add(replacement(number, value));
          default -> {} // notes for people: topic, note, ...
        }
      }
    }

    private OtpRelease release(int number, String value) {
      try {
        return OtpRelease.of(Integer.parseInt(value));
      } catch (NumberFormatException | BadSetup notOne) {
        throw problem(
            number, "expected the number of an OTP release, such as 24, not '" + value + "'");
      }
    }

    private Replacement replacement(int number, String value) {
      Matcher matcher = NORMALISE.matcher(value);
      if (!matcher.matches()) {
        throw problem(number, "expected /regex/ => replacement after 'normalise:'");
      }
      try {
        return new Replacement(
            Pattern.compile(matcher.group(1), Pattern.MULTILINE),
            matcher.group(2).replaceAll("\\\\(\\d)", "\\$$1"));
      } catch (PatternSyntaxException e) {
        throw problem(
            number, "the regex after 'normalise:' does not compile: " + e.getDescription());
      }
    }

    private Step directive(int number, String text) {
      int space = text.indexOf(' ');
      String verb = space < 0 ? text : text.substring(0, space);
      String rest = space < 0 ? "" : text.substring(space + 1).strip();
      return switch (verb) {
        case "start" ->
            new Start(number, words(rest).stream().map(node -> known(number, node)).toList());
        case "stop" -> new Stop(number, known(number, rest));
        case "kill" -> new Kill(number, known(number, rest));
        case "exited" -> new AwaitExit(number, known(number, rest));
        case "pause" -> new Pause(number, known(number, rest));
        case "resume" -> new Resume(number, known(number, rest));
        case "wait" -> new Wait(number, millis(number, rest));
        case "wait-until" -> waitUntil(number, rest);
        case "partition" -> new Partition(number, groups(number, rest));
        case "block", "unblock" -> oneWay(number, verb, rest);
        case "heal" -> new Heal(number);
        default ->
            throw problem(
                number,
                "unknown directive '! "
                    + verb
                    + "'; known are start, stop, kill, exited, pause,"
                    + " resume, wait, wait-until, partition, block, unblock and heal");
      };
    }

    private Step waitUntil(int number, String rest) {
      Matcher matcher = WAIT_UNTIL.matcher(rest);
      if (!matcher.matches()) {
        throw problem(number, "expected '! wait-until [LIMIT] NODE> EXPRESSION'");
      }
      long limit = matcher.group(1) == null ? 20_000 : millis(number, matcher.group(1));
      return new WaitUntil(number, known(number, matcher.group(2)), matcher.group(3), limit);
    }

    private List<List<String>> groups(int number, String rest) {
      var groups = new ArrayList<List<String>>();
      for (String group : rest.split("\\|")) {
        groups.add(words(group).stream().map(node -> known(number, node)).toList());
      }
      if (groups.size() < 2) {
        throw problem(
            number, "a partition has at least two groups: '! partition alice,bob | carol'");
      }
      return groups;
    }

    private Step oneWay(int number, String verb, String rest) {
      String[] ends = rest.split("\\s*->\\s*");
      if (ends.length != 2) {
        throw problem(number, "expected '! " + verb + " alice -> bob'");
      }
      String from = known(number, ends[0]);
      String to = known(number, ends[1]);
      return verb.equals("block") ? new Block(number, from, to) : new Unblock(number, from, to);
    }

    private String known(int number, String node) {
      if (!ALIASES.contains(node)) {
        throw problem(
            number, "unknown node '" + node + "'; known are " + String.join(", ", ALIASES));
      }
      return node;
    }

    private long millis(int number, String text) {
      Matcher matcher = DURATION.matcher(text.strip());
      if (!matcher.matches()) {
        throw problem(number, "expected a duration such as 200ms or 2s, not '" + text + "'");
      }
      return Math.round(
          Double.parseDouble(matcher.group(1)) * (matcher.group(2).equals("ms") ? 1 : 1000));
    }

    private ScriptProblem problem(int number, String what) {
      return new ScriptProblem(file, number, what);
    }

    private static List<String> words(String text) {
      return Pattern.compile("[\\s,]+")
          .splitAsStream(text.strip())
          .filter(word -> !word.isEmpty())
          .toList();
    }

    private static Map<String, String> settings(String text) {
      var settings = new LinkedHashMap<String, String>();
      for (String word : words(text)) {
        int equals = word.indexOf('=');
        settings.put(
            equals < 0 ? word : word.substring(0, equals),
            equals < 0 ? "true" : word.substring(equals + 1));
      }
      return settings;
    }
  }

  private static final class Typed {
    final int line;
    final String node;
    final StringBuilder code;
    final List<String> expected = new ArrayList<>();

    Typed(int line, String node, String code) {
      this.line = line;
      this.node = node;
      this.code = new StringBuilder(code);
    }
  }
}
