package beamyard.lessons.elixir.machine;

import beamyard.simulator.Node;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import java.util.LinkedHashSet;
import java.util.Set;

/** The atoms that a node has made of texts while it ran; atoms of source code are not counted. */
public final class AtomTable {
  private static final int LONGEST = 255;

  private final Set<Atom> made; // lookups only

  private AtomTable(Set<Atom> made) {
    this.made = made;
  }

  /** The table of the node of a process. */
  public static AtomTable of(ProcessContext self) {
    Node node = self.owned(Node.class);
    if (!node.owns(AtomTable.class)) {
      node.own(AtomTable.class, new AtomTable(new LinkedHashSet<>()), AtomTable::copy);
    }
    return node.owned(AtomTable.class);
  }

  private AtomTable copy() {
    return new AtomTable(new LinkedHashSet<>(made));
  }

  /**
   * The atom of a text.
   *
   * @throws Raise {@code system_limit} if the text is too long, {@link YardLimit#ATOMS} if there are too many atoms
   */
  public Atom atom(String text) {
    if (text.length() > LONGEST && text.codePointCount(0, text.length()) > LONGEST) {
      throw Raise.error(Atom.of("system_limit"));
    }
    Atom atom = Atom.of(text);
    if (made.add(atom)) {
      YardLimit.ATOMS.check(made.size());
    }
    return atom;
  }
}
