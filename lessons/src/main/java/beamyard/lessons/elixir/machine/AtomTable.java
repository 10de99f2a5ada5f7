package beamyard.lessons.elixir.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import beamyard.simulator.Node;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The atoms of a node: those of a real node's boot, as recorded from one; those of the source code that it has read; and those
 * that it has made of texts, which alone are counted. If the node was started with a limit, one atom more ends it, as in OTP.
 * Unlike OTP's, the table does not know the atoms of messages from other nodes.
 *
 * @see <a href="https://www.erlang.org/doc/efficiency_guide/advanced.html#atoms">Efficiency guide, atoms</a>
 */
public final class AtomTable {
  private static final int LONGEST = 255;
  private static final Atom ALIASES = Atom.of("__aliases__");

  /** As many as a real node has when its shell is there. */
  private static final int OF_A_REAL_BOOT = 12_145;

  private static final int DEFAULT_LIMIT = 1_048_576;

  private final Set<Atom> made; // lookups only
  private final Set<Atom> read; // lookups only
  private final OptionalInt limit;

  private AtomTable(Set<Atom> made, Set<Atom> read, OptionalInt limit) {
    this.made = made;
    this.read = read;
    this.limit = limit;
  }

  /** The table of the node of a process. */
  public static AtomTable of(ProcessContext self) {
    Node node = self.owned(Node.class);
    if (!node.owns(AtomTable.class)) {
      node.own(
          AtomTable.class,
          new AtomTable(
              new LinkedHashSet<>(), new LinkedHashSet<>(), node.settings().limits().atoms()),
          AtomTable::copy);
    }
    return node.owned(AtomTable.class);
  }

  private AtomTable copy() {
    return new AtomTable(new LinkedHashSet<>(made), new LinkedHashSet<>(read), limit);
  }

  /**
   * The atom of a text.
   *
   * @param self the process that wants it, which ends with its node if that has a limit of its own
   * @throws Raise {@code system_limit} if the text is too long, {@link YardLimit#ATOMS} if there are too many atoms
   */
  public Atom atom(ProcessContext self, String text) {
    if (isTooLong(text)) {
      throw Raise.error(Atom.of("system_limit"));
    }
    Atom atom = Atom.of(text);
    if (!isKnown(atom) && made.add(atom)) {
      if (limit.isEmpty()) {
        YardLimit.ATOMS.check(made.size());
      } else if (count() > limit.getAsInt()) {
        Abort.of(self, "no more index entries in atom_tab (max=" + limit.getAsInt() + ")");
      }
    }
    return atom;
  }

  /**
   * The atom of a text if the node has it.
   *
   * @throws Raise {@code badarg} if it has not
   */
  public Atom existing(String text) {
    if (!isTooLong(text)) {
      Atom atom = Atom.of(text);
      if (has(atom)) {
        return atom;
      }
    }
    throw Raise.badarg();
  }

  /** Whether the node has an atom. */
  public boolean has(Atom atom) {
    return isKnown(atom) || made.contains(atom);
  }

  /** Takes down the atoms of code that the node reads: of an alias also the module's name that it stands for. */
  public void read(Term code) {
    switch (code) {
      case Atom atom -> read.add(atom);
      case Tuple tuple -> {
        if (tuple.size() == 3
            && tuple.get(0) == ALIASES
            && tuple.get(2) instanceof ListTerm parts) {
          readAlias(parts);
        }
        for (int i = 0; i < tuple.size(); i++) {
          read(tuple.get(i));
        }
      }
      case Cons list -> {
        Term rest = list;
        while (rest instanceof Cons cons) {
          read(cons.head());
          rest = cons.tail();
        }
        read(rest);
      }
      default -> {
        // texts, numbers and what else has no atoms in it
      }
    }
  }

  private void readAlias(ListTerm parts) {
    var name = new StringBuilder("Elixir");
    for (Term part : parts) {
      if (part instanceof Atom atom) {
        name.append('.').append(atom.name());
      }
    }
    read.add(Atom.of(name.toString()));
  }

  private boolean isKnown(Atom atom) {
    return read.contains(atom) || Boot.ATOMS.contains(atom);
  }

  private static boolean isTooLong(String text) {
    return text.length() > LONGEST && text.codePointCount(0, text.length()) > LONGEST;
  }

  /** How many atoms the node has, those of its boot included. */
  public int count() {
    return OF_A_REAL_BOOT + made.size();
  }

  /** How many it may have. */
  public int limit() {
    return limit.orElse(DEFAULT_LIMIT);
  }

  /** The atoms of a real node whose shell is there. */
  private static final class Boot {
    static final Set<Atom> ATOMS = load(); // lookups only

    private static Set<Atom> load() {
      try (InputStream stream = AtomTable.class.getResourceAsStream("atoms.txt")) {
        String text = new String(Objects.requireNonNull(stream).readAllBytes(), UTF_8);
        return text.lines().map(Atom::of).collect(Collectors.toUnmodifiableSet());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
