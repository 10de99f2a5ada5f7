package beamyard.lessons.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A text with gaps, written {@code [[answer]]} or {@code [[answer|other answer]]}, that a learner fills.
 *
 * @param parts the text around the gaps: one more than there are gaps
 * @param answers what fits each gap; the first is the one to show
 */
public record Blank(List<String> parts, List<List<String>> answers) {
  private static final Pattern GAP = Pattern.compile("\\[\\[(.+?)\\]\\]");
  private static final String UNFILLED = "____";
  private static final String ASKED = "[__?__]";

  public static Blank of(String text) {
    var parts = new ArrayList<String>();
    var answers = new ArrayList<List<String>>();
    int end = 0;
    for (MatchResult gap : GAP.matcher(text).results().toList()) {
      parts.add(text.substring(end, gap.start()));
      answers.add(List.of(gap.group(1).split("\\|")));
      end = gap.end();
    }
    parts.add(text.substring(end));
    return new Blank(List.copyOf(parts), List.copyOf(answers));
  }

  /** The text of a frame, with its gaps. */
  public static Blank of(Lesson.Frame frame) {
    return of(LessonSteps.markdown(frame));
  }

  /** The text with the answers in their places. */
  public String filled() {
    return text(answers.size());
  }

  /** The text with the first answers in their places and the rest still open. */
  public String text(int filled) {
    var text = new StringBuilder(parts.getFirst());
    for (int i = 0; i < answers.size(); i++) {
      text.append(i < filled ? answers.get(i).getFirst() : UNFILLED).append(parts.get(i + 1));
    }
    return text.toString();
  }

  /** The paragraph with a gap, that gap marked and those behind it open. */
  public String paragraph(int gap) {
    String text = text(gap);
    int open = text.indexOf(UNFILLED);
    int before = text.lastIndexOf("\n\n", open);
    int after = text.indexOf("\n\n", open);
    return text.substring(before < 0 ? 0 : before + 2, open)
        + ASKED
        + text.substring(open + UNFILLED.length(), after < 0 ? text.length() : after);
  }

  /** Whether an answer fits a gap: case, quotes and what surrounds it do not matter. */
  public boolean fits(int gap, String answer) {
    return answers.get(gap).stream().anyMatch(known -> bare(known).equals(bare(answer)));
  }

  private static String bare(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[`'\"\\s.]", "");
  }
}
