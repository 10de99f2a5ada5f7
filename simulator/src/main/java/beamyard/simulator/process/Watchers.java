package beamyard.simulator.process;

import beamyard.simulator.process.LocalProcess.Watcher;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Who watches one process. As in OTP, those of its own node stand in a list, those of other nodes in a tree of references:
 * when the process exits, the {@code DOWN}s to other nodes leave in the tree's post-order, then those to its own node in the
 * order of watching.
 */
final class Watchers {
  private static final Comparator<Reference> ORDER =
      Comparator.comparing((Reference reference) -> reference.node().name())
          .thenComparingInt(Reference::creation)
          .thenComparingInt(Reference::high)
          .thenComparingInt(Reference::middle)
          .thenComparingInt(Reference::low);

  private final LinkedHashMap<Reference, Watcher> near = new LinkedHashMap<>();
  private final LinkedHashMap<Reference, Watcher> far = new LinkedHashMap<>();
  private final RedBlackTree<Reference> tree;

  Watchers() {
    tree = new RedBlackTree<>(ORDER);
  }

  private Watchers(Watchers original) {
    near.putAll(original.near);
    far.putAll(original.far);
    tree = original.tree.copy(ORDER);
  }

  Watchers copy() {
    return new Watchers(this);
  }

  /** A process of the same node watches from here on. */
  void addNear(Reference monitor, Watcher watcher) {
    near.put(monitor, watcher);
  }

  /** A process of another node watches from here on. */
  void addFar(Reference monitor, Watcher watcher) {
    if (far.put(monitor, watcher) == null) {
      tree.insert(monitor);
    }
  }

  /** Ends a monitor; {@code false} if there is none. */
  boolean remove(Reference monitor) {
    if (far.remove(monitor) == null) {
      return near.remove(monitor) != null;
    }
    tree.delete(monitor);
    return true;
  }

  /** Forgets all that watch from a node that is lost. */
  void removeFrom(Atom node) {
    var lost = new ArrayList<Reference>();
    far.forEach(
        (monitor, watcher) -> {
          if (watcher.pid().node() == node) {
            lost.add(monitor);
          }
        });
    lost.forEach(this::remove);
  }

  void rename(UnaryOperator<Pid> replacement) {
    near.replaceAll(
        (_, watcher) -> new Watcher(replacement.apply(watcher.pid()), watcher.watched()));
    far.replaceAll(
        (_, watcher) -> new Watcher(replacement.apply(watcher.pid()), watcher.watched()));
  }

  /** In the order in which {@code DOWN}s go out. */
  List<Map.Entry<Reference, Watcher>> inOrderOfExit() {
    var all = new ArrayList<Map.Entry<Reference, Watcher>>();
    if (!far.isEmpty()) {
      tree.postOrder().forEach(monitor -> all.add(Map.entry(monitor, far.get(monitor))));
    }
    all.addAll(near.entrySet());
    return all;
  }

  /** As {@code process_info} tells them. */
  List<Pid> toldByProcessInfo() {
    var pids = new ArrayList<Pid>();
    near.values().forEach(watcher -> pids.add(watcher.pid()));
    if (!far.isEmpty()) {
      tree.postOrder().forEach(monitor -> pids.add(far.get(monitor).pid()));
    }
    return pids.reversed();
  }
}
