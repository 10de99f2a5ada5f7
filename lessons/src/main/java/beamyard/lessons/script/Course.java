package beamyard.lessons.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Our own lessons, in the order in which to take them. */
public final class Course {
  private static final String FOLDER = "/beamyard/lessons/course/";
  private static final String INDEX = "index.txt";
  private static final String ENDING = ".md";
  private static final String RECORDING = ".yard";

  private Course() {}

  /**
   * A lesson of the course.
   *
   * @param name what it is called on the command line and in links, {@code first-steps}
   * @param file its file name
   * @param text the whole page
   */
  public record Entry(int number, String name, String file, String text) {
    /** The page, read. */
    public Lesson lesson() {
      return LessonReader.read(file, text);
    }
  }

  /** All lessons. */
  public static List<Entry> entries() {
    List<String> names = resource(INDEX).lines().filter(line -> !line.isBlank()).toList();
    return names.stream()
        .map(
            name ->
                new Entry(names.indexOf(name) + 1, name, name + ENDING, resource(name + ENDING)))
        .toList();
  }

  /** A lesson by its name, its file name or its number; empty if there is none. */
  public static Optional<Entry> find(String wanted) {
    return entries().stream()
        .filter(
            entry ->
                entry.name().equals(wanted)
                    || entry.file().equals(wanted)
                    || String.valueOf(entry.number()).equals(wanted))
        .findFirst();
  }

  /** The lesson after another; empty after the last. */
  public static Optional<Entry> after(String name) {
    return find(name).flatMap(entry -> find(String.valueOf(entry.number() + 1)));
  }

  /**
   * A recording that a lesson hands to its readers, by its name with or without the ending: {@code second-night.yard}; empty if
   * there is none.
   */
  public static Optional<Recording> recording(String wanted) {
    String file = wanted.endsWith(RECORDING) ? wanted : wanted + RECORDING;
    return file.contains("/")
        ? Optional.empty()
        : found(file).map(content -> Recording.read(file, content));
  }

  private static String resource(String name) {
    return found(name).orElseThrow(() -> new AssertionError("the course lacks " + name));
  }

  private static Optional<String> found(String name) {
    try (InputStream stream = Course.class.getResourceAsStream(FOLDER + name)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
