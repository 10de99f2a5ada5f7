package beamyard.ui.terminal;

import beamyard.lessons.script.ScriptProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far this user has come in each lesson: a text file with a line {@code LESSON<tab>STEP<tab>STEPS} each. A line that cannot
 * be understood is left out.
 */
public final class Progress {
  private static final String FILE = "progress";

  private final Path file;
  private final Map<String, Mark> marks = new TreeMap<>();

  /** How many of a lesson's steps are done. */
  public record Mark(int step, int steps) {
    public boolean isDone() {
      return step >= steps;
    }
  }

  private Progress(Path file) {
    this.file = file;
  }

  /** What is known in a folder; nothing if there is no such folder yet. */
  public static Progress in(Path folder) {
    var progress = new Progress(folder.resolve(FILE));
    if (Files.isRegularFile(progress.file)) {
      try {
        Files.readAllLines(progress.file).forEach(progress::read);
      } catch (IOException e) {
        throw new ScriptProblem(progress.file.toString(), 0, "cannot be read: " + e.getMessage());
      }
    }
    return progress;
  }

  private void read(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length == 3 && fields[1].matches("\\d{1,6}") && fields[2].matches("\\d{1,6}")) {
      marks.put(fields[0], new Mark(Integer.parseInt(fields[1]), Integer.parseInt(fields[2])));
    }
  }

  /** The mark of a lesson; at its beginning if it was never opened. */
  public Mark of(String lesson) {
    return marks.getOrDefault(lesson, new Mark(0, Integer.MAX_VALUE));
  }

  /** Keeps how far a lesson has come. */
  public void keep(String lesson, Mark mark) {
    marks.put(lesson, mark);
    List<String> lines =
        marks.entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + "\t"
                        + entry.getValue().step()
                        + "\t"
                        + entry.getValue().steps())
            .toList();
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(beside, lines);
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new ScriptProblem(file.toString(), 0, "cannot be written: " + e.getMessage());
    }
  }
}
