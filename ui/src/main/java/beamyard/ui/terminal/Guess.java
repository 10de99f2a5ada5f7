package beamyard.ui.terminal;

import beamyard.lessons.script.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What a learner answered to a question with choices: the numbers of choices, or nothing. */
record Guess(Question question, String answer) {
  private static final Pattern NUMBERS = Pattern.compile("[\\d\\s,]*");
  private static final int MOST_DIGITS = 3;

  /** Whether it is made of the numbers of choices. */
  boolean isUsable() {
    return NUMBERS.matcher(answer).matches()
        && numbers().stream().allMatch(n -> n >= 1 && n <= question.choices().size());
  }

  private List<Integer> numbers() {
    return Arrays.stream(answer.strip().split("[\\s,]+"))
        .filter(number -> !number.isEmpty())
        .map(number -> number.length() > MOST_DIGITS ? 0 : Integer.parseInt(number))
        .toList();
  }

  /** What the learner is told. */
  String reply() {
    if (!isUsable()) {
      return "Write a number from 1 to " + question.choices().size() + ", or Enter to be told.";
    }
    List<Integer> picked = numbers();
    if (picked.isEmpty()) {
      return right();
    }
    return question.isRight(picked) ? "Right." : "Not quite. " + right();
  }

  private String right() {
    var right = new ArrayList<String>();
    for (int i = 0; i < question.choices().size(); i++) {
      if (question.choices().get(i).truth() == Question.Truth.RIGHT) {
        right.add((i + 1) + ") " + question.choices().get(i).text());
      }
    }
    return "It is " + String.join(" and ", right) + " - see for yourself.";
  }
}
