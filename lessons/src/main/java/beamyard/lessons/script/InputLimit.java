package beamyard.lessons.script;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long one input of a page may take.
 *
 * @param millis of the nodes' time, unless the input itself lets time pass
 */
record InputLimit(long millis) {
  private static final InputLimit DEFAULT = new InputLimit(10_000);
  private static final long MILLIS_A_SECOND = 1000;
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|)");
  private static final Pattern WAITING =
      Pattern.compile(
          "(?:Sandbox\\.advance|Process\\.sleep|:timer\\.sleep)\\(\\s*([\\d_]{1,12})\\s*\\)");

  /** What the front matter says; what it cannot mean says nothing. */
  static InputLimit of(Lesson lesson) {
    return lesson.front().text("timeout").flatMap(InputLimit::read).orElse(DEFAULT);
  }

  private static Optional<InputLimit> read(String duration) {
    Matcher matcher = DURATION.matcher(duration.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        new InputLimit(matcher.group(2).equals("ms") ? number : number * MILLIS_A_SECOND));
  }

  /** What an input lets pass of the nodes' time comes on top of the time it has. */
  long of(String code) {
    return WAITING
        .matcher(code)
        .results()
        .map(found -> found.group(1).replace("_", ""))
        .filter(digits -> !digits.isEmpty())
        .mapToLong(Long::parseLong)
        .reduce(millis, Long::sum);
  }
}
