package beamyard.simulator.examples;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Cluster;
import beamyard.simulator.process.JavaHandler;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.StraightLine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lease and a store: a holder that was paused writes after its lease has run out, unless the store looks at its number. */
class LeaseTest {
  private static final Atom ACQUIRE = Atom.of("acquire");
  private static final Atom WRITE = Atom.of("write");
  private static final long LEASE_NANOS = Duration.ofSeconds(2).toNanos();

  /** Who has the lease until when, and the number that it was given out with. */
  record Lease(long number, long untilNanos) {}

  /** {@code {acquire, Pid}} is answered with {@code {granted, Number}} if the lease is free, else not at all. */
  private static JavaHandler.Step<Lease> grant(Lease lease, Term message, ProcessContext self) {
    if (!(message instanceof Tuple request) || request.get(0) != ACQUIRE) {
      return JavaHandler.Step.next(lease);
    }
    if (lease.untilNanos() > self.now()) {
      return JavaHandler.Step.next(lease);
    }
    var given = new Lease(lease.number() + 1, self.now() + LEASE_NANOS);
    return JavaHandler.Step.<Lease>next(given)
        .send((Pid) request.get(1), Tuple.of(Atom.of("granted"), SmallInt.of(given.number())));
  }

  /** Keeps asking until it has the lease; then works for a while and writes its number. */
  private static StraightLine.Body writer(Pid leases, Pid store) {
    return self -> {
      while (true) {
        self.send(leases, Tuple.of(ACQUIRE, self.pid()));
        var granted = self.receive(_ -> true, Duration.ofMillis(500));
        if (granted.isPresent()) {
          self.sleep(Duration.ofMillis(300));
          self.send(store, Tuple.of(WRITE, ((Tuple) granted.get()).get(1)));
          return;
        }
      }
    };
  }

  private static List<Long> writesWhenTheFirstHolderIsPaused(boolean numbersCount) {
    Cluster cluster = Cluster.of("alice", "bob", "carol");
    cluster.mesh();
    var written = new ArrayList<Long>();
    Pid leases = cluster.spawn("carol", LeaseTest::grant, new Lease(0, 0));
    Pid store =
        cluster.spawn(
            "carol",
            (greatest, message, _) -> {
              long number = ((SmallInt) ((Tuple) message).get(1)).value();
              if (numbersCount && number < greatest) {
                return JavaHandler.Step.next(greatest);
              }
              written.add(number);
              return JavaHandler.Step.next(Math.max(greatest, number));
            },
            0L);
    cluster.spawn("alice", writer(leases, store));
    cluster.run(Duration.ofMillis(100));
    cluster.pause("alice"); // it has the lease, and does not know that time goes on
    cluster.spawn("bob", writer(leases, store));
    cluster.run(Duration.ofSeconds(5));
    cluster.resume("alice");
    cluster.run(Duration.ofSeconds(2));
    return written;
  }

  @Test
  void aHolderThatWasPausedWritesAfterTheNextOne() {
    assertThat(writesWhenTheFirstHolderIsPaused(false)).containsExactly(2L, 1L);
  }

  @Test
  void aStoreThatLooksAtNumbersRefusesIt() {
    assertThat(writesWhenTheFirstHolderIsPaused(true)).containsExactly(2L);
  }
}
