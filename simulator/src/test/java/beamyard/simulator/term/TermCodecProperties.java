package beamyard.simulator.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.ericsson.otp.erlang.OtpErlangDecodeException;
import com.ericsson.otp.erlang.OtpErlangObject;
import com.ericsson.otp.erlang.OtpInputStream;
import com.ericsson.otp.erlang.OtpOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TermCodecProperties {
  @Provide
  Arbitrary<Term> terms() {
    return TermArbitraries.terms();
  }

  @Provide
  Arbitrary<Term> plainTerms() {
    return TermArbitraries.plainTerms();
  }

  @Property
  void whatIsEncodedDecodesToTheSame(@ForAll("terms") Term term) {
    byte[] bytes = TermCodec.encode(term);
    assertThat(TermCodec.decode(bytes)).isEqualTo(term);
    assertThat(TermCodec.size(term)).isEqualTo(bytes.length);
  }

  /**
   * Jinterface as OTP writes. By itself it prefers an older form of atoms, takes the form of big integers already beyond 28
   * bits, and gives some of them a byte too many; the recorded terms have those as OTP writes them.
   */
  private static final class ModernOutputStream extends OtpOutputStream {
    @Override
    public void write_atom(String atom) {
      byte[] name = atom.getBytes(StandardCharsets.UTF_8);
      write1(119);
      write1(name.length);
      writeN(name);
    }

    @Override
    public void write_big_integer(BigInteger value) {
      byte[] magnitude = value.abs().toByteArray();
      int zeros = magnitude[0] == 0 ? 1 : 0;
      write1(110);
      write1(magnitude.length - zeros);
      write1(value.signum() < 0 ? 1 : 0);
      for (int i = magnitude.length - 1; i >= zeros; i--) {
        write1(magnitude[i]);
      }
    }

    @Override
    public void write_long(long value) {
      if (value == (int) value && (value < 0 || value > 255)) {
        write1(98);
        write4BE(value);
      } else {
        super.write_long(value);
      }
    }
  }

  /** Jinterface keeps maps in an order of its own, so bytes are compared for terms without maps. */
  @Property
  void jinterfaceWritesTheSameBytes(@ForAll("plainTerms") Term term)
      throws OtpErlangDecodeException {
    Assume.that(!hasMap(term));
    byte[] bytes = TermCodec.encode(term);
    OtpErlangObject theirs = new OtpInputStream(bytes).read_any();
    var out = new ModernOutputStream();
    out.write1(131);
    out.write_any(theirs);
    assertThat(out.toByteArray()).isEqualTo(bytes);
  }

  @Property
  void jinterfaceReadsEveryTerm(@ForAll("plainTerms") Term term) throws OtpErlangDecodeException {
    OtpErlangObject theirs = new OtpInputStream(TermCodec.encode(term)).read_any();
    var out = new OtpOutputStream();
    out.write1(131);
    out.write_any(theirs);
    assertThat(TermCodec.decode(out.toByteArray())).isEqualTo(term);
  }

  private static boolean hasMap(Term term) {
    return switch (term) {
      case MapTerm _ -> true;
      case Tuple tuple -> tuple.elements().stream().anyMatch(TermCodecProperties::hasMap);
      case Cons cons -> {
        Term rest = cons;
        boolean found = false;
        while (!found && rest instanceof Cons cell) {
          found = hasMap(cell.head());
          rest = cell.tail();
        }
        yield found || hasMap(rest);
      }
      default -> false;
    };
  }

  @Property(tries = 300)
  void aTermCutOffIsRefused(@ForAll("terms") Term term) {
    byte[] bytes = TermCodec.encode(term);
    for (int length = 0; length < Math.min(bytes.length, 200); length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatExceptionOfType(MalformedTermException.class)
          .isThrownBy(() -> TermCodec.decode(part));
    }
  }

  @Property
  void damagedBytesAreRefusedOrAreATerm(
      @ForAll("terms") Term term, @ForAll int where, @ForAll byte value) {
    byte[] bytes = TermCodec.encode(term);
    bytes[Math.floorMod(where, bytes.length)] = value;
    try {
      Term other = TermCodec.decode(bytes);
      assertThat(TermCodec.decode(TermCodec.encode(other))).isEqualTo(other);
    } catch (MalformedTermException refused) {
      assertThat(refused.position()).isBetween(0, bytes.length);
    } catch (UnsupportedOperationException refused) {
      assertThat(refused).hasMessageContaining("reference of more than three words");
    }
  }

  @Example
  void hugeCountsAreRefusedBeforeThereIsMemoryForThem() {
    for (String hex :
        new String[] {
          "8369ffffffff",
          "83697fffffff",
          "836c7fffffff",
          "8374ffffffff",
          "83747fffffff",
          "836d7fffffff"
        }) {
      byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex(hex), 1000);
      assertThatExceptionOfType(MalformedTermException.class)
          .isThrownBy(() -> TermCodec.decode(bytes));
    }
  }

  @Example
  void aCompressedTermIsRead() {
    // term_to_binary(lists:duplicate(100, abc), [compressed, {minor_version, 2}])
    byte[] bytes = HexFormat.of().parseHex(COMPRESSED);
    Term[] abc = new Term[100];
    Arrays.fill(abc, Atom.of("abc"));
    assertThat(TermCodec.decode(bytes)).isEqualTo(ListTerm.of(abc));
    assertThat(TermCodec.decode(bytes, 0).end()).isEqualTo(bytes.length);
    assertThatExceptionOfType(MalformedTermException.class)
        .isThrownBy(() -> TermCodec.decode(Arrays.copyOf(bytes, bytes.length - 8)));
  }

  @Example
  void olderFormsAreRead() {
    assertThat(decode("8364000161")).isEqualTo(Atom.of("a"));
    assertThat(decode("837301e9")).isEqualTo(Atom.of("é"));
    assertThat(decode("8367" + "770361406800000001" + "00000002" + "03"))
        .isEqualTo(new Pid(Atom.of("a@h"), 1, 2, 3));
    assertThat(decode("8363" + "312e3530303030303030303030303030303030303030652b30300000000000"))
        .isEqualTo(new Float64(1.5));
  }

  @Example
  void mapsWithAKeyTwiceAndFloatsBeyondNumbersAreRefused() {
    for (String hex :
        new String[] {
          "8374000000026101610161016102", "83467ff8000000000000", "837701ff", "834d0000000109ff"
        }) {
      assertThatExceptionOfType(MalformedTermException.class).isThrownBy(() -> decode(hex));
    }
  }

  @Example
  void atomsOfAHeaderAreWrittenAndReadByTheirIndex() {
    Term term = Tuple.of(Atom.OK, new Pid(Atom.of("a@h"), 1, 0, 1), Atom.ERROR);
    byte[] bytes =
        TermCodec.encodeBody(
            term,
            new Pid(Atom.of("a@h"), 1, 0, 1),
            atom -> atom == Atom.OK ? 7 : atom == Atom.ERROR ? -1 : 0);
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo("6803" + "5207" + "585200000000010000000000000001" + "77056572726f72");
    assertThat(
            TermCodec.decodeBody(bytes, 0, index -> index == 7 ? Atom.OK : Atom.of("a@h")).term())
        .isEqualTo(term);
    assertThatExceptionOfType(MalformedTermException.class)
        .isThrownBy(() -> TermCodec.decodeBody(bytes, 0, _ -> null))
        .withMessageContaining("atom 7");
  }

  private static Term decode(String hex) {
    return TermCodec.decode(HexFormat.of().parseHex(hex));
  }

  private static final String COMPRESSED =
      "8350000001FA789CCB6160604829674E4C4A1E25461491050034A7A3BB";
}
