package beamyard.lessons.shell;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.LoggerLevel;
import beamyard.simulator.process.LogSink;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/** What the shell's own Elixir code needs of Java. */
final class ShellFunctions {
  private static final String SHELL = "beamyard_shell";
  private static final String LOG = "beamyard_log";
  private static final String ENVIRONMENT = "beamyard_env";

  private ShellFunctions() {}

  static void define(BuiltinTable table) {
    table.define(
        SHELL,
        "open",
        0,
        (self, _) -> {
          self.beginFamilies();
          return SmallInt.of(self.owned(ShellSessions.class).open());
        });
    table.defineBlocking(
        SHELL,
        "evaluate",
        3,
        (_, arguments) -> {
          if (arguments[0] instanceof SmallInt session
              && arguments[1] instanceof Bits code
              && arguments[2] instanceof SmallInt line) {
            return new Evaluation((int) session.value(), code.text(), (int) line.value());
          }
          throw Raise.badarg();
        });
    table.define(
        ENVIRONMENT,
        "fetch",
        2,
        (self, arguments) ->
            environment(self)
                .get(atom(arguments[0]), arguments[1])
                .<Term>map(value -> Tuple.of(Atom.OK, value))
                .orElse(Atom.ERROR));
    table.define(
        ENVIRONMENT,
        "put",
        3,
        (self, arguments) -> {
          environment(self).put(atom(arguments[0]), arguments[1], arguments[2]);
          return Atom.OK;
        });
    table.define(
        ENVIRONMENT,
        "delete",
        2,
        (self, arguments) -> {
          environment(self).delete(atom(arguments[0]), arguments[1]);
          return Atom.OK;
        });
    table.define(
        ENVIRONMENT, "all", 1, (self, arguments) -> environment(self).all(atom(arguments[0])));
    table.define(LOG, "level", 0, (self, _) -> Atom.of(logger(self).level().otpName()));
    table.define(
        LOG,
        "set_level",
        1,
        (self, arguments) -> {
          logger(self).setLevel(level(arguments[0]));
          return Atom.OK;
        });
    table.define(
        LOG,
        "allows",
        1,
        (self, arguments) -> Atom.of(logger(self).level().allows(level(arguments[0]))));
  }

  private static NodeLogger logger(ProcessContext self) {
    return (NodeLogger) self.owned(LogSink.class);
  }

  private static LoggerLevel level(Term term) {
    return LoggerLevel.named(atom(term).name()).orElseThrow(Raise::badarg);
  }

  private static ApplicationEnvironment environment(ProcessContext self) {
    return self.owned(ApplicationEnvironment.class);
  }

  private static Atom atom(Term term) {
    if (term instanceof Atom atom) {
      return atom;
    }
    throw Raise.badarg();
  }
}
