package beamyard.lessons.script;

import beamyard.lessons.script.Lesson.Block;
import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.FrontMatter;
import beamyard.lessons.script.Lesson.Kind;
import beamyard.lessons.script.Lesson.Prompt;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Section;
import beamyard.lessons.script.Lesson.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a lesson page. Goes on after a mistake, so that the rest of the page still shows. */
public final class LessonReader {
  private static final Pattern SHORTCODE =
      Pattern.compile("^\\s*\\{\\{[<%]\\s*(/?)([a-z]+)\\s*(.*?)\\s*[>%]\\}\\}\\s*$");
  private static final Pattern ATTRIBUTE = Pattern.compile("([a-z]+)=\"([^\"]*)\"");
  private static final Pattern FENCE = Pattern.compile("^\\s{0,3}(```+|~~~+)\\s*([\\w+-]*).*$");
  private static final Pattern PROMPT = Pattern.compile("^iex(?:\\(([^)]*)\\))?> ?(.*)$");
  private static final Pattern CONTINUED =
      Pattern.compile("^\\s*\\.\\.\\.(?:\\([^)]*\\))?> ?(.*)$");

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
    this.lines = text.lines().toList();
  }

  public static Lesson read(String file, String text) {
    return new LessonReader(file, text).read();
  }

  private Lesson read() {
    FrontMatter front = frontMatter();
    while (at < lines.size()) {
      String line = lines.get(at);
      Matcher shortcode = SHORTCODE.matcher(line);
      Matcher fence = FENCE.matcher(line);
      if (shortcode.matches()) {
        shortcode(shortcode);
      } else if (fence.matches()) {
        code(fence);
      } else if (line.startsWith("## ") && open.isEmpty()) {
        endSection();
        title = line.substring(3).strip();
        sectionLine = ++at;
      } else {
        if (prose.isEmpty()) {
          proseLine = at + 1;
        }
        prose.append(line).append('\n');
        at++;
      }
    }
    endProse();
    while (!open.isEmpty()) {
      OpenFrame frame = open.peek();
      problem(
          frame.line,
          "{{< "
              + frame.kind.name().toLowerCase(Locale.ROOT)
              + " >}} is never closed: add {{< /"
              + frame.kind.name().toLowerCase(Locale.ROOT)
              + " >}} after it");
      closeFrame();
    }
    endSection();
    return new Lesson(file, front, List.copyOf(sections), List.copyOf(problems));
  }

  private FrontMatter frontMatter() {
    if (lines.isEmpty() || !lines.getFirst().equals("---")) {
      return new FrontMatter(new LinkedHashMap<>());
    }
    int end = lines.subList(1, lines.size()).indexOf("---") + 1;
    if (end == 0) {
      problem(1, "the front matter is never closed: add a line --- after it");
      at = 1;
      return new FrontMatter(new LinkedHashMap<>());
    }
    at = end + 1;
    try {
      Object yaml =
          new Load(LoadSettings.builder().setLabel(file).build())
              .loadFromString(String.join("\n", lines.subList(1, end)));
      if (yaml instanceof Map<?, ?> map) {
        var values = new LinkedHashMap<String, Object>();
        map.forEach(
            (key, value) -> {
              if (value != null) {
                values.put(String.valueOf(key), value);
              }
            });
        return new FrontMatter(values);
      }
      if (yaml != null) {
        problem(2, "the front matter must be 'name: value' lines");
      }
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 2).orElse(2);
      problem(line, "the front matter is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problem(2, "the front matter is not YAML: " + e.getMessage().lines().findFirst().orElse(""));
    }
    return new FrontMatter(new LinkedHashMap<>());
  }

  private void shortcode(Matcher shortcode) {
    int line = at + 1;
    boolean closing = !shortcode.group(1).isEmpty();
    String name = shortcode.group(2);
    endProse();
    at++;
    if (name.equals("iex")) {
      if (closing) {
        problem(line, "{{< /iex >}} closes nothing");
      } else {
        session(line);
      }
      return;
    }
    Optional<Kind> kind = kind(name);
    if (kind.isEmpty()) {
      problem(
          line,
          "unknown shortcode '"
              + name
              + "'; known are iex, concept, callout, compare and exercise");
    } else if (!closing) {
      open.push(new OpenFrame(line, kind.get(), attributes(shortcode.group(3)), blocks));
      blocks = new ArrayList<>();
    } else if (open.isEmpty() || open.peek().kind != kind.get()) {
      problem(line, "{{< /" + name + " >}} closes nothing");
    } else {
      closeFrame();
    }
  }

  private static Optional<Kind> kind(String name) {
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> attributes(String text) {
    var attributes = new LinkedHashMap<String, String>();
    Matcher matcher = ATTRIBUTE.matcher(text);
    while (matcher.find()) {
      attributes.put(matcher.group(1), matcher.group(2));
    }
    return attributes;
  }

  private void closeFrame() {
    OpenFrame frame = open.pop();
    frame.outer.add(new Frame(frame.line, frame.kind, frame.attributes, List.copyOf(blocks)));
    blocks = frame.outer;
  }

  private void session(int opened) {
    int start = at;
    while (at < lines.size() && !isEndOfSession(lines.get(at))) {
      at++;
    }
    if (at == lines.size()) {
      problem(opened, "{{< iex >}} is never closed: add {{< /iex >}} after it");
    }
    blocks.add(new Session(start + 1, prompts(start, lines.subList(start, at))));
    at = Math.min(at + 1, lines.size());
  }

  private static boolean isEndOfSession(String line) {
    Matcher matcher = SHORTCODE.matcher(line);
    return matcher.matches() && !matcher.group(1).isEmpty() && matcher.group(2).equals("iex");
  }

  private List<Prompt> prompts(int offset, List<String> text) {
    var prompts = new ArrayList<Prompt>();
    Optional<String> node = Optional.empty();
    @Nullable StringBuilder code = null;
    var expected = new ArrayList<String>();
    int line = 0;
    for (int i = 0; i < text.size(); i++) {
      Matcher prompt = PROMPT.matcher(text.get(i));
      Matcher continued = CONTINUED.matcher(text.get(i));
      if (prompt.matches()) {
        if (code != null) {
          prompts.add(prompt(line, node, code, expected));
        }
        node = Optional.ofNullable(prompt.group(1)).filter(name -> name.contains("@"));
        code = new StringBuilder(prompt.group(2));
        line = offset + i + 1;
        expected.clear();
      } else if (code != null && continued.matches() && expected.isEmpty()) {
        code.append('\n').append(continued.group(1));
      } else if (code != null) {
        expected.add(text.get(i));
      } else if (!text.get(i).isBlank()) {
        problem(
            offset + i + 1, "expected a prompt such as iex(alice@localhost)> before any output");
      }
    }
    if (code != null) {
      prompts.add(prompt(line, node, code, expected));
    }
    return prompts;
  }

  private static Prompt prompt(
      int line, Optional<String> node, StringBuilder code, List<String> expected) {
    var shown = new ArrayList<>(expected);
    while (!shown.isEmpty() && shown.getLast().isBlank()) {
      shown.removeLast();
    }
    return new Prompt(line, node, code.toString(), List.copyOf(shown));
  }

  private void code(Matcher fence) {
    int opened = at + 1;
    endProse();
    String marker = fence.group(1);
    var text = new StringBuilder();
    at++;
    while (at < lines.size() && !lines.get(at).strip().equals(marker)) {
      text.append(lines.get(at)).append('\n');
      at++;
    }
    if (at == lines.size()) {
      problem(opened, "this code block is never closed: add a line " + marker + " after it");
    }
    at = Math.min(at + 1, lines.size());
    blocks.add(new Code(opened + 1, fence.group(2), text.toString()));
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
