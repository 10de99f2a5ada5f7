package beamyard.simulator.term;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A bitstring; a binary when its size is a whole number of bytes. Unused low bits of the last byte are zero. */
public final class Bits implements Term, Comparable<Bits> {
  public static final Bits EMPTY = new Bits(new byte[0], 0, 0);

  private final byte[] bytes;
  private final int offset;
  private final int bitSize;

  private Bits(byte[] bytes, int offset, int bitSize) {
    this.bytes = bytes;
    this.offset = offset;
    this.bitSize = bitSize;
  }

  /** The array is taken over, not copied. */
  public static Bits of(byte[] bytes) {
    return new Bits(bytes, 0, Math.multiplyExact(bytes.length, 8));
  }

  /** A bitstring of {@code bitSize} bits from the start of {@code bytes}, which is taken over; unused low bits must be 0. */
  public static Bits of(byte[] bytes, int bitSize) {
    return new Bits(bytes, 0, bitSize);
  }

  /** The UTF-8 binary of a text. */
  public static Bits of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public int bitSize() {
    return bitSize;
  }

  /** The size in bytes, rounded up. */
  public int byteSize() {
    return (bitSize + 7) >>> 3;
  }

  public boolean isBinary() {
    return (bitSize & 7) == 0;
  }

  /** The byte at an index from 0, as 0 to 255. */
  public int byteAt(int index) {
    return bytes[offset + index] & 0xFF;
  }

  /** The bit at an index from 0 (the highest bit of the first byte): 0 or 1. */
  public int bitAt(int index) {
    return bytes[offset + (index >>> 3)] >>> (7 - (index & 7)) & 1;
  }

  /** A part in whole bytes; shares the bytes. */
  public Bits slice(int byteOffset, int byteLength) {
    return new Bits(bytes, offset + byteOffset, byteLength * 8);
  }

  /** A part in bits; shares the bytes where it starts and ends on byte borders. */
  public Bits sliceBits(int bitOffset, int bitLength) {
    if ((bitOffset & 7) == 0 && (bitLength & 7) == 0) {
      return new Bits(bytes, offset + (bitOffset >>> 3), bitLength);
    }
    byte[] part = new byte[(bitLength + 7) >>> 3];
    for (int i = 0; i < bitLength; i++) {
      part[i >>> 3] |= (byte) (bitAt(bitOffset + i) << (7 - (i & 7)));
    }
    return new Bits(part, 0, bitLength);
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    byte[] copy = new byte[byteSize()];
    System.arraycopy(bytes, offset, copy, 0, copy.length);
    return copy;
  }

  void writeTo(ByteSink sink) {
    sink.bytes(bytes, offset, byteSize());
  }

  /** The text, if these are the bytes of one; malformed UTF-8 becomes U+FFFD. */
  public String text() {
    return new String(bytes, offset, byteSize(), StandardCharsets.UTF_8);
  }

  /** Bit by bit; a bitstring comes before its continuations. */
  @Override
  public int compareTo(Bits that) {
    // the unused bits are zero, so whole bytes may be compared where one ends within a byte
    int order =
        Arrays.compareUnsigned(
            bytes,
            offset,
            offset + byteSize(),
            that.bytes,
            that.offset,
            that.offset + that.byteSize());
    return order != 0 ? Integer.signum(order) : Integer.compare(bitSize, that.bitSize);
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof Bits that) || that.bitSize != bitSize) {
      return false;
    }
    int size = byteSize();
    return Arrays.equals(bytes, offset, offset + size, that.bytes, that.offset, that.offset + size);
  }

  @Override
  public int hashCode() {
    int hash = bitSize;
    for (int i = 0, size = byteSize(); i < size; i++) {
      hash = 31 * hash + bytes[offset + i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return isBinary() ? '"' + text() + '"' : "<<" + bitSize + " bits>>";
  }
}
