package beamyard.lessons.script;

import beamyard.lessons.script.LessonPlayer.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Plays a page in a Java of its own and prints the hashes of its trace and of its recording. */
final class HashOfARun {
  static final String PAGE = "beamyard/lessons/course/first-steps.md";

  private HashOfARun() {}

  public static void main(String[] arguments) throws IOException {
    RecordedPlay.Outcome outcome = play(Long.parseLong(arguments[0]), new Watching());
    System.out.println(outcome.recording().hash() + " " + digest(outcome.recording().write()));
  }

  static RecordedPlay.Outcome play(long seed, Watching watching) throws IOException {
    return RecordedPlay.play("first-steps.md", text(PAGE), seed, watching);
  }

  static String text(String resource) throws IOException {
    try (var stream = HashOfARun.class.getClassLoader().getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IOException("no resource " + resource);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** Keeps what was printed, and what differed from the page. */
  static final class Watching implements LessonPlayer.Audience {
    final StringBuilder printed = new StringBuilder();
    final StringBuilder differing = new StringBuilder();

    @Override
    public void section(Lesson.Section section, List<String> nodes) {}

    @Override
    public void prose(Lesson.Prose prose) {}

    @Override
    public void frame(Lesson.Frame frame) {}

    @Override
    public void shown(Lesson.Code code) {}

    @Override
    public void defined(int line, String code, List<String> problems) {
      problems.forEach(problem -> differing.append(line).append(": ").append(problem).append('\n'));
    }

    @Override
    public void prompt(String node, Lesson.Prompt prompt, List<String> shown, Verdict verdict) {
      keep(node, prompt.line(), shown, verdict);
    }

    @Override
    public void expression(
        String node, int line, String code, List<String> shown, Verdict verdict, String note) {
      keep(node, line, shown, verdict);
    }

    private void keep(String node, int line, List<String> shown, Verdict verdict) {
      shown.forEach(text -> printed.append(node).append("> ").append(text).append('\n'));
      if (verdict == Verdict.DIFFERS) {
        differing.append(line).append(": ").append(shown).append('\n');
      }
    }
  }
}
