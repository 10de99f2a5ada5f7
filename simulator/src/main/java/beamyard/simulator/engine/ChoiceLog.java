package beamyard.simulator.engine;

import java.util.ArrayList;
import java.util.List;

/** Choices that are made by others and written down, so that {@link ListedChoices} can give them again. */
public final class ChoiceLog implements Choices {
  private final Choices made;
  private final ArrayList<Choice> log;

  /** One answer: what was asked, and what came. */
  public record Choice(String stream, long lowest, long highest, long answer) {}

  public ChoiceLog(Choices made) {
    this(made, new ArrayList<>());
  }

  private ChoiceLog(Choices made, ArrayList<Choice> log) {
    this.made = made;
    this.log = log;
  }

  @Override
  public long between(String stream, long lowest, long highest) {
    long answer = made.between(stream, lowest, highest);
    log.add(new Choice(stream, lowest, highest, answer));
    return answer;
  }

  /** What was chosen so far, in the order of asking. */
  public List<Choice> choices() {
    return List.copyOf(log);
  }

  /** A copy that goes on with the log as it is now. */
  @Override
  public ChoiceLog copy() {
    return new ChoiceLog(made.copy(), new ArrayList<>(log));
  }
}
