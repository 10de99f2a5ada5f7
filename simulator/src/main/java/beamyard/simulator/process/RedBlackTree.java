package beamyard.simulator.process;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A red-black tree. OTP keeps the links of a process in one, and its monitors in another. The order in which exit signals
 * leave an exiting process is the tree's post-order, and {@code process_info} shows the reverse of it; so the shape matters
 * here, not the speed.
 *
 * <p>Insertion and deletion are those of Cormen, Leiserson, Rivest, Stein, Introduction to Algorithms, 2nd edition, chapter
 * 13, which OTP follows too.
 */
final class RedBlackTree<K> {
  private static final class Node<K> {
    final K key;
    boolean red;
    @Nullable Node<K> parent;
    @Nullable Node<K> left;
    @Nullable Node<K> right;

    Node(K key) {
      this.key = key;
    }
  }

  private final Comparator<K> order;
  private @Nullable Node<K> root;

  RedBlackTree(Comparator<K> order) {
    this.order = order;
  }

  RedBlackTree<K> copy(Comparator<K> order) {
    var copy = new RedBlackTree<>(order);
    copy.root = copy(root, null);
    return copy;
  }

  private static <K> @Nullable Node<K> copy(@Nullable Node<K> node, @Nullable Node<K> parent) {
    if (node == null) {
      return null;
    }
    var copy = new Node<>(node.key);
    copy.red = node.red;
    copy.parent = parent;
    copy.left = copy(node.left, copy);
    copy.right = copy(node.right, copy);
    return copy;
  }

  /** Left subtree, right subtree, node. */
  List<K> postOrder() {
    var keys = new ArrayList<K>();
    visit(root, keys);
    return keys;
  }

  private static <K> void visit(@Nullable Node<K> node, List<K> keys) {
    if (node != null) {
      visit(node.left, keys);
      visit(node.right, keys);
      keys.add(node.key);
    }
  }

  /** Adds a key that is not there yet. */
  void insert(K key) {
    var added = new Node<K>(key);
    Node<K> parent = null;
    Node<K> next = root;
    boolean isLess = false;
    while (next != null) {
      parent = next;
      isLess = order.compare(key, next.key) < 0;
      next = isLess ? next.left : next.right;
    }
    added.parent = parent;
    if (parent == null) {
      root = added;
    } else if (isLess) {
      parent.left = added;
    } else {
      parent.right = added;
    }
    added.red = true;
    balanceAfterInsertion(added);
  }

  private void balanceAfterInsertion(Node<K> added) {
    Node<K> node = added;
    while (isRed(node.parent)) {
      Node<K> parent = node.parent;
      Node<K> grandparent = parent.parent; // there is one, as the root is black
      boolean isLeft = parent == grandparent.left;
      Node<K> uncle = isLeft ? grandparent.right : grandparent.left;
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

  /** Removes a key that is there. */
  void delete(K key) {
    Node<K> deleted = root;
    int side = order.compare(key, deleted.key);
    while (side != 0) {
      deleted = side < 0 ? deleted.left : deleted.right;
      side = order.compare(key, deleted.key);
    }
    Node<K> spliced = deleted;
    if (deleted.left != null && deleted.right != null) {
      spliced = deleted.right;
      while (spliced.left != null) {
        spliced = spliced.left;
      }
    }
    Node<K> child = spliced.left != null ? spliced.left : spliced.right;
    Node<K> parent = spliced.parent;
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

  private void balanceAfterDeletion(@Nullable Node<K> lacking, @Nullable Node<K> above) {
    Node<K> node = lacking;
    Node<K> parent = above;
    while (parent != null && !isRed(node)) {
      boolean isLeft = node == parent.left;
      Node<K> sibling = isLeft ? parent.right : parent.left;
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
      Node<K> outer = isLeft ? sibling.right : sibling.left;
      if (!isRed(outer)) {
        Node<K> inner = isLeft ? sibling.left : sibling.right;
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

  private static boolean isRed(@Nullable Node<?> node) {
    return node != null && node.red;
  }

  private void replace(Node<K> old, @Nullable Node<K> replacement) {
    Node<K> parent = old.parent;
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
  private void rotate(Node<K> node, boolean toTheLeft) {
    Node<K> rising = toTheLeft ? node.right : node.left;
    replace(node, rising);
    Node<K> moved = toTheLeft ? rising.left : rising.right;
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
