package beamyard.simulator.term;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A tuple. */
public final class Tuple implements Term {
  public static final Tuple EMPTY = new Tuple();

  private final Term[] elements;

  private Tuple(Term... elements) {
    this.elements = elements;
  }

  /** The array is taken over, not copied: the caller must not change it afterwards. */
  public static Tuple of(Term... elements) {
    return elements.length == 0 ? EMPTY : new Tuple(elements);
  }

  public int size() {
    return elements.length;
  }

  /** The element at a position counted from 0. */
  public Term get(int index) {
    return elements[index];
  }

  public Tuple with(int index, Term element) {
    Term[] changed = elements.clone();
    changed[index] = element;
    return new Tuple(changed);
  }

  public List<Term> elements() {
    return Collections.unmodifiableList(Arrays.asList(elements));
  }

  /** A new array with the elements. */
  public Term[] toArray() {
    return elements.clone();
  }

  /** The elements themselves, not a copy; to be read only. */
  Term[] shared() {
    return elements;
  }

  /** Whether this has {@code size} elements, the first being {@code tag}: {@code {tag, ...}}. */
  public boolean isTagged(Atom tag, int size) {
    return elements.length == size && elements[0] == tag;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Tuple that && TermEquality.equal(this, that);
  }

  @Override
  public int hashCode() {
    return TermEquality.hash(this);
  }

  @Override
  public String toString() {
    return Arrays.toString(elements).replaceFirst("^\\[", "{").replaceFirst("]$", "}");
  }
}
