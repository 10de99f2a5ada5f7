package beamyard.simulator.kernel;

import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's supervisor of what may crash without taking the node down: of the {@code pg} that {@code start_pg} asks for. It
 * starts it again, but not more than four times an hour; then it gives up, and OTP's kernel ends the node.
 *
 * @see <a href="https://www.erlang.org/doc/man/kernel_app.html">OTP kernel</a>
 */
final class SafeSupervisor {
  static final Atom NAME = Atom.of("kernel_safe_sup");

  private static final int MOST_RESTARTS = 4;
  private static final long PERIOD_NANOS = 3_600_000_000_000L;
  private static final int GAVE_UP = 1;
  private static final InitialCall INIT =
      new InitialCall(Atom.of("proc_lib"), Atom.of("init_p"), 5);

  private SafeSupervisor() {}

  static Turn start(ProcessContext self) {
    self.setTrapExit(true);
    return watch(startGroups(self), List.of());
  }

  private static Pid startGroups(ProcessContext self) {
    var introduction =
        new ServiceRoutine.Introduction(Words.PG, Words.PG, Optional.of(self.self()));
    var body = new ServiceRoutine<>(new ProcessGroups(Words.PG), introduction);
    return self.spawn(body, SpawnOptions.of(SpawnOptions.Flag.LINK), INIT).pid();
  }

  private static Turn watch(Pid groups, List<Long> restarts) {
    return Turn.await(
        message ->
            self ->
                message instanceof Tuple exit
                        && exit.isTagged(Words.EXIT_SIGNAL, 3)
                        && exit.get(1).equals(groups)
                    ? restart(self, restarts)
                    : watch(groups, restarts));
  }

  private static Turn restart(ProcessContext self, List<Long> former) {
    var restarts = new ArrayList<Long>();
    for (long instant : former) {
      if (self.now() - instant <= PERIOD_NANOS) {
        restarts.add(instant);
      }
    }
    if (restarts.size() == MOST_RESTARTS) {
      self.owned(Power.class).stop(GAVE_UP);
      return Turn.exit(Words.SHUTDOWN);
    }
    restarts.add(self.now());
    return watch(startGroups(self), restarts);
  }
}
