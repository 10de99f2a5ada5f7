package beamyard.lessons.elixir.machine;

import beamyard.simulator.Node;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import java.util.LinkedHashSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The atoms that a node has made of texts while it ran; atoms of source code are not counted. If the node was started with a
 * limit, one atom more ends it, as in OTP.
 *
 * @see <a href="https://www.erlang.org/doc/efficiency_guide/advanced.html#atoms">Efficiency guide, atoms</a>
 */
public final class AtomTable {
  private static final int LONGEST = 255;

  /** As many as a real node has when its shell is there. */
  private static final int OF_A_REAL_BOOT = 12_145;

  private static final int DEFAULT_LIMIT = 1_048_576;

  private final Set<Atom> made; // lookups only
  private final OptionalInt limit;

  private AtomTable(Set<Atom> made, OptionalInt limit) {
    this.made = made;
    this.limit = limit;
  }

  /** The table of the node of a process. */
  public static AtomTable of(ProcessContext self) {
    Node node = self.owned(Node.class);
    if (!node.owns(AtomTable.class)) {
      node.own(
          AtomTable.class,
          new AtomTable(new LinkedHashSet<>(), node.settings().limits().atoms()),
          AtomTable::copy);
    }
    return node.owned(AtomTable.class);
  }

  private AtomTable copy() {
    return new AtomTable(new LinkedHashSet<>(made), limit);
  }

  /**
   * The atom of a text.
   *
   * @param self the process that wants it, which ends with its node if that has a limit of its own
   * @throws Raise {@code system_limit} if the text is too long, {@link YardLimit#ATOMS} if there are too many atoms
   */
  public Atom atom(ProcessContext self, String text) {
    if (text.length() > LONGEST && text.codePointCount(0, text.length()) > LONGEST) {
      throw Raise.error(Atom.of("system_limit"));
    }
    Atom atom = Atom.of(text);
    if (made.add(atom)) {
      if (limit.isEmpty()) {
        YardLimit.ATOMS.check(made.size());
      } else if (count() > limit.getAsInt()) {
        Abort.of(self, "no more index entries in atom_tab (max=" + limit.getAsInt() + ")");
      }
    }
    return atom;
  }

  /** How many atoms the node has, those of its boot included. */
  public int count() {
    return OF_A_REAL_BOOT + made.size();
  }

  /** How many it may have. */
  public int limit() {
    return limit.orElse(DEFAULT_LIMIT);
  }
}
