package beamyard.simulator.distribution;

import beamyard.simulator.term.Atom;
import java.util.Optional;

/** A node name {@code name@host}, taken apart. */
public record NodeName(String name, String host) {
  /** The name of a node while distribution is off. */
  public static final Atom NONODE = Atom.of("nonode@nohost");

  /** Whether hosts of node names have dots; nodes of one kind cannot talk to the other. */
  public enum Kind {
    SHORT,
    LONG
  }

  /** Takes a node name apart at the first {@code @}; empty if there is none or one of the parts is empty. */
  public static Optional<NodeName> parse(String text) {
    int at = text.indexOf('@');
    return at < 1 || at == text.length() - 1
        ? Optional.empty()
        : Optional.of(new NodeName(text.substring(0, at), text.substring(at + 1)));
  }

  /** Whether a node can have such a name at all: two parts, with one {@code @} between them. */
  static boolean isPossible(String text) {
    return parse(text).filter(name -> name.host.indexOf('@') < 0).isPresent();
  }

  /** Whether a node of a kind may connect to such a host. */
  boolean suits(Kind kind) {
    return kind == Kind.SHORT ? host.indexOf('.') < 0 : host.indexOf('.') >= 0;
  }

  public Atom atom() {
    return Atom.of(this.toString());
  }

  @Override
  public String toString() {
    return name + "@" + host;
  }
}
