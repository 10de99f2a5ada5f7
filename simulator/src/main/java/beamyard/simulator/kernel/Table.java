package beamyard.simulator.kernel;

import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermOrder;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An immutable map with terms as keys, in term order; a change shares all but one path with what it was made from. */
final class Table<V> implements Iterable<Table.Entry<V>> {
  /* An AVL tree, changed by copying the path from the root. */

  /** One key with its value. */
  record Entry<V>(Term key, V value) {}

  private record Node<V>(
      @Nullable Node<V> left, Entry<V> entry, @Nullable Node<V> right, int height, int size) {}

  private static final Table<?> EMPTY = new Table<>(null);

  private final @Nullable Node<V> root;

  private Table(@Nullable Node<V> root) {
    this.root = root;
  }

  @SuppressWarnings("unchecked") // an empty table has no values
  static <V> Table<V> empty() {
    return (Table<V>) EMPTY;
  }

  int size() {
    return size(root);
  }

  boolean isEmpty() {
    return root == null;
  }

  Optional<V> get(Term key) {
    Node<V> node = root;
    while (node != null) {
      int order = TermOrder.EXACT.compare(key, node.entry.key);
      if (order == 0) {
        return Optional.of(node.entry.value);
      }
      node = order < 0 ? node.left : node.right;
    }
    return Optional.empty();
  }

  boolean has(Term key) {
    return get(key).isPresent();
  }

  Table<V> with(Term key, V value) {
    return new Table<>(put(root, new Entry<>(key, value)));
  }

  Table<V> without(Term key) {
    return has(key) ? new Table<>(remove(root, key)) : this;
  }

  @Override
  public Iterator<Entry<V>> iterator() {
    var path = new ArrayDeque<Node<V>>();
    descend(path, root);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !path.isEmpty();
      }

      @Override
      public Entry<V> next() {
        Node<V> node = path.pop();
        descend(path, node.right);
        return node.entry;
      }
    };
  }

  private static <V> void descend(ArrayDeque<Node<V>> path, @Nullable Node<V> from) {
    for (Node<V> node = from; node != null; node = node.left) {
      path.push(node);
    }
  }

  private static <V> Node<V> put(@Nullable Node<V> node, Entry<V> entry) {
    if (node == null) {
      return new Node<>(null, entry, null, 1, 1);
    }
    int order = TermOrder.EXACT.compare(entry.key, node.entry.key);
    if (order == 0) {
      return new Node<>(node.left, entry, node.right, node.height, node.size);
    }
    return order < 0
        ? balanced(put(node.left, entry), node.entry, node.right)
        : balanced(node.left, node.entry, put(node.right, entry));
  }

  private static <V> @Nullable Node<V> remove(@Nullable Node<V> node, Term key) {
    if (node == null) {
      return null;
    }
    int order = TermOrder.EXACT.compare(key, node.entry.key);
    if (order < 0) {
      return balanced(remove(node.left, key), node.entry, node.right);
    }
    if (order > 0) {
      return balanced(node.left, node.entry, remove(node.right, key));
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
    return balanced(node.left, next.entry, remove(node.right, next.entry.key));
  }

  private static <V> Node<V> balanced(
      @Nullable Node<V> left, Entry<V> entry, @Nullable Node<V> right) {
    int lean = height(left) - height(right);
    if (lean > 1 && left != null) {
      if (height(left.left) >= height(left.right)) {
        return node(left.left, left.entry, node(left.right, entry, right));
      }
      Node<V> middle = Objects.requireNonNull(left.right);
      return node(
          node(left.left, left.entry, middle.left), middle.entry, node(middle.right, entry, right));
    }
    if (lean < -1 && right != null) {
      if (height(right.right) >= height(right.left)) {
        return node(node(left, entry, right.left), right.entry, right.right);
      }
      Node<V> middle = Objects.requireNonNull(right.left);
      return node(
          node(left, entry, middle.left),
          middle.entry,
          node(middle.right, right.entry, right.right));
    }
    return node(left, entry, right);
  }

  private static <V> Node<V> node(@Nullable Node<V> left, Entry<V> entry, @Nullable Node<V> right) {
    return new Node<>(
        left,
        entry,
        right,
        Math.max(height(left), height(right)) + 1,
        size(left) + size(right) + 1);
  }

  private static int height(@Nullable Node<?> node) {
    return node == null ? 0 : node.height;
  }

  private static int size(@Nullable Node<?> node) {
    return node == null ? 0 : node.size;
  }
}
