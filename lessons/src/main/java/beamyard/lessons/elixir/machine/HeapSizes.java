package beamyard.lessons.elixir.machine;

/**
 * The sizes that a heap has in OTP, in words: each is the sum of the two before it and one, from a million words on a fifth
 * more than the one before it.
 *
 * @see <a href="https://www.erlang.org/doc/apps/erts/garbagecollection.html">ERTS, garbage collection</a>
 */
final class HeapSizes {
  private static final long SMALL = 12;
  private static final long NEXT_SMALL = 38;
  private static final long LINEAR_FROM = 1_000_000;
  private static final int GROWS_BY_PART = 5;

  /** The heap with which a process begins. */
  static final long FIRST = 233;

  private HeapSizes() {}

  /** The least size that holds so many words; that of a process's first heap at least. */
  static long holding(long words) {
    long before = SMALL;
    long size = NEXT_SMALL;
    while (size < words || size < FIRST) {
      long next = size < LINEAR_FROM ? size + before + 1 : size + size / GROWS_BY_PART;
      before = size;
      size = next;
    }
    return size;
  }
}
