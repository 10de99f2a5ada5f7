package beamyard.ui.terminal;

import beamyard.lessons.exploration.Rehearsal;
import beamyard.lessons.script.ScriptProblem;
import beamyard.lessons.script.Stage.Start;
import java.util.ArrayList;
import java.util.List;

/** The nodes of {@code --nodes alice,bob@host}. */
final class NodeNames {
  private NodeNames() {}

  static List<Start> starts(String option) {
    var starts = new ArrayList<Start>();
    for (String word : option.split(",", -1)) {
      String full = word.strip().contains("@") ? word.strip() : word.strip() + "@localhost";
      if (!full.matches("[A-Za-z0-9_-]+@[A-Za-z0-9._-]+")) {
        throw new ScriptProblem(
            "--nodes",
            0,
            "'" + word + "' is no node name; use letters, digits, _ and -, as in alice,bob");
      }
      if (starts.stream().anyMatch(start -> start.handle().equals(full))) {
        throw new ScriptProblem("--nodes", 0, "'" + full + "' is named twice");
      }
      starts.add(Rehearsal.plainNode(full));
    }
    return starts;
  }
}
