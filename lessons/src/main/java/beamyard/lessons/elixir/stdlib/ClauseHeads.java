package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The clauses that a real node shows as attempted when a function of its library has none for the arguments it was given
 * ({@code heads.txt}). The yard's own functions have other clauses, which would tell the learner something else.
 */
final class ClauseHeads {
  private static final String FILE = "heads.txt";

  private final Map<String, Term> byFunction = new LinkedHashMap<>();

  private ClauseHeads() {
    String name = "";
    String kind = "";
    List<Term> clauses = new ArrayList<>();
    for (String line : StdlibSources.resource(FILE).lines().toList()) {
      if (line.startsWith(" ")) {
        clauses.add(Bits.of(line.substring(1)));
      } else {
        put(name, kind, clauses);
        int blank = line.indexOf(' ');
        name = line.substring(0, blank);
        kind = line.substring(blank + 1);
        clauses = new ArrayList<>();
      }
    }
    put(name, kind, clauses);
  }

  private void put(String function, String kind, List<Term> clauses) {
    byFunction.put(function, Tuple.of(Atom.of(kind), ListTerm.of(clauses)));
  }

  static void define(BuiltinTable table) {
    table.define(
        "beamyard",
        "clause_heads",
        1,
        (_, a) -> Loaded.HEADS.byFunction.getOrDefault(Arguments.text(a[0]), Atom.NIL));
  }

  /** Read when the first such error is shown. */
  private static final class Loaded {
    static final ClauseHeads HEADS = new ClauseHeads();
  }
}
