package beamyard.simulator.distribution;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/** How big a signal is on the wire, roughly: the shape of its terms, without encoding them. */
final class SignalSize {
  private static final int CONTROL = 40;
  private static final int LEAF = 8;

  private SignalSize() {}

  static int of(Address to, Signal signal) {
    int name = to instanceof Address.OfName(var registered, _) ? registered.name().length() : 0;
    return CONTROL
        + name
        + switch (signal) {
          case Signal.Message message -> of(message.payload());
          case Signal.Exit exit -> of(exit.reason());
          case Signal.Down down -> of(down.reason());
          case Signal.SpawnRequest request -> of(request.arguments());
          case Signal.Link _,
              Signal.Unlink _,
              Signal.UnlinkAck _,
              Signal.Monitor _,
              Signal.Demonitor _,
              Signal.GroupLeader _,
              Signal.SpawnReply _ ->
              0;
        };
  }

  private static int of(Term term) {
    return switch (term) {
      case Bits bits -> 5 + bits.byteSize();
      case Tuple tuple -> {
        int size = 2;
        for (int i = 0; i < tuple.size(); i++) {
          size += of(tuple.get(i));
        }
        yield size;
      }
      case Cons list -> {
        int size = 6;
        Term rest = list;
        while (rest instanceof Cons cons) {
          size += of(cons.head());
          rest = cons.tail();
        }
        yield size + of(rest);
      }
      case MapTerm map -> {
        int size = 5;
        for (MapTerm.Entry entry : map) {
          size += of(entry.key()) + of(entry.value());
        }
        yield size;
      }
      case Closure closure -> {
        int size = 60;
        for (Term free : closure.free()) {
          size += of(free);
        }
        yield size;
      }
      default -> LEAF;
    };
  }
}
