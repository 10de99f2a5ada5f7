package beamyard.simulator.process;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names and creations that one runtime has had. In OTP the pids and references of the node itself name no node, and get
 * its present name when they are sent away or shown; here they name the node from the beginning, and are brought up to date
 * when they are sent.
 */
final class Renaming {
  private record Identity(Atom node, int creation) {}

  /** The last is the present one. */
  private final ArrayList<Identity> identities = new ArrayList<>();

  private @Nullable Atom presentNode;
  private int presentCreation;

  Renaming copy() {
    var copy = new Renaming();
    copy.identities.addAll(identities);
    copy.presentNode = presentNode;
    copy.presentCreation = presentCreation;
    return copy;
  }

  /** Whether this is news. */
  boolean isNow(Atom node, int creation) {
    var identity = new Identity(node, creation);
    if (!identities.isEmpty() && identities.getLast().equals(identity)) {
      return false;
    }
    identities.remove(identity);
    identities.add(identity);
    presentNode = node;
    presentCreation = creation;
    return true;
  }

  void forgetFormer() {
    identities.subList(0, identities.size() - 1).clear();
  }

  Atom node() {
    if (presentNode == null) {
      throw new AssertionError("the runtime has no name yet");
    }
    return presentNode;
  }

  int creation() {
    return presentCreation;
  }

  /** Whether this is or was the runtime's. */
  boolean isOurs(Atom node, int creation) {
    if (node == presentNode && creation == presentCreation) {
      return true; // nearly always
    }
    for (int i = identities.size() - 2; i >= 0; i--) {
      Identity identity = identities.get(i);
      if (identity.node() == node && identity.creation() == creation) {
        return true;
      }
    }
    return false;
  }

  private boolean isFormer(Atom node, int creation) {
    return identities.size() > 1
        && (node != node() || creation != creation())
        && isOurs(node, creation);
  }

  /** Whether the runtime has had another name, of which something may be held. */
  boolean hasFormer() {
    return identities.size() > 1;
  }

  Pid present(Pid pid) {
    return isFormer(pid.node(), pid.creation())
        ? new Pid(node(), pid.number(), pid.serial(), creation())
        : pid;
  }

  Reference present(Reference ref) {
    return isFormer(ref.node(), ref.creation())
        ? new Reference(node(), creation(), ref.low(), ref.middle(), ref.high())
        : ref;
  }

  /** A signal about to be sent. */
  Signal present(Signal signal) {
    if (identities.size() == 1) {
      return signal;
    }
    return switch (signal) {
      case Signal.Message(var from, var payload) ->
          new Signal.Message(present(from), present(payload));
      case Signal.Exit(var from, var reason, var cause) ->
          new Signal.Exit(present(from), present(reason), cause);
      case Signal.Down(var from, var reference, var watched, var reason) ->
          new Signal.Down(present(from), reference, present(watched), present(reason));
      case Signal.GroupLeader(var from, var leader) ->
          new Signal.GroupLeader(present(from), present(leader));
      case Signal.SpawnRequest(
              var from,
              var reference,
              var leader,
              var module,
              var function,
              var arguments,
              var options) ->
          new Signal.SpawnRequest(
              present(from),
              reference,
              present(leader),
              module,
              function,
              present(arguments),
              options);
      case Signal.Link _,
          Signal.Unlink _,
          Signal.UnlinkAck _,
          Signal.Monitor _,
          Signal.Demonitor _,
          Signal.SpawnReply _ ->
          signal;
    };
  }

  /** The term itself if nothing in it is out of date. */
  Term present(Term term) {
    return switch (term) {
      case Pid pid -> present(pid);
      case Reference reference -> present(reference);
      case Cons cons -> list(cons);
      case Tuple tuple -> {
        List<Term> changed = changed(tuple.elements());
        yield changed == null ? tuple : Tuple.of(changed.toArray(new Term[0]));
      }
      case MapTerm map -> {
        MapTerm result = map;
        for (MapTerm.Entry entry : map.entries()) {
          Term key = present(entry.key());
          Term value = present(entry.value());
          if (key != entry.key()) {
            result = result.remove(entry.key()).put(key, value);
          } else if (value != entry.value()) {
            result = result.put(key, value);
          }
        }
        yield result;
      }
      case Closure closure -> {
        List<Term> free = changed(closure.free());
        yield free == null
            ? closure
            : new Closure(
                closure.module(),
                closure.index(),
                closure.uniq(),
                closure.arity(),
                free,
                closure.carried());
      }
      default -> term;
    };
  }

  private Term list(Cons list) {
    var elements = new ArrayList<Term>();
    Term rest = list;
    while (rest instanceof Cons cons) {
      elements.add(cons.head());
      rest = cons.tail();
    }
    List<Term> changed = changed(elements);
    Term tail = present(rest);
    if (changed == null && tail == rest) {
      return list;
    }
    Term result = tail;
    for (Term element : (changed == null ? elements : changed).reversed()) {
      result = new Cons(element, result);
    }
    return result;
  }

  /** The terms brought up to date; {@code null} if they all are. */
  private @Nullable List<Term> changed(List<Term> terms) {
    ArrayList<Term> changed = null;
    for (int i = 0; i < terms.size(); i++) {
      Term before = terms.get(i);
      Term after = present(before);
      if (after != before) {
        changed = changed == null ? new ArrayList<>(terms) : changed;
        changed.set(i, after);
      }
    }
    return changed;
  }
}
