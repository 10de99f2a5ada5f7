package beamyard.simulator.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The streams that are not over, by their numbers, which count from 0 and are used once. */
final class Streams {
  /** Those numbered from {@link #first}; {@code null} in place of those that are over. */
  private @Nullable Stream[] byNumber = new Stream[16];

  private long first;
  private long next;

  Stream open(int port, Endpoint from, Endpoint to) {
    if (next - first == byNumber.length) {
      makeRoom();
    }
    var stream = new Stream(next, port, from, to);
    byNumber[(int) (next++ - first)] = stream;
    return stream;
  }

  private void makeRoom() {
    int over = 0;
    while (over < byNumber.length && byNumber[over] == null) {
      over++;
    }
    boolean half = over * 2 >= byNumber.length;
    byNumber =
        half
            ? Arrays.copyOf(Arrays.copyOfRange(byNumber, over, byNumber.length), byNumber.length)
            : Arrays.copyOf(byNumber, byNumber.length * 2);
    first += half ? over : 0;
  }

  /** {@code null} if it is over. */
  @Nullable Stream get(long number) {
    long index = number - first;
    return index < 0 || index >= byNumber.length ? null : byNumber[(int) index];
  }

  void remove(Stream stream) {
    byNumber[(int) (stream.id - first)] = null;
  }

  /** Oldest first. */
  List<Stream> all() {
    var living = new ArrayList<Stream>();
    for (Stream stream : byNumber) {
      if (stream != null) {
        living.add(stream);
      }
    }
    return living;
  }

  Streams copy() {
    var copy = new Streams();
    copy.byNumber = byNumber.clone();
    for (int i = 0; i < byNumber.length; i++) {
      Stream stream = byNumber[i];
      copy.byNumber[i] = stream == null ? null : stream.copy();
    }
    copy.first = first;
    copy.next = next;
    return copy;
  }
}
