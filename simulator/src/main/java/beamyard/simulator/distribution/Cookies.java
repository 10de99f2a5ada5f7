package beamyard.simulator.distribution;

import beamyard.simulator.term.Atom;
import java.util.LinkedHashMap;

/** The secrets of a node: its own, and those it was told for single other nodes. */
final class Cookies {
  private final Atom initial;
  private Atom own;
  private final LinkedHashMap<Atom, Atom> ofNodes = new LinkedHashMap<>();

  Cookies(Atom initial) {
    this.initial = initial;
    this.own = initial;
  }

  /** The cookie for talking to a node, from either side. */
  Atom of(Atom node) {
    return ofNodes.getOrDefault(node, own);
  }

  void setOwn(Atom cookie) {
    own = cookie;
  }

  void set(Atom node, Atom cookie) {
    ofNodes.put(node, cookie);
  }

  /** Forgets all but the one from the start. */
  void reset() {
    own = initial;
    ofNodes.clear();
  }

  Cookies copy() {
    var copy = new Cookies(initial);
    copy.own = own;
    copy.ofNodes.putAll(ofNodes);
    return copy;
  }
}
