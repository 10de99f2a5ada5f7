package beamyard.simulator.term;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An atom. Atoms of one name are one object, so {@code ==} compares them.
 *
 * <p>The table is shared by the JVM; nothing observable depends on its order. Limits on the number of atoms belong to
 * nodes.
 */
public final class Atom implements Term {
  private static final ConcurrentHashMap<String, Atom> TABLE = new ConcurrentHashMap<>();

  public static final Atom TRUE = of("true");
  public static final Atom FALSE = of("false");
  public static final Atom NIL = of("nil");
  public static final Atom UNDEFINED = of("undefined");
  public static final Atom OK = of("ok");
  public static final Atom ERROR = of("error");

  private final String name;
  private final int hash;
  private byte @Nullable [] utf8;
  private int internalHash;

  private Atom(String name) {
    this.name = name;
    this.hash = name.hashCode();
  }

  public static Atom of(String name) {
    Atom known = TABLE.get(name);
    return known != null ? known : TABLE.computeIfAbsent(name, Atom::new);
  }

  public static Atom of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** The text of the atom, without quotes or colon. */
  public String name() {
    return name;
  }

  /** The bytes of the name in UTF-8; to be read only. */
  byte[] utf8() {
    byte[] bytes = utf8;
    if (bytes == null) {
      bytes = name.getBytes(StandardCharsets.UTF_8);
      utf8 = bytes; // two threads may compute it at once, and get the same
    }
    return bytes;
  }

  /** {@link InternalHash} of this atom. */
  int internalHash() {
    if (internalHash == 0) {
      internalHash = InternalHash.ofName(this);
    }
    return internalHash;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return name;
  }
}
