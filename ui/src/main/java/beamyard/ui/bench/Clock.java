package beamyard.ui.bench;

import java.lang.management.ManagementFactory;

/** What measures time. */
public enum Clock {
  /** The wall's: right on a machine where nothing else runs. */
  WALL {
    @Override
    long nanos() {
      return System.nanoTime();
    }
  },
  /** The time that a processor has spent on the thread that asks, whatever else runs on the machine. */
  PROCESSOR {
    @Override
    long nanos() {
      return Thread.currentThread().isVirtual()
          ? ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos()
          : ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
  };

  /** Nanoseconds since some instant. */
  abstract long nanos();
}
