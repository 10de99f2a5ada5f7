package beamyard.simulator.process;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.trace.FactList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulingTest {
  private final FactList facts = new FactList();
  private final Bench bench = new Bench(facts);

  /** Computes, then tells that it is done. */
  private record Computing(int reductions, int[] spent) implements Routine {
    Computing(int reductions) {
      this(reductions, new int[1]);
    }

    @Override
    public Outcome run(ProcessContext self) {
      int now = Math.min(self.reductionsLeft(), reductions - spent[0]);
      spent[0] += now;
      self.consume(now);
      return spent[0] < reductions ? Outcome.YIELDED : new Outcome.Returned(Atom.OK);
    }

    @Override
    public Routine copy() {
      return new Computing(reductions, spent.clone());
    }
  }

  private List<Long> exits() {
    var times = new ArrayList<Long>();
    for (FactList.Dated dated : facts.facts()) {
      if (dated.fact() instanceof ProcessFact.ProcessExited) {
        times.add(dated.atNanos());
      }
    }
    return times;
  }

  @Test
  void computingTakesTenNanosecondsAReduction() {
    bench.spawn(new Computing(10_000));
    bench.run();
    assertThat(exits()).containsExactly(100_000L);
  }

  @Test
  void twoSchedulersRunTwoProcessesAtATimeAndShareAmongMore() {
    bench.spawn(new Computing(40_000));
    bench.spawn(new Computing(40_000));
    bench.run();
    assertThat(exits()).containsExactly(400_000L, 400_000L);
    for (int i = 0; i < 4; i++) {
      bench.spawn(new Computing(40_000));
    }
    bench.run();
    assertThat(exits().subList(2, 6))
        .allSatisfy(time -> assertThat(time).isBetween(1_100_000L, 1_200_000L));
  }

  @Test
  void anEndlessLoopHangsNobody() {
    bench.spawn(new Computing(Integer.MAX_VALUE));
    bench.spawn(new Computing(Integer.MAX_VALUE));
    Pid puppet = bench.puppet(bench.alice());
    bench.tell(puppet, "send", puppet, Atom.of("hello"));
    bench.runUntil(1_000_000);
    assertThat(bench.received(puppet)).containsExactly("hello");
  }

  @Test
  void aComputingProcessIsKilledAtTheEndOfItsSlice() {
    Pid computing = bench.spawn(new Computing(Integer.MAX_VALUE));
    Pid puppet = bench.puppet(bench.alice());
    bench.runUntil(1_005_000);
    bench.tell(puppet, "exit", computing, Atom.of("kill"));
    bench.runUntil(2_000_000);
    assertThat(exits()).containsExactly(1_040_000L);
  }

  @Test
  void aSendWithinASliceHappensAtItsOwnInstantAndIsNotReceivedBefore() {
    Pid puppet = bench.puppet(bench.alice());
    bench.spawn(
        new Routine() {
          @Override
          public Outcome run(ProcessContext self) {
            self.consume(1_000);
            self.send(new Address.OfProcess(puppet), Atom.of("ping"));
            self.consume(1_000);
            return new Outcome.Returned(Atom.OK);
          }

          @Override
          public Routine copy() {
            return this;
          }
        });
    bench.run();
    assertThat(facts.facts())
        .anySatisfy(
            dated -> {
              assertThat(dated.fact()).isInstanceOf(ProcessFact.MessageDelivered.class);
              assertThat(dated.atNanos()).isEqualTo(10_000);
            });
  }

  @Test
  void waitingEndsAtTheDeadlineOrWithAMessage() {
    var woken = new ArrayList<Long>();
    Routine sleeper =
        new Routine() {
          @Override
          public Outcome run(ProcessContext self) {
            woken.add(self.now());
            return woken.size() < 4
                ? new Outcome.Waiting(self.now() + 50_000)
                : new Outcome.Returned(Atom.OK);
          }

          @Override
          public Routine copy() {
            return this;
          }
        };
    Pid pid = bench.spawn(sleeper);
    bench.alice().deliver(new Address.OfProcess(pid), new Signal.Message(pid, Atom.OK), 70_000);
    bench.run();
    assertThat(woken).containsExactly(0L, 50_000L, 70_000L, 120_000L);
  }

  @Test
  void aMessageThatComesWhileAProcessComputesIsNotMissed() {
    Pid pid =
        bench.spawn(
            new Routine() {
              @Override
              public Outcome run(ProcessContext self) {
                if (self.mailbox().next() == null) {
                  self.consume(2_000);
                  return Outcome.WAITING;
                }
                return new Outcome.Returned(Atom.OK);
              }

              @Override
              public Routine copy() {
                return this;
              }
            });
    bench.alice().deliver(new Address.OfProcess(pid), new Signal.Message(pid, Atom.OK), 10_000);
    bench.run();
    assertThat(exits()).containsExactly(20_010L);
  }

  @Test
  void pidsAreNumberedAsInOtpAndWrapIntoTheSerial() {
    bench.alice().skipPidsTo(32_767);
    assertThat(bench.spawn(new Computing(1)))
        .extracting(Pid::number, Pid::serial)
        .containsExactly(32_767L, 0L);
    assertThat(bench.spawn(new Computing(1)))
        .extracting(Pid::number, Pid::serial)
        .containsExactly(0L, 1L);
  }

  @Test
  void aKilledRuntimeIsGoneAndTellsNobody() {
    Pid puppet = bench.puppet(bench.bob());
    Pid watched = bench.puppet(bench.alice());
    bench.let(puppet, "monitor", watched);
    bench.alice().kill();
    bench.let(puppet, "send", watched, Atom.of("hello"));
    assertThat(bench.received(puppet)).containsExactly("#");
    assertThat(bench.alice().processes()).isEmpty();
  }

  @Test
  void selectiveReceiveSkipsAndKeepsTheOrder() {
    var taken = new ArrayList<Term>();
    var queue = new MessageQueue();
    for (int i = 0; i < 20; i++) {
      queue.add(SmallInt.of(i));
    }
    for (int wanted : List.of(5, 0, 19, 6)) {
      Term next = queue.next();
      while (next != null && !next.equals(SmallInt.of(wanted))) {
        next = queue.next();
      }
      taken.add(next);
      queue.take();
    }
    assertThat(taken).extracting(Term::toString).containsExactly("5", "0", "19", "6");
    assertThat(queue.messages()).hasSize(16).startsWith(SmallInt.of(1)).endsWith(SmallInt.of(18));
    queue.next();
    queue.removeFirst(SmallInt.of(1)::equals);
    assertThat(queue.next()).isEqualTo(SmallInt.of(2));
  }
}
