package beamyard.simulator.term;

import java.util.Arrays;

/** Where encoded terms go: a buffer, or nowhere when only their size is wanted. Numbers are big-endian. */
abstract sealed class ByteSink {
  protected int position;

  abstract void u1(int value);

  abstract void bytes(byte[] bytes, int offset, int length);

  /** Overwrites four bytes. */
  abstract void patchU4(int at, int value);

  final int position() {
    return position;
  }

  final void bytes(byte[] bytes) {
    bytes(bytes, 0, bytes.length);
  }

  final void u2(int value) {
    u1(value >>> 8);
    u1(value);
  }

  final void u4(int value) {
    u2(value >>> 16);
    u2(value);
  }

  final void u8(long value) {
    u4((int) (value >>> 32));
    u4((int) value);
  }

  /** Keeps the bytes. */
  static final class Buffer extends ByteSink {
    private byte[] buffer = new byte[64];

    @Override
    void u1(int value) {
      reserve(1);
      buffer[position++] = (byte) value;
    }

    @Override
    void bytes(byte[] bytes, int offset, int length) {
      reserve(length);
      System.arraycopy(bytes, offset, buffer, position, length);
      position += length;
    }

    @Override
    void patchU4(int at, int value) {
      for (int i = 0; i < 4; i++) {
        buffer[at + i] = (byte) (value >>> 24 - 8 * i);
      }
    }

    private void reserve(int count) {
      int needed = Math.addExact(position, count);
      if (needed > buffer.length) {
        buffer =
            Arrays.copyOf(
                buffer,
                (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * buffer.length)));
      }
    }

    byte[] toBytes() {
      return Arrays.copyOf(buffer, position);
    }
  }

  /** Counts the bytes. */
  static final class Counter extends ByteSink {
    @Override
    void u1(int value) {
      position = Math.addExact(position, 1);
    }

    @Override
    void bytes(byte[] bytes, int offset, int length) {
      position = Math.addExact(position, length);
    }

    @Override
    void patchU4(int at, int value) {}
  }
}
