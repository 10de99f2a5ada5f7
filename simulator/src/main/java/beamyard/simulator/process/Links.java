package beamyard.simulator.process;

import beamyard.simulator.term.Pid;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The links of one process: those that are active, and those whose removal the other end has not acknowledged yet. */
final class Links {
  /** In place of the number of an unlink: the link is active. */
  private static final long ACTIVE = 0;

  private final ProcessTable table;

  /** In the order of linking. */
  private final SmallTable<Pid, Long> unlinks;

  /** Made for the first link. */
  private @Nullable RedBlackTree<Pid> tree;

  Links(ProcessTable table) {
    this.table = table;
    unlinks = new SmallTable<>();
  }

  private Links(Links original, ProcessTable table) {
    this.table = table;
    unlinks = original.unlinks.copy();
    tree = original.tree == null ? null : original.tree.copy(order(table));
  }

  Links copy(ProcessTable itsTable) {
    return new Links(this, itsTable);
  }

  /** Pids of this runtime come before those of other nodes, which are ordered by node. */
  private static Comparator<Pid> order(ProcessTable table) {
    return (one, other) -> {
      boolean local = table.isLocal(one);
      int order = Boolean.compare(table.isLocal(other), local);
      if (order == 0 && !local) {
        order = one.node().name().compareTo(other.node().name());
      }
      if (order == 0) {
        order = Long.compare(one.serial(), other.serial());
      }
      if (order == 0) {
        order = Long.compare(one.number(), other.number());
      }
      return order == 0 ? Integer.compare(one.creation(), other.creation()) : order;
    };
  }

  boolean isActive(Pid other) {
    Long unlink = unlinks.get(other);
    return unlink != null && unlink == ACTIVE;
  }

  /** Whether there is a link, active or being removed. */
  boolean contains(Pid other) {
    return unlinks.get(other) != null;
  }

  /** The link is active, although its removal may be under way. */
  void activate(Pid other) {
    if (unlinks.put(other, ACTIVE) == null) {
      insert(other);
    }
  }

  private void insert(Pid other) {
    if (tree == null) {
      tree = new RedBlackTree<>(order(table));
    }
    tree.insert(other);
  }

  /** The link does nothing from here on; it is removed when the unlink of a number is acknowledged. */
  void deactivate(Pid other, long unlink) {
    unlinks.put(other, unlink);
  }

  /** Removes an active link; {@code false} if there is none. */
  boolean removeActive(Pid other) {
    return remove(other, ACTIVE);
  }

  /** Removes a link if it awaits the acknowledgement of an unlink. */
  void acknowledge(Pid other, long unlink) {
    remove(other, unlink);
  }

  private boolean remove(Pid other, long unlink) {
    Long present = unlinks.get(other);
    if (present == null || present != unlink) {
      return false;
    }
    remove(other);
    return true;
  }

  void remove(Pid other) {
    if (unlinks.remove(other) != null && tree != null) {
      tree.delete(other);
    }
  }

  /** All that are linked or were, in the order of linking. */
  List<Pid> inOrderOfLinking() {
    return unlinks.isEmpty() ? List.of() : unlinks.keys();
  }

  /** The active ones in the order in which exit signals go out. */
  List<Pid> inOrderOfExit() {
    if (tree == null) {
      return List.of();
    }
    List<Pid> active = tree.postOrder();
    active.removeIf(pid -> !isActive(pid));
    return active;
  }

  /** Replaces pids, in the order of linking. */
  void rename(UnaryOperator<Pid> replacement) {
    SmallTable<Pid, Long> before = unlinks.copy();
    unlinks.clear();
    tree = null;
    before.forEach(
        (pid, unlink) -> {
          Pid renamed = replacement.apply(pid);
          unlinks.put(renamed, unlink);
          insert(renamed);
        });
  }
}
