package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/** Check sums, digests and compression of bytes. */
final class Checksums {
  private static final String ERLANG = "erlang";
  private static final String ZLIB = "zlib";
  private static final long ADLER_BASE = 65521;

  private Checksums() {}

  static void define(BuiltinTable table) {
    for (String module : new String[] {ERLANG, ZLIB}) {
      int first = module.equals(ZLIB) ? 1 : 0; // zlib's functions take a stream, which matters not
      table.define(module, "crc32", first + 1, (_, a) -> crc(0, IoData.binary(a[first])));
      table.define(
          module,
          "crc32",
          first + 2,
          (_, a) -> crc(Arguments.number(a[first]), IoData.binary(a[first + 1])));
      table.define(module, "adler32", first + 1, (_, a) -> adler(1, IoData.binary(a[first])));
      table.define(
          module,
          "adler32",
          first + 2,
          (_, a) -> adler(Arguments.number(a[first]), IoData.binary(a[first + 1])));
      table.define(
          module,
          "adler32_combine",
          first + 3,
          (_, a) ->
              adlerOfBoth(
                  Arguments.number(a[first]),
                  Arguments.number(a[first + 1]),
                  Arguments.number(a[first + 2])));
      table.define(
          module,
          "crc32_combine",
          first + 3,
          (_, a) ->
              crcOfBoth(
                  Arguments.number(a[first]),
                  Arguments.number(a[first + 1]),
                  Arguments.number(a[first + 2])));
    }
    table.define(ERLANG, "md5", 1, (_, a) -> md5(IoData.binary(a[0])));
    // a context is what was given so far: it prints as other bytes than OTP's
    table.define(ERLANG, "md5_init", 0, (_, _) -> Bits.EMPTY);
    table.define(
        ERLANG, "md5_update", 2, (_, a) -> joined(Arguments.binary(a[0]), IoData.binary(a[1])));
    table.define(ERLANG, "md5_final", 1, (_, a) -> md5(Arguments.binary(a[0])));
    table.define(
        ZLIB, "compress", 1, (_, a) -> Bits.of(deflated(IoData.binary(a[0]), Wrapping.ZLIB)));
    table.define(ZLIB, "zip", 1, (_, a) -> Bits.of(deflated(IoData.binary(a[0]), Wrapping.NONE)));
    table.define(ZLIB, "gzip", 1, (_, a) -> gzipped(IoData.binary(a[0])));
    table.define(ZLIB, "uncompress", 1, (_, a) -> inflated(IoData.binary(a[0]), Wrapping.ZLIB));
    table.define(ZLIB, "unzip", 1, (_, a) -> inflated(IoData.binary(a[0]), Wrapping.NONE));
    table.define(ZLIB, "gunzip", 1, (_, a) -> gunzipped(IoData.binary(a[0])));
    table.define("crypto", "exor", 2, (_, a) -> exor(IoData.binary(a[0]), IoData.binary(a[1])));
    table.define(
        "crypto",
        "hash_equals",
        2,
        (_, a) -> {
          Bits left = Arguments.binary(a[0]);
          Bits right = Arguments.binary(a[1]);
          if (left.byteSize() != right.byteSize()) {
            throw Raise.error(Tuple.of(Atom.of("badarg"), Atom.of("size")));
          }
          return Atom.of(left.equals(right));
        });
  }

  /** What stands around deflated bytes. */
  private enum Wrapping {
    ZLIB,
    NONE
  }

  private static Term number(long value) {
    return SmallInt.of(value & 0xFFFF_FFFFL);
  }

  /** Going on from the check sum of what came before. */
  private static Term crc(long before, Bits data) {
    if (before == 0) {
      Checksum sum = new CRC32();
      sum.update(data.toBytes());
      return number(sum.getValue());
    }
    long crc = before ^ 0xFFFF_FFFFL;
    for (byte b : data.toBytes()) {
      crc ^= b & 0xFF;
      for (int i = 0; i < 8; i++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ 0xEDB8_8320L : crc >>> 1;
      }
    }
    return number(crc ^ 0xFFFF_FFFFL);
  }

  /** By feeding the first sum as many zeros as the second text has bytes. */
  private static Term crcOfBoth(long first, long second, long size) {
    long crc = first;
    for (long i = 0; i < size; i++) {
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ 0xEDB8_8320L : crc >>> 1;
      }
    }
    return number(crc ^ second);
  }

  private static Term adler(long before, Bits data) {
    if (before == 1) {
      Checksum sum = new Adler32();
      sum.update(data.toBytes());
      return number(sum.getValue());
    }
    long a = before & 0xFFFF;
    long b = before >>> 16;
    for (byte next : data.toBytes()) {
      a = (a + (next & 0xFF)) % ADLER_BASE;
      b = (b + a) % ADLER_BASE;
    }
    return number(b << 16 | a);
  }

  private static Term adlerOfBoth(long first, long second, long size) {
    long rest = size % ADLER_BASE;
    long a = ((first & 0xFFFF) + (second & 0xFFFF) + ADLER_BASE - 1) % ADLER_BASE;
    long b =
        (rest * (first & 0xFFFF) % ADLER_BASE
                + (first >>> 16)
                + (second >>> 16)
                + ADLER_BASE
                - rest)
            % ADLER_BASE;
    return number(b << 16 | a);
  }

  private static Term md5(Bits data) {
    try {
      return Bits.of(MessageDigest.getInstance("MD5").digest(data.toBytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Term joined(Bits left, Bits right) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(left.toBytes());
    bytes.writeBytes(right.toBytes());
    return Bits.of(bytes.toByteArray());
  }

  private static Term exor(Bits left, Bits right) {
    byte[] a = left.toBytes();
    byte[] b = right.toBytes();
    if (a.length != b.length) {
      throw Raise.badarg();
    }
    for (int i = 0; i < a.length; i++) {
      a[i] ^= b[i];
    }
    return Bits.of(a);
  }

  private static byte[] deflated(Bits data, Wrapping wrapping) {
    var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, wrapping == Wrapping.NONE);
    deflater.setInput(data.toBytes());
    deflater.finish();
    var out = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** Without the time, as zlib's own functions write it; made on Unix. */
  private static Term gzipped(Bits data) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3});
    out.writeBytes(deflated(data, Wrapping.NONE));
    Checksum sum = new CRC32();
    sum.update(data.toBytes());
    for (long value : new long[] {sum.getValue(), data.byteSize()}) {
      for (int shift = 0; shift < 32; shift += 8) {
        out.write((int) (value >>> shift));
      }
    }
    return Bits.of(out.toByteArray());
  }

  private static Term inflated(Bits data, Wrapping wrapping) {
    var inflater = new Inflater(wrapping == Wrapping.NONE);
    try {
      inflater.setInput(data.toBytes());
      var out = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      while (!inflater.finished()) {
        int size = inflater.inflate(buffer);
        if (size == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw Raise.error(Atom.of("data_error"));
        }
        out.write(buffer, 0, size);
      }
      return Bits.of(out.toByteArray());
    } catch (DataFormatException e) {
      throw Raise.error(Atom.of("data_error"));
    } finally {
      inflater.end();
    }
  }

  private static Term gunzipped(Bits data) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(data.toBytes()))) {
      return Bits.of(in.readAllBytes());
    } catch (IOException e) {
      throw Raise.error(Atom.of("data_error"));
    }
  }
}
