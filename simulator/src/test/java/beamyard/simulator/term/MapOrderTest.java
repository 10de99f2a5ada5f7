package beamyard.simulator.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MapOrderTest {
  static List<String> recordedOrders() {
    return Recorded.lines("map-orders.txt");
  }

  @ParameterizedTest
  @MethodSource("recordedOrders")
  void keysComeInTheOrderOfOtp(String line) {
    String[] words = line.split(" ");
    var builder = MapTerm.builder();
    for (int i = 1; i <= Integer.parseInt(words[1]); i++) {
      builder.put(key(words[0], i), SmallInt.of(i));
    }
    List<Term> keys = builder.build().keys();
    assertThat(PortableHash.phash2(ListTerm.of(keys), 1L << 32))
        .isEqualTo(Long.parseLong(words[2]));
  }

  private static Term key(String kind, int i) {
    Term small = SmallInt.of(i);
    return switch (kind) {
      case "integers" -> small;
      case "spread" -> SmallInt.of(i * 7919L);
      case "negative" -> SmallInt.of(-i);
      case "big" ->
          IntegerTerm.of(
              BigInteger.ONE.shiftLeft(59).add(BigInteger.ONE).multiply(BigInteger.valueOf(i)));
      case "binaries" -> Bits.of(Integer.toString(i));
      case "texts" -> Bits.of("user " + i * 31 + "@example.com");
      case "floats" -> new Float64(i / 4.0);
      case "tuples" -> Tuple.of(SmallInt.of(i % 10), Bits.of("x"), small);
      case "lists" -> ListTerm.of(SmallInt.of(i % 300), small, ListTerm.of(small));
      case "strings" ->
          ListTerm.of(Integer.toString(i * 1001).chars().mapToObj(SmallInt::of).toList());
      case "maps" -> MapTerm.of(small, SmallInt.of(i * 2L));
      case "bits" -> Bits.of(new byte[] {(byte) (i >> 11), (byte) (i >> 3), (byte) (i << 5)}, 19);
      default -> throw new AssertionError(kind);
    };
  }

  @Test
  void aMapShrunkTo32KeysIsInTermOrderAgain() {
    MapTerm map = integers(40);
    assertThat(map.keys()).isNotEqualTo(sorted(map));
    for (int i = 40; i > 32; i--) {
      map = map.remove(SmallInt.of(i));
    }
    assertThat(map.keys()).isEqualTo(sorted(map)).hasSize(32);
  }

  @Test
  void foldingGoesTheOtherWayThroughABigMap() {
    assertThat(integers(33).foldOrder()).isEqualTo(integers(33).entries().reversed());
    assertThat(integers(32).foldOrder()).isEqualTo(integers(32).entries());
  }

  @Test
  void theOrderDoesNotDependOnHowAMapWasMade() {
    MapTerm built = integers(2000);
    MapTerm grown = MapTerm.EMPTY;
    for (int i = 3000; i > 0; i--) {
      grown = grown.put(SmallInt.of(i), SmallInt.of(0));
    }
    for (int i = 2001; i <= 3000; i++) {
      grown = grown.remove(SmallInt.of(i));
    }
    for (int i = 1; i <= 2000; i++) {
      grown = grown.put(SmallInt.of(i), SmallInt.of(i));
    }
    assertThat(grown.entries()).isEqualTo(built.entries());
    assertThat(grown).isEqualTo(built).hasSameHashCodeAs(built);
  }

  @Test
  void theLastValueOfAKeyCountsHoweverManyThereAre() {
    var builder = MapTerm.builder();
    for (int i = 0; i < 100; i++) {
      builder.put(SmallInt.of(i % 40), SmallInt.of(i));
    }
    MapTerm map = builder.build();
    assertThat(map.size()).isEqualTo(40);
    assertThat(map.get(SmallInt.of(5))).isEqualTo(SmallInt.of(85));
    for (int i = 0; i < 100; i++) {
      builder.put(SmallInt.of(i % 3), SmallInt.of(-i));
    }
    assertThat(MapTerm.of(Atom.OK, Atom.TRUE, Atom.OK, Atom.FALSE))
        .isEqualTo(MapTerm.of(Atom.OK, Atom.FALSE));
  }

  @Test
  void anIntegerAndAFloatAreTwoKeysAndTheZeroesAreOne() {
    MapTerm map = MapTerm.of(SmallInt.of(1), Atom.of("a"), new Float64(1.0), Atom.of("b"));
    assertThat(map.size()).isEqualTo(2);
    assertThat(map.get(new Float64(1.0))).isEqualTo(Atom.of("b"));
    assertThat(MapTerm.of(new Float64(0.0), Atom.OK).containsKey(new Float64(-0.0))).isTrue();
  }

  @Test
  void whatIsNotThereIsNotFoundAndNotRemoved() {
    for (int size : new int[] {0, 5, 32, 33, 500}) {
      MapTerm map = integers(size);
      assertThat(map.get(Atom.OK)).isNull();
      assertThat(map.remove(Atom.OK)).isSameAs(map);
      assertThat(map.put(SmallInt.of(1), Atom.OK).get(SmallInt.of(1))).isSameAs(Atom.OK);
    }
  }

  private static MapTerm integers(int size) {
    var builder = MapTerm.builder();
    for (int i = 1; i <= size; i++) {
      builder.put(SmallInt.of(i), SmallInt.of(i));
    }
    return builder.build();
  }

  private static List<Term> sorted(MapTerm map) {
    var keys = new ArrayList<>(map.keys());
    Collections.sort(keys, TermOrder.STANDARD);
    return keys;
  }
}
