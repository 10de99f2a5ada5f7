package beamyard.lessons.script;

import beamyard.lessons.script.Lesson.FrontMatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads the YAML at the top of a page; what is wrong with it is told and the rest goes on without. */
final class FrontMatterReader {
  private static final String FENCE = "---";
  private static final String TOML_FENCE = "+++";
  private static final String MEND =
      "; write 'name: value' lines, and texts with a colon or a bracket between quotation marks";

  private final String file;
  private final BiConsumer<Integer, String> problem;

  /** What was read, and the index of the first line behind it. */
  record Read(FrontMatter front, int next) {}

  FrontMatterReader(String file, BiConsumer<Integer, String> problem) {
    this.file = file;
    this.problem = problem;
  }

  Read read(List<String> lines) {
    String first = lines.isEmpty() ? "" : lines.getFirst().stripTrailing();
    if (first.equals(TOML_FENCE)) {
      problem.accept(1, "front matter between +++ lines is TOML: write YAML between --- lines");
      return new Read(none(), end(lines, TOML_FENCE) + 1);
    }
    if (!first.equals(FENCE)) {
      return new Read(none(), 0);
    }
    int end = end(lines, FENCE);
    if (end == 0) {
      problem.accept(1, "the front matter is never closed: add a line --- after it");
      return new Read(none(), 1);
    }
    return new Read(yaml(lines.subList(1, end)), end + 1);
  }

  /** The index of the closing line; 0 if there is none. */
  private static int end(List<String> lines, String fence) {
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).stripTrailing().equals(fence)) {
        return i;
      }
    }
    return 0;
  }

  private FrontMatter yaml(List<String> lines) {
    try {
      Object yaml =
          new Load(LoadSettings.builder().setLabel(file).build())
              .loadFromString(String.join("\n", lines));
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
        problem.accept(2, "the front matter must be 'name: value' lines");
      }
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 2).orElse(2);
      problem.accept(line, "the front matter is not YAML: " + e.getProblem() + MEND);
    } catch (YamlEngineException e) {
      problem.accept(
          2,
          "the front matter is not YAML: " + e.getMessage().lines().findFirst().orElse("") + MEND);
    }
    return none();
  }

  private static FrontMatter none() {
    return new FrontMatter(new LinkedHashMap<>());
  }
}
