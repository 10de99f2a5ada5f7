package beamyard.simulator.process;

import beamyard.simulator.process.LocalProcess.Watcher;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who watches one process. As in OTP, those of its own node stand in a list, those of other nodes in a tree of references:
 * when the process exits, the {@code DOWN}s to other nodes leave in the tree's post-order, then those to its own node in the
 * order of watching.
 */
final class Watchers {
  private static final Comparator<Reference> ORDER = Watchers::compare;

  private final SmallTable<Reference, Watcher> near;
  private final SmallTable<Reference, Watcher> far;

  /** Made for the first that is far. */
  private @Nullable RedBlackTree<Reference> tree;

  Watchers() {
    near = new SmallTable<>();
    far = new SmallTable<>();
  }

  private Watchers(Watchers original) {
    near = original.near.copy();
    far = original.far.copy();
    tree = original.tree == null ? null : original.tree.copy(ORDER);
  }

  private static int compare(Reference one, Reference other) {
    int order = one.node() == other.node() ? 0 : one.node().name().compareTo(other.node().name());
    if (order == 0) {
      order = Integer.compare(one.creation(), other.creation());
    }
    if (order == 0) {
      order = Integer.compare(one.high(), other.high());
    }
    if (order == 0) {
      order = Integer.compare(one.middle(), other.middle());
    }
    return order == 0 ? Integer.compare(one.low(), other.low()) : order;
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
      if (tree == null) {
        tree = new RedBlackTree<>(ORDER);
      }
      tree.insert(monitor);
    }
  }

  /** Ends a monitor; {@code false} if there is none. */
  boolean remove(Reference monitor) {
    if (far.remove(monitor) == null) {
      return near.remove(monitor) != null;
    }
    if (tree != null) {
      tree.delete(monitor);
    }
    return true;
  }

  /** Forgets all that watch from a node that is lost. */
  void removeFrom(Atom node) {
    if (far.isEmpty()) {
      return;
    }
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
    UnaryOperator<Watcher> renamed =
        watcher -> new Watcher(replacement.apply(watcher.pid()), watcher.watched());
    near.replaceAll(renamed);
    far.replaceAll(renamed);
  }

  /** In the order in which {@code DOWN}s go out. */
  void forEachInOrderOfExit(BiConsumer<Reference, Watcher> action) {
    for (Reference monitor : farInOrderOfExit()) {
      action.accept(monitor, far.get(monitor));
    }
    near.forEach(action);
  }

  private List<Reference> farInOrderOfExit() {
    return tree == null ? List.of() : tree.postOrder();
  }

  /** As {@code process_info} tells them. */
  List<Pid> toldByProcessInfo() {
    var pids = new ArrayList<Pid>();
    near.forEach((_, watcher) -> pids.add(watcher.pid()));
    farInOrderOfExit().forEach(monitor -> pids.add(far.get(monitor).pid()));
    return pids.reversed();
  }
}
