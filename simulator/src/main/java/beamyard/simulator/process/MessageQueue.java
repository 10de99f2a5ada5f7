package beamyard.simulator.process;

import beamyard.simulator.term.Term;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A mailbox in an array that is consumed from its front; taking from the middle moves the skipped messages up. */
final class MessageQueue implements Mailbox {
  private static final Term[] NONE = {};
  private static final int INITIAL_CAPACITY = 8;

  private Term[] messages = NONE;
  private int first;
  private int end;
  private int cursor;

  /** Whether something came that a receive has not looked for yet. */
  private boolean news;

  /** Where the messages begin that no receive has got to yet: those that came since the last one looked. */
  private int fetchedEnd;

  /** Told of each message that is taken, if somebody watches. */
  private @Nullable Listener listener;

  /** Hears which messages are taken out. */
  interface Listener {
    void taken(Term message);
  }

  void listen(@Nullable Listener listener) {
    this.listener = listener;
  }

  void add(Term message) {
    if (end == messages.length) {
      makeRoom();
    }
    messages[end++] = message;
    news = true;
  }

  private void makeRoom() {
    int size = end - first;
    boolean isTooSmall = size > messages.length / 2 || messages.length == 0;
    Term[] target =
        isTooSmall ? new Term[Math.max(INITIAL_CAPACITY, messages.length * 2)] : messages;
    System.arraycopy(messages, first, target, 0, size);
    if (target == messages) {
      Arrays.fill(messages, size, end, null);
    }
    messages = target;
    cursor -= first;
    fetchedEnd -= first;
    first = 0;
    end = size;
  }

  @Override
  public @Nullable Term next() {
    if (cursor >= fetchedEnd) {
      fetch();
    }
    if (cursor == end) {
      news = false;
      return null;
    }
    return messages[cursor++];
  }

  @Override
  public void take() {
    if (cursor == first) {
      throw new AssertionError("take without next");
    }
    Term taken = messages[cursor - 1];
    System.arraycopy(messages, first, messages, first + 1, cursor - 1 - first);
    messages[first] = null;
    first++;
    cursor = first;
    if (listener != null) {
      listener.taken(taken);
    }
  }

  @Override
  public void restart() {
    cursor = first;
  }

  @Override
  public void fetch() {
    fetchedEnd = end;
  }

  @Override
  public int fetched() {
    return Math.max(0, fetchedEnd - first);
  }

  @Override
  public int size() {
    return end - first;
  }

  @Override
  public List<Term> messages() {
    return List.of(Arrays.copyOfRange(messages, first, end));
  }

  /** Removes the first message that matches, if any. */
  void removeFirst(Predicate<Term> matches) {
    fetch();
    for (int i = first; i < end; i++) {
      if (matches.test(messages[i])) {
        System.arraycopy(messages, first, messages, first + 1, i - first);
        messages[first] = null;
        first++;
        if (cursor <= i) {
          cursor++;
        }
        return;
      }
    }
  }

  void replaceAll(UnaryOperator<Term> replacement) {
    for (int i = first; i < end; i++) {
      messages[i] = replacement.apply(messages[i]);
    }
  }

  boolean hasNews() {
    return news;
  }

  void clearNews() {
    news = false;
  }

  /** A copy to which nobody listens. */
  MessageQueue copy() {
    var copy = new MessageQueue();
    if (end > first) {
      copy.messages = new Term[Math.max(INITIAL_CAPACITY, end - first)];
      System.arraycopy(messages, first, copy.messages, 0, end - first);
    }
    copy.end = end - first;
    copy.cursor = cursor - first;
    copy.fetchedEnd = fetchedEnd - first;
    copy.news = news;
    return copy;
  }
}
