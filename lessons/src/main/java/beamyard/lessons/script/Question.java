package beamyard.lessons.script;

import beamyard.lessons.script.Lesson.Block;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Kind;
import beamyard.lessons.script.Lesson.Prose;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something to predict before it is shown: a {@code question} frame. Its choices are the items of a Markdown task list, the
 * right ones ticked; what it was about is in its {@code reveal}.
 *
 * @param text what is asked, in Markdown, without the choices
 * @param choices in the order of the page; empty if the learner is to answer freely
 */
public record Question(
    int line, String title, String text, List<Choice> choices, List<Block> revealed) {
  private static final Pattern CHOICE = Pattern.compile("^\\s*[-*]\\s+\\[([ xX])\\]\\s+(.*)$");

  /** One possible answer. */
  public record Choice(String text, Truth truth) {}

  /** Whether a choice is right. */
  public enum Truth {
    RIGHT,
    WRONG
  }

  /** Reads a frame of the kind {@link Kind#QUESTION}. */
  public static Question of(Frame frame) {
    var text = new StringBuilder();
    var choices = new ArrayList<Choice>();
    var revealed = new ArrayList<Block>();
    for (Block block : frame.blocks()) {
      switch (block) {
        case Frame inner when inner.kind() == Kind.REVEAL -> revealed.addAll(inner.blocks());
        case Prose prose -> {
          for (String line : prose.markdown().lines().toList()) {
            Matcher choice = CHOICE.matcher(line);
            if (choice.matches()) {
              choices.add(
                  new Choice(
                      choice.group(2).strip(),
                      choice.group(1).isBlank() ? Truth.WRONG : Truth.RIGHT));
            } else {
              text.append(line).append('\n');
            }
          }
        }
        case Lesson.Code code ->
            text.append("\n    ")
                .append(code.text().stripTrailing().replace("\n", "\n    "))
                .append('\n');
        default -> revealed.add(block);
      }
    }
    return new Question(
        frame.line(),
        frame.attributes().getOrDefault("title", ""),
        text.toString().strip(),
        List.copyOf(choices),
        List.copyOf(revealed));
  }

  /** Whether picking exactly these choices, counted from 1, is right. */
  public boolean isRight(List<Integer> picked) {
    for (int i = 0; i < choices.size(); i++) {
      if ((choices.get(i).truth() == Truth.RIGHT) != picked.contains(i + 1)) {
        return false;
      }
    }
    return true;
  }
}
