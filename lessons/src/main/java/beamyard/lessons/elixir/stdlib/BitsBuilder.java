package beamyard.lessons.elixir.stdlib;

import beamyard.simulator.term.Bits;
import java.util.Arrays;

/** Bitstrings put together. */
final class BitsBuilder {
  private byte[] bytes = new byte[16];
  private int size;

  void append(Bits part) {
    int needed = (size + part.bitSize() + 7) >>> 3;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
    }
    if ((size & 7) == 0) {
      System.arraycopy(part.toBytes(), 0, bytes, size >>> 3, part.byteSize());
    } else {
      for (int i = 0; i < part.bitSize(); i++) {
        int at = size + i;
        bytes[at >>> 3] |= (byte) (part.bitAt(i) << (7 - (at & 7)));
      }
    }
    size += part.bitSize();
  }

  Bits build() {
    return Bits.of(Arrays.copyOf(bytes, (size + 7) >>> 3), size);
  }
}
