package beamyard.lessons.script;

import beamyard.lessons.script.Lesson.Block;
import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Kind;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Section;
import beamyard.lessons.script.Lesson.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a lesson page. Goes on after a mistake, so that the rest of the page still shows: what is never closed ends where the
 * next section begins.
 */
public final class LessonReader {
  private static final String IEX = "iex";
  private static final Pattern SHORTCODE =
      Pattern.compile("\\{\\{([<%])\\s*(/?)\\s*([\\w./-]+)\\s*(.*?)\\s*(/?)\\s*[>%]\\}\\}");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([\\w-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`|([^\\s\"'`]+))");
  private static final Pattern FENCE =
      Pattern.compile("^(\\s*(?:>\\s?)?)(```+|~~~+)\\s*\\{?\\.?([\\w+-]*).*$");
  private static final Pattern HEADING = Pattern.compile("^##\\s+(.*?)\\s*#*\\s*$");
  private static final Pattern UNFINISHED =
      Pattern.compile("^\\s*\\{\\{[<%]\\s*/?\\s*[\\w-]+(?!.*[>%]\\}\\}).*$");
  private static final String SECTION = "## ";
  private static final int DEEPEST = 20;

  private final String file;
  private final List<String> lines;
  private final List<String> problems = new ArrayList<>();
  private final List<Section> sections = new ArrayList<>();
  private final Deque<OpenFrame> open = new ArrayDeque<>();
  private List<Block> blocks = new ArrayList<>();
  private String title = "";
  private int sectionLine = 1;
  private final StringBuilder prose = new StringBuilder();
  private int proseLine;
  private int at;

  private LessonReader(String file, String text) {
    this.file = file;
    this.lines =
        (text.startsWith("\uFEFF") ? text.substring(1) : text)
            .lines()
            .collect(Collectors.toCollection(ArrayList::new));
  }

  public static Lesson read(String file, String text) {
    return new LessonReader(file, text).read();
  }

  private Lesson read() {
    FrontMatterReader.Read front = new FrontMatterReader(file, this::problem).read(lines);
    at = front.next();
    while (at < lines.size()) {
      String line = lines.get(at);
      Matcher shortcode = SHORTCODE.matcher(line);
      Matcher fence = FENCE.matcher(line);
      Matcher heading = HEADING.matcher(line);
      if (fence.matches()) {
        code(fence);
      } else if (shortcode.find() && standsAlone(line, shortcode)) {
        shortcode(shortcode);
      } else if (heading.matches() && endsOpenFrames()) {
        endSection();
        title = heading.group(1);
        sectionLine = ++at;
      } else {
        if (UNFINISHED.matcher(line).matches()) {
          problem(at + 1, "this shortcode has no end: close it on the same line with >}} or %}}");
        }
        addProse(line);
        at++;
      }
    }
    closeAll();
    endSection();
    var check = new PageCheck(lines, this::problem);
    check.front(front.front());
    check.sections(sections);
    return new Lesson(file, front.front(), List.copyOf(sections), List.copyOf(problems));
  }

  private void addProse(String line) {
    if (prose.isEmpty()) {
      proseLine = at + 1;
    }
    prose.append(line).append('\n');
  }

  /**
   * Whether a line is a shortcode and not text that mentions one. What follows a shortcode on its line is read as a line of
   * its own.
   */
  private boolean standsAlone(String line, Matcher shortcode) {
    String before = line.substring(0, shortcode.start());
    boolean closing = !shortcode.group(2).isEmpty();
    if (!before.isBlank()) {
      if (closing && !open.isEmpty() && named(shortcode.group(3), open.peek().kind)) {
        addProse(before.stripTrailing());
        lines.set(at, line.substring(shortcode.start()));
        return shortcode.reset(lines.get(at)).find();
      }
      return false;
    }
    return true;
  }

  private void shortcode(Matcher shortcode) {
    int line = at + 1;
    boolean closing = !shortcode.group(2).isEmpty();
    boolean closesItself = !shortcode.group(5).isEmpty();
    String name = shortcode.group(3);
    String attributes = shortcode.group(4);
    String rest = lines.get(at).substring(shortcode.end()).strip();
    endProse();
    if (rest.isEmpty()) {
      at++;
    } else {
      lines.set(at, rest);
    }
    Optional<Kind> kind = kind(name);
    if (name.equals(IEX)) {
      if (closing) {
        problem(line, "{{< /iex >}} closes nothing: remove it, or add {{< iex >}} before it");
      } else if (!closesItself) {
        session(line);
      }
    } else if (kind.isEmpty()) {
      if (!closing) {
        problem(
            line,
            "unknown shortcode '"
                + name
                + "': remove it or use one of "
                + String.join(", ", known()));
      }
    } else if (closing) {
      close(line, name, kind.get());
    } else if (open.size() >= DEEPEST) {
      problem(line, "more than " + DEEPEST + " shortcodes within each other: close some of them");
    } else {
      if (attributes.chars().filter(c -> c == '"').count() % 2 == 1) {
        problem(line, "a text in this shortcode has no closing quotation mark: add \"");
      }
      open.push(new OpenFrame(line, kind.get(), attributes(attributes), blocks));
      blocks = new ArrayList<>();
      if (closesItself) {
        closeFrame();
      }
    }
  }

  private void close(int line, String name, Kind kind) {
    if (open.stream().noneMatch(frame -> frame.kind == kind)) {
      problem(
          line,
          "{{< /" + name + " >}} closes nothing: remove it, or add {{< " + name + " >}} before it");
      return;
    }
    while (open.element().kind != kind) {
      neverClosed(open.element());
      closeFrame();
    }
    closeFrame();
  }

  private static List<String> known() {
    var names = new ArrayList<>(List.of(IEX));
    Arrays.stream(Kind.values()).map(LessonReader::name).forEach(names::add);
    return names;
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static boolean named(String name, Kind kind) {
    return name(kind).equals(name);
  }

  private static Optional<Kind> kind(String name) {
    return Arrays.stream(Kind.values()).filter(kind -> named(name, kind)).findFirst();
  }

  private static Map<String, String> attributes(String text) {
    var attributes = new LinkedHashMap<String, String>();
    Matcher matcher = ATTRIBUTE.matcher(text);
    while (matcher.find()) {
      for (int group = 2; group <= 5; group++) {
        if (matcher.group(group) != null) {
          attributes.put(matcher.group(1), matcher.group(group));
        }
      }
    }
    return attributes;
  }

  private void closeFrame() {
    endProse();
    OpenFrame frame = open.pop();
    frame.outer.add(new Frame(frame.line, frame.kind, frame.attributes, List.copyOf(blocks)));
    blocks = frame.outer;
  }

  private void neverClosed(OpenFrame frame) {
    String name = name(frame.kind);
    problem(frame.line, "{{< " + name + " >}} is never closed: add {{< /" + name + " >}} after it");
  }

  private void closeAll() {
    endProse();
    while (!open.isEmpty()) {
      neverClosed(open.element());
      closeFrame();
    }
  }

  /** Whether a heading begins a section: not within a frame, unless that is never closed. */
  private boolean endsOpenFrames() {
    if (open.isEmpty()) {
      return true;
    }
    Kind kind = open.element().kind;
    int depth = 0;
    for (String line : lines.subList(at, lines.size())) {
      Matcher shortcode = SHORTCODE.matcher(line);
      while (shortcode.find()) {
        if (named(shortcode.group(3), kind)) {
          depth += shortcode.group(2).isEmpty() ? 1 : -1;
          if (depth < 0) {
            return false;
          }
        }
      }
    }
    closeAll();
    return true;
  }

  private void session(int opened) {
    int start = at;
    int end = start;
    while (end < lines.size() && !isShortcode(lines.get(end))) {
      end++;
    }
    boolean closed = end < lines.size() && isEndOfSession(lines.get(end));
    if (!closed) {
      problem(opened, "{{< iex >}} is never closed: add {{< /iex >}} after it");
      end = Math.min(end, nextSection(start));
    }
    List<String> text = new ArrayList<>(lines.subList(start, end));
    String rest = "";
    if (closed) {
      Matcher ending = SHORTCODE.matcher(lines.get(end));
      ending.find();
      String before = lines.get(end).substring(0, ending.start());
      if (!before.isBlank()) {
        text.add(before.stripTrailing());
      }
      rest = lines.get(end).substring(ending.end()).strip();
    }
    blocks.add(new Session(start + 1, SessionReader.read(start + 1, text, this::problem)));
    at = closed && rest.isEmpty() ? end + 1 : end;
    if (!rest.isEmpty()) {
      lines.set(end, rest);
    }
  }

  /** Whether a line has a shortcode that cannot stand within a transcript, or ends one. */
  private static boolean isShortcode(String line) {
    Matcher matcher = SHORTCODE.matcher(line);
    return matcher.find() && (matcher.group(3).equals(IEX) || kind(matcher.group(3)).isPresent());
  }

  private static boolean isEndOfSession(String line) {
    Matcher matcher = SHORTCODE.matcher(line);
    return matcher.find() && !matcher.group(2).isEmpty() && matcher.group(3).equals(IEX);
  }

  /** Where the section after a line begins; the end of the page if none does. */
  private int nextSection(int from) {
    int next = from;
    while (next < lines.size() && !lines.get(next).startsWith(SECTION)) {
      next++;
    }
    return next;
  }

  private void code(Matcher fence) {
    int opened = at + 1;
    endProse();
    String indent = fence.group(1);
    String marker = fence.group(2);
    String language = fence.group(3).toLowerCase(Locale.ROOT);
    int start = at + 1;
    int end = start;
    while (end < lines.size()
        && !closes(lines.get(end), marker)
        && !opensAnother(lines.get(end), marker)) {
      end++;
    }
    if (end == lines.size() || opensAnother(lines.get(end), marker)) {
      problem(opened, "this code block is never closed: add a line " + marker + " after it");
      end = Math.min(end, nextSection(start));
      at = end;
    } else {
      at = end + 1;
    }
    List<String> text =
        lines.subList(start, end).stream().map(line -> unindented(line, indent)).toList();
    boolean transcript =
        (language.equals("elixir") || language.equals(IEX) || language.isEmpty())
            && text.stream().filter(line -> !line.isBlank()).findFirst().stream()
                .anyMatch(SessionReader::isPrompt);
    blocks.add(
        transcript
            ? new Session(start + 1, SessionReader.read(start + 1, text, this::problem))
            : new Code(
                start + 1,
                CodeLanguage.named(language),
                text.stream().map(line -> line + "\n").collect(Collectors.joining())));
  }

  private static boolean closes(String line, String marker) {
    String text = line.strip().replaceFirst("^>\\s*", "");
    return text.length() >= marker.length()
        && text.startsWith(marker)
        && text.chars().allMatch(c -> c == marker.charAt(0));
  }

  /** Whether a line opens a block of a language, which none can do within one that is fenced the same way. */
  private static boolean opensAnother(String line, String marker) {
    Matcher fence = FENCE.matcher(line);
    return fence.matches() && fence.group(2).equals(marker) && !fence.group(3).isEmpty();
  }

  private static String unindented(String line, String indent) {
    if (line.startsWith(indent)) {
      return line.substring(indent.length());
    }
    return indent.isBlank() ? line.stripLeading() : line;
  }

  private void endProse() {
    if (!prose.toString().isBlank()) {
      blocks.add(new Prose(proseLine, prose.toString().strip()));
    }
    prose.setLength(0);
  }

  private void endSection() {
    endProse();
    if (!blocks.isEmpty() || !title.isEmpty()) {
      sections.add(new Section(sectionLine, title, List.copyOf(blocks)));
    }
    blocks = new ArrayList<>();
  }

  private void problem(int line, String what) {
    problems.add(file + ":" + line + ": " + what);
  }

  private record OpenFrame(
      int line, Kind kind, Map<String, String> attributes, List<Block> outer) {}
}
