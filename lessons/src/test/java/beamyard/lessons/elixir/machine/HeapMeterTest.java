package beamyard.lessons.elixir.machine;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Heaps are measured by what they hold, not by how often it is referred to. */
class HeapMeterTest {
  private static long measured(Term... registers) {
    return HeapMeter.measure(registers, registers.length, MapTerm.EMPTY);
  }

  private static ListTerm onto(ListTerm tail, int count) {
    ListTerm list = tail;
    for (int i = 0; i < count; i++) {
      list = new Cons(SmallInt.of(i), list);
    }
    return list;
  }

  @Test
  void aListOfSmallIntegersHasTwoWordsAnElement() {
    assertThat(measured(onto(Nil.NIL, 1000))).isBetween(2000L, 2005L);
  }

  @Test
  void aListHeldByEachOfItsTailsIsNoLargerThanItself() {
    ListTerm list = Nil.NIL;
    var tails = new ArrayList<Term>();
    for (int i = 0; i < 8_000; i++) {
      list = new Cons(SmallInt.of(i), list);
      tails.add(list);
    }
    assertThat(measured(ListTerm.of(tails))).isLessThan(40_000);
    assertThat(measured(ListTerm.of(tails.reversed()))).isLessThan(40_000);
  }

  @Test
  void aTreeWhoseBranchesAreTheSameIsAsSmallAsItsHeight() {
    Term tree = Tuple.of(Nil.NIL);
    for (int i = 0; i < 60; i++) {
      tree = Tuple.of(tree, tree);
    }
    assertThat(measured(tree)).isLessThan(300);
  }

  @Test
  void aListThatIsTooLargeIsFoundToBe() {
    int cells = (int) (YardLimit.HEAP.most() / 2) + 1000;
    assertThat(measured(onto(Nil.NIL, cells))).isGreaterThan(YardLimit.HEAP.most());
  }

  @Property(tries = 500)
  void theCellsThatListsShareAreNewOnceWhereverTheyMeet(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 500) Integer> lengths,
      @ForAll @IntRange(min = 0, max = 7) int trunk) {
    var lists = new ArrayList<Cons>();
    for (int length : lengths) {
      ListTerm tail = Nil.NIL;
      if (!lists.isEmpty()) {
        tail = lists.get(Math.min(trunk, lists.size() - 1));
        for (int i = 0; i < length / 3 && tail instanceof Cons cell; i++) {
          tail = (ListTerm) cell.tail();
        }
      }
      lists.add((Cons) onto(tail, length));
    }
    var parts = new SharedParts();
    var exact = Collections.<Term>newSetFromMap(new IdentityHashMap<>());
    for (Cons list : lists) {
      long fresh = 0;
      for (Term rest = list; rest instanceof Cons cell; rest = cell.tail()) {
        fresh += exact.add(cell) ? 1 : 0;
      }
      assertThat(parts.newCells(list)).isBetween(fresh, fresh + 64);
    }
  }
}
