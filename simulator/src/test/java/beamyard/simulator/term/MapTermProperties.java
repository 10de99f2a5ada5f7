package beamyard.simulator.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MapTermProperties {
  @Provide
  Arbitrary<List<Term>> keys() {
    Arbitrary<Term> key =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 60).map(SmallInt::of), TermArbitraries.terms());
    return key.list().ofMaxSize(90);
  }

  @Property(tries = 200)
  void aMapBehavesAsASortedMapOfItsEntries(
      @ForAll("keys") List<Term> keys, @ForAll List<Integer> removed) {
    var model = new TreeMap<Term, Term>(TermOrder.EXACT);
    var builder = MapTerm.builder();
    MapTerm map = MapTerm.EMPTY;
    int step = 0;
    for (Term key : keys) {
      Term value = SmallInt.of(step++);
      model.put(key, value);
      map = map.put(key, value);
      builder.put(key, value);
      check(map, model);
    }
    assertThat(builder.build().entries()).isEqualTo(map.entries());
    for (int index : removed) {
      Term key = keys.isEmpty() ? Atom.OK : keys.get(Math.floorMod(index, keys.size()));
      model.remove(key);
      map = map.remove(key);
      check(map, model);
    }
    for (Term key : keys) {
      assertThat(map.get(key)).isEqualTo(model.get(key));
      assertThat(map.containsKey(key)).isEqualTo(model.containsKey(key));
    }
    MapTerm same =
        MapTerm.ofEntries(
            model.entrySet().stream()
                .map(e -> new MapTerm.Entry(e.getKey(), e.getValue()))
                .toList());
    assertThat(map).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(map.keys()).isEqualTo(same.keys());
  }

  private static void check(MapTerm map, TreeMap<Term, Term> model) {
    assertThat(map.size()).isEqualTo(model.size());
    if (model.size() <= 32) {
      assertThat(map.keys()).isEqualTo(List.copyOf(model.keySet()));
      assertThat(map.values()).isEqualTo(List.copyOf(model.values()));
    } else {
      assertThat(map.keys()).containsExactlyInAnyOrderElementsOf(model.keySet());
    }
  }
}
