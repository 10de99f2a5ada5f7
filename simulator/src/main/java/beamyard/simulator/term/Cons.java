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
    return this == other || other instanceof Cons that && TermEquality.equal(this, that);
  }

  @Override
  public int hashCode() {
    return TermEquality.hash(this);
  }

  @Override
  public String toString() {
    var text = new StringBuilder("[").append(head);
    Term rest = tail;
    while (rest instanceof Cons cons) {
      text.append(", ").append(cons.head);
      rest = cons.tail;
    }
    return rest == Nil.NIL
        ? text.append("]").toString()
        : text.append(" | ").append(rest).append("]").toString();
  }
}
