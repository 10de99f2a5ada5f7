package beamyard.simulator.process;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import java.util.List;

/**
 * Whom a runtime tells of what goes wrong in it.
 *
 * @param options as they were given, {@code busy_dist_port} among them
 * @see <a href="https://www.erlang.org/doc/man/erlang.html#system_monitor-2">{@code system_monitor/2}</a>
 */
public record SystemMonitor(Pid pid, List<Term> options) {
  public SystemMonitor {
    options = List.copyOf(options);
  }

  boolean tells(Atom what) {
    return options.contains(what);
  }
}
