package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.Node;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessTable;
import beamyard.simulator.process.SystemMonitor;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code system_monitor/0,1,2}: one process of the node is told what goes wrong. All options are taken; only {@code
 * busy_dist_port} ever tells anything.
 *
 * @see <a href="https://www.erlang.org/doc/man/erlang.html#system_monitor-2">erlang:system_monitor/2</a>
 */
final class SystemMonitoring {
  private static final String ERLANG = "erlang";
  private static final String SYSTEM_MONITOR = "system_monitor";

  /** In the order in which they are shown. */
  private static final List<Atom> PLAIN = List.of(Atom.of("busy_dist_port"), Atom.of("busy_port"));

  private static final List<Atom> WITH_NUMBER =
      List.of(Atom.of("large_heap"), Atom.of("long_schedule"), Atom.of("long_gc"));

  private SystemMonitoring() {}

  static void define(BuiltinTable table) {
    table.define(ERLANG, SYSTEM_MONITOR, 0, (self, _) -> shown(self));
    table.define(
        ERLANG,
        SYSTEM_MONITOR,
        1,
        (self, a) -> {
          if (a[0] == Atom.UNDEFINED) {
            return change(self, Optional.empty());
          }
          if (a[0] instanceof Tuple pair && pair.size() == 2) {
            return change(self, wanted(self, pair.get(0), pair.get(1)));
          }
          throw Raise.badarg();
        });
    table.define(ERLANG, SYSTEM_MONITOR, 2, (self, a) -> change(self, wanted(self, a[0], a[1])));
  }

  private static ProcessTable processes(ProcessContext self) {
    return self.owned(Node.class).processes();
  }

  private static Term shown(ProcessContext self) {
    return processes(self)
        .systemMonitor()
        .<Term>map(monitor -> Tuple.of(monitor.pid(), ListTerm.of(monitor.options())))
        .orElse(Atom.UNDEFINED);
  }

  private static Term change(ProcessContext self, Optional<SystemMonitor> monitor) {
    Term before = shown(self);
    processes(self).setSystemMonitor(monitor);
    return before;
  }

  private static Optional<SystemMonitor> wanted(ProcessContext self, Term who, Term options) {
    List<Term> given = Arguments.list(options);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    if (!(who instanceof Pid pid)
        || !self.isAlive(pid)
        || !given.stream().allMatch(SystemMonitoring::isOption)) {
      throw Raise.badarg();
    }
    var ordered = new ArrayList<Term>();
    for (Atom option : PLAIN) {
      if (given.contains(option)) {
        ordered.add(option);
      }
    }
    for (Atom option : WITH_NUMBER) {
      @Nullable Term last = null;
      for (Term each : given) {
        last = each instanceof Tuple pair && pair.get(0) == option ? each : last;
      }
      if (last != null) {
        ordered.add(last);
      }
    }
    return ordered.isEmpty() ? Optional.empty() : Optional.of(new SystemMonitor(pid, ordered));
  }

  private static boolean isOption(Term option) {
    return option instanceof Atom atom
        ? PLAIN.contains(atom)
        : option instanceof Tuple pair
            && pair.size() == 2
            && pair.get(0) instanceof Atom name
            && WITH_NUMBER.contains(name)
            && pair.get(1) instanceof SmallInt number
            && number.value() >= 0;
  }

  /** Why an argument is refused, in OTP's words; {@code null} if it is not. */
  static @Nullable String fault(int position, List<Term> arguments) {
    if (arguments.size() == 1) {
      return "invalid system monitor item";
    }
    if (position == 1) {
      return arguments.get(0) instanceof Pid ? null : "not a pid";
    }
    if (!(arguments.get(0) instanceof Pid)) {
      return null;
    }
    return arguments.get(1) instanceof ListTerm list
        ? list.isProper() ? "invalid system monitor option" : "not a proper list"
        : "not a list";
  }
}
