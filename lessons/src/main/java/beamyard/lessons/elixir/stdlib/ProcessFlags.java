package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.Node;
import beamyard.simulator.process.HeapLimit;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code process_flag}. Unlike OTP, flags other than {@code trap_exit} and {@code max_heap_size} are kept and told but change
 * nothing: the yard has neither priorities nor garbage collection.
 *
 * @see <a href="https://www.erlang.org/doc/man/erlang.html#process_flag-2">erlang:process_flag/2</a>
 */
final class ProcessFlags {
  private static final String ERLANG = "erlang";
  private static final String TRAP_EXIT = "trap_exit";
  private static final String MAX_HEAP_SIZE = "max_heap_size";

  /** The only flag that is set for another process. */
  static final Atom SAVE_CALLS = Atom.of("save_calls");

  private ProcessFlags() {}

  static void define(BuiltinTable table) {
    table.define(
        ERLANG, "process_flag", 2, (self, a) -> set(self, Arguments.atom(a[0]).name(), a[1]));
    table.define(
        ERLANG,
        "process_flag",
        3,
        (self, a) -> {
          if (a[1] != SAVE_CALLS || processFault(self, a[0]) != null) {
            throw Raise.badarg();
          }
          return size(a[2]).orElseThrow(Raise::badarg) instanceof SmallInt
              ? SmallInt.of(0)
              : Atom.FALSE;
        });
  }

  /** Why a flag of a process cannot be set from outside of it; null if it can. */
  static @Nullable String processFault(ProcessContext self, Term it) {
    return !(it instanceof Pid pid)
        ? "not a pid"
        : pid.node() != self.node()
            ? "not a local pid"
            : self.isAlive(pid) ? null : "the pid does not refer to an existing process";
  }

  /** Whether there is a flag of a name. */
  static boolean exists(Atom flag) {
    return flag.name().equals(TRAP_EXIT) || initial(flag.name()).isPresent();
  }

  /** A flag's value as {@code process_info} and {@code process_flag} tell it. */
  static Term value(MapTerm flags, String flag) {
    Term set = flags.get(Atom.of(flag));
    return set != null ? set : initial(flag).orElseThrow(Raise::badarg);
  }

  private static Term set(ProcessContext self, String flag, Term value) {
    if (flag.equals(TRAP_EXIT)) {
      boolean before = self.trapExit();
      self.setTrapExit(Arguments.isTrue(value));
      return Atom.of(before);
    }
    Term before = value(self.flags(), flag);
    Term kept =
        flag.equals(MAX_HEAP_SIZE)
            ? usual(self).changed(value).orElseThrow(Raise::badarg).asTerm()
            : checked(flag, value).orElseThrow(Raise::badarg);
    self.setFlags(self.flags().put(Atom.of(flag), kept));
    return before;
  }

  /** What is not said of a limit of the heap is as the node was started. */
  private static HeapLimit usual(ProcessContext self) {
    return self.owned(Node.class).settings().limits().heap();
  }

  private static Optional<Term> initial(String flag) {
    return Optional.ofNullable(
        switch (flag) {
          case "priority" -> Atom.of("normal");
          case "message_queue_data" -> Atom.of("on_heap");
          case "min_heap_size" -> SmallInt.of(233);
          case "min_bin_vheap_size" -> SmallInt.of(46422);
          case "fullsweep_after" -> SmallInt.of(65535);
          case "save_calls" -> SmallInt.of(0);
          case "sensitive", "async_dist" -> Atom.FALSE;
          case "error_handler" -> Atom.of("error_handler");
          case MAX_HEAP_SIZE -> HeapLimit.NONE.asTerm();
          default -> null;
        });
  }

  /** The value of a flag but {@code trap_exit} as it is kept; empty if it can have no such value. */
  static Optional<Term> checked(String flag, Term value) {
    return switch (flag) {
      case "priority" -> oneOf(value, "low", "normal", "high", "max");
      case "message_queue_data" -> oneOf(value, "on_heap", "off_heap");
      case "sensitive", "async_dist" -> oneOf(value, "true", "false");
      case "error_handler" -> value instanceof Atom ? Optional.of(value) : Optional.empty();
      case MAX_HEAP_SIZE -> HeapLimit.NONE.changed(value).map(HeapLimit::asTerm);
      default -> size(value);
    };
  }

  private static Optional<Term> oneOf(Term value, String... names) {
    for (String name : names) {
      if (value == Atom.of(name)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private static Optional<Term> size(Term value) {
    return value instanceof SmallInt size && size.value() >= 0
        ? Optional.of(value)
        : Optional.empty();
  }
}
