package beamyard.simulator.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SmallTableProperties {
  /** What the numbers stand for: half of them put, a quarter removes, and some copy the table and go on with the copy. */
  @Property
  void whateverIsDoneToItATableIsAsALinkedHashMap(
      @ForAll @Size(max = 80) List<@IntRange(min = 0, max = 99) Integer> steps) {
    var expected = new LinkedHashMap<Integer, Integer>();
    var table = new SmallTable<Integer, Integer>();
    for (int i = 0; i < steps.size(); i++) {
      int step = steps.get(i);
      int key = step % 13;
      if (step < 50) {
        assertEquals(expected.put(key, i), table.put(key, i));
      } else if (step < 80) {
        assertEquals(expected.remove(key), table.remove(key));
      } else if (step < 90) {
        SmallTable<Integer, Integer> copy = table.copy();
        table.put(key, -1); // nothing to the copy
        table = copy;
      } else {
        expected.replaceAll((_, value) -> value + 1);
        table.replaceAll(value -> value + 1);
      }
      assertEquals(expected.get(key), table.get(key));
      assertEquals(expected.size(), table.size());
      assertEquals(new ArrayList<>(expected.keySet()), table.keys());
      var values = new ArrayList<Integer>();
      table.forEach((_, value) -> values.add(value));
      assertEquals(new ArrayList<>(expected.values()), values);
    }
    table.clear();
    assertNull(table.get(0));
    assertEquals(List.of(), table.keys());
  }
}
