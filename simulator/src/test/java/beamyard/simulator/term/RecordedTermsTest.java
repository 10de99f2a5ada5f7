package beamyard.simulator.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What OTP 25 made of a sample of terms. */
class RecordedTermsTest {
  private record Sample(
      boolean equalToTheOneBefore, byte[] bytes, Term term, long hash27, long hash32) {}

  private static List<Sample> samples(String file) {
    var samples = new ArrayList<Sample>();
    for (String line : Recorded.lines(file)) {
      boolean equal = line.startsWith("=");
      String[] words = line.substring(equal ? 1 : 0).split(" ");
      byte[] bytes = HexFormat.of().parseHex(words[0]);
      samples.add(
          new Sample(
              equal,
              bytes,
              TermCodec.decode(bytes),
              Long.parseLong(words[1]),
              Long.parseLong(words[2])));
    }
    return samples;
  }

  @Test
  void bytesAreThoseOfOtp() {
    for (Sample sample : samples("terms.txt")) {
      assertThat(TermCodec.encode(sample.term())).as("%s", sample.term()).isEqualTo(sample.bytes());
      assertThat(TermCodec.size(sample.term())).isEqualTo(sample.bytes().length);
    }
  }

  @Test
  void olderMinorVersionsAreThoseOfOtp() {
    var maker = new Pid(Atom.of("a@h"), 0, 0, 0);
    for (String line : Recorded.lines("minor-versions.txt")) {
      String[] versions = line.split(" ");
      Term term = TermCodec.decode(HexFormat.of().parseHex(versions[0]));
      byte[] text = TermCodec.encode(term, TermCodec.MinorVersion.FLOATS_AS_TEXT, maker);
      assertThat(HexFormat.of().formatHex(text)).as("%s", term).isEqualTo(versions[1]);
      assertThat(TermCodec.decode(text)).isEqualTo(term);
      byte[] latin1 = TermCodec.encode(term, TermCodec.MinorVersion.LATIN1_ATOMS, maker);
      assertThat(HexFormat.of().formatHex(latin1)).as("%s", term).isEqualTo(versions[2]);
      assertThat(TermCodec.decode(latin1)).isEqualTo(term);
    }
  }

  @Test
  void phash2IsThatOfOtp() {
    for (String file : List.of("terms.txt", "funs.txt")) {
      for (Sample sample : samples(file)) {
        assertThat((long) PortableHash.phash2(sample.term()))
            .as("%s", sample.term())
            .isEqualTo(sample.hash27());
        assertThat(PortableHash.phash2(sample.term(), 1L << 32))
            .as("%s", sample.term())
            .isEqualTo(sample.hash32());
      }
    }
  }

  @Test
  void theStandardOrderIsThatOfOtp() {
    for (String file : List.of("terms.txt", "funs.txt")) {
      List<Sample> samples = samples(file);
      for (int i = 1; i < samples.size(); i++) {
        Term before = samples.get(i - 1).term();
        Term term = samples.get(i).term();
        int expected = samples.get(i).equalToTheOneBefore() ? 0 : -1;
        assertThat(TermOrder.STANDARD.compare(before, term))
            .as("%s, %s", before, term)
            .isEqualTo(expected);
        assertThat(TermOrder.STANDARD.compare(term, before))
            .as("%s, %s", term, before)
            .isEqualTo(-expected);
      }
    }
  }

  @Test
  void keysAreInTheOrderOfOtp() {
    List<Term> keys =
        Recorded.lines("keys.txt").stream()
            .map(line -> TermCodec.decode(HexFormat.of().parseHex(line)))
            .toList();
    for (int i = 1; i < keys.size(); i++) {
      assertThat(TermOrder.EXACT.compare(keys.get(i - 1), keys.get(i)))
          .as("%s", keys.get(i))
          .isNegative();
    }
  }
}
