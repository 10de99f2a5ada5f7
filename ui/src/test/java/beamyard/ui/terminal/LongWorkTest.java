package beamyard.ui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LongWorkTest {
  private final StringWriter told = new StringWriter();
  private final AtomicLong seconds = new AtomicLong(100);
  private final LongWork work =
      new LongWork(new PrintWriter(told, true), () -> TimeUnit.SECONDS.toNanos(seconds.get()));

  @Test
  void howFarItIsIsToldEveryTwoSeconds() {
    for (int second = 1; second <= 5; second++) {
      seconds.incrementAndGet();
      int now = second;
      work.tell(() -> "after " + now + " s");
    }
    assertThat(told.toString().lines()).containsExactly("after 2 s", "after 4 s");
  }

  @Test
  void whoCancelsItWaitsForItsEnd() throws InterruptedException {
    assertThat(work.isCancelled()).isFalse();
    var canceller = new Thread(work::cancel);
    canceller.start();
    while (!work.isCancelled()) {
      Thread.onSpinWait();
    }
    assertThat(canceller.isAlive()).isTrue();
    work.close();
    canceller.join();
    assertThat(told.toString()).isEmpty();
  }
}
