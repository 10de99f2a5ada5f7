package beamyard.exercises;

import beamyard.exercises.Exercise.Mistake;
import beamyard.exercises.Exercise.Required;
import beamyard.lessons.shell.ProjectCode;
import beamyard.lessons.shell.ProjectCode.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads an exercise from its folder:
 *
 * <pre>
 * exercise.yaml     title, level, requires (Module.function/arity), solutions, mistakes (file, why, rejected_by)
 * statement.md      what is asked
 * hints.md          a hint a paragraph, the gentlest first
 * starter.ex        what a learner begins with
 * Starter.java      the same for those who write Java, if the exercise is for them too
 * checks.ex         module Checks, with "use Exercise.Checks"
 * solutions/*       good solutions, .ex or .java
 * bad/*             known-bad ones
 * </pre>
 */
public final class ExerciseFolder {
  private static final String CATALOG = "catalog/";
  private static final Pattern REQUIRED = Pattern.compile("([A-Z][\\w.]*)\\.(\\w+[?!]?)/(\\d)");

  private final String name;
  private final Function<String, Optional<String>> files;

  private ExerciseFolder(String name, Function<String, Optional<String>> files) {
    this.name = name;
    this.files = files;
  }

  /** The exercises that come with Beamyard, easiest first. */
  public static List<Exercise> catalog() {
    String index = resource(CATALOG + "index.txt").orElseThrow();
    return index
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(ExerciseFolder::ofCatalog)
        .toList();
  }

  /** The exercise of the catalogue with a name, or that in a folder; {@link ExerciseProblem} if there is neither. */
  public static Exercise find(String name) {
    List<Exercise> catalog = catalog();
    Optional<Exercise> known =
        catalog.stream().filter(each -> each.name().equals(name)).findFirst();
    if (known.isPresent()) {
      return known.get();
    }
    if (Files.isDirectory(Path.of(name))) {
      return read(Path.of(name));
    }
    String names = catalog.stream().map(Exercise::name).collect(Collectors.joining(", "));
    throw new ExerciseProblem(name, "is no exercise and no folder; there are " + names);
  }

  private static Exercise ofCatalog(String name) {
    return new ExerciseFolder(name, file -> resource(CATALOG + name + "/" + file)).read();
  }

  /** An exercise of somebody's own. */
  public static Exercise read(Path folder) {
    return new ExerciseFolder(
            folder.getFileName().toString(), file -> content(folder.resolve(file)))
        .read();
  }

  /** The library that checks are written with. */
  static ProjectCode checkLibrary() {
    return Library.CHECKS;
  }

  private static final class Library {
    static final ProjectCode CHECKS = compiled();

    private static ProjectCode compiled() {
      var source = new SourceFile("checks of the yard", resource("checks.ex").orElseThrow());
      return switch (ProjectCode.NONE.with(List.of(source))) {
        case ProjectCode.Compiled(ProjectCode code) -> code;
        case ProjectCode.Rejected rejected -> throw new AssertionError(rejected.message());
      };
    }
  }

  private static Optional<String> resource(String path) {
    try (InputStream stream = ExerciseFolder.class.getResourceAsStream(path)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> content(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new ExerciseProblem(file.toString(), "cannot be read as UTF-8 text");
    }
  }

  private Exercise read() {
    Map<?, ?> head = head();
    List<SourceFile> solutions = new ArrayList<>();
    for (Object file : list(head, "solutions")) {
      solutions.add(source("solutions/" + file));
    }
    List<Mistake> mistakes = new ArrayList<>();
    for (Object entry : list(head, "mistakes")) {
      if (!(entry instanceof Map<?, ?> mistake)) {
        throw problem("exercise.yaml", "each of 'mistakes' needs file, why and rejected_by");
      }
      mistakes.add(
          new Mistake(
              source("bad/" + text(mistake, "file")),
              text(mistake, "why"),
              text(mistake, "rejected_by")));
    }
    if (!(head.get("level") instanceof Integer level)) {
      throw problem("exercise.yaml", "needs 'level: ' with a whole number");
    }
    return new Exercise(
        name,
        text(head, "title"),
        level,
        file("statement.md"),
        paragraphs(file("hints.md")),
        source("starter.ex"),
        files.apply("Starter.java").map(text -> new SourceFile("Starter.java", text)),
        list(head, "requires").stream().map(this::required).toList(),
        source("checks.ex"),
        List.copyOf(solutions),
        List.copyOf(mistakes));
  }

  private Map<?, ?> head() {
    try {
      Object loaded =
          new Load(LoadSettings.builder().setLabel(name + "/exercise.yaml").build())
              .loadFromString(file("exercise.yaml"));
      if (loaded instanceof Map<?, ?> map) {
        return map;
      }
      throw problem("exercise.yaml", "should be lines of 'name: value'");
    } catch (YamlEngineException e) {
      throw problem(
          "exercise.yaml", "is no YAML: " + e.getMessage().lines().findFirst().orElse(""));
    }
  }

  private Required required(Object text) {
    Matcher matcher = REQUIRED.matcher(String.valueOf(text));
    if (!matcher.matches()) {
      throw problem("exercise.yaml", "'requires' takes Module.function/arity, not '" + text + "'");
    }
    return new Required(matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3)));
  }

  private List<?> list(Map<?, ?> map, String key) {
    return switch (map.get(key)) {
      case null -> List.of();
      case List<?> list -> list;
      default -> throw problem("exercise.yaml", "'" + key + "' should be a list");
    };
  }

  private String text(Map<?, ?> map, String key) {
    if (map.get(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw problem("exercise.yaml", "needs '" + key + ": ' with a text");
  }

  private SourceFile source(String file) {
    return new SourceFile(file, file(file));
  }

  private String file(String file) {
    return files.apply(file).orElseThrow(() -> problem(file, "is missing"));
  }

  private static List<String> paragraphs(String text) {
    return Pattern.compile("\n\\s*\n")
        .splitAsStream(text)
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .toList();
  }

  private ExerciseProblem problem(String file, String what) {
    return new ExerciseProblem(name + "/" + file, what);
  }
}
