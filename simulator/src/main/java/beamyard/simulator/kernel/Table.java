package beamyard.simulator.kernel;

import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermOrder;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An immutable map with terms as keys, in term order; a change shares all but one path with what it was made from. */
final class Table<V> implements Iterable<Table.Entry<V>> {
  /* An AVL tree, changed by copying the path from the root. */

  /** One key with its value. */
  record Entry<V>(Term key, V value) {}

  private record Node<V>(
      @Nullable Node<V> left, Term key, V value, @Nullable Node<V> right, int height) {}

  private static final Table<?> EMPTY = new Table<>(null);

  private final @Nullable Node<V> root;

  private Table(@Nullable Node<V> root) {
    this.root = root;
  }

  @SuppressWarnings("unchecked") // an empty table has no values
  static <V> Table<V> empty() {
    return (Table<V>) EMPTY;
  }

  boolean isEmpty() {
    return root == null;
  }

  Optional<V> get(Term key) {
    Node<V> node = root;
    while (node != null) {
      int order = TermOrder.EXACT.compare(key, node.key);
      if (order == 0) {
        return Optional.of(node.value);
      }
      node = order < 0 ? node.left : node.right;
    }
    return Optional.empty();
  }

  boolean has(Term key) {
    return get(key).isPresent();
  }

  Table<V> with(Term key, V value) {
    return new Table<>(put(root, key, value));
  }

  Table<V> without(Term key) {
    Node<V> rest = remove(root, key);
    return rest == root ? this : rest == null ? empty() : new Table<>(rest);
  }

  /** In term order. */
  @Override
  public Iterator<Entry<V>> iterator() {
    return root == null ? Collections.emptyIterator() : new InOrder<>(root);
  }

  /** Goes through a tree; on its way are the nodes whose left subtrees it is in. */
  private static final class InOrder<V> implements Iterator<Entry<V>> {
    private final Node<V>[] way;
    private int length;

    @SuppressWarnings("unchecked") // only descend puts anything there
    InOrder(Node<V> root) {
      way = (Node<V>[]) new Node<?>[root.height];
      descend(root);
    }

    private void descend(@Nullable Node<V> from) {
      for (Node<V> node = from; node != null; node = node.left) {
        way[length++] = node;
      }
    }

    @Override
    public boolean hasNext() {
      return length > 0;
    }

    @Override
    public Entry<V> next() {
      if (length == 0) {
        throw new NoSuchElementException("no key is greater");
      }
      Node<V> node = way[--length];
      descend(node.right);
      return new Entry<>(node.key, node.value);
    }
  }

  private static <V> Node<V> put(@Nullable Node<V> node, Term key, V value) {
    if (node == null) {
      return new Node<>(null, key, value, null, 1);
    }
    int order = TermOrder.EXACT.compare(key, node.key);
    if (order == 0) {
      return new Node<>(node.left, key, value, node.right, node.height);
    }
    return order < 0
        ? balanced(put(node.left, key, value), node, node.right)
        : balanced(node.left, node, put(node.right, key, value));
  }

  /** The node itself if the key is not below it. */
  private static <V> @Nullable Node<V> remove(@Nullable Node<V> node, Term key) {
    if (node == null) {
      return null;
    }
    int order = TermOrder.EXACT.compare(key, node.key);
    if (order < 0) {
      Node<V> left = remove(node.left, key);
      return left == node.left ? node : balanced(left, node, node.right);
    }
    if (order > 0) {
      Node<V> right = remove(node.right, key);
      return right == node.right ? node : balanced(node.left, node, right);
    }
    if (node.left == null) {
      return node.right;
    }
    if (node.right == null) {
      return node.left;
    }
    Node<V> next = node.right;
    while (next.left != null) {
      next = next.left;
    }
    return balanced(node.left, next, remove(node.right, next.key));
  }

  /** A tree of what one node holds between two subtrees, whose heights may differ by two. */
  private static <V> Node<V> balanced(
      @Nullable Node<V> left, Node<V> between, @Nullable Node<V> right) {
    int lean = height(left) - height(right);
    if (lean > 1 && left != null) {
      if (height(left.left) >= height(left.right)) {
        return node(left.left, left, node(left.right, between, right));
      }
      Node<V> middle = Objects.requireNonNull(left.right);
      return node(node(left.left, left, middle.left), middle, node(middle.right, between, right));
    }
    if (lean < -1 && right != null) {
      if (height(right.right) >= height(right.left)) {
        return node(node(left, between, right.left), right, right.right);
      }
      Node<V> middle = Objects.requireNonNull(right.left);
      return node(node(left, between, middle.left), middle, node(middle.right, right, right.right));
    }
    return node(left, between, right);
  }

  private static <V> Node<V> node(
      @Nullable Node<V> left, Node<V> between, @Nullable Node<V> right) {
    return new Node<>(
        left, between.key, between.value, right, Math.max(height(left), height(right)) + 1);
  }

  private static int height(@Nullable Node<?> node) {
    return node == null ? 0 : node.height;
  }
}
