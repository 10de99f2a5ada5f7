package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.inspect.Graphemes;
import beamyard.simulator.term.Float64;
import java.util.List;

/** How alike two texts are, from 0.0 to 1.0. */
final class JaroDistance {
  private JaroDistance() {}

  static Float64 of(String left, String right) {
    if (left.equals(right)) {
      return new Float64(1.0);
    }
    List<String> a = Graphemes.of(left);
    List<String> b = Graphemes.of(right);
    if (a.isEmpty() || b.isEmpty()) {
      return new Float64(0.0);
    }
    List<String> shorter = a.size() <= b.size() ? a : b;
    List<String> longer = a.size() <= b.size() ? b : a;
    int window = Math.max(longer.size() / 2 - 1, 0);
    var taken = new boolean[longer.size()];
    int matches = 0;
    int transpositions = 0;
    int last = -1;
    for (int i = 0; i < shorter.size(); i++) {
      for (int j = Math.max(0, i - window); j < Math.min(longer.size(), i + window + 1); j++) {
        if (!taken[j] && shorter.get(i).equals(longer.get(j))) {
          taken[j] = true;
          matches++;
          if (j < last) {
            transpositions++;
          }
          last = j;
          break;
        }
      }
    }
    if (matches == 0) {
      return new Float64(0.0);
    }
    double common = matches;
    return new Float64(
        (common / shorter.size() + common / longer.size() + (common - transpositions) / common)
            / 3);
  }
}
