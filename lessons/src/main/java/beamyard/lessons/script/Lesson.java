package beamyard.lessons.script;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A lesson page: front matter and sections. What is wrong with the page is in {@link #problems}; the rest of it still
 * stands.
 */
public record Lesson(
    String file, FrontMatter front, List<Section> sections, List<String> problems) {
  /**
   * What a page says about itself and how it wants to be played.
   *
   * @param values all of the front matter, as YAML gives it
   */
  public record FrontMatter(Map<String, Object> values) {
    /** A text, if the front matter has one of that name. */
    public Optional<String> text(String key) {
      return Optional.ofNullable(values.get(key)).map(Object::toString);
    }

    public List<String> texts(String key) {
      return values.get(key) instanceof List<?> list
          ? list.stream().map(Object::toString).toList()
          : List.of();
    }

    /** The official pages to read on at, {@code hexdocsLinks}; empty if the page names none. */
    public List<Link> links() {
      return values.get("hexdocsLinks") instanceof List<?> list
          ? list.stream().flatMap(each -> Link.of(each).stream()).toList()
          : List.of();
    }
  }

  /** A page of the web. */
  public record Link(String title, String address) {
    /** A link from the front matter, {@code title:} and {@code url:}; empty if it is something else. */
    static Optional<Link> of(Object value) {
      return value instanceof Map<?, ?> map
              && map.get("title") instanceof String title
              && map.get("url") instanceof String address
          ? Optional.of(new Link(title, address))
          : Optional.empty();
    }
  }

  /** What the page adds to Elixir: what {@code deps} in its front matter or a {@code mix.exs} in its code names. */
  public List<String> dependencies() {
    var named = new LinkedHashSet<>(front.texts("deps"));
    sections.forEach(section -> collectDependencies(section.blocks(), named));
    return List.copyOf(named);
  }

  private static void collectDependencies(List<Block> blocks, Set<String> named) {
    for (Block block : blocks) {
      switch (block) {
        case Code code -> {
          Matcher dependency = DEPENDENCY.matcher(code.text());
          while (dependency.find()) {
            named.add(dependency.group(1));
          }
        }
        case Frame frame -> collectDependencies(frame.blocks(), named);
        case Prose _, Session _ -> {}
      }
    }
  }

  private static final Pattern DEPENDENCY =
      Pattern.compile("\\{:(\\w+),\\s*\"[~>=<]=?>?\\s*\\d[^\"]*\"\\s*[,}]");

  /** What stands under one {@code ##} heading; the part before the first has an empty title. */
  public record Section(int line, String title, List<Block> blocks) {}

  /** A part of a section. */
  public sealed interface Block {
    int line();
  }

  /** Markdown text. */
  public record Prose(int line, String markdown) implements Block {}

  /** A fenced code block; {@code line} is of its first line of code. */
  public record Code(int line, String language, String text) implements Block {}

  /** A transcript of prompts and what they print. */
  public record Session(int line, List<Prompt> prompts) implements Block {}

  /**
   * One input of a transcript.
   *
   * @param node the full name at the prompt; empty if the prompt names none ({@code iex(1)>})
   */
  public record Prompt(int line, Optional<String> node, String code, List<String> expected) {}

  /** A framed part: what is between a shortcode and the one that closes it. */
  public record Frame(int line, Kind kind, Map<String, String> attributes, List<Block> blocks)
      implements Block {}

  /** The shortcodes that frame other blocks. */
  public enum Kind {
    CONCEPT,
    CALLOUT,
    COMPARE,
    EXERCISE,
    /** Something to do in the cluster, with conditions that tell when it is done; see {@link Task}. */
    TASK,
    /** Something to predict before it is shown; see {@link Question}. */
    QUESTION,
    /** In a question: what it was about, shown after the learner's guess. */
    REVEAL,
    /** In a task: one rung of the ladder of hints. */
    HINT,
    /** In a task: one way to do it. */
    SOLUTION,
    /** What was learnt, with blanks for the learner to fill; see {@link Blank}. */
    SUMMARY
  }
}
