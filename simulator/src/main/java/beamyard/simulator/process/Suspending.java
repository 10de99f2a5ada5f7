package beamyard.simulator.process;

import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.Footprint.Thing;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import org.jspecify.annotations.Nullable;

/**
 * How the running process suspends other processes of its node, and resumes them. Not to be kept beyond its time slice.
 *
 * @see <a href="https://www.erlang.org/doc/man/erlang.html#suspend_process-2">erlang:suspend_process/2</a>
 */
public final class Suspending {
  private final ProcessTable table;
  private final LocalProcess suspender;

  Suspending(ProcessTable table, LocalProcess suspender) {
    this.table = table;
    this.suspender = suspender;
  }

  /** How often it has suspended another and not resumed it; 0 if that is not alive. */
  public int times(Pid other) {
    LocalProcess process = living(other);
    return process == null ? 0 : table.suspenders.count(suspender, process);
  }

  /** Suspends another once more; one that runs, when its time slice ends. False if it is not alive. */
  public boolean suspend(Pid other) {
    LocalProcess process = living(other);
    if (process == null) {
      return false;
    }
    table.use(Access.WRITE, new Thing.Work(process.index));
    table.suspenders.suspend(suspender, process);
    return true;
  }

  /** Has {@code {Tag, State}} sent to it once another is suspended, or will not be. False if that is not alive. */
  public boolean tellOnceSuspended(Pid other, Term tag) {
    LocalProcess process = living(other);
    if (process == null) {
      return false;
    }
    table.suspenders.tellOnce(process, suspender.pid, tag);
    return true;
  }

  /** Takes back one suspension of another. False if it has not suspended that, or it is not alive. */
  public boolean resume(Pid other) {
    LocalProcess process = living(other);
    if (process == null || table.suspenders.count(suspender, process) == 0) {
      return false;
    }
    table.use(Access.WRITE, new Thing.Work(process.index));
    table.suspenders.resume(suspender, process);
    return true;
  }

  private @Nullable LocalProcess living(Pid pid) {
    LocalProcess process = table.find(pid);
    return process == null || table.delivery.isDoomed(process) ? null : process;
  }
}
