package beamyard.simulator.process;

import beamyard.simulator.term.Pid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pids in a red-black tree. OTP keeps the links of a process in one, and the order in which exit signals leave an exiting
 * process is the tree's post-order; so the shape matters here, not the speed.
 *
 * <p>Insertion and deletion are those of Cormen, Leiserson, Rivest, Stein, Introduction to Algorithms, 2nd edition, chapter
 * 13, which OTP follows too.
 */
final class PidTree {
  private static final class Node {
    final Pid pid;
    boolean red;
    @Nullable Node parent;
    @Nullable Node left;
    @Nullable Node right;

    Node(Pid pid) {
      this.pid = pid;
    }
  }

  /** Pids of this node come before those of others, which are ordered by node. */
  private final ProcessTable table;

  private @Nullable Node root;

  PidTree(ProcessTable table) {
    this.table = table;
  }

  PidTree copy(ProcessTable table) {
    var copy = new PidTree(table);
    copy.root = copy(root, null);
    return copy;
  }

  private static @Nullable Node copy(@Nullable Node node, @Nullable Node parent) {
    if (node == null) {
      return null;
    }
    var copy = new Node(node.pid);
    copy.red = node.red;
    copy.parent = parent;
    copy.left = copy(node.left, copy);
    copy.right = copy(node.right, copy);
    return copy;
  }

  private int compare(Pid one, Pid other) {
    boolean local = table.isLocal(one);
    if (local != table.isLocal(other)) {
      return local ? -1 : 1;
    }
    if (!local && one.node() != other.node()) {
      return one.node().name().compareTo(other.node().name());
    }
    int order = Long.compare(one.serial(), other.serial());
    order = order != 0 ? order : Long.compare(one.number(), other.number());
    return order != 0 ? order : Integer.compare(one.creation(), other.creation());
  }

  /** Left subtree, right subtree, node. */
  List<Pid> postOrder() {
    var pids = new ArrayList<Pid>();
    visit(root, pids);
    return pids;
  }

  private static void visit(@Nullable Node node, List<Pid> pids) {
    if (node != null) {
      visit(node.left, pids);
      visit(node.right, pids);
      pids.add(node.pid);
    }
  }

  /** Adds a pid that is not there yet. */
  void insert(Pid pid) {
    var added = new Node(pid);
    Node parent = null;
    Node next = root;
    while (next != null) {
      parent = next;
      next = compare(pid, next.pid) < 0 ? next.left : next.right;
    }
    added.parent = parent;
    if (parent == null) {
      root = added;
    } else if (compare(pid, parent.pid) < 0) {
      parent.left = added;
    } else {
      parent.right = added;
    }
    added.red = true;
    balanceAfterInsertion(added);
  }

  private void balanceAfterInsertion(Node added) {
    Node node = added;
    while (isRed(node.parent)) {
      Node parent = node.parent;
      Node grandparent = parent.parent; // there is one, as the root is black
      boolean isLeft = parent == grandparent.left;
      Node uncle = isLeft ? grandparent.right : grandparent.left;
      if (isRed(uncle)) {
        parent.red = false;
        uncle.red = false;
        grandparent.red = true;
        node = grandparent;
        continue;
      }
      if (node == (isLeft ? parent.right : parent.left)) {
        rotate(parent, isLeft);
        node = parent;
        parent = node.parent;
      }
      parent.red = false;
      grandparent.red = true;
      rotate(grandparent, !isLeft);
    }
    root.red = false;
  }

  /** Removes a pid that is there. */
  void delete(Pid pid) {
    Node deleted = root;
    while (compare(pid, deleted.pid) != 0) {
      deleted = compare(pid, deleted.pid) < 0 ? deleted.left : deleted.right;
    }
    Node spliced = deleted;
    if (deleted.left != null && deleted.right != null) {
      spliced = deleted.right;
      while (spliced.left != null) {
        spliced = spliced.left;
      }
    }
    Node child = spliced.left != null ? spliced.left : spliced.right;
    Node parent = spliced.parent;
    replace(spliced, child);
    boolean splicedBlack = !spliced.red;
    if (spliced != deleted) {
      spliced.red = deleted.red;
      spliced.left = deleted.left;
      spliced.right = deleted.right;
      if (spliced.left != null) {
        spliced.left.parent = spliced;
      }
      if (spliced.right != null) {
        spliced.right.parent = spliced;
      }
      replace(deleted, spliced);
      parent = parent == deleted ? spliced : parent;
    }
    if (splicedBlack) {
      balanceAfterDeletion(child, parent);
    }
  }

  private void balanceAfterDeletion(@Nullable Node lacking, @Nullable Node above) {
    Node node = lacking;
    Node parent = above;
    while (parent != null && !isRed(node)) {
      boolean isLeft = node == parent.left;
      Node sibling = isLeft ? parent.right : parent.left;
      if (isRed(sibling)) {
        sibling.red = false;
        parent.red = true;
        rotate(parent, isLeft);
        sibling = isLeft ? parent.right : parent.left;
      }
      if (!isRed(sibling.left) && !isRed(sibling.right)) {
        sibling.red = true;
        node = parent;
        parent = node.parent;
        continue;
      }
      Node outer = isLeft ? sibling.right : sibling.left;
      if (!isRed(outer)) {
        Node inner = isLeft ? sibling.left : sibling.right;
        inner.red = false;
        sibling.red = true;
        rotate(sibling, !isLeft);
        sibling = isLeft ? parent.right : parent.left;
        outer = isLeft ? sibling.right : sibling.left;
      }
      sibling.red = parent.red;
      parent.red = false;
      outer.red = false;
      rotate(parent, isLeft);
      return;
    }
    if (node != null) {
      node.red = false;
    }
  }

  private static boolean isRed(@Nullable Node node) {
    return node != null && node.red;
  }

  private void replace(Node old, @Nullable Node replacement) {
    Node parent = old.parent;
    if (parent == null) {
      root = replacement;
    } else if (old == parent.left) {
      parent.left = replacement;
    } else {
      parent.right = replacement;
    }
    if (replacement != null) {
      replacement.parent = parent;
    }
  }

  /** Lets a node sink to the left, its right child rising, or the other way round. */
  private void rotate(Node node, boolean toTheLeft) {
    Node rising = toTheLeft ? node.right : node.left;
    replace(node, rising);
    Node moved = toTheLeft ? rising.left : rising.right;
    if (toTheLeft) {
      node.right = moved;
      rising.left = node;
    } else {
      node.left = moved;
      rising.right = node;
    }
    if (moved != null) {
      moved.parent = node;
    }
    node.parent = rising;
  }
}
