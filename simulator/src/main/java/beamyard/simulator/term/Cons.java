package beamyard.simulator.term;

/** A list cell {@code [head | tail]}. The tail of a proper list is a list. */
public final class Cons implements ListTerm {
  private final Term head;
  private final Term tail;

  public Cons(Term head, Term tail) {
    this.head = head;
    this.tail = tail;
  }

  public Term head() {
    return head;
  }

  public Term tail() {
    return tail;
  }

  @Override
  public boolean equals(Object other) {
    Term left = this;
    Term right = other instanceof Cons cons ? cons : Nil.NIL;
    while (left instanceof Cons a && right instanceof Cons b) {
      if (a == b) {
        return true;
      }
      if (!a.head.equals(b.head)) {
        return false;
      }
      left = a.tail;
      right = b.tail;
    }
    return left.equals(right);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    Term rest = this;
    while (rest instanceof Cons cons) {
      hash = 31 * hash + cons.head.hashCode();
      rest = cons.tail;
    }
    return 31 * hash + (rest == Nil.NIL ? 3 : rest.hashCode());
  }

  @Override
  public String toString() {
    var text = new StringBuilder("[").append(head);
    Term rest = tail;
    while (rest instanceof Cons cons) {
      text.append(", ").append(cons.head);
      rest = cons.tail;
    }
    return rest == Nil.NIL ? text.append("]").toString() : text.append(" | ").append(rest).append("]").toString();
  }
}
