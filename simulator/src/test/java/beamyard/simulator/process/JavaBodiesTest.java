package beamyard.simulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import beamyard.simulator.process.JavaHandler.Step;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.FactList;
import beamyard.simulator.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaBodiesTest {
  private static final Atom BYE = Atom.of("bye");
  private final Bench bench = new Bench(Trace.OFF);
  private final Pid puppet = bench.puppet(bench.alice());

  /** Counts, and answers {@code {From, get}}; the word {@code stop} ends it. */
  private static final JavaHandler<Integer> COUNTER =
      (count, message, self) -> {
        if (message == Atom.of("stop")) {
          return Step.stop(Atom.of("normal"));
        }
        if (message instanceof Tuple tuple && tuple.get(0) instanceof Pid asking) {
          return Step.next(count).send(asking, SmallInt.of(count));
        }
        return Step.next(count + 1);
      };

  @Test
  void aHandlerAnswersFromItsState() {
    Pid counter = bench.spawn(COUNTER.body(40));
    bench.let(puppet, "send", counter, Atom.of("one"));
    bench.let(puppet, "send", counter, Atom.of("one"));
    bench.let(puppet, "send", counter, Tuple.of(puppet, Atom.of("get")));
    assertThat(bench.received(puppet)).containsExactly("42");
    bench.let(puppet, "send", counter, Atom.of("stop"));
    assertThat(bench.isAlive(counter)).isFalse();
  }

  @Test
  void straightLineCodeReceivesSelectivelyAndTimesOut() {
    var log = new ArrayList<String>();
    Pid pid =
        bench.spawn(
            new StraightLine(
                self -> {
                  log.add("" + self.receive(message -> message == Atom.of("second")));
                  log.add("" + self.receive());
                  log.add("" + self.receive(_ -> true, Duration.ofMillis(5)));
                  log.add("" + self.context().now() / 1_000_000);
                  self.sleep(Duration.ofMillis(10));
                  log.add("" + self.context().now() / 1_000_000);
                  self.send(puppet, Atom.of("done"));
                  throw self.exit(BYE);
                }));
    bench.tell(puppet, "monitor", pid);
    bench.tell(puppet, "send", pid, Atom.of("first"));
    bench.tell(puppet, "send", pid, Atom.of("second"));
    bench.run();
    assertThat(log).containsExactly("second", "first", "Optional.empty", "5", "15");
    assertThat(bench.received(puppet))
        .containsExactly("#", "done", "{DOWN, #, process, <" + pid.number() + ">, bye}");
  }

  @Test
  void straightLineRunsAreTheSameEveryTime() {
    List<FactList.Dated> first = pingPong();
    assertThat(first).hasSizeGreaterThan(300);
    assertThat(pingPong()).isEqualTo(first);
  }

  private static List<FactList.Dated> pingPong() {
    var facts = new FactList();
    var bench = new Bench(facts);
    Pid pong =
        bench.spawn(
            new StraightLine(
                self -> {
                  while (true) {
                    Pid from = (Pid) self.receive();
                    self.send(from, self.pid());
                  }
                }));
    bench.spawn(
        new StraightLine(
            self -> {
              for (int i = 0; i < 100; i++) {
                self.send(pong, self.pid());
                self.receive();
              }
            }));
    bench.run();
    bench.alice().kill();
    return facts.facts();
  }

  @Test
  void aStraightLineProcessThatIsKilledNeverGoesOn() {
    var log = new ArrayList<String>();
    Pid pid =
        bench.spawn(
            new StraightLine(
                self -> {
                  try {
                    self.receive();
                    log.add("received");
                  } catch (RuntimeException e) {
                    log.add("caught " + e);
                  } finally {
                    log.add("unwound");
                  }
                }));
    bench.run();
    bench.let(puppet, "exit", pid, Atom.of("kill"));
    assertThat(bench.isAlive(pid)).isFalse();
    assertThat(log).containsExactly("unwound");
  }

  @Test
  void aStraightLineProcessMayEndItsOwnRuntime() {
    var log = new ArrayList<String>();
    bench.spawn(
        new StraightLine(
            self -> {
              bench.alice().kill();
              log.add("killed");
              self.send(puppet, BYE);
              log.add("never");
            }));
    bench.run();
    assertThat(log).containsExactly("killed");
  }

  @Test
  void failedAssertionsInStraightLineCodeEndTheRun() {
    bench.spawn(
        new StraightLine(
            _ -> {
              throw new AssertionError("no");
            }));
    assertThatThrownBy(bench::run).isInstanceOf(AssertionError.class).hasMessage("no");
  }

  @Test
  void codeThatCatchesItsOwnEndIsLeftStanding() {
    Pid pid =
        bench.spawn(
            new StraightLine(
                self -> {
                  while (true) {
                    try {
                      self.receive();
                    } catch (Throwable any) {
                      self.compute(1);
                    }
                  }
                }));
    bench.run();
    bench.let(puppet, "exit", pid, Atom.of("kill"));
    assertThat(bench.isAlive(pid)).isFalse();
  }

  @Test
  void aCallThatKeepsItsThreadEndsWhenTheEngineLosesPatience() {
    var late = new Outcome.Raised(Outcome.ExceptionClass.EXIT, Atom.of("late"), ListTerm.empty());
    Pid pid =
        bench.spawn(
            StraightLine.call(
                self -> {
                  self.receive();
                  while (!self.isGone()) {
                    Thread.onSpinWait();
                  }
                  return Atom.OK;
                },
                new StraightLine.Patience(Duration.ofMillis(50), late)));
    bench.run();
    bench.tell(puppet, "monitor", pid);
    bench.tell(puppet, "send", pid, Atom.of("go"));
    bench.run();
    assertThat(bench.received(puppet))
        .containsExactly("#", "{DOWN, #, process, <" + pid.number() + ">, late}");
  }

  @Test
  void aRuntimeWithStraightLineCodeRefusesToBeCopied() {
    Pid pid = bench.spawn(new StraightLine(StraightLine.Self::receive));
    bench.run();
    assertThatThrownBy(() -> bench.copy(Trace.OFF))
        .isInstanceOf(StraightLine.NotCopied.class)
        .hasMessageContaining("straight-line");
    bench.let(puppet, "send", pid, BYE);
    assertThat(bench.copy(Trace.OFF).isAlive(puppet)).isTrue();
  }
}
