package beamyard.simulator.engine;

import beamyard.simulator.engine.ChoiceLog.Choice;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;

/**
 * Choices from a list: each stream gives its answers in the order of the list, brought into the range that is asked for.
 * When a stream has come to its end, others answer. So an answer can be changed, or a stream be cut short, without changing
 * what the other streams say.
 */
public final class ListedChoices implements Choices {
  private final TreeMap<String, ArrayDeque<Long>> listed = new TreeMap<>();
  private final Choices afterwards;

  public ListedChoices(List<Choice> choices, Choices afterwards) {
    this.afterwards = afterwards;
    for (Choice choice : choices) {
      listed.computeIfAbsent(choice.stream(), _ -> new ArrayDeque<>()).add(choice.answer());
    }
  }

  private ListedChoices(ListedChoices original) {
    afterwards = original.afterwards.copy();
    original.listed.forEach((stream, answers) -> listed.put(stream, new ArrayDeque<>(answers)));
  }

  @Override
  public long between(String stream, long lowest, long highest) {
    ArrayDeque<Long> answers = listed.get(stream);
    Long answer = answers == null ? null : answers.poll();
    return answer == null
        ? afterwards.between(stream, lowest, highest)
        : Math.clamp(answer, lowest, highest);
  }

  @Override
  public ListedChoices copy() {
    return new ListedChoices(this);
  }
}
