package beamyard.lessons.exploration;

import java.util.ArrayList;
import java.util.List;

/** The ways to split nodes in two. */
final class Splits {
  private Splits() {}

  /** Each once, the first node in the first group. */
  static List<List<List<String>>> of(List<String> nodes) {
    var splits = new ArrayList<List<List<String>>>();
    int ways = 1 << (nodes.size() - 1);
    for (int with = 0; with < ways - 1; with++) {
      var one = new ArrayList<String>(nodes.subList(0, 1));
      var other = new ArrayList<String>();
      for (int i = 1; i < nodes.size(); i++) {
        ((with >> (i - 1) & 1) == 1 ? one : other).add(nodes.get(i));
      }
      splits.add(List.of(List.copyOf(one), List.copyOf(other)));
    }
    return splits;
  }
}
