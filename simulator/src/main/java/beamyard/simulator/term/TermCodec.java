package beamyard.simulator.term;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The external term format, written as OTP 25 writes it.
 *
 * <p>Byte for byte OTP's, except for what terms here do not know: the maker of a function, which the caller may name, and
 * the checksum of its module, which is made up from its name and version. References have three words; longer ones are
 * refused by name.
 *
 * @see <a href="https://www.erlang.org/doc/apps/erts/erl_ext_dist.html">External Term Format</a>
 */
public final class TermCodec {
  /** The first byte of a term that stands alone. */
  static final int VERSION = 131;

  private static final Pid NO_MAKER = new Pid(Atom.of("nonode@nohost"), 0, 0, 0);

  /** What {@code term_to_binary} writes with an option {@code {minor_version, N}}; in OTP 25 without it, 1. */
  public enum MinorVersion {
    /** 0: atoms as with 1, floats as their decimal digits. */
    FLOATS_AS_TEXT,
    /** 1: atoms in Latin-1 where it has all their characters. */
    LATIN1_ATOMS,
    /** 2: all atoms in UTF-8, as between nodes. */
    UTF8_ATOMS
  }

  /** The atom cache of a connection as its sender sees it. */
  @FunctionalInterface
  public interface AtomReferences {
    /** The index from 0 to 255 to write for an atom; -1 if its text is to be written. */
    int indexOf(Atom atom);
  }

  /**
   * @param end the index behind the last byte that was read
   */
  public record Decoded(Term term, int end) {}

  private TermCodec() {}

  /** {@code term_to_binary(term, [{minor_version, 2}])}. */
  public static byte[] encode(Term term) {
    return encode(term, MinorVersion.UTF8_ATOMS, NO_MAKER);
  }

  /** {@code term_to_binary} on the process {@code maker}, which goes into functions as the one that made them. */
  public static byte[] encode(Term term, MinorVersion version, Pid maker) {
    var sink = new ByteSink.Buffer();
    sink.u1(VERSION);
    new TermWriter(sink, version, maker, _ -> -1).write(term);
    return sink.toBytes();
  }

  /** A term as it stands in a message with a distribution header: without the version, atoms by their index where known. */
  public static byte[] encodeBody(Term term, Pid maker, AtomReferences atoms) {
    var sink = new ByteSink.Buffer();
    new TermWriter(sink, MinorVersion.UTF8_ATOMS, maker, atoms).write(term);
    return sink.toBytes();
  }

  /** The number of bytes of {@link #encode}, without making them. */
  public static long size(Term term) {
    var sink = new ByteSink.Counter();
    sink.u1(VERSION);
    new TermWriter(sink, MinorVersion.UTF8_ATOMS, NO_MAKER, _ -> -1).write(term);
    return sink.position();
  }

  /**
   * {@code binary_to_term(bytes)}; as there, bytes behind the term are ignored.
   *
   * @throws MalformedTermException if the bytes are no term
   */
  public static Term decode(byte[] bytes) {
    return decode(bytes, 0).term();
  }

  /**
   * The term whose version byte is at {@code from}.
   *
   * @throws MalformedTermException if the bytes are no term
   */
  public static Decoded decode(byte[] bytes, int from) {
    if (from >= bytes.length || (bytes[from] & 0xFF) != VERSION) {
      throw new MalformedTermException("no external term: the first byte is not " + VERSION, from);
    }
    return TermReader.afterVersion(bytes, from + 1);
  }

  /**
   * A term without a version byte, as it stands in a message with a distribution header.
   *
   * @param atoms the atoms that the header gives indices; {@code null} for an index that it does not give
   * @throws MalformedTermException if the bytes are no term
   */
  public static Decoded decodeBody(byte[] bytes, int from, IntFunction<@Nullable Atom> atoms) {
    return new TermReader(bytes, from, atoms).readToEnd();
  }
}
